from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "library"

    def ready(self):
        from exchange import registry
        from participants.querysets import visible_through
        from search.registry import register

        from . import resources, search, store, visibility

        visible_through(visibility.of_documents)
        visible_through(visibility.of_collections)
        visible_through(visibility.of_instruments)
        for resource in (
            resources.CollectionResource,
            resources.DocumentResource,
            resources.VersionResource,
            resources.InstrumentResource,
            resources.UptakeResource,
            resources.FigureResource,
            resources.ItemResource,
            resources.ReviewResource,
        ):
            registry.register(resource)
        registry.register_store(store)
        for documents in (search.PaperDocuments, search.CollectionDocuments, search.InstrumentDocuments):
            register(documents)
        search.let_the_library_show_participants()
