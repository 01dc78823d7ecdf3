"""The time rule: the line from the first to the last year of the record that stands on every page."""

from dataclasses import dataclass, field

from ..models import Event
from ..periods import Periods
from .scale import Scale

# How much of the line, in per cent of a page that is just wide, a letter beside a mark takes, and the mark itself.
LETTER, MARK = 1, 2
# More marks than these would run into each other.
MOST_MARKS = 60
# Of more activities than these, there are surely more marks than that, however near to each other they are.
MOST_TOLD_APART = 400
# How long the line is at least, in pixels, on pages of two widths; what a letter of a numeral takes of it, and a mark.
LINES = {"": 288, "wide": 736}
NUMERAL, DIAMOND = 6.5, 18


@dataclass(frozen=True)
class TimeRule:
    """What the rule shows: its `scale` (None: the bare line), the conferences, and what the page marks on it.

    `here` is the mark of its one activity, `marks` are those of several, `span` is a range of time.
    """

    scale: Scale | None = None
    conferences: list = field(default_factory=list)
    here: dict | None = None
    marks: list = field(default_factory=list)
    span: dict | None = None

    @classmethod
    def of(cls, periods=None, event=None, events=(), span=None):
        """The rule of a page that is about one event, about several, or about the time between two days (`span`).

        `periods` are those that the record is divided into, for pages that have them; otherwise one query finds them.
        """
        periods = Periods.among(Event.objects.published()) if periods is None else periods
        dated = [each for each in events if each.when]
        scale = periods.scale or Scale.over(each.when for each in ([event] if event else dated))
        if not scale:
            return cls()
        numbered = [each | {"current": each["event"] == event} for each in periods.on(scale)]
        alone = event and event.when and event not in periods.conferences
        here = with_words(placed(scale, event), numbered) if alone else None
        marks = distinct([placed(scale, each) for each in dated if each not in periods.conferences])
        if len(marks) > MOST_MARKS:
            marks, span = [], (min(each.starts_on for each in dated), max(each.ends_on for each in dated))
        return cls(scale, with_room(numbered, here), here, marks, ground(scale, *span) if span else None)

    @classmethod
    def over(cls, facets, keys):
        """The rule of a page that is about published events: by their keys, with the facets of the record."""
        dated = keys - facets.undated
        others = dated - facets.conferences
        if len(others) > MOST_TOLD_APART:
            return cls.of(facets.periods, span=facets.days_of(dated))
        return cls.of(facets.periods, events=facets.moments(others))


def placed(scale, event):
    """An event and where its mark stands."""
    return {"event": event, "at": scale.at(event.when)}


def with_words(mark, conferences):
    """The mark and on which `side` of it there is room for its date, up to the next conference: or on none."""
    at, needed = mark["at"], MARK + LETTER * len(mark["event"].when.display())
    others = [each["at"] for each in conferences]
    room = {
        "right": min([other for other in others if other >= at], default=100) - at,
        "left": at - max([other + 2 * MARK for other in others if other < at], default=0),
    }
    return mark | {"side": next((side for side in room if room[side] >= needed), None)}


def with_room(conferences, here):
    """The conferences, each with the pages that have `room` for its numeral: "" (all), "wide" ones, or None.

    A numeral ends before the next one begins, and before the mark of the page's own activity.
    """
    following = [*(each["at"] for each in conferences), 100][1:]
    return [each | {"room": room_for(each, end, here)} for each, end in zip(conferences, following, strict=True)]


def room_for(conference, end, here):
    at, needed = conference["at"], NUMERAL * len(conference["numeral"])
    for page, length in LINES.items():
        before_next = end == 100 or (end - at) / 100 * length >= needed
        before_here = not here or not 0 <= (here["at"] - at) / 100 * length < needed + DIAMOND
        if before_next and before_here:
            return page
    return None


def distinct(marks):
    """Marks that can be told from each other."""
    return list({(mark["event"].kind, round(mark["at"])): mark for mark in marks}.values())


def ground(scale, first, last):
    """Where the time between two days begins and how wide it is; a day that is None is the end of the line."""
    start = scale.beginning_of(first) if first else 0
    return {"start": start, "width": round(max((scale.end_of(last) if last else 100) - start, 0), 2)}
