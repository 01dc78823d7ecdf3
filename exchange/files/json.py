"""JSON: rows as objects, read and written as a stream."""

import json
import re

from records.folding import fold, tidy

from ..encodings import encoding_of
from ..lines import Line
from ..problems import UnreadableFile
from ..resources import CHUNK
from ..tables import HEADING_ROW, PROBLEMS, Table
from . import headings, limits
from .shown import number_text, truth_text

BLOCK = 1 << 20
LONGEST_ROW = 1 << 25
BLANK = re.compile(r"[ \t\r\n,]*")
TWICE = "A row has the column “{}” twice."
CELLS = "The value of a column is a text, a number, true, false or null"


class JsonTable(Table):
    """The rows of a JSON file: a list of objects, an object with “type” and “rows”, or an object a line.

    The first object is row 2, as if a heading stood above it. A column that an object lacks leaves what is there; null
    empties it.

    type     the record type that the file must be of, where it says one
    columns  the names of the columns to be expected
    within   the limits of what is read; the usual ones where not said

    Raises UnreadableFile.
    """

    def __init__(self, path, type, columns=(), *, within=None):
        self.path = path
        self.limits = within or limits.usual()
        self.longest_cell = self.limits.cell
        try:
            self.encoding = encoding_of(path)
        except OSError as error:
            raise UnreadableFile(f"The file {path} cannot be read: {error.strerror or error}.") from None
        self._columns = list(columns)
        self._names = {}
        written = {}
        for row in self._objects(type):
            written.update(dict.fromkeys(row))
            self.limits.check_columns(len(written))
        self.heading = [self._name(key) for key in written]

    def rows(self):
        count = 0
        for number, row in enumerate(self._objects(), start=HEADING_ROW + 1):
            cells = {self._name(key): cell for key, cell in row.items()}
            if any(cell.strip() for name, cell in cells.items() if name != PROBLEMS):
                count += 1
                self.limits.check_rows(count)
                yield number, cells

    def column(self, name):
        return (cells.get(name, "") for _number, cells in self.rows())

    def line(self, number, cells):
        line = Line(number, {name: tidy(cell) for name, cell in cells.items() if name != PROBLEMS})
        if self.longest_cell is not None:
            self.refuse_long_cells(line, cells.items())
        return line

    def _name(self, key):
        """The column that a key means."""
        if key not in self._names:
            (self._names[key],) = headings.named([key], self._columns)
        return self._names[key]

    def _objects(self, type=None):
        with open(self.path, encoding=self.encoding, newline="") as file:
            yield from Scanner(file).rows(type)


