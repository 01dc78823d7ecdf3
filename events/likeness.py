"""Likeness of events: which of the record an event probably is, by its date, its place and its title."""

from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from exchange.likeness import best, digits, likeness, wording
from exchange.resolvers import Resolver

from .gazetteer import Places
from .models import Event

# So far may two dates of one event lie apart, and so long may one be that tells an event apart from most others.
APART = timedelta(days=14)
EXACT = timedelta(days=7)
NO_TIME = timedelta()
# How nearly the titles must be the same, of 100: where days and city agree, where nothing speaks against it, and where
# days agree but cities of a country don't.
SURE, USUAL, DOUBTFUL = 70, 80, 90
ANY = None
# No event is compared with more than these, however many fall into its month and country.
COMPARED = 200


class Sketch(NamedTuple):
    """What tells an event from others: its key, its first and last day, the key of its place, and its title."""

    pk: int | None
    starts_on: date | None
    ends_on: date | None
    place: int | None
    title: str

    @property
    def is_exact(self):
        """Whether its days are known."""
        return self.starts_on is not None and self.ends_on - self.starts_on <= EXACT


class LikelyEvents(Resolver):
    """The events that rows may be of, read a span of years at a time.

    They stand under the digits of their titles, or under ANY, and there under each month and country: most rows can be
    told from all others by these alone.
    """

    noun = "event"

    def __init__(self, session):
        super().__init__(session)
        self.places = session.resolver(Places)
        self.years = set()
        self.index = {ANY: {}}
        self.without = ()

    def like(self, rows, without):
        """The primary keys of the events that rows of a chunk are probably of: {name: [keys]}, the likeliest first.

        rows     {name: (partial date, target of the place or None, title)}
        without  a set of primary keys of events that do not count: those that the file at hand has written
        """
        self.without = without
        spans = {name: months(when.starts_on, when.ends_on) for name, (when, _place, _title) in rows.items() if when}
        self.read({month // 12 for span in spans.values() for month in (span[0], span[-1])})
        found = {}
        for name, (when, place, title) in rows.items():
            near = self.near(spans[name], place, title) if when else self.called(title, self.any_time)
            sketch = Sketch(None, when.starts_on, when.ends_on, place and place.pk, title)
            likely = self.likeliest(sketch, place, near) if near else ()
            if likely:
                found[name] = likely
        return found

    def likeliest(self, sketch, place, candidates):
        return best({other.pk: self.nearness(sketch, place, other) for other in candidates})

    def near(self, span, place, title):
        """Events of about the same time that may be at the same place, and undated ones that are called the same."""
        found = list(self.called(title, self.undated)) if self.undated else []
        own = digits(title)
        for by_month in filter(None, map(self.index.get, (own, "") if own else (ANY,))):
            for month in span:
                by_country = by_month.get(month, {})
                for country in by_country if place is None else (place.details["country"], None):
                    found += by_country.get(country, ())
        return found[:COMPARED]

    def called(self, title, by_words):
        return by_words.get(wording(title).sorted, ())

    def read(self, years):
        """Read the events of those of some years that have not been read."""
        missing = set(range(min(years), max(years) + 1)) - self.years if years else ()
        if not missing:
            return
        self.years |= missing
        first, last = date(min(missing), 1, 1), date(max(missing), 12, 31)
        countries = {pk: target.details["country"] for pk, target in self.places.by_pk.items()}
        for sketch in self.sketches(Event.objects.filter(starts_on__lte=last, ends_on__gte=first)):
            country = countries.get(sketch.place)
            of_digits = self.index.setdefault(digits(sketch.title), {})
            for month in months(sketch.starts_on, sketch.ends_on, NO_TIME):
                if month // 12 in missing:
                    for by_month in (of_digits, self.index[ANY]):
                        by_month.setdefault(month, {}).setdefault(country, []).append(sketch)

    def sketches(self, events):
        """The sketches of those of a query set's events that count."""
        rows = events.order_by("pk").values_list("pk", "starts_on", "ends_on", "place", "title")
        return (Sketch(*row) for row in rows.iterator() if row[0] not in self.without)

    @cached_property
    def undated(self):
        """The events without a date: {words of the title: sketches}."""
        return self.by_words(Event.objects.filter(starts_on=None))

    @cached_property
    def any_time(self):
        """All events, for rows that have no date to go by: {words of the title: sketches}."""
        return self.by_words(Event.objects.all())

    def by_words(self, events):
        found = {}
        for sketch in self.sketches(events):
            found.setdefault(wording(sketch.title).sorted, []).append(sketch)
        return found

    def nearness(self, one, place, other):
        """How probably a row and an event are of the same, up to 100; 0 where they are not."""
        theirs = self.places.at(other.place) if other.place else None
        if place and theirs and place.details["country"] != theirs.details["country"]:
            return 0
        if one.starts_on and other.starts_on and gap(one, other) > APART:
            return 0
        same_days = one.is_exact and other.is_exact and gap(one, other) <= NO_TIME
        other_city = place and theirs and place.label and theirs.label and place is not theirs
        if other_city and not same_days:
            return 0
        least = DOUBTFUL if other_city else SURE if same_days and place and place is theirs else USUAL
        return likeness(one.title, other.title, least)


def months(starts_on, ends_on, apart=APART):
    """The months that an event may lie in, counted from the year 0."""
    first, last = starts_on - apart, ends_on + apart
    return range(first.year * 12 + first.month - 1, last.year * 12 + last.month)


def gap(one, other):
    """The time between two dated events; less than nothing where they overlap."""
    return max(one.starts_on - other.ends_on, other.starts_on - one.ends_on)
