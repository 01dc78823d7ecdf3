"""Dossiers: what the record has of a country or an agency, in lanes, in sentences, and who was there beside it."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from records.numbers import cardinal, counted, enumerated

from .drawing.chart import MOST_HIGH_LANES, Entry, Lane
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
# A printed sheet holds this many lines; so many are taken by the drawing of a lane, and by the heading of a list.
LINES_OF_A_SHEET = 32
LINES_OF_A_LANE, LINES_OF_A_LOW_LANE, LINES_OF_A_HEADING = 4, 3, 2


@dataclass(frozen=True)
class Dossier:
    """The published events in which a participant, or an agency of it, has a part, or which were held in it.

    They come in order of date, with their bodies, and with their involvements in the order of roles, with names.
    """

    participant: object
    events: list

    @cached_property
    def parts(self):
        """The parts that it had, those of its agencies among them, as entries."""
        involvements = ((event, part) for event in self.events for part in event.involvements.all())
        return [Entry(event, part) for event, part in involvements if self._is_its(part)]

    @cached_property
    def held(self):
        """The events that had their place in it."""
        return [event for event in self.events if event.place and event.place.country_id == self.participant.pk]

    @cached_property
    def lanes(self):
        """A lane for each role in which it had a part, then one for what was held in it."""
        code = self.participant.code
        lanes = [
            Lane(
                role.label, f"participant={code}&role={role.value}", [each for each in self.parts if each.role == role]
            )
            for role in Role
        ]
        held = Lane(f"Held in {self.participant}", f"country={code}", [Entry(event) for event in self.held])
        return [lane for lane in [*lanes, held] if lane.entries]

    @cached_property
    def excerpts(self):
        """The lanes as they are listed, all together no longer than a page and a sheet hold."""
        lengths = [len(lane.entries) for lane in self.lanes]
        shares = zip(self.lanes, shared_out(lengths, MOST_LISTED), printed_of(lengths), strict=True)
        return [Excerpt(*share) for share in shares]

    @property
    def unprinted(self):
        """How many entries a sheet leaves out."""
        return sum(len(excerpt.lane.entries) - excerpt.most_printed for excerpt in self.excerpts)

    @cached_property
    def alongside(self):
        """Bodies and others with a part in these events: (whom, in how many), most often first."""
        numbers = Counter()
        for event in self.events:
            others = {part.participant for part in event.involvements.all() if not self._is_its(part)}
            numbers.update([*event.bodies.all(), *others])
        return sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0].name))

    @property
    def lead(self):
        """What it did, in sentences made from the record; blank where nothing is recorded."""
        sentences = (self._what_it_did(), self._what_its_agencies_did(), self._what_is_planned())
        return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences if sentence)

    def _what_it_did(self):
        deeds = self._deeds()
        held = took_place(self.held)
        phrases = [
            f"{deed} {number_of(events, with_noun=not place)}{years_of(events, 'of')}"
            for place, (deed, events) in enumerate(deeds)
        ]
        if held:
            others = {event for _, events in deeds for event in events}
            more = " more" if others and not others & set(held) else ""
            number = number_of(held, with_noun=not deeds)
            phrases.append(f"was the place of {number}{more}{city_of(held)}{years_of(held, 'in')}")
        return enumerated(phrases) if phrases else ""

    def _deeds(self):
        """What it did itself, by role: (deed, events that took place); the last few roles as one."""
        done = {role: [] for role in Role}
        for entry in self.parts:
            if entry.part.participant_id == self.participant.pk:
                done[entry.role].append(entry.event)
        deeds = [(DEEDS[role], took_place(events)) for role, events in done.items() if took_place(events)]
        if len(deeds) <= MOST_DEEDS:
            return deeds
        further = unique(event for _, events in deeds[MOST_DEEDS:] for event in events)
        return [*deeds[:MOST_DEEDS], ("had further parts in", further)]

    def _what_its_agencies_did(self):
        theirs = [entry.event for entry in self.parts if entry.part.participant.country_id == self.participant.pk]
        events = unique(took_place(theirs))
        return f"its agencies had a part in {number_of(events)}{years_of(events, 'of')}" if events else ""

    def _what_is_planned(self):
        planned = [event for event in self.events if event.status == Event.Status.PLANNED]
        return f"{number_of(planned)} {'is' if len(planned) == 1 else 'are'} planned" if planned else ""

    def _is_its(self, part):
        return self.participant.pk in (part.participant_id, part.participant.country_id)


@dataclass(frozen=True)
class Excerpt:
    """How many entries of a lane are listed, and how many are printed on one sheet."""

    lane: Lane
    most: int
    most_printed: int

    @property
    def entries(self):
        return self.lane.entries[: self.most]

    @property
    def is_cut(self):
        return self.most < len(self.lane.entries)


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


def took_place(events):
    return [event for event in events if event.status == Event.Status.HELD]


def unique(events):
    return list(dict.fromkeys(events))


def number_of(events, *, with_noun=True):
    return counted(len(events), "activity", "activities") if with_noun else cardinal(len(events))


def years_of(events, preposition):
    """The years of some events, after the preposition for a single one: ` of 2004`, ` between 2003 and 2005`.

    Blank where one of them is undated, so that nothing is said of this one.
    """
    if not all(event.when for event in events):
        return ""
    first, last = min(event.starts_on.year for event in events), max(event.ends_on.year for event in events)
    return f" {preposition} {first}" if first == last else f" between {first} and {last}"


def city_of(events):
    """In which city all of several events were held, where it is one: `, all in Bangkok,`."""
    cities = {event.place.city for event in events}
    city = cities.pop()
    if len(events) == 1 or cities or city in ("", events[0].place.country.name):
        return ""
    return f", {'both' if len(events) == 2 else 'all'} in {city},"
