"""What the page of an event tells of others, of parts, links and outcomes: values, which are read faster than records.

Pages and drawings take them for the records that they stand for.
"""

from datetime import date
from itertools import starmap
from typing import NamedTuple

from django.db.models import BigIntegerField, CharField, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast

from participants.models import Name
from records.addresses import address_of
from records.dates import PartialDate
from records.prepared import Prepared

from .models import Event, EventLink, Involvement, Outcome
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


class Involved(NamedTuple):
    """A part in an event: whose by the participant's key, in which role, under which name, and what is remarked."""

    participant: int
    role: str
    recorded_as: str
    remark: str


class Link(NamedTuple):
    """A link between two events, which stand in it by their keys or are told of."""

    pk: int
    from_event: object
    to_event: object
    kind: str

    def get_kind_display(self):
        return EventLink.Kind(self.kind).label


class Said(NamedTuple):
    """An outcome; what it names stands in it by its key or is told of, `taken_up_at` only if the public may know."""

    pk: int
    event: object
    addressed_to: object
    taken_up_at: object
    kind: str
    status: str
    reference: str
    text: str

    Status = Outcome.Status

    @property
    def publicly_taken_up_at(self):
        return self.taken_up_at

    def get_kind_display(self):
        return Outcome.Kind(self.kind).label

    def get_status_display(self):
        return Outcome.Status(self.status).label

    def get_absolute_url(self):
        return address_of("events:outcome", self.reference)


# --- Read -------------------------------------------------------------------------------------------------------------


def mentions(keys):
    """Those of some events that are published, in one query: {primary key: Mention}."""
    return {event.pk: event for event in starmap(Mention, MENTIONED(keys) if keys else ())}


def related(key):
    """What an event has by its key, in one query: its parts, its links, and the outcomes that it had or took up."""
    found = {"part": [], "link": [], "outcome": []}
    for sort, *cells in RELATED([key]):
        found[sort].append(cells)
    return (
        [Involved(cells[0], *cells[4:7]) for cells in found["part"]],
        sorted(Link(*cells[:3], cells[4]) for cells in found["link"]),
        sorted(starmap(Said, found["outcome"])),
    )


def said(outcomes, most):
    """The first of some outcomes, `most` at most, in one query."""
    return [Said(*cells) for _sort, *cells in rows("outcome", outcomes, **OF_AN_OUTCOME).order_by("pk")[:most]]


def rows(sort, records, keys, texts):
    """Records as rows of one form: the sort, four keys, four texts."""
    keys = [*keys, *[NO_KEY] * (4 - len(keys))]
    texts = [*texts, *[NO_TEXT] * (4 - len(texts))]
    # Without an order, which SQLite would read all records for.
    return records.order_by().values_list(Value(sort, CharField()), *keys, *texts)


def rows_of(events):
    """The rows of all that some events have, by their keys."""
    links = EventLink.objects.filter(Q(from_event__pk__among=events) | Q(to_event__pk__among=events))
    outcomes = Outcome.objects.filter(Q(event__pk__among=events) | Q(taken_up_at__pk__among=events))
    parts = Involvement.objects.filter(event__pk__among=events)
    # Looked up one by one: for a join, PostgreSQL reads the names of all.
    name = Subquery(Name.objects.order_by().filter(pk=OuterRef("recorded_as")).values("text"))
    return rows("part", parts, ["participant"], ["role", name, "remark"]).union(
        rows("link", links, ["pk", "from_event", "to_event"], ["kind"]),
        rows("outcome", outcomes, **OF_AN_OUTCOME),
        all=True,
    )


NO_TEXT, NO_KEY = Value("", TextField()), Cast(Value(None), BigIntegerField())
OF_AN_OUTCOME = {
    "keys": ["pk", "event", "addressed_to", "taken_up_at"],
    "texts": ["kind", "status", "reference", "text"],
}
RELATED = Prepared(rows_of)
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
