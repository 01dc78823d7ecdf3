"""Headings: which row names the columns, and which columns it means."""

from records.folding import fold

from ..problems import UnreadableFile
from ..tables import PROBLEMS

SEARCHED = 20
LOOKED_AT = 1000
LONGEST = 100
MARK = "\ufeff"
MISSING = "The file is empty: its first row must name the columns."


def find(rows, columns, within):
    """The row that names the columns: its number, its cells, and the names that they mean.

    rows     pairs of a number and a list of cells, of which the first few are looked at
    columns  the names to be expected
    within   the limits of a file

    It is the row with most of those names; where none has any, the first. Raises UnreadableFile where that is blank, or
    there are too many.
    """
    rows = rows[:SEARCHED]
    number, cells = max(rows, key=lambda row: recognised(row[1], columns), default=(0, []))
    cells = without_blank_end(cells)
    if not cells:
        raise UnreadableFile(MISSING)
    within.check_columns(len(cells))
    return number, cells, named(cells, columns)


def recognised(cells, columns):
    """How many of the columns the first cells name."""
    return len(set(columns).intersection(named(cells[:LOOKED_AT], columns)))


def without_blank_end(cells):
    """Cells up to the last that is filled."""
    width = len(cells)
    while width and not bare(cells[width - 1]):
        width -= 1
    return cells[:width]


def bare(cell):
    return cell.strip().lstrip(MARK).strip()


def named(cells, columns):
    """The names that the cells of a heading mean.

    Case, spacing and punctuation don't matter: “Co-Chairs” is co_chairs. What is no column's name stays as it stands.
    """
    by_folded = {fold(name): name for name in (PROBLEMS, *columns)}
    texts = [bare(cell) for cell in cells]
    return [by_folded.get(fold(text), text) if len(text) <= LONGEST else f"{text[:LONGEST]}…" for text in texts]
