"""What published activities can be found by, in memory: which of them have a value, and in which order they come.

It is exact for the version of the record that a page is made of: `current()` asks for that version, and reads anew what
was written since the page before, nothing else.
"""

from array import array
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote

from django.db.models import BigIntegerField, Case, CharField, F, Q, Value, When
from django.db.models.functions import Cast
from django.utils.html import escape
from pyroaring import BitMap

from participants.models import Agency, Body, Country
from records.folding import fold
from records.publication import Publication
from search.bitmaps import Order, Values, union
from search.following import Following

from .models import Event, Involvement, Place, Series, Theme
from .periods import NO_PERIOD, Periods

# Where what has no date stands in an order of dates: after all that has one.
UNDATED = date.max.toordinal() + 1


class Known(NamedTuple):
    """Somebody or something that events are found by: its key, its code, its name; and both as they stand in HTML.

    Of a participant also its kind, and of an agency of a country the key of this one.
    """

    pk: object
    code: str
    name: str
    code_in_html: str
    name_in_html: str
    kind: str = ""
    country: int | None = None

    @classmethod
    def of(cls, pk, code, name, kind="", country=None):
        return cls(pk, code, name, quote(code), escape(name), kind, country)


class Moment(NamedTuple):
    """When something of a kind was."""

    kind: str
    starts_on: date
    ends_on: date

    @property
    def when(self):
        """What drawings ask of events: itself, which is as exact as they need."""
        return self


@dataclass(frozen=True)
class Facets:
    """All published events by what they have.

    events   their primary keys, as a set
    values   {facet: Values}. Bodies, themes, series, countries and participants stand there by their primary keys; a
             `part` is a participant and a role. A country has a part in what an agency of it has a part in; `own` are
             the parts of those who are nobody's agency
    orders   {name: Order}: `earliest`, `latest` and `title` as lists have them, `end` by the last day, `series` of what
             is of a series by its number there
    known    {facet: {value: Known}} of all that has a name of its own, whether an event has it or not
    periods  those that the conferences among the events bound
    """

    events: BitMap
    values: dict
    orders: dict
    known: dict
    periods: Periods

    @classmethod
    def of_all(cls):
        """Of the whole record, in four queries."""
        facts = Facts.of(keys=None)
        values = {facet: Values.of(facts.having[facet]) for facet in Facts.FACETS}
        orders = {name: Order.of(facts.ranks[name]) for name in Facts.ORDERS}
        return cls(BitMap(facts.events), values, orders, known(), periods(values))

    def changed(self, keys):
        """The same after the events with these keys were written or deleted, in four queries; without any, in one.

        Of what has a name, nobody says when it changes: names are always read anew.
        """
        if not keys:
            return replace(self, known=known())
        keys = BitMap(keys)
        facts = Facts.of(keys)
        values = {facet: self.values[facet].changed(keys, facts.having[facet]) for facet in Facts.FACETS}
        orders = {name: self.orders[name].changed(keys, facts.ranks[name]) for name in Facts.ORDERS}
        return Facets((self.events - keys) | BitMap(facts.events), values, orders, known(), periods(values))

    # --- In time ------------------------------------------------------------------------------------------------------

    @cached_property
    def undated(self):
        return self.values["lacking"]["date"]

    def since(self, day):
        """Those that end on a day or later."""
        return self.orders["end"].between((day.toordinal(),), (UNDATED,))

    def until(self, day):
        """Those that start on a day or before."""
        return self.orders["earliest"].between(None, (day.toordinal() + 1,))

    @cached_property
    def by_period(self):
        """The events of each period: {reference of its conference, or `none`: set}."""
        starts = [conference.starts_on.toordinal() + 1 for conference in self.periods.conferences]
        conferences = self.values["kind"][Event.Kind.MINISTERIAL]
        sets = [
            self.orders["earliest"].between((first,), (last,)) - conferences
            for first, last in pairwise([*starts, UNDATED])
        ]
        references = [conference.reference for conference in self.periods.conferences]
        return dict(zip(references, sets, strict=True)) | {NO_PERIOD: self.events - union(sets)}

    def days_of(self, keys):
        """The first day of some dated events, one at least, and the last."""
        [((first, *_rest), _key)] = self.orders["earliest"].page(keys, 0, 1)
        [((last,), _key)] = self.orders["end"].page(keys, len(keys) - 1, len(keys))
        return date.fromordinal(first), date.fromordinal(last)

    def moments(self, keys):
        """The kind and the time of each of some dated events."""
        kinds = {key: kind for kind, of_kind in self.values["kind"].sets.items() for key in of_kind & keys}
        return [
            Moment(kinds[key], date.fromordinal(starts), date.fromordinal(ends))
            for (starts, ends, *_named), key in self.orders["earliest"].page(keys, 0, len(keys))
        ]

    @cached_property
    def conferences(self):
        """The keys of those that divide the record."""
        return BitMap(conference.pk for conference in self.periods.conferences)

    @cached_property
    def numbers(self):
        """How many events participants, countries as places and bodies have: {facet: {value: number}}."""
        return {facet: self.values[facet].numbers for facet in ("participant", "country", "body")}

    # --- What has a name ----------------------------------------------------------------------------------------------

    def of_event(self, key, facet):
        """What an event has of a facet whose values have names: [Known]."""
        values = self.values[facet]
        return [each for each in self.known[facet].values() if key in values[each.pk]]

    @cached_property
    def by_code(self):
        """What events can be found by, by its code: {facet: {code: Known}}; all bodies, and else what an event has."""
        named = {
            facet: {each.code: each for each in of_facet.values() if facet == "body" or each.pk in self.values[facet]}
            for facet, of_facet in self.known.items()
        }
        return named | {"period": {code: Known.of(code, code, words) for code, words in self.periods.choices}}

    @cached_property
    def by_folded_code(self):
        """Participants that took part, and countries where events were, by their codes in small letters alone."""
        return {fold(each.code): each for facet in ("participant", "country") for each in self.by_code[facet].values()}


