"""Sheets: the tables of a workbook, each read once, within limits, and kept aside so that it can be read again."""

import json
import os
import struct
import tempfile
import weakref
import zlib
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from records.folding import fold

from ..problems import UnreadableFile
from ..suggestions import nearest
from ..tables import PROBLEMS, Table
from . import archives, headings, kinds
from .ods import OdsBook
from .shown import Refused
from .xlsx import XlsxBook, column_name

BOOKS = {kinds.XLSX: XlsxBook, kinds.ODS: OdsBook}
# Sheets whose names begin like this explain others, and are never brought in.
EXPLAINING = ("help", "lists", "example", "instruction", "notes", "readme")
BROKEN = "This workbook is damaged: it cannot be read. Open it in a spreadsheet program, and save it again."
DAMAGE = (
    ExpatError, BadZipFile, zlib.error, EOFError, KeyError, IndexError, ValueError, OverflowError, NotImplementedError,
    RuntimeError, struct.error,
)  # fmt: skip


@contextmanager
def book(path, kind, within):
    """The workbook in a file of a kind. Raises UnreadableFile for what is damaged, be it found out later on."""
    try:
        with archives.opened(path) as archive:
            yield BOOKS[kind](archive, within.cell)
    except DAMAGE as error:
        raise UnreadableFile(BROKEN) from error


def table_of_type(path, kind, resource, within):
    """The table of a record type in a workbook: the sheet of its name, otherwise the only one that holds something."""
    with book(path, kind, within) as opened:
        sheets = [sheet for sheet in opened.sheets if not sheet.is_hidden]
        named = [sheet for sheet in sheets if fold(sheet.name) == fold(resource.type)]
        if named:
            return SheetTable(opened, named[0], resource.declared, within)
        filled = [sheet for sheet in sheets if not explains(sheet) and holds_something(opened, sheet)]
        if not filled:
            raise UnreadableFile(headings.MISSING)
        if len(filled) > 1:
            names = ", ".join(f"“{sheet.name}”" for sheet in filled)
            raise UnreadableFile(f"The workbook has the sheets {names}: call the one to be read “{resource.type}”.")
        return SheetTable(opened, filled[0], resource.declared, within)


def tables_of_types(path, kind, resources, within):
    """The tables of a workbook with a sheet a record type: {type: table}, in the order of the resources.

    Case, spacing and underscores in the names of sheets don't matter. Hidden sheets, empty ones and those that explain
    others are left out. Raises UnreadableFile for a sheet that is of no type, or of the same as another.
    """
    by_folded = {fold(resource.type): resource for resource in resources}
    tables = {}
    with book(path, kind, within) as opened:
        for sheet in opened.sheets:
            if sheet.is_hidden or explains(sheet) or not holds_something(opened, sheet):
                continue
            resource = by_folded.get(fold(sheet.name))
            if resource is None:
                raise UnreadableFile(said_of_unknown(sheet.name, [each.type for each in resources]))
            if resource.type in tables:
                raise UnreadableFile(f"Two sheets of the workbook are called “{resource.type}”.")
            tables[resource.type] = SheetTable(opened, sheet, resource.declared, within)
    if not tables:
        raise UnreadableFile(headings.MISSING)
    return {resource.type: tables[resource.type] for resource in resources if resource.type in tables}


def explains(sheet):
    """Whether a sheet explains others."""
    return fold(sheet.name).startswith(EXPLAINING)


def holds_something(opened, sheet):
    return next(opened.rows(sheet), None) is not None


def said_of_unknown(name, types):
    near = nearest(name, types)
    hint = f" Nearest: {', '.join(near)}." if near else ""
    return (
        f"The sheet “{name}” is called like no type of record.{hint} Call a sheet “Help” or “Notes” that is only to be "
        "read by people."
    )


class SheetTable(Table):
    """The rows of a sheet. They are read when it is made; what they hold waits in a temporary file of its own.

    Merged cells, and those that show no text to go by, are errors of their rows. Raises UnreadableFile.
    """

    def __init__(self, opened, sheet, columns, within):
        self.longest_cell = within.cell
        rows = filled_rows(opened.rows(sheet))
        start = list(islice(rows, headings.SEARCHED))
        laid = [(row.number, laid_out(row.cells)) for row in start]
        self.heading_row, self.heading_cells, self.heading = headings.find(laid, columns, within)
        filled = dict(laid)
        self._above = [filled.get(number, []) for number in range(1, self.heading_row)]
        below = [row for row in start if row.number > self.heading_row]
        self.path = self._keep(chain(below, rows), within)
        self.merged = opened.merged
        if self.heading_row in self.merged:
            raise UnreadableFile(f"The cells {self.merged[self.heading_row]} of the heading are merged: part them.")

    def rows(self):
        with self.path.open(encoding="ascii") as file:
            for line in file:
                number, is_hidden, faults, cells = json.loads(line)
                if self.is_filled(cells) or faults:
                    yield number, Cells(cells, is_hidden, faults)

    def above(self):
        return self._above

    def line(self, number, cells):
        line = super().line(number, cells)
        for name, message in cells.faults.items():
            if name != PROBLEMS:
                line.refuse(name, message)
        if number in self.merged:
            line.refuse("", f"The cells {self.merged[number]} are merged: part them, and fill in each.", "")
        if cells.is_hidden:
            line.notes.append(f"Row {number} is hidden in the sheet, and counts all the same.")
        return line

    def _keep(self, rows, within):
        """Write rows to a temporary file, which goes when the table does; return its path."""
        written, most = 0, settings.IMPORT_MAX_UNPACKED_BYTES
        handle, path = tempfile.mkstemp(prefix="sheet-", suffix=".json")
        weakref.finalize(self, delete, path)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            for count, row in enumerate(rows, start=1):
                within.check_rows(count)
                written += file.write(json.dumps([row.number, row.is_hidden, *self._faults_and_cells(row)]) + "\n")
                if written > most:  # as a few long texts do that many cells show
                    raise UnreadableFile(f"The sheet holds more than {filesizeformat(most)} of text: split it.")
        return Path(path)

    def _faults_and_cells(self, row):
        """What is wrong with a row's cells, {column: message}, and the cells under the heading."""
        width = len(self.heading)
        faults = {}
        for position, text in row.cells.items():
            if position >= width:
                faults[""] = f"There is something in column {column_name(position)}, which has no heading."
            elif isinstance(text, Refused):
                faults[self.heading[position]] = text.message
        return faults, [row.cells.get(position, "") for position in range(width)]


class Cells(list):
    """The cells of a row of a sheet, with what is wrong with them, and whether the row is hidden."""

    def __init__(self, cells, is_hidden, faults):
        super().__init__(cells)
        self.is_hidden = is_hidden
        self.faults = faults


def filled_rows(rows):
    """The rows that hold more than blanks."""
    return (row for row in rows if any(text.strip() or isinstance(text, Refused) for text in row.cells.values()))


def laid_out(cells):
    """The list of cells that {position: text} is."""
    return [cells.get(position, "") for position in range(max(cells) + 1)]


def delete(path):
    with suppress(OSError):
        os.unlink(path)
