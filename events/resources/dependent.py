"""What rows of links and outcomes have in common: they are as public as their events."""

from exchange.publishing import DependentResource


class EventsResource(DependentResource):
    """Rows of what is as public as the events that it belongs to."""

    publishing = "events.publish_event"
    belongs_to = "events"
