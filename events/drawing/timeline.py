"""The record at a glance: activities by kind and time, as marks where they are few and as numbers however many."""

from collections import Counter
from dataclasses import dataclass

from ..models import Event
from ..periods import Periods
from .scale import Scale

# More than this many are not drawn one by one.
MOST_DRAWN = 100


@dataclass(frozen=True)
class Timeline:
    """Published events in time. `of` takes one query for the events, and none where there are too many to be drawn.

    `drawn` are the events that are drawn one by one, in order of date, or None; `tally` says how many there are of
    each kind in each year.
    """

    periods: Periods
    tally: "Tally"
    drawn: list | None

    @classmethod
    def of(cls, facets):
        """The timeline of the published record."""
        if len(facets.events) > MOST_DRAWN:
            return cls(facets.periods, Tally.by_sets(facets), None)
        drawn = list(Event.objects.published().select_related("place__country").earliest_first())
        groups = Counter((each.kind, *years_of(each)) for each in drawn)
        return cls(facets.periods, Tally((*group, count) for group, count in groups.items()), drawn)

    @property
    def scale(self):
        """The line of time from the first to the last year in which there was anything; None where nothing is dated."""
        years = self.tally.years
        return Scale(years[0], years[-1]) if years else None

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

    @classmethod
    def by_sets(cls, facets):
        """The same of the published record, by the sets in memory."""
        tally = cls(())
        years = facets.values["year"].sets | ({None: facets.undated} if facets.undated else {})
        for kind, keys in facets.values["kind"].sets.items():
            tally.by_kind[kind] = len(keys)
            for year, of_year in years.items():
                if number := keys.intersection_cardinality(of_year):
                    tally.cells[year, kind] = number
                    tally.by_year[year] += number
        return tally

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
