"""Mentions: what leads to an event tells of it. They are read faster than events, and stand for them in pages."""

from datetime import date
from itertools import starmap
from typing import NamedTuple

from records.addresses import address_of
from records.dates import PartialDate
from records.prepared import Prepared

from .models import Event
from .models.place import place_in_words


class Mention(NamedTuple):
    """A published event, as what leads to it tells of it."""

    pk: int
    reference: str
    title: str
    kind: str
    when: PartialDate
    starts_on: date | None
    ends_on: date | None
    city: str | None
    country: str | None

    @property
    def place(self):
        return place_in_words(self.city, self.country) if self.country else None

    def get_kind_display(self):
        return Event.Kind(self.kind).label

    def get_absolute_url(self):
        return address_of("events:activity", self.reference)


MENTIONED = Prepared(
    lambda keys: (
        Event.objects.published()
        .filter(pk__among=keys)
        .order_by()
        .values_list(
            *("pk", "reference", "title", "kind", "when", "starts_on", "ends_on"),
            *("place__city", "place__country__name"),
        )
    )
)


def mentions(keys):
    """Those of some events that are published, in one query: {primary key: Mention}."""
    return {event.pk: event for event in starmap(Mention, MENTIONED(keys) if keys else ())}