class Facts:
    """What is to be known of some published events.

    events  their keys
    having  {facet: {value: keys of the events that have it}}
    ranks   {order: [(rank, key)]}
    """

    FACETS = (
        "kind",
        "own",
        "status",
        "country",
        "city",
        "participant",
        "role",
        "part",
        "body",
        "theme",
        "series",
        "year",
        "lacking",
    )
    ORDERS = ("earliest", "latest", "title", "end", "series")

    def __init__(self):
        self.events, self.ranks = array("I"), defaultdict(list)
        self.having = {facet: defaultdict(lambda: array("I")) for facet in self.FACETS}

    @classmethod
    def of(cls, keys):
        """Of those published events that have one of some keys, None for all, in two queries."""
        facts = cls()
        facts.read(Event.objects.published() if keys is None else Event.objects.published().filter(pk__among=keys))
        facts.read_relations(relations(keys))
        return facts

    def read(self, events):
        """What stands in the events themselves, and their places."""
        rows = events.order_by().values_list(
            *("pk", "reference", "kind", "title", "starts_on", "ends_on", "place__country", "place__folded_city"),
            *("status", "series", "number_in_series", Case(When(sources="", then=True), default=False)),
        )
        for pk, reference, kind, title, starts_on, ends_on, country, city, *rest in rows.iterator():
            status, series, number, lacks_source = rest
            self.events.append(pk)
            self.rank(pk, reference, title, starts_on, ends_on)
            if series:
                by_date, _pk = self.ranks["earliest"][-1]
                self.ranks["series"].append(((number is None, number or 0, by_date), pk))
            has = {"kind": kind, "status": status, "country": country, "city": city, "series": series}
            lacks = {"date": starts_on is None, "place": country is None, "source": lacks_source}
            for facet, value in has.items():
                if value:
                    self.having[facet][value].append(pk)
            for fact, is_lacking in lacks.items():
                if is_lacking:
                    self.having["lacking"][fact].append(pk)
            for year in range(starts_on.year, ends_on.year + 1) if starts_on else ():
                self.having["year"][year].append(pk)

    def rank(self, pk, reference, title, starts_on, ends_on):
        """Where an event stands in each order: dates first, the undated last, then shorter references."""
        starts, ends = (day.toordinal() if day else UNDATED for day in (starts_on, ends_on))
        named = (len(reference), reference)
        by_date = (starts, ends, named)
        self.ranks["earliest"].append((by_date, pk))
        self.ranks["latest"].append(((-starts, -ends, named) if starts_on else by_date, pk))
        self.ranks["title"].append(((title.lower(), by_date), pk))
        self.ranks["end"].append(((ends,), pk))

    def read_relations(self, rows):
        """What events have several of: bodies, themes, parts."""
        of_a_body = set()
        for facet, pk, value, role, country in rows.iterator():
            if facet == "part":
                self.add_part(pk, value, role, country)
                continue
            self.having[facet][value].append(pk)
            if facet == "body":
                of_a_body.add(pk)
        if without := [pk for pk in self.events if pk not in of_a_body]:
            self.having["lacking"]["body"].extend(without)

    def add_part(self, pk, participant, role, country):
        """A part counts for the participant and, where it is an agency, for its country."""
        self.having["role"][role].append(pk)
        if not country:
            self.having["own"][participant, role].append(pk)
        for whose in (participant, country) if country else (participant,):
            self.having["participant"][whose].append(pk)
            self.having["part"][whose, role].append(pk)


