from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"

    def ready(self):
        from exchange import registry
        from search.registry import register

        from . import directory, resources, search

        for resource in (
            resources.CountryResource,
            resources.AgencyResource,
            resources.BodyResource,
            resources.MembershipResource,
            resources.ContactPointResource,
        ):
            registry.register(resource)
        for resolver in (directory.Participants, directory.Countries, directory.Agencies, directory.Bodies):
            registry.register_learner(resolver)
        for documents in (search.CountryDocuments, search.AgencyDocuments, search.BodyDocuments):
            register(documents)
