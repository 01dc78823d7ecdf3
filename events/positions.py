"""Positions: where an event stands among others."""

from dataclasses import dataclass, replace

from records.numbers import enumerated

# So many missing numbers are said one by one.
MOST_SAID = 8


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
        return cls.among(event, by_number(series))

    def besides(self, events):
        """The same, without the neighbours that are among the events."""
        before, after = (None if neighbour in events else neighbour for neighbour in (self.before, self.after))
        return replace(self, before=before, after=after)


def by_number(events):
    """Events of a series in its order: those with a number by that, then the others as they are."""
    return sorted(events, key=lambda event: (event.number_in_series is None, event.number_in_series or 0))


def gap_of(events):
    """Which numbers of a series have no event on record: `Number 2 is not on record.`; blank where none lacks."""
    numbers = {event.number_in_series for event in events} - {None}
    missing = [f"{number}" for number in range(1, max(numbers, default=0)) if number not in numbers]
    if len(missing) > MOST_SAID:
        return f"Of the first {max(numbers)}, {len(missing)} are not on record."
    if not missing:
        return ""
    return f"Number{'s' if missing[1:] else ''} {enumerated(missing)} {'are' if missing[1:] else 'is'} not on record."
