"""The text of a file, with what its form tells of it: which lines are title, heading or item of a list."""

import re
import zipfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from exchange.encodings import encoding_of
from exchange.files import archives
from exchange.problems import UnreadableFile
from library import pdf
from records.fields import UNSTORABLE
from records.folding import tidy

BULLET = "• "
DASH = "– "  # of an item below another: on one line with it, it still begins no entry
BELOW = "    "  # before the bullet of an item that stands below another
TITLE, HEADING, ITEM, LINE = "title", "heading", "item", "line"
DEEPEST = 8
LIST_STYLE = re.compile(r"list (?:bullet|number) (?P<level>[2-9])$", re.IGNORECASE)
SUFFIXES = (".txt", ".md", ".docx", ".html", ".htm", ".pdf")


@dataclass(slots=True)
class Extract:
    """A text, and hints: {start of a line: "title", "heading", "item", or "line" for one begun within a paragraph}."""

    text: str
    hints: dict = field(default_factory=dict)


class Lines:
    """Puts an extract together line by line, a blank line between paragraphs."""

    def __init__(self):
        self.parts, self.hints, self.length, self.last = [], {}, 0, ""

    def add(self, text, hint="", level=0):
        """Add a paragraph. `level` is that of an item of a list: 1 stands below the item before it."""
        text = text.strip()
        if not text:
            return
        if self.parts:
            self.append("\n" if hint == self.last == ITEM or hint == self.last == TITLE else "\n\n")
        if hint:
            self.hints[self.length] = hint
        first, *others = text.split("\n")
        self.append((level * BELOW + (DASH if level else BULLET) if hint == ITEM else "") + first)
        for line in others:
            self.append("\n")
            self.hints[self.length] = hint if hint == TITLE else LINE
            self.append(line)
        self.last = hint

    def append(self, text):
        self.parts.append(text)
        self.length += len(text)

    def extract(self):
        return Extract("".join(self.parts), self.hints)


def extract(path):
    """The Extract of a `.txt`, `.md`, `.docx`, `.html` or text `.pdf`.

    Raises UnreadableFile, in words for whoever chose the file, where it is none of these, broken, or has no text.
    """
    path = Path(path)
    readers = {".docx": from_word, ".html": from_html, ".htm": from_html, ".pdf": from_pdf, ".txt": plain, ".md": plain}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(f"“{path.name}” is none of the files that can be read: {', '.join(SUFFIXES)}.")
    if not path.is_file():
        raise UnreadableFile(f"There is no file “{path}”.")
    found = storable(reader(path))
    if not found.text.strip():
        reason = (
            "its pages are pictures, perhaps: let its text be recognised first" if reader is from_pdf else "it is empty"
        )
        raise UnreadableFile(f"“{path.name}” has no text to read; {reason}.")
    return found


def storable(found):
    """An extract as the record keeps texts: with trimmed edges, and spaces for control characters that nobody sees."""
    text = UNSTORABLE.sub(" ", found.text).replace("\r", "\n")
    trimmed = tidy(text)
    offset = text.index(trimmed)
    return Extract(trimmed, {start - offset: hint for start, hint in found.hints.items()})


def decoded(path):
    try:
        with open(path, encoding=encoding_of(path)) as file:
            return file.read()
    except UnreadableFile:
        raise UnreadableFile(f"“{path.name}” is no sound text. Save it again as plain text in UTF-8.") from None


def plain(path):
    return Extract(decoded(path))


# --- Word -------------------------------------------------------------------------------------------------------------


