"""Workbooks: the records of a type written as XLSX."""

import tempfile
from contextlib import contextmanager

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from ..problems import Unwritable
from .csv import guarded
from .json import as_number
from .shown import with_escapes

LONGEST_CELL = 32_767
BLOCK = 1 << 16
AS_TEXT = "@"
WIDTHS = {"title": 50, "name": 40, "description": 60, "remit": 60, "text": 60, "names": 40, "sources": 40, "note": 40}
USUAL_WIDTH = 18


def workbook_blocks(resource, records, *, columns=None):
    """The bytes of an XLSX file of a query set's records, in blocks, by way of a temporary file.

    Takes the same as csv_lines.

    Text is text, in columns that a spreadsheet program makes no dates of; columns of numbers hold numbers. Raises
    Unwritable for a cell that is too long for a workbook.
    """
    columns = list(columns or resource.columns)
    with tempfile.TemporaryFile() as file:
        with new_book() as book:
            sheet = add_sheet(book, resource, columns)
            for row in resource.rows(resource.in_order(records)):
                sheet.append(cells_of(sheet, resource, columns, row))
            book.save(file)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


def heading_cell(sheet, column):
    cell = WriteOnlyCell(sheet, column.name)
    cell.font = Font(bold=True)
    return cell


@contextmanager
def new_book():
    """A workbook to be written; where that fails, the temporary files of its sheets are taken away."""
    book = Workbook(write_only=True)
    try:
        yield book
    except BaseException:
        for sheet in book.worksheets:
            if not sheet.closed:
                sheet.close()
                sheet._writer.cleanup()
        raise


def add_sheet(book, resource, columns, heading=heading_cell):
    """A new sheet of a workbook, called as the type, with the heading of these columns; `heading` makes its cells."""
    sheet = book.create_sheet(resource.type)
    sheet.freeze_panes = "A2"
    for position, name in enumerate(columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(position)]
        dimension.width = WIDTHS.get(name, USUAL_WIDTH)
        if not resource.columns[name].widget.numeric:
            dimension.number_format = AS_TEXT
    sheet.append([heading(sheet, resource.columns[name]) for name in columns])
    return sheet


def cells_of(sheet, resource, columns, row):
    """The cells of a row in the order of the columns; None for blank ones."""
    cells = []
    for name in columns:
        text = row[name]
        if not text:
            cells.append(None)
        elif resource.columns[name].widget.numeric:
            cells.append(as_number(text))
        else:
            check_length(resource, row, name)
            cells.append(text_cell(sheet, guarded(text)))
    return cells


def text_cell(sheet, text, *, wraps=False):
    """A cell that holds a text, whatever it looks like."""
    cell = WriteOnlyCell(sheet, with_escapes(text))
    cell.data_type = "s"
    cell.number_format = AS_TEXT
    if wraps:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def check_length(resource, row, name):
    if len(row[name]) > LONGEST_CELL - 1:
        raise Unwritable(
            f"The {name} of {resource.key_of(row)} has {len(row[name]):,} characters, and a cell of a workbook holds "
            f"{LONGEST_CELL:,}: take CSV or JSON."
        )
