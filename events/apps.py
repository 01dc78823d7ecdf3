from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self):
        from exchange import registry
        from participants.activities import told_by
        from participants.querysets import visible_through
        from search.registry import register

        from . import facets, resources, search, visibility

        visible_through(visibility.with_a_part)
        visible_through(visibility.where_it_was)
        told_by(lambda request: facets.of(request).numbers)
        for resource in (
            resources.PlaceResource,
            resources.SeriesResource,
            resources.ThemeResource,
            resources.EventResource,
            resources.EventLinkResource,
            resources.OutcomeResource,
        ):
            registry.register(resource)
        for documents in (
            search.EventDocuments,
            search.OutcomeDocuments,
            search.SeriesDocuments,
            search.ThemeDocuments,
        ):
            register(documents)
        search.let_events_show_participants()
