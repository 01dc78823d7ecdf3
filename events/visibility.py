"""Which participants the public sees because of what happened.

Pages know it from the facets in memory, where a query would read every part that anybody had. Within a transaction,
whose own changes count, it is asked of the database.
"""

from . import facets
from .models import Event, Involvement


def with_a_part():
    """Keys of the participants that have a part in a published event."""
    if kept := facets.kept():
        return list(kept.values["participant"].sets)
    return Involvement.objects.published().order_by().values("participant")


def where_it_was():
    """Keys of the countries in which a published event has its place."""
    if kept := facets.kept():
        return list(kept.values["country"].sets)
    return Event.objects.published().exclude(place=None).order_by().values("place__country")
