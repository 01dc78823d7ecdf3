"""Likeness of events: which of the record an event probably is, by its date, its place and its title."""

from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from exchange.likeness import digits, likeness, wording
from exchange.resolvers import Resolver

from .gazetteer import Places
from .models import Event

# So far may two dates of one event lie apart, and so long may one be that tells an event apart from most others.
APART = timedelta(days=14)
EXACT = timedelta(days=7)
# How nearly the titles must be the same, of 100: where days and city agree, where nothing speaks against it, and where
# days agree but cities of a country don't.
SURE, USUAL, DOUBTFUL = 70, 80, 90
SHOWN = 3
# No event is compared with more than these, however many fall into its month and country.
COMPARED = 200


class Sketch(NamedTuple):
    """What tells an event from others: its first and last day, the keys of its country and place, and its title."""

    starts_on: date | None
    ends_on: date | None
    country: int | None
    place: int | None
    has_city: bool
    title: str
    pk: int | None = None

    @property
    def is_exact(self):
        """Whether its days are known."""
        return self.starts_on is not None and self.ends_on - self.starts_on <= EXACT


class LikelyEvents(Resolver):
    """The events that rows may be of, read a span of years at a time."""

    noun = "event"

    def __init__(self, session):
        super().__init__(session)
        self.places = session.resolver(Places)
        self.years = set()
        self.by_month = {}
        self.without = ()

    def sketch(self, when, place, title):
        """The sketch of an event that a row tells of; `place` is a target or None."""
        if place is None:
            return Sketch(when.starts_on, when.ends_on, None, None, False, title)
        return Sketch(when.starts_on, when.ends_on, place.details["country"], place.pk, bool(place.label), title)

    def like(self, sketches, without):
        """The primary keys of the events that each sketch of a chunk is probably of: {name: [keys]}, likeliest first.

        sketches  {name: sketch}
        without   a set of primary keys of events that do not count: those that the file at hand has written
        """
        self.without = without
        self.read({month // 12 for sketch in sketches.values() if sketch.starts_on for month in months(sketch)})
        return {name: found for name, sketch in sketches.items() if (found := self.like_one(sketch))}

    def like_one(self, sketch):
        candidates = self.near(sketch) if sketch.starts_on else self.called(sketch, self.any_time)
        scores = {other.pk: score for other in candidates if (score := nearness(sketch, other))}
        return sorted(scores, key=lambda pk: (-scores[pk], pk))[:SHOWN]

    def near(self, sketch):
        """Events of about the same time that may be at the same place, and undated ones that are called the same."""
        found = list(self.called(sketch, self.undated)) if self.undated else []
        number = digits(sketch.title)
        for month in months(sketch):
            by_country = self.by_month.get(month, {})
            for country in by_country if sketch.country is None else (sketch.country, None):
                by_digits = by_country.get(country)
                if by_digits:
                    for each in (number, "") if number else by_digits:
                        found += by_digits.get(each, ())
            if len(found) > COMPARED:
                return found[:COMPARED]
        return found

    def called(self, sketch, by_words):
        return by_words.get(wording(sketch.title).sorted, ())

    def read(self, years):
        """Read the events of those of some years that have not been read: {month: {country: {digits: sketches}}}."""
        missing = years - self.years
        if not missing:
            return
        self.years |= missing
        first, last = date(min(missing), 1, 1), date(max(missing), 12, 31)
        for sketch in self.sketches(Event.objects.filter(starts_on__lte=last, ends_on__gte=first)):
            number = digits(sketch.title)
            for month in months(sketch, timedelta()):
                if month // 12 in missing:
                    by_country = self.by_month.setdefault(month, {})
                    by_country.setdefault(sketch.country, {}).setdefault(number, []).append(sketch)

    def sketches(self, events):
        """The sketches of those of a query set's events that count."""
        rows = events.order_by("pk").values_list("pk", "starts_on", "ends_on", "place", "title")
        for pk, starts_on, ends_on, place, title in rows.iterator():
            if pk not in self.without:
                at = self.places.at(place) if place else None
                country = at and at.details["country"]
                yield Sketch(starts_on, ends_on, country, place, bool(at and at.label), title, pk)

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


def months(sketch, apart=APART):
    """The months that an event may lie in, counted from the year 0."""
    first, last = sketch.starts_on - apart, sketch.ends_on + apart
    return range(first.year * 12 + first.month - 1, last.year * 12 + last.month)


def nearness(one, other):
    """How probably two sketches are of one event, up to 100; 0 where they are not."""
    if one.country and other.country and one.country != other.country:
        return 0
    if one.starts_on and other.starts_on and gap(one, other) > APART:
        return 0
    same_days = one.is_exact and other.is_exact and gap(one, other) <= timedelta()
    other_city = one.has_city and other.has_city and one.place != other.place
    if other_city and not same_days:
        return 0
    same_place = one.place is not None and one.place == other.place
    least = DOUBTFUL if other_city else SURE if same_days and same_place else USUAL
    return likeness(one.title, other.title, least)


def gap(one, other):
    """The time between two dated events; less than nothing where they overlap."""
    return max(one.starts_on - other.ends_on, other.starts_on - one.ends_on)
