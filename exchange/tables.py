"""Tables: rows that can be read more than once, each with its number, under one heading."""

from records.folding import tidy

from .lines import Line

HEADING_ROW = 1
APOSTROPHE = "'"
# The heading of what is wrong with each row, in a copy of a file that is to be mended; what stands there is never read.
PROBLEMS = "problems"


class Table:
    """Rows of cells under a heading. Subclasses read them from somewhere, anew each time `rows` is called.

    heading        the names of the columns, in the order of the cells
    heading_row    the number of the row that they stand in
    heading_cells  how they are written there, to know them where they are repeated
    longest_cell   the most characters of a cell, or None
    """

    heading = ()
    heading_row = HEADING_ROW
    heading_cells = None
    longest_cell = None
    numeric = frozenset()

    def rows(self):
        """Pairs of the row's number, as a spreadsheet counts, and its list of cells. Blank rows are left out."""
        raise NotImplementedError(f"{type(self).__name__} has no rows")

    def above(self):
        """The cells of the rows above the heading, as they stand."""
        return ()

    def is_filled(self, cells):
        """Whether a row holds more than blanks and what was said to be wrong with it."""
        if PROBLEMS not in self.heading:
            return any(map(str.strip, cells))
        told = self.heading.index(PROBLEMS)
        return any(map(str.strip, [*cells[:told], *cells[told + 1 :]]))

    def column(self, name):
        """The cells of one column, as they stand; none where there is no such column."""
        if name in self.heading:
            position = self.heading.index(name)
            yield from (cells[position] for _number, cells in self.rows() if position < len(cells))

    def line(self, number, cells):
        """The line of a row: its cells, tidied, by column. A row of another length than the heading is refused."""
        line = Line(number, {})
        if cells == self.heading_cells:
            line.refuse("", "This row repeats the heading: take it out.", "")
            return line
        if len(cells) > len(self.heading) and not any(cells[len(self.heading) :]):
            cells = cells[: len(self.heading)]
        if len(cells) != len(self.heading):
            message = (
                f"This row has {len(cells):,} cells, the heading {len(self.heading)}. "
                "Is a quotation mark missing, or is there another separator?"
            )
            line.refuse("", message, "")
            return line
        if self.longest_cell is not None and sum(map(len, cells)) > self.longest_cell:
            self.refuse_long_cells(line, zip(self.heading, cells, strict=True))
        for name, cell in zip(self.heading, cells, strict=True):
            line.cells[name] = tidy(cell if name in self.numeric else unguarded(cell))
        line.cells.pop(PROBLEMS, None)
        return line

    def refuse_long_cells(self, line, cells):
        """Refuse a line for each of its cells, given as pairs of a column and a text, that is too long."""
        for name, cell in cells:
            if len(cell) > self.longest_cell and name != PROBLEMS:
                message = f"This cell has more than {self.longest_cell:,} characters, which are the most."
                line.refuse(name, message, f"{cell[:50]}…")


class RowTable(Table):
    """Rows given as a list of {column: cell}; a column that a row lacks leaves what is there.

    `found_by` gives, for each row, the row under whose key its record is to be found, where that is another key: so a
    place's city is corrected again when history is gone through.
    """

    def __init__(self, rows, found_by=None):
        self._rows = list(rows)
        self._found_by = found_by
        self.heading = list(dict.fromkeys(name for row in self._rows for name in row))

    def rows(self):
        return enumerate(self._rows, start=HEADING_ROW + 1)

    def column(self, name):
        return (row.get(name, "") for row in self._rows)

    def line(self, number, cells):
        line = Line(number, {name: tidy(cell) for name, cell in cells.items() if name != PROBLEMS})
        if self._found_by:
            line.key_cells = self._found_by[number - HEADING_ROW - 1]
        return line


def as_table(rows, resource):
    """The table that rows are: a Table as it is, or one of a list of {column: cell}."""
    if not isinstance(rows, Table):
        return RowTable(rows)
    rows.numeric = {name for name, column in resource.declared.items() if column.widget.numeric}
    return rows


def unguarded(cell):
    """A text cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell.startswith(APOSTROPHE) else cell
