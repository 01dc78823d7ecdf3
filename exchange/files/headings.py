"""Headings: which row names the columns, and which columns it means."""

from records.folding import fold

from ..problems import UnreadableFile

SEARCHED = 20
LONGEST = 100
MARK = "\ufeff"
MISSING = "The file is empty: its first row must name the columns."


def find(rows, columns):
    """The row that names the columns: its number, its cells, and the names that they mean.

    rows     pairs of a number and a list of cells, of which the first few are looked at
    columns  the names to be expected

    It is the row with most of those names; where none has any, the first. Raises UnreadableFile where that is blank.
    """
    rows = rows[:SEARCHED]
    number, cells = max(rows, key=lambda row: recognised(row[1], columns), default=(0, []))
    names = named(cells, columns)
    if not any(names):
        raise UnreadableFile(MISSING)
    return number, cells, names


def recognised(cells, columns):
    """How many of the columns cells name."""
    return len(set(columns).intersection(named(cells, columns)))


def named(cells, columns):
    """The names that the cells of a heading mean, without blank ones at its end.

    Case, spacing and punctuation don't matter: “Co-Chairs” is co_chairs. What is no column's name stays as it stands.
    """
    by_folded = {fold(name): name for name in columns}
    texts = [cell.strip().lstrip(MARK).strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return [by_folded.get(fold(text), text) if len(text) <= LONGEST else text for text in texts]
