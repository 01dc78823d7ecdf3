"""The line of time that drawings share: whole years, from the first to the last."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

# Labels of years that fit side by side on pages of three widths.
MOST_WHERE_NARROW, MOST_WHERE_WIDE, MOST_LABELS = 10, 16, 25
# Each divides the next, so that a wider page names what a narrower one does.
STEPS = (1, 2, 4, 20, 100)


class Year(NamedTuple):
    """A year and where, in per cent of the line, it begins and has its middle.

    `room` says where it can be named: on `wide` pages, on the `widest` alone, or, where blank, on every page.
    """

    number: int
    start: float
    middle: float
    room: str


@dataclass(frozen=True)
class Scale:
    """Time from the first day of one year to the last day of another; each year is as long as the others.

    Positions are per cent of the line, so that a drawing fits any width.
    """

    first_year: int
    last_year: int

    @classmethod
    def over(cls, dates):
        """The shortest that holds all of the partial dates; None where none of them is dated."""
        dated = [each for each in dates if each]
        if not dated:
            return None
        return cls(min(each.starts_on for each in dated).year, max(each.ends_on for each in dated).year)

    def at(self, partial_date):
        """Where a date stands, from 0 to 100: in its middle, or at the nearest end where that lies beyond the line."""
        return self.between(partial_date.starts_on, partial_date.ends_on)

    def between(self, first, last):
        """Where the middle between the beginning of a first and the end of a last day stands."""
        return round((self._start(first) + self._end(last)) / 2, 2)

    def beginning_of(self, day):
        return round(self._start(day), 2)

    def end_of(self, day):
        return round(self._end(day), 2)

    @cached_property
    def years(self):
        """Every Year of the line."""
        narrow, wide = self._step(MOST_WHERE_NARROW), self._step(MOST_WHERE_WIDE)
        return [
            Year(
                number,
                self.beginning_of(date(number, 1, 1)),
                self.between(date(number, 1, 1), date(number, 12, 31)),
                room="widest" if place % wide else "wide" if place % narrow else "",
            )
            for place, number in enumerate(range(self.first_year, self.last_year + 1))
        ]

    @property
    def labelled_years(self):
        """The years that there is room to name: all of them, or every second, fifth …"""
        return self.years[:: self._step(MOST_LABELS)]

    def _start(self, day):
        return self._position(day, (day - date(day.year, 1, 1)).days)

    def _end(self, day):
        return self._position(day, (day - date(day.year, 1, 1)).days + 1)

    def _position(self, day, days_before):
        years = day.year - self.first_year + days_before / (366 if isleap(day.year) else 365)
        return min(max(100 * years / self._length, 0), 100)

    @property
    def _length(self):
        return self.last_year - self.first_year + 1

    def _step(self, most):
        return next(step for step in STEPS if self._length <= most * step)
