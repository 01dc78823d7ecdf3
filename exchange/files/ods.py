"""ODS: the sheets of an OpenDocument spreadsheet and their rows, as a stream."""

from datetime import datetime

from ..markup import bared
from ..problems import UnreadableFile
from .shown import LINKED, TIME, Refused, date_text, number_text, truth_text
from .xlsx import Row, Sheet, TextReader, column_name

CONTENT = "content.xml"
HIDDEN = ("collapse", "filter")
# What stands within a cell and is no part of its text.
ASIDE = {"annotation", "frame", "shapes", "custom-shape", "ruby-text"}
PARTS = {"day": "d", "month": "m", "year": "y"}
MOST_REPEATED = 1 << 20
MOST_FILLED = 1000


class OdsBook:
    """A spreadsheet in an archive, as XlsxBook reads it: only what it shows."""

    def __init__(self, archive, longest=None):
        self.archive = archive
        self.longest = longest
        self.styles = Styles()
        if "styles.xml" in archive.namelist():
            self._read(self.styles, "styles.xml")
        self.styles = self._read(Styles(self.styles), CONTENT)
        self.sheets = self.styles.sheets
        self.merged = {}

    def rows(self, sheet):
        """The rows of a sheet that hold something."""
        reader = SheetReader(sheet.member, self.styles, self.longest)
        self.merged = reader.merged
        with self.archive.open(CONTENT) as file:
            yield from reader.items(file)

    def _read(self, reader, member):
        with self.archive.open(member) as file:
            return reader.read(file)


class Styles(TextReader):
    """Which parts of a date each style shows, and which sheets there are, as far as they are seen."""

    def __init__(self, common=None):
        super().__init__(0)
        self.formats = dict(common.formats) if common else {}
        self.of_cells = dict(common.of_cells) if common else {}
        self.hiding = set(common.hiding) if common else set()
        self.sheets = []
        self.format, self.style = None, None

    def start(self, name, attributes):
        if name == "date-style":
            self.format = bared(attributes).get("name")
            self.formats[self.format] = ""
        elif name in PARTS and self.format is not None:
            self.formats[self.format] += PARTS[name]
        elif name == "style":
            attributes = bared(attributes)
            self.style = attributes.get("name")
            self.of_cells[self.style] = attributes.get("data-style-name"), attributes.get("parent-style-name")
        elif name == "table-properties" and bared(attributes).get("display") == "false":
            self.hiding.add(self.style)
        elif name == "table":
            attributes = bared(attributes)
            name, member = attributes.get("name", ""), len(self.sheets)
            self.sheets.append(Sheet(name, member, attributes.get("style-name") in self.hiding))

    def end(self, name):
        if name == "date-style":
            self.format = None

    def parts(self, style):
        """The parts of a date that a style shows, in the order of "dmy"; all where it doesn't say."""
        for _step in range(20):  # styles have parents, which damaged files may join to a circle
            format, parent = self.of_cells.get(style, (None, None))
            if format in self.formats:
                return "".join(sorted(set(self.formats[format])))
            if parent is None:
                break
            style = parent
        return "dmy"


class SheetReader(TextReader):
    """The rows of the sheet at a position."""

    def __init__(self, position, styles, longest):
        super().__init__(longest)
        self.wanted, self.styles = position, styles
        self.merged = {}
        self.sheet, self.is_wanted = -1, False
        self.number, self.times, self.cells, self.is_hidden = 0, 1, {}, False
        self.position, self.paragraphs, self.aside = 0, 0, 0
        self.cell, self.row_style, self.column_styles = None, None, []

    def start(self, name, attributes):
        if name == "table":
            self.sheet += 1
            self.is_wanted = self.sheet == self.wanted
        if not self.is_wanted:
            return
        if self.aside or name in ASIDE:
            self.aside += 1
        elif name in ("table-cell", "covered-table-cell"):
            self.cell, self.paragraphs = bared(attributes), 0
        elif name == "table-row":
            attributes = bared(attributes)
            self.number += self.times
            self.times = times(attributes, "number-rows-repeated")
            self.cells, self.position = {}, 0
            self.row_style = attributes.get("default-cell-style-name")
            self.is_hidden = attributes.get("visibility") in HIDDEN
        elif name == "table-column":
            attributes = bared(attributes)
            style = attributes.get("default-cell-style-name")
            self.column_styles += [style] * min(times(attributes, "number-columns-repeated"), 1000)
        elif self.cell is not None:
            self.start_text(name, attributes)

    def start_text(self, name, attributes):
        """What begins within a cell: a paragraph, or what stands for a character."""
        if name == "p":
            self.is_read = True
            if self.paragraphs:
                self.text("\n")
            self.paragraphs += 1
        elif name == "s":
            self.text(" " * min(times(bared(attributes), "c"), 1000))
        elif name in ("tab", "line-break"):
            self.text("\t" if name == "tab" else "\n")

    def end(self, name):
        if not self.is_wanted:
            return
        if self.aside:
            self.aside -= 1
        elif name == "p":
            self.is_read = False
        elif name in ("table-cell", "covered-table-cell"):
            self.end_cell()
        elif name == "table-row" and any(text.strip() for text in self.cells.values()):
            if self.times > MOST_FILLED:
                raise UnreadableFile(
                    f"Row {self.number} stands {self.times:,} times in a row: take out what is too much."
                )
            for number in range(self.number, self.number + self.times):
                self.found.append(Row(number, self.cells, self.is_hidden))

    def text(self, text):
        if not self.aside:
            super().text(text)

    def end_cell(self):
        attributes, self.cell = self.cell, None
        columns = times(attributes, "number-columns-repeated")
        text = self.text_of(attributes, self.gathered())
        if text or isinstance(text, Refused):
            for position in range(self.position, self.position + min(columns, 1000)):
                self.cells[position] = text
            wide, high = times(attributes, "number-columns-spanned"), times(attributes, "number-rows-spanned")
            if wide > 1 or high > 1:
                last = f"{column_name(self.position + wide - 1)}{self.number + high - 1}"
                self.merged.setdefault(self.number, f"{column_name(self.position)}{self.number}:{last}")
        self.position += columns

    def text_of(self, attributes, shown):
        """The text of a cell with these attributes, which shows a text."""
        sort, formula = attributes.get("value-type"), attributes.get("formula", "")
        if message := message_of(sort, formula, shown):
            return Refused(shown, message)
        if sort in ("float", "currency", "percentage"):
            return number_text(attributes["value"])
        if sort == "boolean":
            return truth_text(attributes["boolean-value"] == "true")
        if sort == "date":
            moment = datetime.fromisoformat(attributes["date-value"])
            return date_text(moment, self.styles.parts(self.style_of(attributes)))
        return shown or attributes.get("string-value", "")

    def style_of(self, attributes):
        if "style-name" in attributes:
            return attributes["style-name"]
        if self.row_style:
            return self.row_style
        return self.column_styles[self.position] if self.position < len(self.column_styles) else None


def message_of(sort, formula, shown):
    """Why a cell of a sort, with a formula and what it shows, cannot be taken; None where it can."""
    if "'#" in formula or "://" in formula:
        return LINKED
    if sort == "error" or (formula and shown.startswith(("#", "Err:"))):
        return f"This cell holds the error {shown}."
    return TIME if sort == "time" else None


def times(attributes, name):
    """How often something stands there, 1 where it isn't said. Raises ValueError for what is no such number."""
    number = int(attributes.get(name, 1))
    if not 0 < number <= MOST_REPEATED:
        raise ValueError(number)
    return number
