"""Points in time, known to the year, the season, the month or the day: what partial dates are made of."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1900, 2199
WINTER = 24

MONTHS = {
    1: "January",
    2: "February",
    3: "March",
    4: "April",
    5: "May",
    6: "June",
    7: "July",
    8: "August",
    9: "September",
    10: "October",
    11: "November",
    12: "December",
}
SEASONS = {21: "spring", 22: "summer", 23: "autumn", WINTER: "winter"}
# From the most exact to the vaguest.
PRECISIONS = ("day", "month", "season", "year")
WORDS_OF_MONTHS = MONTHS | SEASONS
WORDS_OF_QUALIFIERS = {"": "", "~": "about ", "?": "possibly "}


class InvalidDate(ValueError):
    """What can't be taken as a partial date. Its message names the text and says what to do."""


class Point(NamedTuple):
    """A year; perhaps a month of it, or a season (21 to 24); perhaps a day; and `~` (about) or `?` (possibly)."""

    year: int
    month: int | None = None
    day: int | None = None
    qualifier: str = ""

    def check(self):
        """Raise InvalidDate, with the reason alone, where the calendar has no such point or the record doesn't."""
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise InvalidDate(f"years go from {FIRST_YEAR} to {LAST_YEAR}")
        if self.month is None:
            return
        if self.month not in WORDS_OF_MONTHS:
            raise InvalidDate(f"there is no month {self.month}")
        days = monthrange(self.year, self.month)[1] if self.month in MONTHS else 0
        if self.day is not None and not 1 <= self.day <= days:
            raise InvalidDate(f"{WORDS_OF_MONTHS[self.month]} {self.year} has no day {self.day}")

    @property
    def starts_on(self):
        """The first day that it can mean."""
        return date(self.year, self._first_month, self.day or 1)

    @property
    def ends_on(self):
        """The last day that it can mean."""
        if self.day:
            return self.starts_on
        if self.month is None:
            return date(self.year, 12, 31)
        year, month = self.year, self._first_month
        if self.month in SEASONS:
            year, month = (year + 1, 2) if self.month == WINTER else (year, month + 2)
        return date(year, month, monthrange(year, month)[1])

    @property
    def precision(self):
        if self.month is None:
            return "year"
        if self.month in SEASONS:
            return "season"
        return "day" if self.day else "month"

    @property
    def edtf(self):
        parts = [f"{part:02}" for part in self[:3] if part is not None]
        return "-".join(parts) + self.qualifier

    @property
    def words(self):
        """As people write it: `2002`, `about September 2002`, `26 February 2002`, `spring 2004`."""
        parts = [self.day, WORDS_OF_MONTHS.get(self.month), self.year]
        return WORDS_OF_QUALIFIERS[self.qualifier] + " ".join(str(part) for part in parts if part is not None)

    @property
    def _first_month(self):
        return (self.month - 20) * 3 if self.month in SEASONS else self.month or 1


def words_between(first, last):
    """A range as people write it, in the shortest form that can be read in one way only.

    `26–28 February 2002`, `26 February – 3 March 2002`, `September–October 2002`, `2002–2004`.
    """
    same_year = first.month and last.month and first.year == last.year and first.qualifier == last.qualifier
    if same_year and bool(first.day) == bool(last.day):
        start = WORDS_OF_MONTHS[first.month]
        if first.day and first.month == last.month:
            start = f"{first.day}–"
        elif first.day:
            start = f"{first.day} {start} – "
        else:
            start += "–"
        return WORDS_OF_QUALIFIERS[first.qualifier] + start + last._replace(qualifier="").words
    dash = " – " if " " in first.words + last.words else "–"
    return first.words + dash + last.words
