"""Dossiers: what the record has of a country or an agency, in lanes, in sentences, and who was there beside it.

All numbers are those of sets in memory; queries are for what is listed and drawn alone.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import starmap
from typing import NamedTuple

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from pyroaring import BitMap

from participants.models import Agency, Body, Country
from records.addresses import address_of
from records.numbers import cardinal, counted, enumerated
from records.prepared import Prepared
from search.bitmaps import union

from . import lines
from .drawing.chart import MOST_HIGH_LANES, Lane, marked
from .models import Event, Involvement

Role = Involvement.Role

DEEDS = {
    Role.CHAIR: "chaired",
    Role.CO_CHAIR: "co-chaired",
    Role.HOST: "hosted",
    Role.COORDINATOR: "coordinated",
    Role.ORGANISER: "organised",
    Role.PARTNER: "was a partner in",
    Role.CONTRIBUTOR: "contributed to",
    Role.TRAINER: "gave training at",
    Role.ATTENDEE: "attended",
    Role.OBSERVER: "observed",
}
MOST_DEEDS = 3
# A page lists this many entries, and leads to the lists of all.
MOST_LISTED = 50
MOST_ALONGSIDE = 12
# A printed sheet holds this many lines; so many are taken by the drawing of a lane, and by the heading of a list.
LINES_OF_A_SHEET = 32
LINES_OF_A_LANE, LINES_OF_A_LOW_LANE, LINES_OF_A_HEADING = 4, 3, 2


class Dossier:
    """The published events in which a participant, or an agency of it, has a part, or which were held in it."""

    def __init__(self, participant, facets, agencies=()):
        self.participant, self.facets, self.agencies = participant, facets, [agency.pk for agency in agencies]
        self.values, self.pk = facets.values, participant.pk
        self.held = self.values["country"][self.pk]
        self.taken_part = self.values["participant"][self.pk]

    @cached_property
    def keys(self):
        """All of them."""
        return self.taken_part | self.held

    @property
    def number(self):
        return len(self.keys)

    @cached_property
    def lanes(self):
        """A lane for each role in which it had a part, then one for what was held in it."""
        code, parts = self.participant.code, self.values["part"]
        lanes = [Lane(role.label, f"participant={code}&role={role.value}", parts[self.pk, role.value]) for role in Role]
        lanes.append(Lane(f"Held in {self.participant}", f"country={code}", self.held))
        return [lane for lane in lanes if lane.keys]

    @cached_property
    def shares(self):
        """The lanes, each with how many of it are listed and printed, and the keys of those, the latest first."""
        lengths = [len(lane.keys) for lane in self.lanes]
        latest = self.facets.orders["latest"]
        return [
            (lane, most, most_printed, [key for _rank, key in latest.page(lane.keys, 0, most)])
            for lane, most, most_printed in zip(
                self.lanes, shared_out(lengths, MOST_LISTED), printed_of(lengths), strict=True
            )
        ]

    @cached_property
    def told(self):
        """All events that are listed or drawn one by one, in one query."""
        return lines.told_of(marked(self.lanes, self.facets) | BitMap(self._keys_listed))

    @cached_property
    def excerpts(self):
        """The lanes as they are listed, all together no longer than a page and a sheet hold."""
        listed = Listed(self.participant, self._keys_listed, self.told)
        return [
            Excerpt(lane, most, most_printed, listed.lines(keys, lane, most_printed))
            for lane, most, most_printed, keys in self.shares
        ]

    @property
    def _keys_listed(self):
        return {key for *_share, keys in self.shares for key in keys}

    @property
    def unprinted(self):
        """How many entries a sheet leaves out."""
        return sum(len(excerpt.lane.keys) - excerpt.most_printed for excerpt in self.excerpts)

    @cached_property
    def alongside(self):
        """Bodies and others with a part in these events, those in most of them: (whom, in how many)."""
        first = sorted(self._numbers_alongside, key=lambda found: (-found[2], found[1].name))[:MOST_ALONGSIDE]
        return [(whom(known), number) for whom, known, number in first]

    @property
    def number_alongside(self):
        return len(self._numbers_alongside)

    @cached_property
    def _numbers_alongside(self):
        """Of all of them: (what makes a record of what is known of it, what that is, in how many)."""
        known, own = self.facets.known, {self.pk, self.participant.country_id, *self.agencies}
        bodies, others = (self.values[facet].counts(self.keys) for facet in ("body", "participant"))
        return [(self._body, known["body"][key], number) for key, number in bodies.items()] + [
            (self._participant, known["participant"][key], number) for key, number in others.items() if key not in own
        ]

    @cached_property
    def lead(self):
        """What it did, in sentences made from the record; blank where nothing is recorded."""
        sentences = (self._what_it_did(), self._what_its_agencies_did(), self._what_is_planned())
        return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences if sentence)

    def _what_it_did(self):
        deeds = self._deeds()
        held = self._took_place(self.held)
        phrases = [
            f"{deed} {number_of(keys, with_noun=not place)}{self._years_of(keys, 'of')}"
            for place, (deed, keys) in enumerate(deeds)
        ]
        if held:
            others = union(keys for _, keys in deeds)
            more = " more" if others and others.isdisjoint(held) else ""
            number = number_of(held, with_noun=not deeds)
            phrases.append(f"was the place of {number}{more}{self._city_of(held)}{self._years_of(held, 'in')}")
        return enumerated(phrases) if phrases else ""

    def _deeds(self):
        """What it did itself, by role: (deed, events that took place); the last few roles as one."""
        parts = self.values["part" if self.participant.country_id else "own"]
        done = [(DEEDS[role], self._took_place(parts[self.pk, role.value])) for role in Role]
        deeds = [(deed, keys) for deed, keys in done if keys]
        if len(deeds) <= MOST_DEEDS:
            return deeds
        return [*deeds[:MOST_DEEDS], ("had further parts in", union(keys for _, keys in deeds[MOST_DEEDS:]))]

    def _what_its_agencies_did(self):
        keys = self._took_place(self.values["participant"].any_of(self.agencies))
        return f"its agencies had a part in {number_of(keys)}{self._years_of(keys, 'of')}" if keys else ""

    def _what_is_planned(self):
        planned = self.keys & self.values["status"][Event.Status.PLANNED]
        return f"{number_of(planned)} {'is' if len(planned) == 1 else 'are'} planned" if planned else ""

    def _took_place(self, keys):
        return keys & self.values["status"][Event.Status.HELD]

    def _years_of(self, keys, preposition):
        """The years of some events, after the preposition for a single one: ` of 2004`, ` between 2003 and 2005`.

        Blank where one of them is undated, so that nothing is said of this one.
        """
        if not keys.isdisjoint(self.facets.undated):
            return ""
        first, last = (day.year for day in self.facets.days_of(keys))
        return f" {preposition} {first}" if first == last else f" between {first} and {last}"

    def _city_of(self, keys):
        """In which city all of several events were held, where it is one: `, all in Bangkok,`."""
        cities = [city for city, events in self.values["city"].sets.items() if keys.issubset(events)]
        name = self.facets.known["city"][cities[0]].name if cities else ""
        if len(keys) == 1 or name in ("", self.participant.name):
            return ""
        return f", {'both' if len(keys) == 2 else 'all'} in {name},"

    def _body(self, known):
        return Body(pk=known.pk, slug=known.code, name=known.name)

    def _participant(self, known):
        if known.pk in self.facets.known["country"]:
            return Country(pk=known.pk, alpha2=known.code, name=known.name)
        return Agency(pk=known.pk, kind=Agency.Kind.OTHER, slug=known.code, name=known.name)


class Part(NamedTuple):
    """A part in an event that counts for a participant: its own, or that of an agency of it."""

    event: int
    role: str
    whose: int
    slug: str
    name: str
    recorded_as: str
    remark: str


PARTS = Prepared(
    lambda whose, events: (
        Involvement.objects.filter(
            Q(participant__pk__among=whose) | Q(participant__country__pk__among=whose), event__pk__among=events
        )
        .order_by("pk")
        .values_list(
            *("event", "role", "participant", "participant__slug", "participant__name", "recorded_as__text", "remark")
        )
    )
)


class Listed:
    """The lines of some events on the page of a participant, in one query."""

    def __init__(self, participant, keys, told):
        self.participant, self.told = participant, told
        self.parts = {}
        for part in starmap(Part, PARTS([participant.pk], keys) if keys else ()):
            self.parts.setdefault((part.event, part.role), []).append(part)

    def lines(self, keys, lane, most_printed):
        """The lines of a lane; what it says of the parts there is said below each."""
        role = next((role.value for role in Role if role.label == lane.label), None)
        found = []
        for place, key in enumerate(key for key in keys if key in self.told):
            line, more = self.told[key].line, [self.said_of(part) for part in self.parts.get((key, role), ())]
            if said := mark_safe(" · ".join(filter(None, more))):  # noqa: S308 - made by `format_html`
                line = lines.with_more(line, said)
            found.append(line if place < most_printed else lines.unprinted(line))
        return found

    def said_of(self, part):
        """Through which agency it had a part, under which name, and what is remarked; blank where nothing is."""
        said = []
        if part.whose != self.participant.pk:
            address = address_of("participants:agency", part.slug)
            said.append(format_html('through its agency <a href="{}">{}</a>', address, part.name))
        if part.recorded_as != part.name:
            said.append(format_html("recorded as “{}”", part.recorded_as))
        if part.remark:
            said.append(format_html("{}", part.remark))
        return mark_safe(" · ".join(said))  # noqa: S308 - made by `format_html`


@dataclass(frozen=True)
class Excerpt:
    """The lines of a lane that are listed, how many at most, and how many of them are printed on one sheet."""

    lane: Lane
    most: int
    most_printed: int
    lines: list

    @property
    def number(self):
        return len(self.lane.keys)

    @property
    def is_cut(self):
        return self.most < self.number


def shared_out(lengths, most):
    """How many of each of some lists to show, so that all together are no more than `most`: each as many as others."""
    shares = [0] * len(lengths)
    while sum(shares) < min(most, sum(lengths)):
        waiting = [place for place, length in enumerate(lengths) if shares[place] < length]
        for place in waiting[: most - sum(shares)]:
            shares[place] += 1
    return shares


def printed_of(lengths):
    """How many of each list a sheet has room for, beside the drawing of all lanes; of the last lists perhaps none."""
    of_a_lane = LINES_OF_A_LANE if len(lengths) <= MOST_HIGH_LANES else LINES_OF_A_LOW_LANE
    lines = max(LINES_OF_A_SHEET - of_a_lane * len(lengths), 0)
    lists = min(len(lengths), lines // (LINES_OF_A_HEADING + 1))
    shares = shared_out(lengths[:lists], lines - LINES_OF_A_HEADING * lists)
    return shares + [0] * (len(lengths) - lists)


def number_of(keys, *, with_noun=True):
    return counted(len(keys), "activity", "activities") if with_noun else cardinal(len(keys))
