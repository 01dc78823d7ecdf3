"""How far an instrument spread: what is known country by country, now and in time, and what meetings reported.

The two stand beside each other and are never added: a reported figure says nothing of which countries it counts, and
what is known by country is not said to be all.
"""

from collections import Counter
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from events.drawing.scale import Scale
from events.models import Event

from .models import ReportedFigure, Uptake
from .models.uptake import UptakeStatus

# Longer lines of time are drawn from so many years before their end on.
MOST_YEARS = 40
# How high the bar of the most countries is drawn, and what there is above it for its number, in pixels.
TALLEST, HEAD, FOOT = 160, 18, 26


class Standing(NamedTuple):
    """What a country made of an instrument: the latest that is known, and what was known before, the latest first."""

    country: object
    latest: Uptake
    earlier: list

    @property
    def known(self):
        return [self.latest, *self.earlier]

    def in_year(self, year):
        """What it had made of it by the end of a year, as far as dates are known: an uptake, or None."""
        return next((each for each in self.known if each.as_of and each.as_of_on.year <= year), None)


class Report(NamedTuple):
    """The figures that one event reported, in the order of their statuses."""

    event: Event
    figures: list

    def of(self, status):
        """The figure of a status, or None."""
        return next((figure for figure in self.figures if figure.status == status), None)


class Spread:
    """What became of an instrument. Takes uptakes with their countries, and figures with their events."""

    def __init__(self, uptakes, figures):
        self.standings = list(standings_of(uptakes))
        self.reports = reports_of(figures)

    @classmethod
    def of(cls, instrument):
        """That of one instrument, as the public sees it. Two queries."""
        return cls(
            instrument.uptakes.select_related("country"),
            ReportedFigure.objects.published().filter(instrument=instrument).select_related("event__place__country"),
        )

    @cached_property
    def numbers(self):
        """How many countries stand at each status, by the latest that is known."""
        return Counter(standing.latest.status for standing in self.standings)

    @property
    def rows(self):
        """For each status that is known or reported: it, the countries known, and the figure of each report or None."""
        for status in UptakeStatus:
            figures = [report.of(status) for report in self.reports]
            if self.numbers[status] or any(figures):
                yield status, self.numbers[status], figures

    @property
    def events(self):
        return [report.event for report in self.reports]

    @cached_property
    def bars(self):
        return Bars(self.standings)


def standings_of(uptakes):
    """The Standing of each country, by name."""
    of_countries = {}
    for uptake in uptakes:
        of_countries.setdefault(uptake.country, []).append(uptake)
    for country in sorted(of_countries, key=lambda country: (country.name, country.pk)):
        latest, *earlier = sorted(of_countries[country], key=when_known, reverse=True)
        yield Standing(country, latest, earlier)


def when_known(uptake):
    """The order in which uptakes became known: what has no date was before all that has one."""
    return bool(uptake.as_of), uptake.as_of_on and uptake.as_of.ends_on, uptake.as_of, uptake.pk


def reports_of(figures):
    """The Report of each event, in order of date, the undated last."""
    ordered = sorted(figures, key=lambda figure: (*when_held(figure.event), list(UptakeStatus).index(figure.status)))
    return [Report(event, list(of_event)) for event, of_event in groupby(ordered, key=lambda figure: figure.event)]


def when_held(event):
    return event.starts_on is None, event.starts_on, event.pk


class Segment(NamedTuple):
    """The countries at one status by the end of a year."""

    status: UptakeStatus
    number: int
    y: float
    height: float


class Bar(NamedTuple):
    """A year: where it stands, its segments from below, and how many countries stand at each status that is drawn."""

    year: object
    start: float
    width: float
    segments: list
    cells: list

    @property
    def number(self):
        return sum(segment.number for segment in self.segments)

    @property
    def top(self):
        return min((segment.y for segment in self.segments), default=HEAD + TALLEST)


class Bars:
    """Bars of the years: of how many countries it was known by the end of each what they had made of an instrument."""

    height = HEAD + TALLEST + FOOT
    foot = HEAD + TALLEST

    def __init__(self, standings):
        self.standings = [standing for standing in standings if any(each.as_of for each in standing.known)]
        self.undated = len(standings) - len(self.standings)
        scale = Scale.over(each.as_of for standing in self.standings for each in standing.known)
        self.first_known = scale and scale.first_year
        self.scale = scale and Scale(max(scale.first_year, scale.last_year - MOST_YEARS + 1), scale.last_year)

    @property
    def is_shortened(self):
        """Whether what was known before the first year that is drawn stands in the bar of that year."""
        return self.scale.first_year > self.first_known

    @cached_property
    def numbers(self):
        """How many countries stand at each status by the end of each year: {Year: Counter}."""
        if not self.scale:
            return {}
        return {year: self._numbers(year.number) for year in self.scale.years}

    @cached_property
    def statuses(self):
        """The statuses that are drawn, in their order, from below."""
        return [status for status in UptakeStatus if any(counted[status] for counted in self.numbers.values())]

    @cached_property
    def years(self):
        """The Bar of each year."""
        most = max((counted.total() for counted in self.numbers.values()), default=0)
        return [self._bar(year, counted, TALLEST / max(most, 1)) for year, counted in self.numbers.items()]

    def _numbers(self, year):
        known = (standing.in_year(year) for standing in self.standings)
        return Counter(UptakeStatus(uptake.status) for uptake in known if uptake)

    def _bar(self, year, counted, unit):
        y, segments = self.foot, []
        for status in UptakeStatus:
            if number := counted[status]:
                height = round(number * unit, 1)
                y = round(y - height, 1)
                segments.append(Segment(status, number, y, height))
        cells = [counted[status] for status in self.statuses]
        width = 2 * (year.middle - year.start)
        return Bar(year, round(year.start + 0.15 * width, 2), round(0.7 * width, 2), segments, cells)
