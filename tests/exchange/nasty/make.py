"""Makes the files beside it, each of which is wrong in its own way: `python -m tests.exchange.nasty.make`.

They are kept, so that a test reads what lies there; this says how each came to be. What is large is made by the test.
"""

import gzip
import io
import zlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FOLDER = Path(__file__).parent
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
HEADING = ("city", "country")
# Number formats of dates by the style that a cell names: a whole day, a month, a day of a month, a year, a time.
STYLES = ("General", "yyyy\\-mm\\-dd", "mmm\\-yy", "d\\-mmm", "yyyy", "h:mm")


# --- XLSX -------------------------------------------------------------------------------------------------------------


def inline(text):
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def row(*cells, **attributes):
    """A row of a sheet; texts become cells, what is a cell already stays."""
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<row{said}>{''.join(cell if cell.startswith('<') else inline(cell) for cell in cells)}</row>"


def sheet(*rows, after="", before=""):
    return f'{before}<worksheet xmlns="{SPREADSHEET}"><sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'


def xlsx(sheets, *, more=None, hidden=(), without=()):
    """The bytes of a workbook. Takes {name: XML of the sheet}, and {member: text} of what else it holds."""
    names = list(sheets)
    entries = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}" state="{"hidden" if name in hidden else "visible"}"/>'
        for n, name in enumerate(names, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    formats = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{code}"/>' for n, code in enumerate(STYLES))
    styles = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(STYLES)))
    members = {
        "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
        "xl/styles.xml": (
            f'<styleSheet xmlns="{SPREADSHEET}"><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>'
        ),
        **{f"xl/worksheets/sheet{n}.xml": sheets[name] for n, name in enumerate(names, start=1)},
        **(more or {}),
    }
    return zipped({name: text for name, text in members.items() if name not in without})


def one_sheet(*rows, **options):
    return xlsx({"Sheet1": sheet(row(*HEADING), *rows, **options)})


