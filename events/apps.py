from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self):
        from exchange import registry
        from participants.querysets import visible_through

        from . import querysets, resources

        visible_through(querysets.participants_of_published_events)
        visible_through(querysets.countries_of_published_events)
        for resource in (
            resources.PlaceResource,
            resources.SeriesResource,
            resources.ThemeResource,
            resources.EventResource,
            resources.EventLinkResource,
            resources.OutcomeResource,
        ):
            registry.register(resource)
