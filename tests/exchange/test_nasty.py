"""Files that are wrong: each is refused in words that say what to do, at once, and nothing is written."""

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.management import call_command

from exchange.models import UnknownName
from tests import snapshots

from .nasty import make

FOLDER = Path(__file__).parent / "nasty"
UNREADABLE, IN_ERROR, GOOD = 2, 1, 0
NO_TABLE = "not a table. Save the table as CSV, XLSX, ODS or JSON"
DAMAGED_FILE = "This file is damaged: it cannot be unpacked."
DAMAGED_BOOK = "This workbook is damaged: it cannot be read."
PROTECTED = "protected with a password: take it off"
LINKED = "row 2, city: This cell takes its value from another file"
NOT_WHOLE = "does not show it whole, so it cannot be told what is meant"

# What each file is answered with: the exit code of import_records, and words that stand in what it says.
ANSWERS = {
    # Text that is none, or none that can be told.
    "zero-bytes.csv": (UNREADABLE, "The file holds zero bytes"),
    "cut-letter.csv": (UNREADABLE, "not sound UTF-8: byte 29"),
    "two-encodings.csv": (UNREADABLE, "not sound UTF-8: byte 33"),
    "cut-utf-16.csv": (UNREADABLE, "not sound UTF-16"),
    "utf-32.csv": (UNREADABLE, "zero bytes"),
    "no-letter-of-windows.csv": (UNREADABLE, "not sound Windows-1252: byte 19"),
    "half-a-letter.json": (IN_ERROR, "row 2, city: There is an invisible control character (U+D800)"),
    "control-character.events.csv": (IN_ERROR, "row 2, title: There is an invisible control character (U+0007)"),
    # CSV.
    "open-quote.csv": (UNREADABLE, "Line 3 is not sound CSV"),
    "text-after-quote.csv": (UNREADABLE, "Line 2 is not sound CSV"),
    "mixed-separators.csv": (IN_ERROR, "row 2: This row has 1 cells, the heading 3", "or is there another separator?"),
    "short-rows.csv": (IN_ERROR, "row 2: This row has 1 cells, the heading 3", "row 3: This row has 2 cells"),
    "long-rows.csv": (IN_ERROR, "row 2: This row has 3 cells, the heading 2", "row 3: This row has 5 cells"),
    # Headings.
    "empty.csv": (UNREADABLE, "The file is empty: its first row must name the columns."),
    "blank-lines.csv": (UNREADABLE, "The file is empty"),
    "mark-alone.csv": (UNREADABLE, "The file is empty"),
    "blank.xlsx": (UNREADABLE, "The file is empty"),
    "no-rows.json": (GOOD, "0 rows: 0 new", "Nothing was written."),
    "heading-alone.csv": (GOOD, "0 rows: 0 new", "Nothing was written."),
    "heading-alone.xlsx": (GOOD, "0 rows: 0 new", "Nothing was written."),
    "one-column.csv": (IN_ERROR, "row 1, country: The column country is missing."),
    "no-heading.csv": (IN_ERROR, "row 1, Bali: “Bali” is no column of places.", "The column city is missing."),
    "column-twice.csv": (IN_ERROR, "row 1, city: The column city stands 2 times."),
    "column-twice.json": (IN_ERROR, "row 1, city: The column city stands 2 times."),
    "column-without-heading.csv": (IN_ERROR, "row 1: A column has no heading."),
    "unknown-column.csv": (IN_ERROR, "row 1, citty: “citty” is no column of places. Nearest: city."),
    "unknown-column.json": (IN_ERROR, "row 1, town: “town” is no column of places."),
    "heading-again.csv": (IN_ERROR, "row 3: This row repeats the heading: take it out."),
    "heading-again.xlsx": (IN_ERROR, "row 3: This row repeats the heading: take it out."),
    # Cells.
    "dates.events.csv": (IN_ERROR, *(f"row {n}, when: “{day}” can't be" for n, day in enumerate(make.DATES, start=2))),
    "reference-twice.events.csv": (IN_ERROR, "row 4, reference: Row 2 is of the same record already."),
    "unknown-reference.outcomes.csv": (IN_ERROR, "row 2, event: No event is known as “E999”."),
    "unknown-names.events.csv": (IN_ERROR, "row 2, hosts: No country or agency is known as “Atlantis”.", "“Knights”"),
    "unknown-kind.events.csv": (IN_ERROR, "row 2, kind: “work shop” is none of", "Nearest: workshop."),
    "long-title.events.csv": (IN_ERROR, "row 2, title: Ensure this value has at most 300 characters (it has 301)."),
    "words-for-degrees.csv": (IN_ERROR, "row 2, latitude: “south” is not a number of degrees"),
    "degrees-beyond.csv": (IN_ERROR, "row 2, latitude: Ensure this value is less than or equal to 90."),
    # What is no table.
    "picture.csv": (UNREADABLE, "This is a picture (PNG)", NO_TABLE),
    "photograph.xlsx": (UNREADABLE, "This is a picture (JPEG)", NO_TABLE),
    "document.csv": (UNREADABLE, "This is a PDF document", NO_TABLE),
    "page.xls": (UNREADABLE, "This is a web page (HTML)", NO_TABLE),
    "flat.fods": (UNREADABLE, "This is an XML file", NO_TABLE),
    "letter.docx": (UNREADABLE, "This is a text document (DOCX)", NO_TABLE),
    "letter.odt": (UNREADABLE, "This is a document of an office program, but no spreadsheet."),
    "binary.xlsb": (UNREADABLE, "This is a binary workbook (XLSB)", NO_TABLE),
    "old.xls": (UNREADABLE, "This is a file of an old kind (XLS or DOC, before 2007)."),
    "packed.csv.gz": (UNREADABLE, "This is a packed file (gzip)", NO_TABLE),
    "packed.zip": (UNREADABLE, "This is a packed file (ZIP), not a workbook. Unpack it first."),
    "package.zip": (UNREADABLE, "a package of a whole record, which import_all brings in"),
    # Workbooks that are not let in.
    "macros.xlsm": (UNREADABLE, "This workbook holds macros, which are not let in"),
    "macros.ods": (UNREADABLE, "This workbook holds macros, which are not let in"),
    "password.xlsx": (UNREADABLE, PROTECTED),
    "password.ods": (UNREADABLE, PROTECTED),
    "encrypted.zip.xlsx": (UNREADABLE, PROTECTED),
    "laughs.xlsx": (UNREADABLE, "The workbook declares a document type of its own"),
    "elsewhere.xlsx": (UNREADABLE, "The workbook declares a document type of its own"),
    # Workbooks that are damaged.
    "cut.xlsx": (UNREADABLE, DAMAGED_FILE),
    "names-differ.xlsx": (UNREADABLE, DAMAGED_BOOK),
    "broken-sheet.xlsx": (UNREADABLE, DAMAGED_BOOK),
    "no-sheet.xlsx": (UNREADABLE, DAMAGED_BOOK),
    "no-such-text.xlsx": (UNREADABLE, DAMAGED_BOOK),
    "no-such-style.xlsx": (UNREADABLE, DAMAGED_BOOK),
    "no-such-cell.xlsx": (UNREADABLE, DAMAGED_BOOK),
    "no-number.xlsx": (UNREADABLE, DAMAGED_BOOK),
    "wrong-repetition.ods": (UNREADABLE, DAMAGED_BOOK),
    "broken.ods": (UNREADABLE, DAMAGED_BOOK),
    # Sheets and their cells.
    "hidden-sheet.xlsx": (UNREADABLE, "The file is empty"),
    "two-sheets.xlsx": (UNREADABLE, "The workbook has the sheets “Asia”, “Europe”: call the one to be read “places”."),
    "linked.xlsx": (IN_ERROR, LINKED),
    "linked.ods": (IN_ERROR, LINKED),
    "formula-without-result.xlsx": (IN_ERROR, "row 2, city: This cell holds a formula without its result."),
    "formula-in-error.xlsx": (IN_ERROR, "row 2, city: This cell holds the error #DIV/0!."),
    "formula-in-error.ods": (IN_ERROR, "row 2, city: This cell holds the error #REF!."),
    "merged.xlsx": (IN_ERROR, "row 2: The cells A2:A3 are merged: part them, and fill in each."),
    "merged.ods": (IN_ERROR, "row 2: The cells A2:A3 are merged: part them, and fill in each."),
    "merged-heading.xlsx": (UNREADABLE, "The cells A1:B1 of the heading are merged: part them."),
    "far-away.xlsx": (IN_ERROR, "row 1048576: There is something in column XFD, which has no heading."),
    "endless.ods": (UNREADABLE, "Row 2 stands 1,048,575 times in a row"),
    "half-dates.events.xlsx": (
        IN_ERROR,
        f"row 2, when: The spreadsheet program took what was typed here for the date 2026-09-02, but {NOT_WHOLE}",
        f"row 3, when: The spreadsheet program took what was typed here for the date 2002-09-17, but {NOT_WHOLE}",
        f"row 4, when: The spreadsheet program took what was typed here for the date 2002-09-17, but {NOT_WHOLE}",
        "row 5, when: This cell holds a time of the day",
        "row 6, when: “37516” can't be taken as a date",
        "row 7, when: This cell holds a date that no calendar has",
        "row 8, when: “2002-09-17 12:00” can't be taken as a date: times are not kept",
    ),
    # JSON.
    "open-list.json": (UNREADABLE, "Line 2 is not sound JSON"),
    "no-end.json": (UNREADABLE, "Line 1 is not sound JSON: its list has no end."),
    "bare-word.json": (UNREADABLE, "Line 1 is not sound JSON"),
    "two-lists.json": (UNREADABLE, "Line 1 is not sound JSON: something stands after its end."),
    "list-in-a-cell.json": (UNREADABLE, "that of “city” is a list. Join several values with semicolons."),
    "object-in-a-cell.json": (UNREADABLE, "that of “city” is an object."),
    "numbers.json": (UNREADABLE, "The file must be a list of objects, and “1” is none."),
    "of-another-type.json": (UNREADABLE, "The file says that it holds “events”, not places."),
    "key-twice.json": (UNREADABLE, "A row has the column “city” twice."),
    "no-number.json": (UNREADABLE, "not NaN"),
    "number-beyond.json": (UNREADABLE, "The number 1e999 is far too large"),
}  # fmt: skip


