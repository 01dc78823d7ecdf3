"""The thread of an event as a graph: a row for each event, in order of time, and lines between what is linked."""

from collections import Counter, defaultdict
from dataclasses import dataclass

# Where the first row stands, how high a row is, and what a step of a longer gap adds, in pixels; likewise for columns.
TOP, ROW, LONGER = 20, 52, 12
LEFT, COLUMN = 12, 20
# Columns beyond these would leave no room for words.
MOST_COLUMNS = 7


@dataclass(frozen=True)
class Mark:
    """An event where it stands, and the gap after it in words."""

    event: object
    x: int
    y: int
    gap: str


class Graph:
    """The steps of a thread as `marks`, and `lines` between the pairs of events that are linked: the paths of an SVG.

    Lines that begin or end at the same event run together, beside the marks that they pass.
    """

    def __init__(self, steps, pairs):
        self.steps = steps
        self.rows = {step.event: row for row, step in enumerate(steps)}
        self.pairs = {tuple(sorted((self.rows[one], self.rows[other]))) for one, other in pairs}
        self.heights = list(heights_of(steps))
        self.bundles = bundles_of(self.pairs)
        self.columns_of_bundles, self.columns = in_columns(self.bundles, len(steps))
        self.marks = [
            Mark(step.event, x_of(self.columns[row]), self.heights[row], step.gap if step.length > 1 else "")
            for row, step in enumerate(steps)
        ]

    @property
    def lines(self):
        return sorted({self._path(hub, *pair) for hub, pairs in self.bundles.items() for pair in pairs})

    @property
    def height(self):
        return self.heights[-1] + ROW - TOP

    @property
    def words_at(self):
        """Where the words of all rows begin: right of the last column."""
        return x_of(max([*self.columns, *self.columns_of_bundles.values()])) + COLUMN

    def _path(self, hub, first, last):
        """From one mark to the column of its bundle, along it, and to the other mark, each within one row."""
        start, end = (f"{x_of(self.columns[row])} {self.heights[row]}" for row in (first, last))
        if last == first + 1:
            return f"M{start}L{end}"
        beside = x_of(self.columns_of_bundles[hub])
        return f"M{start}L{beside} {self.heights[first + 1]}V{self.heights[last - 1]}L{end}"


def heights_of(steps):
    """How far down each row stands."""
    y = TOP
    for step in steps:
        yield y
        y += ROW + LONGER * (step.length - 1)


def x_of(column):
    return LEFT + COLUMN * min(column, MOST_COLUMNS - 1)


def bundles_of(pairs):
    """Pairs of rows by the one of both that has more of them: {row: pairs}; where both have as many, by the first."""
    number = Counter(row for pair in pairs for row in pair)
    bundles = defaultdict(list)
    for first, last in sorted(pairs):
        bundles[first if number[first] >= number[last] else last].append((first, last))
    return bundles


def in_columns(bundles, number):
    """A column for each bundle, {row: column}, and one for each of the rows, so that no line goes through a mark.

    A column that a bundle has left is free for the next. An event stands in the column of its own bundle, or at the end
    of the one that leads to it.
    """
    spans = {hub: (min(map(min, pairs)), max(map(max, pairs))) for hub, pairs in bundles.items()}
    beginning, ending = by_end(spans, 0), by_end(spans, 1)
    of_bundles, of_rows, busy = {}, [], set()
    for row in range(number):
        left = {of_bundles[hub] for hub in ending[row]}
        busy -= left
        here = of_bundles.get(row, min(left, default=first_free(busy)))
        of_rows.append(here)
        for hub in sorted(beginning[row], key=lambda hub: hub != row):
            of_bundles[hub] = first_free(busy) if here in busy else here
            busy.add(of_bundles[hub])
    return of_bundles, of_rows


def by_end(spans, end):
    """The bundles that begin (0) or end (1) at each row."""
    bundles = defaultdict(list)
    for hub, span in spans.items():
        bundles[span[end]].append(hub)
    return bundles


def first_free(busy):
    return next(column for column in range(len(busy) + 1) if column not in busy)
