"""The time rule: the line from the first to the last year of the record that stands on every page."""

from dataclasses import dataclass, field

from .models import Event
from .periods import Periods
from .scale import Scale

# How much of the line, in per cent, a letter beside a mark takes, and the mark itself.
LETTER, MARK = 0.7, 1.4
MOST_MARKS = 120


@dataclass(frozen=True)
class TimeRule:
    """What the rule shows: its `scale` (None: the bare line), the conferences, and what the page marks on it."""

    scale: Scale | None = None
    conferences: list = field(default_factory=list)
    here: dict | None = None
    marks: list = field(default_factory=list)
    span: dict | None = None

    @classmethod
    def of(cls, conferences=None, event=None, events=(), span=None):
        """The rule of a page that is about one event, about several, or about the time between two days (`span`).

        `conferences` are those of `Periods`, for pages that have them; otherwise one query finds them.
        """
        periods = Periods.among(Event.objects.published()) if conferences is None else Periods(tuple(conferences))
        dated = [each for each in events if each.when]
        scale = periods.scale or Scale.over(each.when for each in ([event] if event else dated))
        if not scale:
            return cls()
        numbered = [each | {"current": each["event"] == event} for each in periods.on(scale)]
        alone = event and event.when and event not in periods.conferences
        return cls(
            scale,
            numbered,
            with_words(placed(scale, event), numbered) if alone else None,
            distinct([placed(scale, each) for each in dated if each not in periods.conferences]),
            ground(scale, *span) if span else None,
        )


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


def distinct(marks):
    """Marks that can be told from each other, and no more than a line holds."""
    seen = {(mark["event"].kind, round(mark["at"])): mark for mark in marks}
    return list(seen.values())[:MOST_MARKS]


def ground(scale, first, last):
    """Where the time between two days begins and how wide it is; a day that is None is the end of the line."""
    start = scale.beginning_of(first) if first else 0
    return {"start": start, "width": round(max((scale.end_of(last) if last else 100) - start, 0), 2)}
