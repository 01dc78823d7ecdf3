"""The record at a glance: activities by kind and time, as marks where they are few and as numbers however many."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from .models import Event
from .packing import pack
from .periods import Periods
from .scale import Scale

# More than this many are not drawn one by one.
MOST_DRAWN = 100
# A drawing with lanes is shown from this width on, in pixels, with lanes of this height.
WIDTH = 820
LETTER, MARK, ROW = 6.8, 22, 24
# The grid of years and months, which stands in its place on narrower pages.
MONTH_ROW = 30


@dataclass(frozen=True)
class Timeline:
    """Published events in time. `of` takes one query: either the events, or their numbers where there are too many.

    `drawn` are the events that are drawn one by one, in order of date, or None; `tally` says how many there are of
    each kind in each year.
    """

    periods: Periods
    tally: "Tally"
    drawn: list | None

    @classmethod
    def of(cls, periods, number):
        """The timeline of a record with these periods and this number of published events."""
        events = Event.objects.published()
        if number > MOST_DRAWN:
            groups = events.order_by().values_list("kind", "starts_on__year", "ends_on__year").annotate(Count("pk"))
            return cls(periods, Tally(groups), None)
        drawn = list(events.select_related("place__country").earliest_first())
        groups = Counter((each.kind, *years_of(each)) for each in drawn)
        return cls(periods, Tally((*group, count) for group, count in groups.items()), drawn)

    @property
    def scale(self):
        return Scale.over(each.when for each in self.drawn) if self.drawn else None

    @property
    def undated(self):
        return [each for each in self.drawn or () if not each.when]


def years_of(event):
    return (event.starts_on.year, event.ends_on.year) if event.when else (None, None)


class Tally:
    """How many events there are of each kind in each year; one that spans years counts in each of them.

    Made of groups: (kind, first year, last year, number), with None for the years of the undated.
    """

    def __init__(self, groups):
        self.cells, self.by_year, self.by_kind = Counter(), Counter(), Counter()
        for kind, first, last, number in groups:
            self.by_kind[kind] += number
            for year in range(first, last + 1) if first else [None]:
                self.cells[year, kind] += number
                self.by_year[year] += number

    @property
    def kinds(self):
        """The kinds of which there are any, in their order."""
        return [kind for kind in Event.Kind if self.by_kind[kind]]

    @property
    def years(self):
        """The years in which there were any, in order."""
        return sorted(year for year in self.by_year if year)

    @property
    def undated(self):
        return self.by_year[None]

    @property
    def total(self):
        return self.by_kind.total()

    @property
    def rows(self):
        """A table: for each year, the number in all and of each kind."""
        return [
            {
                "year": year,
                "number": self.by_year[year],
                "cells": [{"kind": kind, "number": self.cells[year, kind]} for kind in self.kinds],
            }
            for year in [*self.years, *([None] if self.undated else [])]
        ]

    @property
    def totals(self):
        return [{"kind": kind, "number": self.by_kind[kind]} for kind in self.kinds]

    def busiest(self, kind):
        """The year with more events of a kind than any other, and their number; None where none stands out."""
        most = Counter({year: self.cells[year, kind] for year in self.years}).most_common(2)
        numbers = [number for _, number in most]
        stands_out = numbers and numbers[0] > 1 and numbers[0] not in numbers[1:]
        return {"year": most[0][0], "number": numbers[0]} if stands_out else None


# --- Lanes: a line for each kind --------------------------------------------------------------------------------------


class Lanes:
    """The drawing for wide pages: a lane for each kind, marks named by their places, lines where conferences were."""

    HEAD = 64

    def __init__(self, timeline):
        self.timeline, self.scale = timeline, timeline.scale
        self.conferences = self._conferences()
        self.lanes, self.foot = self._lanes()
        self.height = self.foot + 52

    @property
    def years(self):
        numbers = self.timeline.tally.by_year
        labelled = self.scale.labelled_years
        return [{"year": year, "number": numbers[year.number]} for year in labelled]

    @property
    def spans(self):
        """The periods, with how much was done in them, said where there is room."""
        edges = [each["at"] for each in self.conferences] + [100]
        numbers = Counter(self.timeline.periods.of(each) for each in self.timeline.drawn)
        spans = []
        for each, end in zip(self.conferences, edges[1:], strict=True):
            width, number = round(end - each["at"], 2), numbers[each["event"]]
            room = (width / 100 * WIDTH - 12) / LETTER
            words = next((text for text in (f"{number} since {each['numeral']}", f"{number}") if len(text) <= room), "")
            spans.append(each | {"width": width, "words": words, "number": number})
        return spans

    def _conferences(self):
        numbered = self.timeline.periods.numbered
        found = [{"event": each, "numeral": numeral, "at": self.scale.at(each.when)} for numeral, each in numbered]
        labels = [len(each["event"].when.short()) * LETTER + MARK / 2 for each in found]
        return [each | spot for each, spot in zip(found, self._packed(found, labels, rows=1), strict=True)]

    def _lanes(self):
        lines = [each["at"] * WIDTH / 100 for each in self.conferences]
        top, lanes = self.HEAD, []
        bounding = {each["event"] for each in self.conferences}
        for kind in self.timeline.tally.kinds:
            events = [each for each in self.timeline.drawn if each.kind == kind and each not in bounding and each.when]
            if not events:
                continue
            marks = [{"event": each, "at": self.scale.at(each.when), "words": name_of_mark(each)} for each in events]
            spots = self._packed(marks, [len(mark["words"]) * LETTER for mark in marks], lines=lines)
            marks = [mark | spot | {"y": top + 18 + spot["row"] * ROW} for mark, spot in zip(marks, spots, strict=True)]
            height = 12 + ROW * (1 + max(mark["row"] for mark in marks))
            lanes.append({"kind": kind, "number": len(events), "y": top + 18, "top": top, "marks": marks})
            top += height
        return lanes, top

    def _packed(self, marks, labels, **how):
        return pack([mark["at"] * WIDTH / 100 for mark in marks], labels, width=WIDTH, mark=MARK, **how)


def name_of_mark(event):
    """What stands beside a mark: the city, the country, or the larger gathering."""
    place = event.place and (event.place.city or event.place.country.name)
    name = place or event.alongside or "no place"
    return name if len(name) <= 24 else f"{name[:22].rstrip()}…"


# --- Grid: a line for each year, a column for each month --------------------------------------------------------------


class Grid:
    """The drawing for narrow pages: years and months, with the marks of a month side by side."""

    MONTHS = "JFMAMJJASOND"

    def __init__(self, timeline):
        dated = [each for each in timeline.drawn if each.when]
        years = timeline.tally.years
        self.kinds = [kind for kind in timeline.tally.kinds if any(each.kind == kind for each in dated)]
        self.rows = [{"year": year, "y": 44 + MONTH_ROW * place} for place, year in enumerate(years)]
        self.height = 28 + MONTH_ROW * len(years)
        self.months = [{"letter": letter, "at": column(month)} for month, letter in enumerate(self.MONTHS, start=1)]
        self.marks = self._marks(dated, {row["year"]: row["y"] for row in self.rows})

    def _marks(self, events, heights):
        cells = {}
        for each in events:
            middle = each.starts_on + (each.ends_on - each.starts_on) / 2
            cells.setdefault((middle.year, middle.month), []).append(each)
        return [
            {"event": each, "at": column(month), "dx": dx, "y": heights.get(year, 0) + dy}
            for (year, month), together in cells.items()
            for each, (dx, dy) in zip(together, offsets(len(together)), strict=True)
        ]


def column(month):
    """Where a month has its middle, in per cent: the names of the years stand before the first."""
    return round(12 + 88 * (month - 0.5) / 12, 2)


def offsets(number):
    """Where marks that share a place stand around it: two side by side, more of them in two lines."""
    if number == 1:
        return [(0, 0)]
    if number == 2:
        return [(-6, 0), (6, 0)]
    return [(6 * (place // 2 * 2 - (number - 1) // 2), 6 * (-1) ** place) for place in range(number)]
