"""Partial dates: when something was, as far as it is known."""

import re
from functools import lru_cache

from . import typed_dates
from .points import PRECISIONS, WINTER, InvalidDate, Point, words_between

__all__ = ["UNDATED", "InvalidDate", "PartialDate"]

LONGEST_TEXT = 100

POINT = r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?]?)"
LONG_MONTHS = re.compile(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]+\b")
EDTF = re.compile(rf"{POINT}(?:/{POINT})?")


class PartialDate(str):
    """When something was, as far as it is known: EDTF text in its one canonical form, or blank for undated.

    A year, month, day or season (21 to 24), or a range of them, each of them perhaps with `~` (about) or `?`
    (possibly): `2002`, `2002-09`, `2002-02-26/2002-02-28`, `2004~`, `2004-21`. `starts_on` is the earliest first day,
    `ends_on` the latest last day that it can mean; both are None where undated. Qualifiers don't widen them.

    Two are equal when their texts are. `PartialDate(text)` is the same as `PartialDate.parse(text)`.
    """

    __slots__ = ("ends_on", "points", "starts_on")

    def __new__(cls, text=""):
        return cls.parse(text)

    @classmethod
    def parse(cls, text):
        """The partial date that a text means: EDTF, or what people type, such as `Sept. 2002` or `mid-2004`.

        Raises InvalidDate, whose message names the text and says what to do.
        """
        return text if isinstance(text, cls) else _read(text)

    @property
    def precision(self):
        """How exactly it is known: to the `day`, `month`, `season` or `year`, a range as exactly as its vaguer end.

        Blank where undated.
        """
        return max((point.precision for point in self.points), key=PRECISIONS.index, default="")

    @property
    def is_uncertain(self):
        """Whether it, or an end of it, is said to be about right or possible only."""
        return any(point.qualifier for point in self.points)

    def display(self):
        """As people write it: `September 2002`, `26–28 February 2002`, `about 2004`. It parses to the same again."""
        if len(self.points) == 2:
            return words_between(*self.points)
        return self.points[0].words if self.points else ""

    def short(self):
        """The same in few letters: `Sep 2002`, `26–28 Feb 2002`."""
        return LONG_MONTHS.sub(r"\1", self.display())


@lru_cache(maxsize=4096)
def _read(text):
    text = text.strip()
    try:
        return _partial_date(_points(text))
    except InvalidDate as refusal:
        shown = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
        raise InvalidDate(f"“{shown}” can't be taken as a date: {refusal}.") from None


def _points(text):
    if not text:
        return []
    if len(text) > LONGEST_TEXT:
        raise InvalidDate(f"it is longer than {LONGEST_TEXT} characters")
    if not (match := EDTF.fullmatch(text)):
        return typed_dates.read(text)
    parts = match.groups()
    ends = [parts[:4], parts[4:]] if parts[4] else [parts[:4]]
    return [Point(int(year), month and int(month), day and int(day), qualifier) for year, month, day, qualifier in ends]


def _partial_date(points):
    """The partial date of one point, of a first and a last one, or of none."""
    for point in points:
        point.check()
    if len(points) == 2:
        _check_range(*points)
        if points[0] == points[1]:
            points = points[:1]
    partial_date = str.__new__(PartialDate, "/".join(point.edtf for point in points))
    partial_date.points = tuple(points)
    partial_date.starts_on = points[0].starts_on if points else None
    partial_date.ends_on = points[-1].ends_on if points else None
    return partial_date


def _check_range(first, last):
    if last.ends_on < first.starts_on:
        raise InvalidDate("it ends before it starts; where it goes over a new year, write the year at both ends")
    if first.month == WINTER and last[:3] == (first.year + 1, None, None):
        december = first._replace(month=12).words
        raise InvalidDate(
            f"it may be one winter or go on through {last.year}; "
            f"write {first.words} (December to February) or {december} – {last.words}"
        )


UNDATED = PartialDate()
