"""Charts: events on one line of time, in lanes, drawn small."""

from typing import NamedTuple

from pyroaring import BitMap

from search.bitmaps import union

from ..lines import Told, told_of
from ..models import Event
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


class Mark(NamedTuple):
    """An event where it is drawn, and what is said of it there."""

    event: Told
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


class Lane(NamedTuple):
    """Events that belong together, by their keys. `query` finds them in the list of activities."""

    label: str
    query: str
    keys: BitMap


class Chart:
    """Lanes drawn over the whole line of the record, with the conferences that divide it.

    `told` are the events that are drawn one by one (`lines.told_of`), for pages that have them; otherwise one query
    finds them.
    """

    def __init__(self, lanes, facets, told=None):
        periods, dated = facets.periods, union(lane.keys for lane in lanes) - facets.undated
        self.scale = periods.scale or (Scale(*(day.year for day in facets.days_of(dated))) if dated else None)
        height = HIGH if len(lanes) <= MOST_HIGH_LANES else LOW
        told = told_of(marked(lanes, facets)) if told is None else told
        self.lanes = [Drawn(lane, facets, told, self.scale, height) for lane in lanes] if self.scale else []
        self.conferences = periods.on(self.scale)
        self.undated = union(lane.keys for lane in lanes).intersection_cardinality(facets.undated)

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

    def __init__(self, lane, facets, told, scale, height):
        dated = lane.keys - facets.undated
        self.lane, self.number = lane, len(dated)
        is_few = self.number <= MOST_MARKS
        self.marks = list(packed([told[key] for key in dated if key in told], scale, height)) if is_few else []
        self.bars = [] if is_few else list(bars(facets.values["year"].counts(dated), scale, height.bar))
        lowest = max((mark.y for mark in self.marks), default=height.edge + height.bar * bool(self.bars))
        self.height = lowest + height.edge * bool(self.marks)


def marked(lanes, facets):
    """The keys of the events that are drawn one by one."""
    return union(keys for lane in lanes if len(keys := lane.keys - facets.undated) <= MOST_MARKS)


def packed(events, scale, height):
    """Marks for dated events: each in the first row that has room for it, in the last where none has."""
    rows = [float("-inf")] * MOST_ROWS
    placed = [(scale.at(event.when), event) for event in events]
    for at, event in sorted(placed, key=lambda each: each[0]):
        row = next((row for row, last in enumerate(rows) if at - last >= NEAREST), MOST_ROWS - 1)
        rows[row] = at
        yield Mark(event, at, height.edge + row * height.row)


def bars(numbers, scale, tallest):
    """Of {year: how many there are in it}."""
    most = max(numbers.values(), default=1)
    for year in scale.years:
        if number := numbers.get(year.number):
            height = max(round(tallest * number / most), 2)
            yield Bar(year.number, number, year.start, year.middle, round(2 * (year.middle - year.start), 2), height)


def lanes_of_kinds(keys, query, facets):
    """A lane for each kind among some events; `query` finds them all in the list of activities."""
    of_kind = {kind: keys & facets.values["kind"][kind.value] for kind in Event.Kind}
    return [
        Lane(kind.several.capitalize(), f"{query}&kind={kind.value}", among) for kind, among in of_kind.items() if among
    ]
