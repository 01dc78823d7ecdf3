"""XLSX: the sheets of a workbook and their rows, as a stream."""

import posixpath
import re
from datetime import datetime
from typing import NamedTuple

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from ..markup import Reader, bare, bared
from .shown import (
    LINKED,
    TIME,
    WHOLE,
    Refused,
    date_text,
    number_text,
    parts_of_builtin,
    parts_of_format,
    truth_text,
    without_escapes,
)

TEXTS = {"v", "t"}
TRUE = ("1", "true")
LINK = re.compile(r"\[\d+\][^\]]*!")


class Sheet(NamedTuple):
    """A sheet of a workbook: its name, where its rows are, and whether it is hidden."""

    name: str
    member: str
    is_hidden: bool


class Row(NamedTuple):
    """A row of a sheet: its number, {position of a column: text}, and whether it is hidden."""

    number: int
    cells: dict
    is_hidden: bool = False


class XlsxBook:
    """A workbook in an archive. Only what it shows is read: no formula is worked out, no link followed.

    longest  the most characters that are kept of a cell; of a longer one, as many more as tell that it is
    merged   {first row: range} of the merged cells of the sheet read last
    """

    def __init__(self, archive, longest=None):
        self.archive = archive
        self.longest = longest
        self.relations = self._read(Relations(), "xl/_rels/workbook.xml.rels")
        targets = self.relations.targets
        book = self._read(Book(), "xl/workbook.xml")
        self.epoch = MAC_EPOCH if book.is_1904 else WINDOWS_EPOCH
        self.sheets = [
            Sheet(name, targets[relation], is_hidden)
            for name, relation, is_hidden in book.sheets
            if relation in targets
        ]
        self.merged = {}
        self._texts = None

    def rows(self, sheet):
        """The rows of a sheet that hold something."""
        if self._texts is None:
            self._texts = self._read(SharedTexts(self.longest), self.relations.texts).texts
            self._styles = self._read(Styles(), self.relations.styles).parts
        reader = SheetReader(self._texts, self._styles, self.epoch, self.longest)
        self.merged = reader.merged
        with self.archive.open(sheet.member) as file:
            yield from reader.items(file)

    def _read(self, reader, member):
        """A reader that has read a member, where there is one."""
        if member in self.archive.namelist():
            with self.archive.open(member) as file:
                reader.read(file)
        return reader


class Relations(Reader):
    """Where the sheets of a workbook are, by what it calls them, and their shared texts and styles."""

    def __init__(self):
        super().__init__()
        self.targets = {}
        self.texts, self.styles = "xl/sharedStrings.xml", "xl/styles.xml"

    def start(self, name, attributes):
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")
        sort = attributes["Type"].rpartition("/")[2]
        if sort == "worksheet":
            self.targets[attributes["Id"]] = target
        elif sort == "sharedStrings":
            self.texts = target
        elif sort == "styles":
            self.styles = target


class Book(Reader):
    """The sheets of a workbook, as triples of a name, what it calls where they are, and whether they are hidden."""

    def __init__(self):
        super().__init__()
        self.sheets = []
        self.is_1904 = False

    def start(self, name, attributes):
        if name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in TRUE
        elif name == "sheet":
            relation = next((value for key, value in attributes.items() if key != "id" and bare(key) == "id"), "")
            self.sheets.append((attributes["name"], relation, attributes.get("state", "visible") != "visible"))


class Styles(Reader):
    """Which parts of a date each cell style shows; None for styles that show no date."""

    def __init__(self):
        super().__init__()
        self.formats = {}
        self.parts = []
        self.in_cells = False

    def start(self, name, attributes):
        if name == "numFmt":
            self.formats[attributes["numFmtId"]] = parts_of_format(attributes["formatCode"])
        elif name == "cellXfs":
            self.in_cells = True
        elif name == "xf" and self.in_cells:
            number = attributes.get("numFmtId", "0")
            self.parts.append(self.formats[number] if number in self.formats else parts_of_builtin(int(number)))

    def end(self, name):
        if name == "cellXfs":
            self.in_cells = False


class TextReader(Reader):
    """Base of readers that gather the text of some elements, as much as is wanted of it."""

    def __init__(self, longest):
        super().__init__()
        self.most = longest
        self.pieces, self.length, self.is_read = [], 0, False

    def text(self, text):
        if self.is_read and (self.most is None or self.length <= self.most):
            self.pieces.append(text)
            self.length += len(text)

    def gathered(self):
        """The text gathered so far, which is forgotten."""
        text = "".join(self.pieces)
        self.pieces, self.length = [], 0
        return without_escapes(text) if "_x" in text else text