@pytest.fixture
def answer(record, capsys):
    """Brings a file in by the command; returns its exit code and what it said. Nothing may have been written."""

    def bring(path):
        before = written()
        code = GOOD
        try:
            call_command("import_records", str(path), "--type", type_of(path))
        except SystemExit as end:
            code = end.code
        assert written() == before
        said = capsys.readouterr()
        return code, said.err + said.out

    return bring


def written():
    """All that the database has, but for names that were asked for and nothing knew."""
    return {model: rows for model, rows in snapshots.taken().items() if model is not UnknownName}


def type_of(path):
    """The type that a file's name says before its ending; places where it says none."""
    return next((suffix[1:] for suffix in path.suffixes[:-1] if suffix in (".events", ".outcomes")), "places")


def test_every_file_has_its_answer():
    files = {path.name for path in FOLDER.iterdir() if path.suffix != ".py" and path.is_file()}
    assert files == set(ANSWERS)
    assert len(files) >= 40


def test_the_files_are_what_they_were_made_as():
    made = make.TEXTS | make.WORKBOOKS | make.OBJECTS
    assert {name: (FOLDER / name).read_bytes() for name in ANSWERS} == made


@pytest.mark.django_db
@pytest.mark.parametrize("name", ANSWERS)
def test_it_is_answered_in_words_and_writes_nothing(answer, name):
    expected, *words = ANSWERS[name]
    code, said = answer(FOLDER / name)
    assert code == expected
    for each in words:
        assert each in said
    assert "Traceback" not in said


