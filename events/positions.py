"""Positions: where an event stands among others."""

from dataclasses import dataclass, replace

from records.numbers import enumerated

from .threads import months_between, time_between

# So many missing numbers are said one by one.
MOST_SAID = 8
# So many months without an event are said.
LONG_SILENCE = 24


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

    def besides(self, events):
        """The same, without the neighbours that are among the events."""
        before, after = (None if neighbour in events else neighbour for neighbour in (self.before, self.after))
        return replace(self, before=before, after=after)


def gap_of(numbers, unnumbered=0):
    """Which numbers of a series have no event on record: `Number 2 is not on record.`; blank where none lacks.

    Takes the numbers that there are, a set, and how many events of it have none: these may be the ones that lack.
    """
    missing = [f"{number}" for number in range(1, max(numbers, default=0)) if number not in numbers]
    if not missing:
        return ""
    verb = "is" if len(missing) == 1 else "are"
    said = f"Number{'s' if missing[1:] else ''} {enumerated(missing)} {verb} not on record."
    if len(missing) > MOST_SAID:
        said = f"Of the first {max(numbers)}, {len(missing)} are not on record."
    return f"{said} {unnumbered} on record {'has' if unnumbered == 1 else 'have'} no number." if unnumbered else said


def with_gaps(events):
    """Events of a series in its order, each with the gap before it in words, blank where there is none: `gap`."""
    for before, event in zip([None, *events], events, strict=False):
        event.gap = gap_between(before, event)
        yield event


def gap_between(before, event):
    """What lacks between two events of a series: `Nothing on record for 3 years; number 2 missing`.

    `before` is None where the event is the first.
    """
    lacks = []
    if before and before.when and event.when and months_between(before.when, event.when) >= LONG_SILENCE:
        lacks.append(f"nothing on record for {time_between(before.when, event.when)}")
    first, last = (before.number_in_series or 0) if before else 0, event.number_in_series or 0
    missing = range(first + 1, last) if first or not before else range(0)
    if missing:
        span = (
            enumerated([f"{missing[0]}", f"{missing[-1]}"]) if len(missing) == 2 else f"{missing[0]} to {missing[-1]}"
        )
        lacks.append(f"number {missing[0]} missing" if len(missing) == 1 else f"numbers {span} missing")
    return "; ".join(lacks).capitalize()
