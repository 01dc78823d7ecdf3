"""The list of activities: one page of what is found, under its years and between the conferences."""

from bisect import bisect_left
from datetime import date
from functools import cached_property
from html import escape
from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import Q

from records.prepared import Prepared

from . import lines
from .facets import UNDATED
from .models import Event, Involvement
from .periods import numeral
from .phrases import phrase_of

PAGE = 25
ROLES = Involvement.Role.values
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


# The parts that participants or their agencies had in events, and who led those of the events that are conferences.
PARTS = Prepared(
    lambda events, participants, conferences: (
        Involvement.objects.order_by()
        .filter(
            Q(event__pk__among=events)
            & (Q(participant__pk__among=participants) | Q(participant__country__pk__among=participants))
            | Q(event__pk__among=conferences) & ~Q(role__in=Involvement.MERELY_THERE)
        )
        .values_list("event", "role", "recorded_as__text", "participant__country", "participant__name", "pk")
    )
)


def in_order(parts):
    """Parts in the order of roles and of names, as (event, role, name as recorded, the participant's country)."""
    return [part[:4] for part in sorted(parts, key=lambda part: (ROLES.index(part[1]), *part[4:]))]


class Entry(NamedTuple):
    """An event on a page of the list: its key and its first day, None where it is undated."""

    pk: int
    starts_on: date | None


class Listing:
    """A page of the activities that a filter set finds, by its facets. Raises EmptyPage where there is no such page."""

    def __init__(self, filterset):
        self.filterset, self.facets, self.periods = filterset, filterset.facets, filterset.periods
        self.keys = filterset.finding.found if filterset.is_valid() else ()
        self.found = len(self.keys)
        self.positions = {conference.pk: at for at, conference in enumerate(self.periods.conferences)}
        self.page = Paginator(range(self.found), PAGE).page(filterset.page_number)
        self.before, self.entries = self._entries()

    @property
    def all(self):
        return len(self.facets.events)

    @property
    def undated(self):
        return len(self.facets.undated)

    @cached_property
    def phrase(self):
        return phrase_of(self.filterset)

    @cached_property
    def sections(self):
        """The lines under their years, and the conferences between them where they stand in order of time.

        Sections are `{"lines": …, "year": …, "since": …, "number": …}`: since which conference that number was found,
        where a period begins; and `{"conference": …, "numeral": …, "found": …, "parts": …}`.
        """
        if self.filterset.order == "title":
            return (
                [{"lines": [self.lines[entry.pk] for entry in self.entries if entry.pk in self.lines]}]
                if self.entries
                else []
            )
        return self._sections()

    @property
    def orientation(self):
        """Whether a conference stands on the page that is not among what is found."""
        return any("conference" in section and not section["found"] for section in self.sections)

    def _entries(self):
        """The entry before the page, if any, and those on it."""
        start = (self.page.number - 1) * PAGE
        order = self.facets.orders[self.filterset.order]
        ranked = order.page(self.keys, max(start - 1, 0), start + PAGE) if self.found else []
        entries = [Entry(key, self._first_day(rank)) for rank, key in ranked]
        return (entries[0], entries[1:]) if start else (None, entries)

    def _first_day(self, rank):
        """The first day that a rank in an order of dates stands for."""
        if self.filterset.order == "title":
            _title, rank = rank
        return None if rank[0] == UNDATED else date.fromordinal(abs(rank[0]))

    # --- What is said of the entries ----------------------------------------------------------------------------------

    @cached_property
    def lines(self):
        """The lines of the page: {primary key: HTML}; below each, what those had to do with it who are asked for."""
        made = lines.lines_of([entry.pk for entry in self.entries])
        return {
            key: lines.with_more(line, escape(" · ".join(self.words[key]))) if key in self.words else line
            for key, line in made.items()
        }

    @cached_property
    def words(self):
        """Parts in words that no line says, {primary key: [words]}: of participants that are asked for, and of those
        who led a conference.

        In one query, and in none where there can be no such part.
        """
        conferences = [entry.pk for entry in self.entries if entry.pk in self.positions]
        asked = {each.pk: each.name for each in self.filterset.participants}
        if not (asked or conferences) or (self.filterset.order == "title" and not asked):
            return {}
        found = {}
        for event, role, name, country in in_order(PARTS([entry.pk for entry in self.entries], [*asked], conferences)):
            words = f"{name} (agency of {asked[country]})" if country in asked else name
            found.setdefault(event, []).append((role, words))
        return {event: list(lines.parts_in_words(parts)) for event, parts in found.items()}

    # --- Sections -----------------------------------------------------------------------------------------------------

    def _sections(self):
        sections, before = [], self.before
        for entry in self.entries:
            self._add_conferences(self._between(before, entry), sections)
            self._add(entry, before, sections)
            before = entry
        if self.entries and not self.page.has_next():
            self._add_conferences(self._between(before, None), sections)
        return sections

    def _add_conferences(self, positions, sections):
        """Conferences that are not found; one that stands there already began on the day of the entry after it."""
        said = [section.get("conference") for section in sections]
        for position in positions:
            if self.periods.conferences[position] not in said:
                sections.append(self._conference(position))

    def _add(self, entry, before, sections):
        """An entry: in the section of the one before, if it is of the same year, or in one of its own."""
        position = self.positions.get(entry.pk)
        year = entry.starts_on and entry.starts_on.year
        if position is not None:
            sections.append(self._conference(position) | {"found": True, "words": self.words.get(entry.pk, ())})
        elif entry.pk not in self.lines:
            return  # it was deleted since the facets were read
        elif sections and "lines" in sections[-1] and sections[-1]["year"] == year:
            sections[-1]["lines"].append(self.lines[entry.pk])
        else:
            section = {"year": year, "lines": [self.lines[entry.pk]]}
            if (period := self._period_of(entry)) is not None and self._begins_a_period(before, sections):
                section |= self._since(period)
            sections.append(section)

    def _begins_a_period(self, before, sections):
        if sections:
            return "conference" in sections[-1]
        return before is None or before.pk in self.positions

    def _between(self, before, after):
        """The positions of the conferences between two entries, in the order of the list.

        None is the beginning of the list, or its end: beyond the earliest entry, only the conference stands that opened
        its period, and beyond the latest none.
        """
        if self.filterset.order == "latest":
            return reversed(self._passed(after, before))
        return self._passed(before, after)

    def _passed(self, earlier, later):
        if later is None or not later.starts_on:
            return range(0)
        begun = self._begun(later)
        if earlier is None or not earlier.starts_on:
            return range(max(begun - 1, 0), begun)
        return range(self._begun(earlier) + (earlier.pk in self.positions), begun)

    def _begun(self, entry):
        """How many conferences had begun before an entry."""
        return bisect_left(self.periods.conferences, entry.starts_on, key=lambda conference: conference.starts_on)

    def _period_of(self, entry):
        """The position of the conference that opened the entry's period, or None."""
        if entry.starts_on is None or entry.pk in self.facets.values["kind"][Event.Kind.MINISTERIAL]:
            return None
        return self._begun(entry) - 1 if self._begun(entry) else None

    def _conference(self, position):
        return {"conference": self.periods.conferences[position], "numeral": numeral(position + 1), "found": False}

    def _since(self, position):
        named = f"the {ORDINALS[position]} conference" if position < len(ORDINALS) else f"conference {position + 1}"
        of_period = self.facets.by_period[self.periods.conferences[position].reference]
        return {"since": named, "number": self.keys.intersection_cardinality(of_period)}
