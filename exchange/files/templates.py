"""Templates: workbooks to be filled in, whose columns, choices and examples are what an import takes.

A sheet for each record type holds nothing but its heading, so that it is read back without doubt. All else stands on
sheets that an import leaves out: “Help” says what each column holds, “Examples” shows rows of the record, and “Lists”
holds what can be chosen.
"""

from itertools import zip_longest

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ..cells import ChoiceCell, YesNoCell
from .csv import guarded
from .workbooks import LONGEST_CELL, add_sheet, cells_of, heading_cell, new_book, text_cell

ROWS = 2000
EXAMPLES = 3
LOOKED_AT = 200
AUTHOR = "Bali Process"
NEEDED = PatternFill("solid", fgColor="FFE8D5A0")
HELP_HEADING = ("sheet", "column", "needed", "what it holds", "one of")
HELP_WIDTHS = (16, 20, 10, 70, 50)


def write_template(file, resources):
    """Write the workbook to be filled in with records of some types.

    file       a path, or an open binary file
    resources  instances of the types' resources
    """
    lists = Lists()
    with new_book() as book:
        for resource in resources:
            add_form(book, resource, lists)
        add_help(book, resources)
        add_examples(book, resources)
        lists.add_to(book)
        book.save(file)


class Lists:
    """What can be chosen: each list once, in a column of a sheet of its own."""

    def __init__(self):
        self.columns = {}

    def range_of(self, texts):
        """Where a list stands, as a drop-down names it."""
        position = self.columns.setdefault(tuple(texts), len(self.columns) + 1)
        letter = get_column_letter(position)
        return f"Lists!${letter}$1:${letter}${len(texts)}"

    def add_to(self, book):
        sheet = book.create_sheet("Lists")
        sheet.sheet_state = "hidden"
        for texts in zip_longest(*self.columns):
            sheet.append([text and text_cell(sheet, guarded(text)) for text in texts])


def add_form(book, resource, lists):
    """A sheet with a type's heading: help in comments, drop-downs below. What must be filled in is coloured."""
    sheet = add_sheet(book, resource, resource.columns, form_heading)
    for position, column in enumerate(resource.columns.values(), start=1):
        texts = column.widget.choices()
        if texts:
            letter = get_column_letter(position)
            choice = DataValidation("list", formula1=lists.range_of(texts), allow_blank=True)
            # Cells of names take several at once, and every name that is known.
            choice.showErrorMessage = isinstance(column.widget, ChoiceCell | YesNoCell)
            choice.error = f"The {column.name} is one of those in the list."
            choice.add(f"{letter}2:{letter}{ROWS}")
            sheet.data_validations.append(choice)


def form_heading(sheet, column):
    cell = heading_cell(sheet, column)
    cell.comment = Comment(column.help, AUTHOR, height=120, width=320)
    if column.required:
        cell.fill = NEEDED
    return cell


def add_help(book, resources):
    """The sheet that says what each column holds, a line a column."""
    sheet = book.create_sheet("Help")
    sheet.freeze_panes = "A2"
    for position, width in enumerate(HELP_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.append([text_cell(sheet, text) for text in HELP_HEADING])
    for resource in resources:
        for column in resource.columns.values():
            texts = column.widget.choices() if isinstance(column.widget, ChoiceCell | YesNoCell) else ()
            said = resource.type, column.name, "yes" if column.required else "", column.help, ", ".join(texts)
            sheet.append([text_cell(sheet, text, wraps=True) for text in said])


def add_examples(book, resources):
    """The sheet of examples: for each type its name, its heading and a few rows, with a blank row after them."""
    sheet = book.create_sheet("Examples")
    for resource in resources:
        columns = list(resource.columns)
        sheet.append([text_cell(sheet, resource.type)])
        sheet.append([heading_cell(sheet, column) for column in resource.columns.values()])
        for row in examples(resource):
            sheet.append(cells_of(sheet, resource, columns, row))
        sheet.append([])


def examples(resource):
    """Rows of public records that show most of a type's columns, without what staff alone see.

    Where there are none, made-up ones.
    """
    rows = resource.rows(resource.in_order(resource.public_records())[:LOOKED_AT])
    private = {name for name, column in resource.columns.items() if column.private}
    shown = [{name: "" if name in private else cell for name, cell in row.items()} for row in rows]
    fullest = sorted(shown, key=lambda row: -sum(map(bool, row.values())))[:EXAMPLES]
    told = [row for row in fullest if all(len(cell) < LONGEST_CELL for cell in row.values())]
    return told or [resource.filled(row) for row in resource.examples]
