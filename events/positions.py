"""Positions: where an event stands among others."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Position:
    """Which one an event is, counted from 1, of how many, and the events before and after it, or None."""

    number: int
    total: int
    before: object
    after: object

    @classmethod
    def among(cls, event, ordered):
        """The position of an event among some in order; None where it is not one of them."""
        ordered = list(ordered)
        if event not in ordered:
            return None
        index = ordered.index(event)
        before, after = ordered[:index][-1:], ordered[index + 1 :][:1]
        return cls(index + 1, len(ordered), before[0] if before else None, after[0] if after else None)

    @classmethod
    def in_series(cls, event, events):
        """Its position in its series, among events in order of date: by number where they have one, then by date."""
        series = [other for other in events if event.series_id and other.series_id == event.series_id]
        return cls.among(event, sorted(series, key=number_in_series))

    def besides(self, events):
        """The same, without the neighbours that are among the events."""
        before, after = (None if neighbour in events else neighbour for neighbour in (self.before, self.after))
        return replace(self, before=before, after=after)


def number_in_series(event):
    return (event.number_in_series is None, event.number_in_series or 0)
