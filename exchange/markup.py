"""Markup: XML read as a stream, without document types, and so without entities and anything from elsewhere."""

from xml.parsers import expat

from .problems import UnreadableFile

BLOCK = 1 << 20


class Reader:
    """Base of what reads one XML file. Subclasses say in `start`, `end` and `text` what they make of it.

    Names come without their prefix (OpenDocument writes one before each). `read(file)` reads all; `items(file)` yields
    on the way what they append to `found`.
    """

    def __init__(self):
        self.found = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.refuse

    def start(self, name, attributes):
        """An element begins. Its attributes come as they are written: see `bared`."""

    def end(self, name):
        """An element ends."""

    def text(self, text):
        """A piece of text."""

    def read(self, file):
        for _item in self.items(file):
            pass
        return self

    def items(self, file):
        while block := file.read(BLOCK):
            self.parser.Parse(block)
            found, self.found = self.found, []
            yield from found
        self.parser.Parse(b"", True)

    def refuse(self, *_arguments):
        raise UnreadableFile("The workbook declares a document type of its own, which no spreadsheet program writes.")

    def _begin(self, name, attributes):
        """The first element: where it has no prefix, none that matters has, which saves much time."""
        has_prefix = ":" in name
        self.parser.StartElementHandler = self._start if has_prefix else self.start
        self.parser.EndElementHandler = self._end if has_prefix else self.end
        self.parser.StartElementHandler(name, attributes)

    def _start(self, name, attributes):
        self.start(bare(name), attributes)

    def _end(self, name):
        self.end(bare(name))


def bare(name):
    """A name without its prefix."""
    return name.rpartition(":")[2]


def bared(attributes):
    """Attributes whose names have no prefix."""
    return {bare(name): value for name, value in attributes.items()}
