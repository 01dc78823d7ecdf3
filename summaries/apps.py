from django.apps import AppConfig


class SummariesConfig(AppConfig):
    name = "summaries"

    def ready(self):
        from events.provenance import told_by
        from exchange import registry
        from search.registry import register

        from . import provenance, resources, search

        told_by(provenance.sources_of)

        for resource in (resources.EditionResource, resources.SectionResource, resources.EntryResource):
            registry.register(resource)
        register(search.EditionDocuments)