def relations(keys):
    """What published events have several of, in one query: (facet, event, value, role, the participant's country)."""
    which = Q(event__publication=Publication.PUBLISHED)
    if keys is not None:
        which &= Q(event__pk__among=keys)
    no_role, no_country = Value("", CharField()), Cast(Value(None), BigIntegerField())
    sources = {
        "body": (Event.bodies.through, "body_id", no_role, no_country),
        "theme": (Event.themes.through, "theme_id", no_role, no_country),
        "part": (Involvement, "participant_id", F("role"), F("participant__country_id")),
    }
    first, *others = (
        model.objects.filter(which).order_by().values_list(Value(facet, CharField()), "event_id", value, role, country)
        for facet, (model, value, role, country) in sources.items()
    )
    return first.union(*others, all=True)


def periods(values):
    """The periods of the published events, in one query."""
    return Periods.among(Event.objects.published(), keys=values["kind"][Event.Kind.MINISTERIAL])


def known():
    """All that has a name of its own and that events can be found by, in one query: {facet: {value: Known}}."""
    no_kind, no_country = Value("", CharField()), Cast(Value(None), BigIntegerField())
    sources = {
        "body": (Body.objects.all(), "slug", "name", no_kind, no_country),
        "theme": (Theme.objects.all(), "slug", "name", no_kind, no_country),
        "series": (Series.objects.all(), "slug", "name", no_kind, no_country),
        "city": (Place.objects.cities(), "folded_city", "city", no_kind, no_country),
        "country": (Country.objects.all(), "alpha2", "name", F("kind"), no_country),
        "agency": (Agency.objects.all(), "slug", "name", F("kind"), F("country")),
    }
    first, *others = (
        records.order_by().values_list(Value(facet, CharField()), "pk", F(code), F(name), kind, country)
        for facet, (records, code, name, kind, country) in sources.items()
    )
    found = {facet: {} for facet in sources}
    for facet, pk, code, name, kind, country in first.union(*others, all=True):
        value = code if facet == "city" else pk
        found[facet][value] = Known.of(value, code, name, kind, country)
    found["participant"] = found["country"] | found.pop("agency")
    return {facet: in_order(each) for facet, each in found.items()}


def in_order(known):
    """By name."""
    return dict(sorted(known.items(), key=lambda item: fold(item[1].name)))


_following = Following("events", made=Facets.of_all, changed=Facets.changed)


def current():
    """The facets as of the latest version of the record; one query, where nothing was written since they were read."""
    return _following.now()


def kept():
    """The same where they are kept in memory, else None: within a transaction they would have to be made anew."""
    return _following.kept()


def of(request):
    """The facets that a page is made of: as of the latest version when they were first asked for."""
    if not hasattr(request, "facets"):
        request.facets = current()
    return request.facets
