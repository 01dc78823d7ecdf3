"""Files: rows in CSV, in and out."""

import csv
import io

from .encodings import encoding_of
from .problems import UnreadableFile
from .resources import CHUNK
from .tables import APOSTROPHE, HEADING_ROW, Table

MARK = "\ufeff"
DELIMITERS = ",;\t"
LONGEST_CELL = 1 << 24
# What a spreadsheet takes for a formula, and the apostrophe itself, so that it can be taken off again.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", APOSTROPHE)

csv.field_size_limit(LONGEST_CELL)


class CsvTable(Table):
    """The rows of a CSV file in any of the encodings and with any of the separators that spreadsheets write.

    columns  the names of the columns to be expected, which tell the separator. Raises UnreadableFile.
    """

    def __init__(self, path, columns=()):
        self.path = path
        try:
            self.encoding = encoding_of(path)
        except OSError as error:
            raise UnreadableFile(f"The file {path} cannot be read: {error.strerror or error}.") from None
        self.delimiter = self._delimiter(set(columns))
        self.heading = next(self._cells(self.delimiter), None)
        if not self.heading or not any(self.heading):
            raise UnreadableFile("The file is empty: its first row must name the columns.")

    def rows(self):
        cells = self._cells(self.delimiter)
        next(cells, None)
        for number, row in enumerate(cells, start=HEADING_ROW + 1):
            if any(map(str.strip, row)):
                yield number, row

    def _delimiter(self, columns):
        """The separator that makes most columns of the heading, counting first those that are to be expected."""

        def fitness(delimiter):
            try:
                heading = next(self._cells(delimiter), [])
            except UnreadableFile:  # as headings in quotes are, with another separator than theirs
                heading = []
            return len(columns.intersection(heading)), len(heading)

        return max(DELIMITERS, key=fitness)

    def _cells(self, delimiter):
        with open(self.path, encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            try:
                for position, cells in enumerate(reader):
                    yield [name.strip().lstrip(MARK) for name in cells] if position == 0 else cells
            except csv.Error as error:
                raise UnreadableFile(f"Line {reader.line_num} is not sound CSV: {error}.") from None


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


def public_columns(resource):
    """The names of the columns that everybody may see."""
    return [name for name, column in resource.columns.items() if not column.private]
