"""CSV: rows of text, as spreadsheets write it, in and out."""

import csv
import io
from itertools import islice

from ..encodings import encoding_of
from ..problems import UnreadableFile
from ..resources import CHUNK
from ..tables import APOSTROPHE, Table
from . import headings, limits

MARK = headings.MARK
DELIMITERS = ",;\t"
LONGEST_CELL = 1 << 24  # above what is allowed, so that it is a row's error in the plan, but not endless
# What a spreadsheet takes for a formula, and the apostrophe itself, so that it can be taken off again.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", APOSTROPHE)

csv.field_size_limit(LONGEST_CELL)


class CsvTable(Table):
    """The rows of a CSV file in any of the encodings and with any of the separators that spreadsheets write.

    columns  the names of the columns to be expected, which tell the separator and the heading
    within   the limits of what is read; the usual ones where not said

    Raises UnreadableFile.
    """

    def __init__(self, path, columns=(), *, within=None):
        self.path = path
        self.limits = within or limits.usual()
        self.longest_cell = self.limits.cell
        try:
            self.encoding = encoding_of(path)
        except OSError as error:
            raise UnreadableFile(f"The file {path} cannot be read: {error.strerror or error}.") from None
        starts = {delimiter: self._start(delimiter) for delimiter in DELIMITERS}
        self.delimiter = max(DELIMITERS, key=lambda delimiter: fitness(starts[delimiter][0], columns))
        rows, error = starts[self.delimiter]
        if error and not rows:
            raise error
        self.heading_row, self.heading_cells, self.heading = headings.find(rows, columns, self.limits)

    def rows(self):
        most = self.limits.rows
        count = 0
        for number, row in enumerate(islice(self._cells(self.delimiter), self.heading_row, None), self.heading_row + 1):
            if self.is_filled(row):
                count += 1
                if most is not None and count > most:
                    self.limits.check_rows(count)
                yield number, row

    def above(self):
        return list(islice(self._cells(self.delimiter), self.heading_row - 1))

    def _start(self, delimiter):
        """The first rows, as pairs of a number and cells, and the error that ends them before their time, or None."""
        rows = []
        try:
            rows.extend(enumerate(islice(self._cells(delimiter), headings.SEARCHED), start=1))
        except UnreadableFile as error:  # as headings in quotes give, with another separator than theirs
            return rows, error
        return rows, None

    def _cells(self, delimiter):
        with open(self.path, encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            try:
                yield from reader
            except csv.Error as error:
                raise UnreadableFile(f"Line {reader.line_num} is not sound CSV: {said(error)}.") from None


def fitness(rows, columns):
    """How well a separator suits: most expected names in one row, then most cells in the first."""
    most = max((headings.recognised(cells, columns) for _number, cells in rows), default=0)
    return most, len(rows[0][1]) if rows else 0


def said(error):
    if "field larger" in str(error):
        return f"a cell has more than {csv.field_size_limit():,} characters; perhaps a quotation mark is missing"
    return str(error)


def csv_lines(resource, records, *, columns=None):
    """The lines of a CSV file of a query set's records, as texts of some hundred rows each.

    resource  an instance, whose session says for whose eyes the file is
    columns   the names of the columns; all where not said
    """
    columns = list(columns or resource.columns)
    numeric = {name for name in columns if resource.columns[name].widget.numeric}
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(MARK)
    writer.writerow(columns)
    for number, row in enumerate(resource.rows(resource.in_order(records)), start=1):
        writer.writerow([row[name] if name in numeric else guarded(row[name]) for name in columns])
        if number % CHUNK == 0:
            yield taken_out(buffer)
    yield taken_out(buffer)


def taken_out(buffer):
    """What a buffer holds; it is empty afterwards."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def guarded(cell):
    """A text cell with an apostrophe before what a spreadsheet would take for a formula."""
    return APOSTROPHE + cell if cell.startswith(FORMULA_STARTS) else cell