class SharedTexts(TextReader):
    """The texts that cells refer to by number. How they are pronounced (`rPh`) is no part of them."""

    def __init__(self, longest):
        super().__init__(longest)
        self.texts = []
        self.is_pronunciation = False

    def start(self, name, attributes):
        if name == "rPh":
            self.is_pronunciation = True
        elif name == "t":
            self.is_read = not self.is_pronunciation

    def end(self, name):
        if name == "t":
            self.is_read = False
        elif name == "rPh":
            self.is_pronunciation = False
        elif name == "si":
            self.texts.append(self.gathered())


class SheetReader(TextReader):
    """The rows of a sheet."""

    def __init__(self, texts, styles, epoch, longest):
        super().__init__(longest)
        self.texts, self.styles, self.epoch = texts, styles, epoch
        self.merged = {}
        self.number, self.cells, self.is_hidden = 0, {}, False
        self.position = -1
        self.sort, self.style, self.value = "n", None, ""
        self.formula, self.is_pronunciation = None, False
        self.linked = set()

    def start(self, name, attributes):
        if name == "c":
            self.position = position_of(attributes["r"]) if "r" in attributes else self.position + 1
            self.sort, self.style = attributes.get("t", "n"), attributes.get("s")
            self.value, self.formula = "", None
        elif name in TEXTS:
            self.is_read = not self.is_pronunciation
        elif name == "row":
            self.number = int(attributes["r"]) if "r" in attributes else self.number + 1
            self.cells, self.position = {}, -1
            self.is_hidden = attributes.get("hidden") in TRUE
        elif name == "f":
            self.formula = attributes.get("si", "")
            self.is_read = True
        elif name == "rPh":
            self.is_pronunciation = True
        elif name == "mergeCell":
            self.note_merged(bared(attributes)["ref"])

    def end(self, name):
        if name in TEXTS:
            self.is_read = False
            self.value += self.gathered()
        elif name == "c":
            if self.value or self.formula is not None:
                self.cells[self.position] = self.cell()
        elif name == "row":
            if self.cells:
                self.found.append(Row(self.number, self.cells, self.is_hidden))
        elif name == "f":
            self.is_read = False
            self.note_links(self.gathered())
        elif name == "rPh":
            self.is_pronunciation = False

    def note_merged(self, range):
        row = int("".join(filter(str.isdigit, range.partition(":")[0])))
        self.merged.setdefault(row, range)

    def note_links(self, formula):
        """Remember a formula that looks into another file; others may share it by its number."""
        if LINK.search(formula):
            self.formula = self.formula or "linked"
            self.linked.add(self.formula)

    def cell(self):
        """The text of the cell that has been read."""
        if self.formula is not None:
            if self.formula and self.formula in self.linked:
                return Refused(self.value, LINKED)
            if not self.value and self.sort == "n":
                message = (
                    "This cell holds a formula without its result. Open the file in a spreadsheet program and save it "
                    "again, or put the value itself there."
                )
                return Refused("", message)
        return self.of_sort[self.sort](self)

    def shared(self):
        return self.texts[int(self.value)]

    def own(self):
        return self.value

    def truth(self):
        return truth_text(self.value.strip() in TRUE)

    def error(self):
        return Refused(self.value, f"This cell holds the error {self.value}.")

    def written_date(self):
        moment = datetime.fromisoformat(self.value.removesuffix("Z")).replace(tzinfo=None)
        return date_text(moment, self.parts() or WHOLE)

    def number_or_date(self):
        parts = self.parts()
        if parts is None:
            return number_text(self.value.strip())
        try:
            moment = from_excel(float(self.value), self.epoch)
        except OverflowError:
            return Refused(self.value, "This cell holds a date that no calendar has: write it as text.")
        if not isinstance(moment, datetime):  # a time without a date
            return Refused(str(moment), TIME)
        return date_text(moment, parts)

    def parts(self):
        """The parts of a date that the cell shows, or None."""
        return self.styles[int(self.style)] if self.style is not None and self.styles else None

    of_sort = {
        "s": shared,
        "str": own,
        "inlineStr": own,
        "b": truth,
        "e": error,
        "d": written_date,
        "n": number_or_date,
    }


_positions = {}


def position_of(reference):
    """The position of a cell's column, counted from 0: 27 for AB7. Raises ValueError."""
    letters = reference.rstrip("0123456789")
    position = _positions.get(letters)
    if position is None:
        if not (letters.isascii() and letters.isalpha() and len(letters) < 4):
            raise ValueError(reference)
        position = 0
        for letter in letters.upper():
            position = position * 26 + ord(letter) - 64
        position = _positions[letters] = position - 1
    return position


def column_name(position):
    """The letters of the column at a position, counted from 0."""
    letters = ""
    position += 1
    while position:
        position, digit = divmod(position - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
