"""The words of a file, as a program of its own: it reads what strangers made, within limits of time and memory.

It is run as `python -m library.words PATH MEDIA_TYPE` and writes the words, piece by piece, so that what was read stays
where it is broken off. It ends with 0 where all was read.
"""

import contextlib
import resource
import sys
from itertools import count
from pathlib import Path
from zipfile import ZipFile

from exchange.encodings import encoding_of
from exchange.markup import Reader

from . import pdf

MEMORY = 768 << 20
SECONDS = 20
OUTPUT = 4 << 20
OFFICE = "application/vnd.openxmlformats-officedocument"
# The parts of an archive that hold words, those of a row of parts with a number in their name.
PARTS = {
    f"{OFFICE}.wordprocessingml.document": ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"],
    f"{OFFICE}.spreadsheetml.sheet": ["xl/sharedStrings.xml"],
    f"{OFFICE}.presentationml.presentation": ["ppt/slides/slide{}.xml"],
    "application/vnd.oasis.opendocument.text": ["content.xml"],
}


class Paragraphs(Reader):
    """Finds the paragraphs of a part: of OpenDocument all text of `p` and `h`, of Office what stands in `t` of these.

    In workbooks each text is one of its own (`si`).
    """

    BLOCKS = frozenset(["p", "h", "si"])
    GAPS = frozenset(["tab", "br", "line-break", "s"])

    def __init__(self, is_open):
        super().__init__()
        self.is_open, self.depth, self.is_text, self.parts = is_open, 0, False, []

    def start(self, name, attributes):
        if name in self.BLOCKS:
            self.depth += 1
        elif name == "t":
            self.is_text = True
        elif name in self.GAPS:
            self.parts.append(" ")

    def end(self, name):
        if name == "t":
            self.is_text = False
        elif name in self.BLOCKS:
            self.depth -= 1
            self.found.append(" ".join("".join(self.parts).split()))
            self.parts = []

    def text(self, text):
        if self.is_text or (self.is_open and self.depth):
            self.parts.append(text)


def words_of(path, media_type):
    """The words of a file, piece by piece; none for a picture. Raises whatever reading what is broken raises."""
    if media_type == "application/pdf":
        yield from pdf.pages_of(path)
    elif media_type in PARTS:
        yield from words_of_archive(path, PARTS[media_type])
    elif media_type.startswith("text/"):
        with path.open(encoding=encoding_of(path)) as file:
            while piece := file.read(1 << 16):
                yield piece


def words_of_archive(path, parts):
    with ZipFile(path) as archive:
        names = set(archive.namelist())
        for part in parts:
            numbered = (part.format(number) for number in count(1)) if "{}" in part else [part]
            for name in numbered:
                if name not in names:
                    break
                with archive.open(name) as file:
                    yield from filter(None, Paragraphs(name == "content.xml").items(file))


def limit():
    """Let this process have so much time and memory, and write so much, and no more; no system lets it have less."""
    limits = {resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_CORE: 0}
    for what, most in (limits | {resource.RLIMIT_FSIZE: OUTPUT}).items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def main(path, media_type):
    limit()
    joint = "" if media_type.startswith("text/") else "\n"
    for piece in words_of(Path(path), media_type):
        sys.stdout.buffer.write((piece + joint).encode("utf-8", "replace"))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
