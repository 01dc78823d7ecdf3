"""Kinds: what a file of a document is, told by its content and never by its name, and what of it is not let in.

A file that is let in may still be broken inside: it is kept, and its reading says so.
"""

import re
import zlib
from pathlib import PurePosixPath
from xml.parsers.expat import ExpatError
from zipfile import is_zipfile

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from exchange.encodings import encoding_of
from exchange.files import archives, kinds
from exchange.markup import Reader, bared
from exchange.problems import UnreadableFile

from .models import DocumentVersion

Type = DocumentVersion.MediaType
TAKEN = "Documents are taken as PDF, DOCX, XLSX, PPTX, ODT, TXT, CSV, PNG and JPEG."
SUFFIXES = {
    Type.PDF: (".pdf",),
    Type.DOCX: (".docx",),
    Type.XLSX: (".xlsx",),
    Type.PPTX: (".pptx",),
    Type.ODT: (".odt",),
    Type.TXT: (".txt",),
    Type.CSV: (".csv",),
    Type.PNG: (".png",),
    Type.JPEG: (".jpg", ".jpeg"),
}
# What a file that is no archive begins with.
BEGINNINGS = {b"%PDF-": Type.PDF, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR": Type.PNG, b"\xff\xd8\xff": Type.JPEG}
# The part of an archive that tells what it is.
PARTS = {"word/document.xml": Type.DOCX, "xl/workbook.xml": Type.XLSX, "ppt/presentation.xml": Type.PPTX}
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|activeX/.*)$|^(?:Basic|Scripts)/", re.IGNORECASE)
XML = (".xml", ".rels", ".vml")
DECLARING = re.compile(rb"<!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)
# What may lead out of a document: what a reader follows by a click, and values of other workbooks.
LEADING_OUT = ("hyperlink", "externalLinkPath", "externalLinkLongPath")
LONGEST_RELATIONS = 5 << 20
# What of a PDF acts by itself or carries other files; and how its names may be written otherwise.
ACTIVE = {
    b"/JavaScript": "holds scripts",
    b"/Launch": "starts other programs",
    b"/EmbeddedFile": "carries other files",
    b"/RichMedia": "holds films or animations",
}
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
OBJECTS = b"".join(b"(?:%c|#%x|#%X)" % (letter, letter, letter) for letter in b"ObjStm")
PACKED = re.compile(b"/" + OBJECTS + rb"\b.{0,400}?\bstream\r?\n", re.DOTALL)
BLOCK = 1 << 20
OVERLAP = 1024
MOST_UNPACKED = 128 << 20


def kind_of(path, name=""):
    """The media type of a file that may be let in. Raises UnreadableFile, which says why it may not and what to do.

    name  what the file is called, which tells a table from a text, and a text from what only claims to be more
    """
    with path.open("rb") as file:
        start = file.read(kinds.START)
    if start.startswith(kinds.ZIP):
        return kind_of_archive(path)
    if start.startswith(kinds.OLD_OFFICE):
        raise UnreadableFile(said_of_old_office(path))
    kind = next((kind for beginning, kind in BEGINNINGS.items() if start.startswith(beginning)), None)
    if kind and is_zipfile(path):
        raise UnreadableFile(f"This is {kind.label} and a packed file (ZIP) in one, which no usual program writes.")
    if kind == Type.PDF:
        check_pdf(path)
    return kind or kind_of_text(path, start, name)


def check_size(size):
    """Refuse an empty file, and one that is too large. Takes its number of bytes."""
    if not size:
        raise UnreadableFile("This file is empty: it has 0 bytes.")
    if size > settings.DOCUMENT_MAX_BYTES:
        most = filesizeformat(settings.DOCUMENT_MAX_BYTES)
        raise UnreadableFile(f"This file has {filesizeformat(size)}, and {most} are the most.")


# --- Texts ------------------------------------------------------------------------------------------------------------


def kind_of_text(path, start, name):
    for beginning, kind in kinds.OTHERS.items():
        if start.startswith(beginning) and kinds.is_really(beginning, start):
            raise UnreadableFile(f"This is {kind}. {TAKEN}")
    if b"%PDF-" in start[:1024]:
        raise UnreadableFile("Something else stands before this PDF begins. Save or print it as PDF once more.")
    if re.match(rb"<[!?/a-z]", kinds.bare(start).lower()):
        raise UnreadableFile(f"This is a web page, a drawing (SVG) or other markup, whatever it is called. {TAKEN}")
    try:
        encoding_of(path)
    except UnreadableFile:
        raise UnreadableFile(f"It cannot be told what this file is. {TAKEN}") from None
    suffix = PurePosixPath(name).suffix.lower()
    claimed = next((kind for kind, suffixes in SUFFIXES.items() if suffix in suffixes), Type.TXT)
    if claimed not in (Type.TXT, Type.CSV):
        raise UnreadableFile(f"This is called “{suffix}”, but it is plain text. Save it again, or call it “.txt”.")
    return claimed


def said_of_old_office(path):
    if kinds.holds(path, kinds.PROTECTED):
        return "This file is protected with a password: take it off, and save it again."
    return "This is a file of an old kind (DOC, XLS or PPT, before 2007): save it as DOCX, XLSX, PPTX or PDF."


# --- Archives ---------------------------------------------------------------------------------------------------------


def kind_of_archive(path):
    with archives.opened(path) as archive:
        names = archive.namelist()
        if any(MACROS.search(name) for name in names):
            raise UnreadableFile("This file holds macros or controls, which are not let in: save it without them.")
        kind = next((kind for part, kind in PARTS.items() if part in names), None) or kind_of_open_document(archive)
        if kind is None:
            raise UnreadableFile(f"This is a packed file (ZIP) or another kind of document. {TAKEN}")
        for member in archive.infolist():
            check_member(archive, member)
    return kind


def kind_of_open_document(archive):
    """ODT, where an archive says that it is that; else None."""
    if not {"mimetype", "content.xml"} <= set(archive.namelist()):
        return None
    if start_of(archive, "mimetype").strip() != ODT_TYPE:
        return None
    if b"encryption-data" in start_of(archive, "META-INF/manifest.xml", BLOCK):
        raise UnreadableFile("This file is protected with a password: take it off, and save it again.")
    return Type.ODT


def start_of(archive, name, length=2048):
    """The first bytes of a member; none where there is no such member. Raises UnreadableFile."""
    if name not in archive.namelist():
        return b""
    try:
        with archive.open(name) as file:
            return file.read(length)
    except archives.BROKEN:
        raise UnreadableFile(archives.DAMAGED) from None


def check_member(archive, member):
    """Refuse parts with document types of their own, and those that fetch others from elsewhere."""
    name = member.filename
    if not name.lower().endswith(XML) or name == "META-INF/manifest.xml":
        return
    start = start_of(archive, name)
    if name == "[Content_Types].xml" and b"macroEnabled" in start_of(archive, name, BLOCK):
        raise UnreadableFile("This file is one with macros, which are not let in: save it without them.")
    if DECLARING.search(start):
        raise UnreadableFile("This file declares a document type of its own, which no office program writes.")
    if name.lower().endswith(".rels"):
        check_relations(archive, member)


def check_relations(archive, member):
    if member.file_size > LONGEST_RELATIONS:
        raise UnreadableFile("This file has far more relations than a document has.")
    try:
        with archive.open(member) as file:
            leads = list(Relations().items(file))
    except (*archives.BROKEN, ExpatError):
        raise UnreadableFile(archives.DAMAGED) from None
    if leads:
        raise UnreadableFile(
            f"This file fetches parts from elsewhere when it is opened ({leads[0]}): take them into it, or out of it."
        )


class Relations(Reader):
    """Finds the parts that a document fetches from elsewhere."""

    def start(self, name, attributes):
        attributes = bared(attributes)
        kind = attributes.get("Type", "").rpartition("/relationships/")[2]
        if attributes.get("TargetMode") == "External" and kind not in LEADING_OUT:
            self.found.append(kind[:40] or "of no kind")


# --- PDF --------------------------------------------------------------------------------------------------------------


def check_pdf(path):
    """Refuse a PDF that acts by itself or carries other files, as far as it can be seen without laying it out."""
    for piece in pieces_of_pdf(path):
        plain = ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), piece)
        for word, what in ACTIVE.items():
            if word in plain:
                raise UnreadableFile(
                    f"This PDF {what}, which is not let in: print it as PDF once more, and bring that."
                )


def pieces_of_pdf(path):
    """The bytes of a PDF in overlapping pieces, and what it packs of its objects, up to a limit."""
    left, tail = MOST_UNPACKED, b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            piece = tail + block
            yield piece
            tail = piece[-OVERLAP:]
            for match in PACKED.finditer(piece):
                here = file.tell()
                file.seek(here - len(piece) + match.end())
                unpacked = unpack(file.read(BLOCK), min(left, BLOCK * 4))
                file.seek(here)
                left -= len(unpacked)
                yield unpacked
                if left <= 0:
                    raise UnreadableFile("This PDF packs far more than a document holds.")


def unpack(packed, most):
    """What a stream of a PDF unpacks to, as far as it does, and no more bytes of it than said."""
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""