def zipped(members):
    """The bytes of a zip file of {name: text or bytes}, the same each time."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return buffer.getvalue()


def encrypted(content):
    """A zip file whose members say that they are encrypted."""
    return content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


# --- ODS --------------------------------------------------------------------------------------------------------------


def ods(*rows, more=None, type="spreadsheet", styles=""):
    """The bytes of an OpenDocument file with one sheet of rows, or of another type."""
    prefixes = "".join(
        f' xmlns:{name}="{OPEN_DOCUMENT}:{name}:1.0"' for name in ("office", "table", "text", "number", "style")
    )
    content = (
        f"<office:document-content{prefixes}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="Sheet1">{"".join(rows)}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{type}", "content.xml": content, **(more or {})})


def ods_row(*cells, repeated=1):
    inside = "".join(cell if cell.startswith("<") else ods_cell(cell) for cell in cells)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inside}</table:table-row>'


def ods_cell(text, attributes='office:value-type="string"'):
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


# --- The files --------------------------------------------------------------------------------------------------------


def csv(*rows):
    return "\r\n".join(rows).encode() + b"\r\n"


def picture():
    """A picture of one pixel, as PNG."""

    def chunk(name, content):
        return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)

    header = (1).to_bytes(4) + (1).to_bytes(4) + bytes([8, 2, 0, 0, 0])
    pixels = zlib.compress(b"\0\xff\xff\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


DATES = (
    "03/04/2005", "2005-13", "2005-02-30", "31 June 2005", "2005-02-30/2005-03-01", "2005-05-01/2005-04-01", "soon",
    "20O5", "1899", "2200", "05", "2005-6-", "2005-25", "2005/2006/2007", "37500", "2005-09-26 10:30", "26.9.", "XXXX",
)  # fmt: skip
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
ELSEWHERE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
EVENT = ("reference", "title", "kind", "when")

TEXTS = {
    "zero-bytes.csv": b"city,country\r\nBa\0li,ID\r\n",
    "cut-letter.csv": "city,country\r\nBali,ID\r\nHà Nội".encode()[:-2],
    "two-encodings.csv": "city,country\r\nHà Nội,VN\r\n".encode() + "Nouméa,NC\r\n".encode("cp1252"),
    "cut-utf-16.csv": "city,country\r\nBali,ID\r\n".encode("utf-16")[:-1],
    "utf-32.csv": "city,country\r\nBali,ID\r\n".encode("utf-32"),
    "no-letter-of-windows.csv": b"city,country\r\nNoum\x81a,NC\r\n",
    "open-quote.csv": csv("city,country", '"Bali,ID', "Seoul,KR"),
    "text-after-quote.csv": csv("city,country", '"Bali"x,ID'),
    "empty.csv": b"",
    "blank-lines.csv": b"\r\n\r\n  \r\n,,\r\n",
    "mark-alone.csv": b"\xef\xbb\xbf",
    "heading-alone.csv": csv("city,country"),
    "one-column.csv": csv("city", "Bali", "Seoul"),
    "no-heading.csv": csv("Bali,ID", "Seoul,KR"),
    "mixed-separators.csv": csv("city,country,latitude", "Bali;ID;1", "Seoul\tKR\t2"),
    "column-twice.csv": csv("city,country,City", "Bali,ID,Bali"),
    "heading-again.csv": csv("city,country", "Bali,ID", "city,country"),
    "column-without-heading.csv": csv("city,,country", "Bali,x,ID"),
    "unknown-column.csv": csv("citty,city,country", "x,Bali,ID"),
    "short-rows.csv": csv("city,country,latitude", "Bali", "Seoul,KR"),
    "long-rows.csv": csv("city,country", "Bali,ID,Indonesia", "Seoul,KR,,,x"),
    "reference-twice.events.csv": csv("reference,title,kind", "E90,One,other", "E91,Two,other", "E90,Three,other"),
    "unknown-reference.outcomes.csv": csv("event,kind,text", "E999,finding,A finding."),
    "unknown-names.events.csv": csv("reference,title,kind,hosts,bodies", "E90,A talk,other,Atlantis,Knights"),
    "unknown-kind.events.csv": csv("reference,title,kind", "E90,A talk,work shop"),
    "dates.events.csv": csv("reference,title,kind,when", *(f"E9{n},A talk,other,{day}" for n, day in enumerate(DATES))),
    "control-character.events.csv": csv("reference,title,kind", "E90,A bell\a,other"),
    "long-title.events.csv": csv("reference,title,kind", f"E90,{'x' * 301},other"),
    "words-for-degrees.csv": csv("city,country,latitude,longitude", "Bali,ID,south,1"),
    "degrees-beyond.csv": csv("city,country,latitude,longitude", "Bali,ID,91,181"),
    "picture.csv": picture(),
    "photograph.xlsx": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(64),
    "document.csv": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "page.xls": b"<html><body><table><tr><td>city</td></tr></table></body></html>",
    "flat.fods": b'<?xml version="1.0"?><office:document/>',
    "packed.csv.gz": gzip.compress(csv("city,country", "Bali,ID"), mtime=0),
    "old.xls": OLD_OFFICE + "Workbook".encode("utf-16-le"),
    "password.xlsx": OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"),
}  # fmt: skip

WORKBOOKS = {
    "encrypted.zip.xlsx": encrypted(one_sheet()),
    "macros.xlsm": xlsx({"Sheet1": sheet(row(*HEADING))}, more={"xl/vbaProject.bin": b"\0"}),
    "binary.xlsb": zipped({"xl/workbook.bin": b"\0"}),
    "letter.docx": zipped({"word/document.xml": "<w/>"}),
    "packed.zip": zipped({"places.csv": csv("city,country")}),
    "package.zip": zipped({"datapackage.json": "{}"}),
    "cut.xlsx": one_sheet(row("Bali", "ID"))[:-300],
    "names-differ.xlsx": one_sheet(row("Bali", "ID")).replace(b"xl/workbook.xml", b"xl/workbank.xml", 1),
    "broken-sheet.xlsx": xlsx({"Sheet1": "<worksheet><sheetData><row>"}),
    "no-sheet.xlsx": xlsx({"Sheet1": ""}, without=("xl/worksheets/sheet1.xml",)),
    "no-such-text.xlsx": one_sheet(row('<c t="s"><v>7</v></c>', "ID")),
    "no-such-style.xlsx": one_sheet(row('<c s="70"><v>7</v></c>', "ID")),
    "no-such-cell.xlsx": one_sheet(row('<c r="ABCD1"><v>7</v></c>')),
    "no-number.xlsx": one_sheet(row("<c><v>seven</v></c>", "ID")),
    "laughs.xlsx": one_sheet(row("Bali", "ID"), before=LAUGHS),
    "elsewhere.xlsx": one_sheet(row("&a;", "ID"), before=ELSEWHERE),
    "blank.xlsx": xlsx({"Sheet1": sheet()}),
    "heading-alone.xlsx": one_sheet(),
    "hidden-sheet.xlsx": xlsx({"Sheet1": sheet(row(*HEADING))}, hidden=("Sheet1",)),
    "two-sheets.xlsx": xlsx({name: sheet(row(*HEADING)) for name in ("Asia", "Europe")}),
    "linked.xlsx": one_sheet(
        row('<c t="str"><f>[1]Sheet1!A1</f><v>Bali</v></c>', "ID"),
        row('<c t="str"><f>UPPER("suva")</f><v>SUVA</v></c>', "ID"),
    ),
    "formula-without-result.xlsx": one_sheet(row('<c><f>CONCATENATE("Ba","li")</f></c>', "ID")),
    "formula-in-error.xlsx": one_sheet(row('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "ID")),
    "merged.xlsx": one_sheet(
        row("Bali", "ID", r=2), row("", "KR", r=3), after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    ),
    "merged-heading.xlsx": one_sheet(
        row("Bali", "ID"), after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    ),
    "far-away.xlsx": one_sheet(row("Bali", "ID"), row('<c r="XFD1048576"><v>1</v></c>', r=1048576)),
    "heading-again.xlsx": one_sheet(row("Bali", "ID"), row(*HEADING)),
    "half-dates.events.xlsx": xlsx(
        {
            "Sheet1": sheet(
                row(*EVENT),
                row("E90", "A day of a month", "other", '<c s="3"><v>46267</v></c>'),
                row("E91", "Not the first of a month", "other", '<c s="2"><v>37516</v></c>'),
                row("E92", "Not the first of a year", "other", '<c s="4"><v>37516</v></c>'),
                row("E93", "A time", "other", '<c s="5"><v>0.4</v></c>'),
                row("E94", "A number", "other", "<c><v>37516</v></c>"),
                row("E95", "A day after all", "other", '<c s="1"><v>99999999</v></c>'),
                row("E96", "A day with a time", "other", '<c s="1"><v>37516.5</v></c>'),
            )
        }
    ),
    "password.ods": ods(
        ods_row(*HEADING), more={"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    ),
    "macros.ods": ods(ods_row(*HEADING), more={"Basic/Standard/Module1.xml": "<script/>"}),
    "linked.ods": ods(
        ods_row(*HEADING),
        ods_row(ods_cell("Bali", "table:formula=\"of:=['file:///tmp/a.ods'#$Sheet1.A1]\""), "ID"),
    ),
    "formula-in-error.ods": ods(ods_row(*HEADING), ods_row(ods_cell("#REF!", 'table:formula="of:=[.A9]"'), "ID")),
    "merged.ods": ods(
        ods_row(*HEADING), ods_row(ods_cell("Bali", 'table:number-rows-spanned="2"'), "ID"), ods_row("", "KR")
    ),
    "endless.ods": ods(ods_row(*HEADING), ods_row("Bali", "ID", repeated=1048575)),
    "wrong-repetition.ods": ods(ods_row(*HEADING), ods_row("Bali", "ID", repeated=-5)),
    "letter.odt": ods(ods_row(*HEADING), type="text"),
    "broken.ods": zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<office:a>"}),
}  # fmt: skip

OBJECTS = {
    "open-list.json": b'[{"city": "Bali", "country": "ID"},\n{"city": "Seoul"',
    "no-end.json": b'[{"city": "Bali", "country": "ID"}',
    "bare-word.json": b'[{"city": Bali}]',
    "list-in-a-cell.json": b'[{"city": ["Bali"], "country": "ID"}]',
    "object-in-a-cell.json": b'[{"city": {"name": "Bali"}, "country": "ID"}]',
    "numbers.json": b"[1, 2, 3]",
    "of-another-type.json": b'{"type": "events", "rows": [{"city": "Bali", "country": "ID"}]}',
    "key-twice.json": b'[{"city": "Bali", "country": "ID", "city": "Seoul"}]',
    "column-twice.json": b'[{"city": "Bali", "country": "ID", "City": "Seoul"}]',
    "no-number.json": b'[{"city": "Bali", "country": "ID", "latitude": NaN}]',
    "number-beyond.json": b'[{"city": "Bali", "country": "ID", "latitude": 1e999}]',
    "no-rows.json": b"[]",
    "two-lists.json": b'[{"city": "Bali", "country": "ID"}] [{"city": "Seoul"}]',
    "unknown-column.json": b'[{"town": "Bali", "city": "Bali", "country": "ID"}]',
    "half-a-letter.json": b'[{"city": "Ba\\ud800li", "country": "ID"}]',
}


def main():
    for name, content in (TEXTS | WORKBOOKS | OBJECTS).items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
