"""Kinds: what a file is, told by its content and never by its name."""

from ..problems import UnreadableFile
from . import archives

CSV, JSON, XLSX, ODS = "csv", "json", "xlsx", "ods"
START = 4096
SAVE = "Save the table as CSV, XLSX, ODS or JSON, and bring that."
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROTECTED = "EncryptedPackage".encode("utf-16-le")
BLOCK = 1 << 20

# What is not read, by the bytes that it begins with.
OTHERS = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"RIFF": "a picture or a recording",
    b"II*\0": "a picture (TIFF)",
    b"MM\0*": "a picture (TIFF)",
    b"BM": "a picture (BMP)",
    b"%PDF": "a PDF document",
    b"{\\rtf": "a text document (RTF)",
    b"\x1f\x8b": "a packed file (gzip)",
    b"BZh": "a packed file (bzip2)",
    b"\xfd7zXZ": "a packed file (xz)",
    b"7z\xbc\xaf": "a packed file (7z)",
    b"Rar!": "a packed file (RAR)",
    b"SQLite format 3": "a database (SQLite)",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}
MARKUP = {b"<!doctype html": "a web page (HTML)", b"<html": "a web page (HTML)", b"<?xml": "an XML file"}
# Members of zip files that tell what is not read.
MEMBERS = {
    "word/document.xml": "a text document (DOCX)",
    "ppt/presentation.xml": "a presentation (PPTX)",
    "xl/workbook.bin": "a binary workbook (XLSB)",
    "Index/Document.iwa": "a file of Apple’s Numbers, Pages or Keynote",
    "datapackage.json": "a package of a whole record, which import_all brings in",
}
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def kind_of(path):
    """What a file is: one of CSV, JSON, XLSX and ODS. Raises UnreadableFile, which says what else it is."""
    with path.open("rb") as file:
        start = file.read(START)
    if start.startswith(ZIP):
        return kind_of_archive(path)
    if start.startswith(OLD_OFFICE):
        raise UnreadableFile(said_of_old_office(path))
    for table, text in ((OTHERS, start), (MARKUP, bare(start).lower())):
        for beginning, kind in table.items():
            if text.startswith(beginning) and is_really(beginning, start):
                raise UnreadableFile(f"This is {kind}, not a table. {SAVE}")
    return JSON if bare(start)[:1] in (b"[", b"{") else CSV


def bare(start):
    """The beginning of a text without the zeros of UTF-16, marks and blanks."""
    return start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").lstrip()


def is_really(beginning, start):
    """Whether what begins like this is that: two plain letters may begin a heading too, where no zeros follow."""
    return len(beginning) > 2 or not beginning.isalpha() or b"\0" in start


def said_of_old_office(path):
    """What an old file of Office is: perhaps a new one behind a password."""
    if holds(path, PROTECTED):
        return "This workbook is protected with a password: take it off, and save it again."
    return f"This is a file of an old kind (XLS or DOC, before 2007). {SAVE}"


def holds(path, wanted):
    """Whether bytes stand anywhere in a file."""
    tail = b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if wanted in tail + block:
                return True
            tail = block[-len(wanted) :]
    return False


def kind_of_archive(path):
    with archives.opened(path) as archive:
        names = set(archive.namelist())
        if "xl/vbaProject.bin" in names or any(name.startswith("Basic/") for name in names):
            raise UnreadableFile(
                "This workbook holds macros, which are not let in: save it without them, as XLSX or ODS."
            )
        if "xl/workbook.xml" in names:
            return XLSX
        for member, kind in MEMBERS.items():
            if member in names:
                raise UnreadableFile(f"This is {kind}, not a table. {SAVE}")
        if "mimetype" in names and "content.xml" in names:
            return kind_of_document(archive)
    raise UnreadableFile(f"This is a packed file (ZIP), not a workbook. Unpack it first. {SAVE}")


def kind_of_document(archive):
    """The kind of an OpenDocument file."""
    with archive.open("mimetype") as file:
        if file.read(100).decode("ascii", "replace").strip() != ODS_TYPE:
            raise UnreadableFile(f"This is a document of an office program, but no spreadsheet. {SAVE}")
    if "META-INF/manifest.xml" in archive.namelist():
        with archive.open("META-INF/manifest.xml") as file:
            if b"encryption-data" in file.read(BLOCK):
                raise UnreadableFile("This workbook is protected with a password: take it off, and save it again.")
    return ODS
