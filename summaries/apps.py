from django.apps import AppConfig


class SummariesConfig(AppConfig):
    name = "summaries"

    def ready(self):
        from exchange import registry

        from . import resources

        for resource in (resources.EditionResource, resources.SectionResource, resources.EntryResource):
            registry.register(resource)
