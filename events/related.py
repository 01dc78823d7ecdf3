"""What an event has itself: its parts, its links, and the outcomes that it had or took up, all in one query.

They are values, which are read faster than records, and stand for them in pages.
"""

from typing import NamedTuple

from django.db.models import BigIntegerField, CharField, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast

from participants.models import Name
from records.addresses import address_of
from records.prepared import Prepared

from .models import EventLink, Involvement, Outcome


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


class Related(NamedTuple):
    """What an event has; links and outcomes in the order in which they were recorded."""

    parts: list
    links: list
    outcomes: list


def related_to(key):
    """What the event with a key has, in one query; what it is related to stands in it by its key."""
    found = {sort: [] for sort in FORMS}
    for sort, *cells in RELATED([key]):
        found[sort].append(value(sort, cells))
    return Related(found["part"], sorted(found["link"]), sorted(found["outcome"]))


def said(outcomes, most):
    """The first of some outcomes, `most` at most, in one query."""
    rows = rows_of("outcome", outcomes, **OF_AN_OUTCOME).order_by("pk")[:most]
    return [value(sort, cells) for sort, *cells in rows]


# What is made of the rows of a sort, and how many keys and texts it takes, of as many as all rows have.
FORMS = {"part": (Involved, 1, 3), "link": (Link, 3, 1), "outcome": (Said, 4, 4)}
KEYS, TEXTS = 4, 4


def value(sort, cells):
    made, keys, texts = FORMS[sort]
    return made(*cells[:keys], *cells[KEYS : KEYS + texts])


def rows_of(sort, records, keys, texts):
    """Records as rows of one form: the sort, keys, texts."""
    keys = [*keys, *[NO_KEY] * (KEYS - len(keys))]
    texts = [*texts, *[NO_TEXT] * (TEXTS - len(texts))]
    # Without an order, which SQLite would read all records for.
    return records.order_by().values_list(Value(sort, CharField()), *keys, *texts)


def all_rows(events):
    """The rows of all that some events have, by their keys."""
    links = EventLink.objects.filter(Q(from_event__pk__among=events) | Q(to_event__pk__among=events))
    outcomes = Outcome.objects.filter(Q(event__pk__among=events) | Q(taken_up_at__pk__among=events))
    parts = Involvement.objects.filter(event__pk__among=events)
    # Looked up one by one: for a join, PostgreSQL reads the names of all.
    name = Subquery(Name.objects.order_by().filter(pk=OuterRef("recorded_as")).values("text"))
    return rows_of("part", parts, ["participant"], ["role", name, "remark"]).union(
        rows_of("link", links, ["pk", "from_event", "to_event"], ["kind"]),
        rows_of("outcome", outcomes, **OF_AN_OUTCOME),
        all=True,
    )


NO_TEXT, NO_KEY = Value("", TextField()), Cast(Value(None), BigIntegerField())
OF_AN_OUTCOME = {
    "keys": ["pk", "event", "addressed_to", "taken_up_at"],
    "texts": ["kind", "status", "reference", "text"],
}
RELATED = Prepared(all_rows)
