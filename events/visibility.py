"""Which participants the public sees because of what happened."""

from .models import Event, Involvement


def with_a_part():
    """Keys of the participants that have a part in a published event."""
    return Involvement.objects.published().order_by().values("participant")


def where_it_was():
    """Keys of the countries in which a published event has its place."""
    return Event.objects.published().exclude(place=None).order_by().values("place__country")
