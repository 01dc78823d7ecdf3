from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"

    def ready(self):
        from exchange import registry

        from . import resources

        for resource in (
            resources.CountryResource,
            resources.AgencyResource,
            resources.BodyResource,
            resources.MembershipResource,
        ):
            registry.register(resource)