# --- Large ones, made here --------------------------------------------------------------------------------------------


def workbook_of(path, sheet, **more):
    """Write a workbook of one sheet, given as pieces of XML, without holding it."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        frame = ZipFile(io.BytesIO(make.xlsx({"Sheet1": ""}, **more)))
        for name in frame.namelist():
            if "sheet1" not in name:
                archive.writestr(name, frame.read(name))
        with archive.open("xl/worksheets/sheet1.xml", "w") as file:
            for piece in sheet:
                file.write(piece.encode())


def many_columns(path):
    path.write_text(",".join(f"column {n}" for n in range(100_000)) + "\n")


def many_columns_of_a_workbook(path):
    path.write_bytes(make.xlsx({"Sheet1": make.sheet(make.row(*(f"column {n}" for n in range(100_000))))}))


def many_keys(path):
    path.write_text("[{" + ", ".join(f'"column {n}": 1' for n in range(100_000)) + "}]")


def many_cells_in_a_row(path):
    path.write_text("city,country\nBali,ID\n" + "x," * 100_000 + "\n")


def a_long_cell(path):
    path.write_text(f"city,country\n{'x' * 10_000_000},ID\n")


def a_cell_without_end(path):
    path.write_text('city,country\n"' + "x" * 20_000_000)


def a_long_cell_of_a_workbook(path):
    path.write_bytes(make.one_sheet(make.row("x" * 9_000_000, "ID")))


def a_long_cell_of_json(path):
    path.write_text(f'[{{"city": "{"x" * 10_000_000}", "country": "ID"}}]')


def a_deep_nest(path):
    path.write_text("[" * 1_000_000)


def a_long_heading(path):
    path.write_text(f"city,country,{'x' * 1_000_000}\nBali,ID,1\n")


def a_bomb(path):
    workbook_of(path, [make.sheet(), *([" " * 1_000_000] * 100)])


def a_long_directory(path):
    with ZipFile(path, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"a-file-with-a-long-name-so-that-it-takes-room-{number}", b"")


def a_huge_dimension(path):
    sheet = make.sheet(make.row("city", "country"), make.row("Bali", "ID"))
    path.write_bytes(make.xlsx({"Sheet1": sheet.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')}))


LARGE = {
    many_columns: (UNREADABLE, "The heading has 100,000 columns, and 200 are the most."),
    many_columns_of_a_workbook: (UNREADABLE, "The heading has 100,000 columns, and 200 are the most."),
    many_keys: (UNREADABLE, "The heading has 100,000 columns, and 200 are the most."),
    many_cells_in_a_row: (IN_ERROR, "row 3: This row has 100,001 cells, the heading 2."),
    a_long_cell: (IN_ERROR, "row 2, city: This cell has more than 100,000 characters, which are the most."),
    a_cell_without_end: (UNREADABLE, "a cell has more than 16,777,216 characters; perhaps a quotation mark is missing"),
    a_long_cell_of_a_workbook: (IN_ERROR, "row 2, city: This cell has more than 100,000 characters"),
    a_long_cell_of_json: (IN_ERROR, "row 2, city: This cell has more than 100,000 characters"),
    a_deep_nest: (UNREADABLE, "something is nested far too deep"),
    a_long_heading: (IN_ERROR, "xxx…” is no column of places."),
    a_bomb: (UNREADABLE, "times its size, and 200 times are the most: it looks like an attack."),
    a_long_directory: (UNREADABLE, "This file packs far too many files: it is neither a workbook nor a document."),
    a_huge_dimension: (GOOD, "1 rows: 0 new, 0 changed, 1 the same."),
}


@pytest.mark.django_db
@pytest.mark.parametrize("write", LARGE, ids=lambda write: write.__name__)
def test_what_is_too_large_is_answered_in_words_and_writes_nothing(answer, write, tmp_path):
    expected, words = LARGE[write]
    write(tmp_path / "file")
    code, said = answer(tmp_path / "file")
    assert code == expected
    assert words in said
    assert len(said) < 10_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ROWS", 1, "The file has more than 1 rows, which are the most at once: split it."),
        ("COLUMNS", 1, "The heading has 2 columns, and 1 are the most."),
        ("UNPACKED_BYTES", 1000, "and 1000\xa0bytes are the most: split it."),
    ],
)
def test_the_settings_say_what_is_too_large(answer, settings, tmp_path, name, value, words):
    setattr(settings, f"IMPORT_MAX_{name}", value)
    contents = [make.one_sheet(make.row("Bali", "ID"), make.row("Seoul", "KR"))]
    if name != "UNPACKED_BYTES":
        contents.append(b"city,country\nBali,ID\nSeoul,KR\n")
        contents.append(b'[{"city": "Bali", "country": "ID"}, {"city": "Seoul", "country": "KR"}]')
    for content in contents:
        (tmp_path / "file").write_bytes(content)
        code, said = answer(tmp_path / "file")
        assert code == UNREADABLE
        assert words in said


@pytest.mark.django_db
def test_a_text_that_many_cells_share_does_not_fill_the_disk(answer, settings, tmp_path):
    settings.IMPORT_MAX_UNPACKED_BYTES = 1_000_000
    row = make.row('<c t="s"><v>0</v></c>', "ID")
    content = make.xlsx(
        {"Sheet1": make.sheet(make.row("city", "country"), *[row] * 200)},
        more={"xl/sharedStrings.xml": f"<sst><si><t>{'x' * 90_000}</t></si></sst>"},
    )
    (tmp_path / "file").write_bytes(content)
    code, said = answer(tmp_path / "file")
    assert code == UNREADABLE
    assert "The sheet holds more than 976.6\xa0KB of text: split it." in said
