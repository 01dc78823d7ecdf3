"""Which participants the public sees because of what happened.

That one event is there is found without a look at all the others.
"""

from django.db.models import Exists, OuterRef

from .models import Event, Involvement


def with_a_part():
    """That a participant has a part in a published event."""
    return Exists(Involvement.objects.published().order_by().filter(participant=OuterRef("pk")))


def where_it_was():
    """That a published event has its place in a country."""
    return Exists(Event.objects.published().order_by().filter(place__country=OuterRef("pk")))
