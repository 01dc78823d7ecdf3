"""Which participants the public sees because of what happened.

Pages know it from the facets in memory, where a query would read every part that anybody had. Within a transaction,
whose own changes count, it is asked of the database, which looks for one event and not at all of them.
"""

from django.db.models import Exists, OuterRef, Q

from . import facets
from .models import Event, Involvement


def with_a_part():
    """That a participant has a part in a published event."""
    if kept := facets.kept():
        return Q(pk__in=list(kept.values["participant"].sets))
    return Exists(Involvement.objects.published().order_by().filter(participant=OuterRef("pk")))


def where_it_was():
    """That a published event has its place in a country."""
    if kept := facets.kept():
        return Q(pk__in=list(kept.values["country"].sets))
    return Exists(Event.objects.published().order_by().filter(place__country=OuterRef("pk")))
