"""Tables: what the head of one says of its columns, and a row that is read cell by cell."""

import re

from records.folding import fold

from . import phrases
from .dates import date_at
from .names import listed
from .places import place_of, segments, trimmed

RULE = re.compile(r"[\s|:=+-]+$")  # what Markdown draws below the head
COLUMNS = {fold(words): column for words, column in phrases.TABLE_HEADS.items()}
PLACE = ("city", "country", "venue")


def columns_of(words):
    """The columns that the head of a table names, None for one that it names otherwise; none where it is no head."""
    cells = [words[start:end] for start, end in cells_of(words)] if "|" in words else []
    columns = [COLUMNS.get(fold(cell)) for cell in cells]
    named = len(columns) - columns.count(None)
    return columns if "title" in columns and named > 1 and 2 * named >= len(columns) else []


def cells_of(words):
    """The spans of the cells of a row, which bars part; an empty one is blank."""
    start, stop, found = 0, len(words), []
    if words.startswith("|") and words.endswith("|"):  # as in Markdown, all round
        start, stop = 1, len(words.rstrip("| "))
    while start <= stop:
        end = words.find("|", start, stop)
        end = stop if end < 0 else end
        found.append(trimmed(words, start, end)[:2])
        start = end + 1
    return found


def fits(words, columns):
    """Whether a line is a row of a table with these columns; it may end early."""
    return bool(columns) and "|" in words and len(cells_of(words)) <= len(columns)


def read_cells(reading, columns):
    """Fill what the cells of a row say by their columns, and leave them out of the words for all that reads after."""
    if not columns:
        return
    place, said = [], []
    for column, (start, end) in zip(columns, cells_of(reading.words), strict=False):
        if start == end or column is None:
            continue
        if column == "title":
            reading.title_cell = start, end
        elif column in PLACE:
            place += segments(reading.words, start, end)
            said.append((start, end))
        elif is_read(reading, column, start, end):
            said.append((start, end))
    read_place(reading, place)
    reading.leave_out(said)


def is_read(reading, column, start, end):
    """Whether a cell says its column and no more, which is then filled."""
    if column == "when":
        found = date_at(reading.words[:end], start, reading.year)
        if found and found.end == end and found.when:
            reading.put("when", found.when, start, end, inferred=found.inferred)
        return bool(found)
    names, after = listed(reading, start, end)
    if names:
        reading.said_roles.append((start, after, [column], "", names))
    return bool(names) and after == end


def read_place(reading, parts):
    """Take the place that cells name, and before it the venue."""
    reading.place, count = place_of(reading.knowledge, parts)
    before = parts[: len(parts) - count]
    if before:
        reading.put("venue", reading.words[before[0].start : before[-1].end], before[0].start, before[-1].end)
