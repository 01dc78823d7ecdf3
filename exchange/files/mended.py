"""Copies of files to be mended: as they were, with one more column that says what is wrong, to be sent again so."""

import csv
import io
import json
import re
import tempfile
from contextlib import contextmanager
from itertools import chain, repeat

from django.utils.text import Truncator

from ..parts import PlanOfParts
from ..plans import question
from ..problems import Unwritable
from ..tables import APOSTROPHE, PROBLEMS
from . import headings
from .csv import FORMULA_STARTS, CsvTable
from .json import JsonTable
from .workbooks import LONGEST_CELL, new_book, text_cell

LONGEST_SAID = 2000
WIDTH = 60
KINDS = {CsvTable: "csv", JsonTable: "json"}
NUMBER = re.compile(r"[+-]?[0-9.,]+")
BETWEEN = " · "
NOT_COME_TO = (
    "Not come to yet: this and what follows is looked at once what is wrong in the sheets before it is mended."
)


def copy_to_mend(parts, by=None, format=None):
    """A copy of the tables of parts, with what is wrong with each row in a first column that is never read again.

    parts   one, or several of a workbook, each with the table of a file
    by      the user whose rights the rows obey
    format  a name of FORMATS; where not said, that of the file, or XLSX for ODS, or CSV for what XLSX cannot hold

    Returns the name of the format and an open file, which is gone once it is closed. Raises Unwritable where a cell is
    too long for the format.
    """
    asked = format or next((name for sort, name in KINDS.items() if isinstance(parts[0].table, sort)), "xlsx")
    try:
        return asked, written(WRITERS[asked], parts, by)
    except Unwritable:
        if format or len(parts) > 1:
            raise
        return "csv", written(csv_pages, parts, by)


def written(pages, parts, by):
    file = tempfile.TemporaryFile()  # noqa: SIM115 (whoever asked for it reads and closes it)
    try:
        with pages(file) as add_page:
            copies = {part: Copy(part, add_page) for part in parts}
            planned = PlanOfParts(parts, by=by, watch=lambda part, line: copies[part].add(line))
            errors = {each.type: [*map(str, each.errors)] for each in planned.plans}
            for part, copy in copies.items():
                copy.finish(errors.get(part.type, [NOT_COME_TO]))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


class Copy:
    """The copy of one table, written row by row as its lines are planned.

    add_page(part, above, heading) writes its beginning, and gives what each row is written with.
    """

    def __init__(self, part, add_page):
        self.resource = part.resource
        self.heading = list(part.table.heading)
        self.told = self.heading.index(PROBLEMS) if PROBLEMS in self.heading else None
        self.rows = part.table.rows()
        self.last = part.table.heading_row
        above = [["", *cells] for cells in part.table.above()]
        heading = [cell.lstrip(headings.MARK) for cell in part.table.heading_cells or self.heading]
        self.write = add_page(part, above, [PROBLEMS, *self.as_it_was(heading)])

    def add(self, line):
        """Write the row of a line, which is the next of the table."""
        number, cells = next(self.rows)
        said = [problem.said for problem in line.problems]
        if line.is_undecided:
            said.append(question(self.resource, line).said)
        elif line.is_left_out:
            said.append(f"Left out, as it says just what row {line.duplicate_of} says.")
        self.write_row(number, cells, said)

    def finish(self, said):
        """Write the rows that were not planned, of which the first tells why."""
        for number, cells in self.rows:
            self.write_row(number, cells, said)
            said = []

    def write_row(self, number, cells, said):
        for _blank in range(self.last + 1, number):
            self.write([])
        self.last = number
        self.write([Truncator(BETWEEN.join(said)).chars(LONGEST_SAID), *self.as_it_was(cells)])

    def as_it_was(self, cells):
        """The cells of a row in the order of the heading, without what an earlier copy said."""
        cells = [cells.get(name) for name in self.heading] if isinstance(cells, dict) else list(cells)
        if self.told is not None:
            del cells[self.told : self.told + 1]
        return cells


@contextmanager
def csv_pages(file):
    """Writes a page as CSV, with the separator of its file."""

    def add_page(part, above, heading):
        writer = csv.writer(text, delimiter=getattr(part.table, "delimiter", ","), lineterminator="\r\n")
        writer.writerows([*above, heading])
        return lambda cells: writer.writerow([harmless(cell or "") for cell in cells])

    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    yield add_page
    text.detach()


def harmless(cell):
    """A cell that means the same, and that no spreadsheet program takes for a formula."""
    is_formula = cell.startswith(FORMULA_STARTS) and not cell.startswith(APOSTROPHE) and not NUMBER.fullmatch(cell)
    return APOSTROPHE + cell if is_formula else cell


@contextmanager
def json_pages(file):
    """Writes a page as JSON, with an object a row; what stands above the heading has no place in it."""

    def add_page(part, above, heading):
        file.write(f'{{"type": "{part.type}", "rows": ['.encode())
        between = chain(["\n"], repeat(",\n"))

        def write(cells):
            row = {name: cell for name, cell in zip(heading, cells, strict=False) if cell is not None}
            file.write((next(between) + json.dumps(row, ensure_ascii=False)).encode("utf-8", "replace"))

        return write

    yield add_page
    file.write(b"\n]}\n")


@contextmanager
def xlsx_pages(file):
    """Writes pages as the sheets of a workbook, called as their types; every cell is text."""

    def add_page(part, above, heading):
        sheet = book.create_sheet(part.type)
        sheet.column_dimensions["A"].width = WIDTH

        def write(cells):
            if any(len(cell or "") > LONGEST_CELL for cell in cells):
                raise Unwritable(f"A cell of a workbook holds {LONGEST_CELL:,} characters, and one has more: take CSV.")
            sheet.append([cell and text_cell(sheet, cell, wraps=not place) for place, cell in enumerate(cells)])

        for cells in [*above, heading]:
            write(cells)
        return write

    with new_book() as book:
        yield add_page
        book.save(file)


WRITERS = {"csv": csv_pages, "json": json_pages, "xlsx": xlsx_pages}
