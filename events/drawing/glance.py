"""Drawings of a timeline: positions across are per cent of the width, all others pixels."""

from collections import Counter

from ..models import Event
from .packing import pack, sides

# What lanes are drawn for: the narrowest they are shown at, the widths of a letter and a mark, the heights of rows.
WIDTH = 820
LETTER, MARK, ROW, FIRST_ROW = 6.8, 22, 24, 18
MONTH_ROW = 30


def drawing_of(timeline):
    """What shows a timeline: `lanes` and `months`, or `bars` where it is too much; nothing where nothing is dated."""
    if not timeline.scale:
        return {}
    if timeline.drawn is None:
        return {"bars": Bars(timeline)}
    return {"lanes": Lanes(timeline), "months": Months(timeline)}


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
        return [{"year": year, "number": numbers[year.number]} for year in self.scale.labelled_years]

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
        found = self.timeline.periods.on(self.scale)
        labels = [LETTER * len(each["event"].when.short()) for each in found]
        turned = sides([each["at"] * WIDTH / 100 for each in found], labels, width=WIDTH, mark=MARK)
        return [each | {"side": side} for each, side in zip(found, turned, strict=True)]

    def _lanes(self):
        """The lanes of what is no boundary of periods, and where the last of them ends."""
        bounding = self.timeline.periods.conferences
        events = [each for each in self.timeline.drawn if each.when and each not in bounding]
        top, lanes = self.HEAD, []
        for kind in self.timeline.tally.kinds:
            if marks := self._marks([each for each in events if each.kind == kind], top + FIRST_ROW):
                lanes.append({"kind": kind, "top": top, "y": top + FIRST_ROW, "marks": marks})
                top = max(mark["y"] for mark in marks) + FIRST_ROW
        return lanes, top

    def _marks(self, events, first_row):
        positions = [self.scale.at(each.when) for each in events]
        names = [name_of_mark(each) for each in events]
        lines = [each["at"] * WIDTH / 100 for each in self.conferences]
        pixels = [at * WIDTH / 100 for at in positions]
        spots = pack(pixels, [LETTER * len(name) for name in names], width=WIDTH, mark=MARK, lines=lines)
        return [
            {"event": each, "at": at, "words": name, "side": spot["side"], "y": first_row + ROW * spot["row"]}
            for each, at, name, spot in zip(events, positions, names, spots, strict=True)
        ]


def name_of_mark(event):
    """What stands beside a mark: the city, the country, or the larger gathering."""
    place = event.place and (event.place.city or event.place.country.name)
    name = place or event.alongside or "no place"
    return name if len(name) <= 24 else f"{name[:22].rstrip()}…"


# --- Bars: numbers for each year --------------------------------------------------------------------------------------


class Bars:
    """The drawing of many activities, for pages of any width: for each kind the numbers of the years, as bars.

    Conferences are lines, as in the other drawings.
    """

    LANE, BAR, HEAD = 76, 34, 24

    def __init__(self, timeline):
        self.timeline, self.scale = timeline, timeline.scale
        self.most = max(number for (year, _kind), number in timeline.tally.cells.items() if year)
        self.conferences = timeline.periods.on(self.scale)
        drawn = [kind for kind in timeline.tally.kinds if kind != Event.Kind.MINISTERIAL and self._years(kind)]
        self.lanes = [self._lane(place, kind) for place, kind in enumerate(drawn)]
        self.foot = self.HEAD + self.LANE * len(self.lanes)
        self.height = self.foot + 28

    def _lane(self, place, kind):
        foot = self.HEAD + self.LANE * (place + 1) - 4
        return {
            "kind": kind,
            "number": self.timeline.tally.by_kind[kind],
            "top": self.HEAD + self.LANE * place,
            "foot": foot,
            "bars": [self._bar(year, number, foot) for year, number in self._years(kind)],
        }

    def _years(self, kind):
        """The years in which there was something of a kind, each with its number."""
        cells = self.timeline.tally.cells
        return [(year, cells[year.number, kind]) for year in self.scale.years if cells[year.number, kind]]

    def _bar(self, year, number, foot):
        height = round(max(self.BAR * number / self.most, 1), 1)
        width = round(2 * (year.middle - year.start) * 0.7, 2)
        return {"at": year.middle, "start": round(year.middle - width / 2, 2), "width": width, "number": number} | {
            "y": round(foot - height, 1),
            "height": height,
        }


# --- Months: a line for each year, a column for each month ------------------------------------------------------------


class Months:
    """The drawing for narrow pages: years and months, with the marks of a month side by side."""

    MONTHS = "JFMAMJJASOND"

    def __init__(self, timeline):
        dated = [each for each in timeline.drawn if each.when]
        years = timeline.tally.years
        self.kinds = [kind for kind in timeline.tally.kinds if any(each.kind == kind for each in dated)]
        self.rows = [{"year": year, "y": 44 + MONTH_ROW * place} for place, year in enumerate(years)]
        self.height = 28 + MONTH_ROW * len(years)
        self.letters = [{"letter": letter, "at": column(month)} for month, letter in enumerate(self.MONTHS, start=1)]
        self.marks = self._marks(dated, {row["year"]: row["y"] for row in self.rows})

    def _marks(self, events, heights):
        cells = {}
        for each in events:
            middle = each.starts_on + (each.ends_on - each.starts_on) / 2
            cells.setdefault((middle.year, middle.month), []).append(each)
        return [
            {"event": each, "at": column(month), "dx": dx, "y": heights[year] + dy}
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