class Scanner:
    """Reads rows, {key: cell}, from an open file of JSON, a block at a time. Raises UnreadableFile."""

    def __init__(self, file):
        self.file = file
        self.buffer, self.position, self.lines_before = "", 0, 0
        self.is_at_end = False
        self.decode = json.JSONDecoder(
            object_pairs_hook=once, parse_int=number_cell, parse_float=number_cell, parse_constant=refuse_constant
        ).raw_decode

    def rows(self, type=None):
        """The rows of the file. Refuses a file that says to be of another type."""
        if self.peek() == headings.MARK:
            self.position += 1
        start = self.peek()
        self.position += 1
        yield from self.list() if start == "[" else self.objects(type)
        if self.peek():
            raise self.fault("something stands after its end")

    def list(self):
        """The objects up to the end of the list that has begun."""
        while (character := self.peek()) != "]":
            if not character:
                raise self.fault("its list has no end")
            yield as_row(self.value())
        self.position += 1

    def objects(self, type):
        """The rows of the object that has begun, where it has some; otherwise it is one, and so are those after it."""
        members = {}
        while self.peek() != "}":
            key = self.key()
            if key in members:
                raise UnreadableFile(TWICE.format(key))
            if key == "rows" and self.peek() == "[":
                self.position += 1
                yield from self.list()
                members[key] = None
            else:
                members[key] = self.value()
        self.position += 1
        if "rows" in members:
            check_type(members.get("type"), type)
            return
        yield as_row(members)
        while self.peek() == "{":
            yield as_row(self.value())

    def key(self):
        """The key that comes next, with its colon."""
        key = self.value() if self.peek() == '"' else None
        if key is None or self.peek() != ":":
            raise self.fault("an object has a key and a colon before each value")
        self.position += 1
        return key

    def value(self):
        """The value that comes next."""
        while True:
            self.peek()
            try:
                value, end = self.decode(self.buffer, self.position)
                if end < len(self.buffer) or self.is_at_end:
                    self.position = end
                    return value
            except json.JSONDecodeError as error:
                if self.is_at_end:
                    raise self.fault(error.msg, error.lineno) from None
            except RecursionError:
                raise UnreadableFile(f"{CELLS}: something is nested far too deep.") from None
            if len(self.buffer) - self.position > LONGEST_ROW:
                raise UnreadableFile("An object of the file is far too long, or has no end.")
            self.fill()

    def peek(self):
        """The next character that is neither blank nor a comma; "" at the end."""
        while True:
            self.position = BLANK.match(self.buffer, self.position).end()
            if self.position < len(self.buffer) or self.is_at_end:
                return self.buffer[self.position : self.position + 1]
            self.fill()

    def fill(self):
        """Read on, at least as much as is waiting, and forget what has been read."""
        block = self.file.read(max(BLOCK, len(self.buffer) - self.position))
        self.is_at_end = not block
        self.lines_before += self.buffer.count("\n", 0, self.position)
        self.buffer, self.position = self.buffer[self.position :] + block, 0

    def fault(self, message, line=None):
        line = self.lines_before + (line or 1 + self.buffer.count("\n", 0, self.position))
        return UnreadableFile(f"Line {line} is not sound JSON: {message}.")


def once(pairs):
    """The object of pairs of keys and values. A key that stands twice is refused."""
    members = dict(pairs)
    if len(members) < len(pairs):
        keys = [key for key, _value in pairs]
        raise UnreadableFile(TWICE.format(next(key for key in keys if keys.count(key) > 1)))
    return members


def number_cell(text):
    try:
        return number_text(text)
    except ValueError:
        raise UnreadableFile(f"The number {text[:50]} is far too large: write it as text.") from None


def refuse_constant(text):
    raise UnreadableFile(f"{CELLS}, not {text}.")


def as_row(value):
    """An object as {key: cell}. Raises UnreadableFile for what is none, or holds more than cells."""
    if not isinstance(value, dict):
        raise UnreadableFile(f"The file must be a list of objects, and “{str(value)[:50]}” is none.")
    return {key: as_cell(key, member) for key, member in value.items()}


def as_cell(key, value):
    """The cell that a value is."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return truth_text(value)
    if value is None:
        return ""
    sort = "a list" if isinstance(value, list) else "an object"
    raise UnreadableFile(f"{CELLS}, and that of “{key[:50]}” is {sort}. Join several values with semicolons.")


def check_type(said, type):
    if said is not None and type and fold(str(said)) != fold(type):
        raise UnreadableFile(f"The file says that it holds “{str(said)[:50]}”, not {type}.")


def json_lines(resource, records, *, columns=None):
    """The text of a JSON file of a query set's records, in pieces: their type, and an object a line for each.

    Columns of numbers hold numbers, or null. Takes the same as csv_lines.
    """
    columns = list(columns or resource.columns)
    numeric = {name for name in columns if resource.columns[name].widget.numeric}
    waiting = [f'{{"type": "{resource.type}", "rows": [']
    ending = "\n"
    for number, row in enumerate(resource.rows(resource.in_order(records)), start=1):
        cells = {name: as_number(row[name]) if name in numeric else row[name] for name in columns}
        waiting.append(ending + json.dumps(cells, ensure_ascii=False))
        ending = ",\n"
        if number % CHUNK == 0:
            yield "".join(waiting)
            waiting = []
    yield "".join([*waiting, "\n]}\n"])


def as_number(cell):
    """The number that a cell of a column of numbers holds; None for a blank one."""
    if not cell:
        return None
    return int(cell) if cell.isdigit() else float(cell)
