"""Charts: events on one line of time, in lanes, drawn small."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from ..models import Event, Involvement
from ..periods import Periods
from .scale import Scale

# More than this many in a lane are not drawn one by one but counted by year.
MOST_MARKS = 40
# How near to each other, in per cent of the line, two marks may stand side by side; otherwise one stands below.
NEAREST = 2.2
MOST_ROWS = 3
# More lanes than these are drawn lower, and more years than these are not all named.
MOST_HIGH_LANES = 4
MOST_NAMES_OF_YEARS = 14


class Height(NamedTuple):
    """How high things are drawn, in pixels: the edge of a lane, a row of marks, the tallest bar."""

    edge: int
    row: int
    bar: int


HIGH, LOW = Height(16, 15, 28), Height(12, 11, 14)


class Entry(NamedTuple):
    """An event of a lane, and the part that somebody had in it, for lanes of parts."""

    event: Event
    part: Involvement | None = None

    @property
    def role(self):
        return self.part and self.part.role

    @property
    def others(self):
        """The parts of others that a list shows, those who were merely there left out."""
        return [part for part in self.event.involvements.all() if part != self.part and part.is_leading]


class Mark(NamedTuple):
    event: Event
    at: float
    y: int


class Bar(NamedTuple):
    """How many events there are in a year."""

    year: int
    number: int
    start: float
    middle: float
    width: float
    height: int


@dataclass(frozen=True)
class Lane:
    """Entries that belong together. `query` finds their events in the list of activities."""

    label: str
    query: str
    entries: list = field(default_factory=list)

    @property
    def events(self):
        return [entry.event for entry in self.entries]


class Chart:
    """Lanes drawn over the whole line of the record, with the conferences that divide it."""

    def __init__(self, lanes, conferences=()):
        periods = Periods(tuple(conferences))
        events = [event for lane in lanes for event in lane.events]
        self.scale = periods.scale or Scale.over(event.when for event in events)
        height = HIGH if len(lanes) <= MOST_HIGH_LANES else LOW
        self.lanes = [Drawn(lane, self.scale, height) for lane in lanes] if self.scale else []
        self.conferences = periods.on(self.scale)
        self.undated = len({event for event in events if not event.when})

    @property
    def is_drawn(self):
        """Whether there is anything dated to draw."""
        return any(drawn.number for drawn in self.lanes)

    @property
    def named_years(self):
        """The years that there is room to name."""
        return [year for year in self.scale.years if not (year.room and self.is_crowded)]

    @property
    def is_crowded(self):
        """Whether the years are too many for each to have words of its own on any but the widest pages."""
        return len(self.scale.years) > MOST_NAMES_OF_YEARS

    @property
    def kinds(self):
        """The kinds among its marks, in their order: what the shapes mean."""
        shown = {mark.event.kind for drawn in self.lanes for mark in drawn.marks}
        return [kind for kind in Event.Kind if kind in shown]


class Drawn:
    """A lane as it is drawn: marks in rows, so that none covers another, or the numbers of the years."""

    def __init__(self, lane, scale, height):
        self.lane = lane
        dated = [event for event in lane.events if event.when]
        self.number = len(dated)
        self.marks = list(packed(dated, scale, height)) if len(dated) <= MOST_MARKS else []
        self.bars = [] if self.marks else list(bars(dated, scale, height.bar))
        lowest = max((mark.y for mark in self.marks), default=height.edge + height.bar * bool(self.bars))
        self.height = lowest + height.edge * bool(self.marks)


def packed(events, scale, height):
    """Marks for dated events: each in the first row that has room for it, in the last where none has."""
    rows = [float("-inf")] * MOST_ROWS
    for event in sorted(events, key=lambda each: scale.at(each.when)):
        at = scale.at(event.when)
        row = next((row for row, last in enumerate(rows) if at - last >= NEAREST), MOST_ROWS - 1)
        rows[row] = at
        yield Mark(event, at, height.edge + row * height.row)


def bars(events, scale, tallest):
    numbers = Counter(year for event in events for year in years_of(event.when))
    most = max(numbers.values(), default=1)
    for year in scale.years:
        if number := numbers[year.number]:
            height = max(round(tallest * number / most), 2)
            yield Bar(year.number, number, year.start, year.middle, round(2 * (year.middle - year.start), 2), height)


def years_of(date):
    """The years that a date can mean: one that spans several counts in each."""
    return range(date.starts_on.year, date.ends_on.year + 1)


def lanes_of_kinds(events, query):
    """A lane for each kind among some events; `query` finds them all in the list of activities."""
    return [
        Lane(kind.several.capitalize(), f"{query}&kind={kind.value}", entries)
        for kind in Event.Kind
        if (entries := [Entry(event) for event in events if event.kind == kind])
    ]