def from_word(path):
    """Paragraphs of a Word document in order, those of tables a row each; list items and headings by their styles."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    if zipfile.is_zipfile(path):
        archives.opened(path).close()  # what would unpack to too much is refused before it is
    try:
        document = Document(path)
        lines = Lines()
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                for number, row in enumerate(block.rows):
                    merged = {cell._tc: " ".join(cell.text.split()) for cell in row.cells}
                    cells = list(merged.values())
                    is_head = number == 0 and not any(re.search("[0-9]", cell) for cell in cells)
                    lines.add(" | ".join(cells).rstrip(" |"), "" if is_head else ITEM)
            else:
                lines.add(block.text, hint_of(block), level_of(block))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise UnreadableFile(f"“{path.name}” is no sound Word document (.docx). Save it again in Word.") from error
    return lines.extract()


def hint_of(paragraph):
    """What the style of a paragraph, or of one that it is based on, tells of it."""
    style = paragraph.style
    while style is not None:
        name = (style.name or "").lower()
        if name in ("title", "subtitle"):
            return TITLE
        if name.startswith("heading"):
            return HEADING
        if name.startswith(("list bullet", "list number")):
            return ITEM
        style = style.base_style
    properties = paragraph._p.pPr
    return ITEM if properties is not None and properties.numPr is not None else ""


def level_of(paragraph):
    """How deep in a list a paragraph stands: 0 for its items, 1 for what is below these."""
    properties = paragraph._p.pPr
    numbered = properties.numPr if properties is not None else None
    if numbered is not None and numbered.ilvl is not None:
        return min(numbered.ilvl.val, DEEPEST)
    named = LIST_STYLE.match(paragraph.style.name or "") if paragraph.style is not None else None
    return int(named["level"]) - 1 if named else 0


# --- HTML -------------------------------------------------------------------------------------------------------------


def from_html(path):
    page = Page()
    page.feed(decoded(path))
    page.close()
    page.end_block()
    return page.lines.extract()


class Page(HTMLParser):
    """Takes the text of a page: a line for each block of it, and none of what is not meant to be read there."""

    UNSEEN = frozenset(["head", "script", "style", "noscript", "template", "nav", "svg"])
    ITEMS = frozenset(["li", "tr", "dt"])
    BLOCKS = frozenset(
        [
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "html",
            "li",
            "main",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "tfoot",
            "thead",
            "tr",
            "ul",
        ]
    )

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.parts, self.unseen, self.hint, self.level = Lines(), [], [], "", 0
        self.inside = []  # those of ITEMS that are open
        self.cells = 0  # those of the row at hand

    def handle_starttag(self, tag, attrs):
        if tag in self.UNSEEN:
            self.unseen.append(tag)
        elif tag == "br" and self.hint == TITLE:
            self.end_block()
            self.hint = TITLE
        elif tag == "br":
            self.parts.append(" " if self.inside else "\n")
        elif tag in ("td", "th"):
            self.begin_cell(tag)
        elif tag == "dd" and self.hint == ITEM and "".join(self.parts).strip():
            self.parts.append(": ")
        elif tag in ("p", "div") and self.inside and self.hint == ITEM:
            self.parts.append(" ")
        elif tag in self.BLOCKS:
            self.end_block()
            if tag in self.ITEMS:
                self.cells = 0
                self.hint = ITEM
                self.inside.append(tag)
                self.level = min(max(self.inside.count("li") - 1, 0), DEEPEST)
            elif re.fullmatch(r"h[1-6]", tag):
                self.hint = TITLE if tag == "h1" else HEADING

    def begin_cell(self, tag):
        """Part a cell from the one before it; a row of nothing but heads is no item."""
        if "tr" in self.inside[-1:]:
            self.hint = ITEM if tag == "td" else self.hint if self.cells else ""
        if self.cells:
            self.parts.append(" | ")
        self.cells += 1

    def handle_endtag(self, tag):
        if self.unseen:
            if tag == self.unseen[-1]:
                self.unseen.pop()
        elif tag in ("p", "div") and self.inside and self.hint == ITEM:
            self.parts.append(" ")
        elif tag == "dt" and self.hint == ITEM:
            self.close_item(tag)
        elif tag in self.BLOCKS:
            self.close_item(tag)
            self.end_block()

    def close_item(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        if not self.unseen:
            self.parts.append(re.sub(r"\s+", " ", data))

    def end_block(self):
        text = re.sub(r" {2,}", " ", "".join(self.parts)).rstrip(" |")
        self.lines.add(re.sub(r"\s*\n\s*", "\n", text), self.hint, self.level)
        self.parts, self.hint, self.level = [], "", 0


# --- PDF --------------------------------------------------------------------------------------------------------------


def from_pdf(path):
    """The lines of a PDF's pages, as they are broken there, but for what it says is none of its text."""
    try:
        return Extract("\n".join(pdf.pages_of(path)))
    except pdf.unsound() as error:
        raise UnreadableFile(f"“{path.name}” is no sound PDF, or it is locked with a password.") from error
