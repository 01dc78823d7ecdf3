"""Kinds: what a file of a document is, told by its content and never by its name, and what of it is not let in.

A file that is let in may still be broken inside: it is kept, and its reading says so.
"""

import re
import zlib
from itertools import chain
from mmap import ACCESS_READ, mmap
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
BLOCK = 1 << 20


def spelled(name):
    """A pattern of a name as a PDF may write it, each of its letters perhaps as a number."""
    return b"".join(b"(?:%c|#%x|#%X)" % (letter, letter, letter) for letter in name)


# What of a PDF acts by itself or carries other files; short names are told by what follows them too.
ENDS = rb"(?![0-9A-Za-z#])"
LEADS = rb"\s*(?:<<|\[|\d+\s+\d+\s+R)"
ACTIVE = {
    "holds scripts": spelled(b"JavaScript") + ENDS,
    "starts other programs": spelled(b"Launch") + ENDS,
    "carries other files": spelled(b"EmbeddedFile") + b"|" + spelled(b"EF") + LEADS,
    "holds films or animations": spelled(b"RichMedia") + b"|" + spelled(b"Rendition") + ENDS,
    "is a form that acts by itself (XFA)": spelled(b"XFA") + LEADS,
}
# Passed over are addresses on the web, in which the same words may stand.
ADDRESS = rb"\((?:https?|ftp)://[^()\s]{0,2000}\)"
ACTS = re.compile(ADDRESS + b"|/(?:%s)" % b"|".join(b"(%s)" % names for names in ACTIVE.values()))
PACKED = re.compile(b"/" + spelled(b"ObjStm"))
STREAM = re.compile(rb"stream[\r\n ]*")
NEAR = 400  # bytes, in which what is packed begins after it is said to be
PIECE = 1 << 16
MOST_PACKED = 20_000
MOST_UNPACKED = 128 << 20
OVERPACKED = "This PDF packs far more than a document holds."


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
        check_members(archive)
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


def start_of(archive, member, length=2048):
    """The first bytes of a member, or of that of a name; none where there is none. Raises UnreadableFile."""
    try:
        with archive.open(member) as file:
            return file.read(length)
    except KeyError:
        return b""
    except archives.BROKEN:
        raise UnreadableFile(archives.DAMAGED) from None


def check_members(archive):
    """Refuse parts with document types of their own, and those that fetch others from elsewhere."""
    if b"macroEnabled" in start_of(archive, "[Content_Types].xml", BLOCK):
        raise UnreadableFile("This file is one with macros, which are not let in: save it without them.")
    parts = [member for member in archive.infolist() if member.filename.lower().endswith(XML)]
    for member in parts:
        if member.filename != "META-INF/manifest.xml" and DECLARING.search(start_of(archive, member)):
            raise UnreadableFile("This file declares a document type of its own, which no office program writes.")
    relations = [member for member in parts if member.filename.lower().endswith(".rels")]
    if sum(member.file_size for member in relations) > LONGEST_RELATIONS:
        raise UnreadableFile("This file has far more relations than a document has.")
    for member in relations:
        check_relations(archive, member)


def check_relations(archive, member):
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
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        for part in chain([content], unpacked(content)):
            acting = next((match for match in ACTS.finditer(part) if match.lastindex), None)
            if acting:
                what = list(ACTIVE)[acting.lastindex - 1]
                raise UnreadableFile(
                    f"This PDF {what}, which is not let in: print it as PDF once more, and bring that."
                )


def unpacked(content):
    """What a PDF packs of its objects, one stream after the other. Raises UnreadableFile for far too much."""
    read, written = 0, 0
    for number, match in enumerate(PACKED.finditer(content), start=1):
        stream, part = STREAM.search(content, match.end(), match.end() + NEAR), bytearray()
        for taken, piece in inflated(content, stream.end()) if stream else ():
            part += piece
            read, written = read + taken, written + len(piece)
            if read > 2 * len(content) or written > MOST_UNPACKED:
                raise UnreadableFile(OVERPACKED)
        if number > MOST_PACKED:
            raise UnreadableFile(OVERPACKED)
        yield part


def inflated(content, place):
    """What stands packed at a place, as far as it can be unpacked: of each piece, how many bytes it took, and it."""
    unpacker = zlib.decompressobj()
    for start in range(place, len(content), PIECE):
        packed = content[start : start + PIECE]
        while packed and not unpacker.eof:
            try:
                piece = unpacker.decompress(packed, BLOCK)
            except zlib.error:
                return
            yield len(packed) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data), piece
            packed = unpacker.unconsumed_tail
        if unpacker.eof:
            return
