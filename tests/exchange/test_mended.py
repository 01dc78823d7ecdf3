"""Copies of files to be mended: what is wrong stands in a column of its own, and is not read again."""

import csv
import io
import json

import pytest
from openpyxl import Workbook, load_workbook

from exchange import registry
from exchange.files import table_of, tables_of
from exchange.files.mended import copy_to_mend
from exchange.parts import Part
from exchange.plans import plan
from exchange.problems import Unwritable
from exchange.tables import PROBLEMS

from .record import bring_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def copied(tmp_path):
    """Copies a file, given as bytes, of a type: the format, and the path of the copy."""

    def run(content, type="events", **options):
        path = tmp_path / "file"
        path.write_bytes(content)
        format, file = copy_to_mend([Part(type, table_of(path, registry.resource_of(type)))], **options)
        with file:
            (tmp_path / "copy").write_bytes(file.read())
        return format, tmp_path / "copy"

    return run


def table(path, type="events"):
    return table_of(path, registry.resource_of(type))


def sheet_of(rows):
    book, buffer = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def test_a_csv_file_comes_back_as_it_was_with_what_is_wrong_in_each_row(record, copied):
    content = "List;;;\r\nREFERENCE;Title;KIND;note\r\nX1;A;workshop;'=1\r\n\r\nX2;; meeting ;+61\r\nToo;short\r\n"
    format, path = copied(content.encode())
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";"))
    assert format == "csv"
    assert rows == [
        ["", "List", "", "", ""],
        ["problems", "REFERENCE", "Title", "KIND", "note"],
        ["", "X1", "A", "workshop", "'=1"],
        [],
        ["title: The title must be given.", "X2", "", " meeting ", "+61"],
        [
            "This row has 2 cells, the heading 4. Is a quotation mark missing, or is there another separator?",
            "Too",
            "short",
        ],
    ]


WRONG = {"title": "Returns", "kind": "workshop", "hosts": "Nobody", "when": "2004", "city": "", "country": ""}


@pytest.mark.parametrize(
    ("format", "content"),
    [
        ("csv", b"title,kind,hosts,when,city,country\r\nReturns,workshop,Nobody,2004,,\r\n"),
        ("json", json.dumps([WRONG]).encode()),
        ("xlsx", sheet_of([list(WRONG), list(WRONG.values())])),
    ],
)
def test_what_the_copy_says_is_not_read_when_it_is_sent_again(record, copied, format, content):
    made, path = copied(content)
    ((_number, cells),) = table(path).rows()
    said = cells[PROBLEMS] if format == "json" else cells[0]
    assert (made, said) == (format, "hosts: No country or agency is known as “Nobody”.")
    assert [problem.column for problem in plan("events", table(path)).errors] == ["hosts"]
    bring_in("agencies", [{"slug": "nobody", "name": "Nobody", "kind": "other"}])
    assert plan("events", table(path)).new == 1


def test_a_copy_of_a_copy_says_what_is_wrong_now(record, copied):
    _format, path = copied(b"reference,title,kind\r\nX1,,workshop\r\nX2,A,nothing\r\n")
    text = path.read_text("utf-8-sig").replace("X1,,workshop", "X1,Named,workshop")
    _format, path = copied(text.encode())
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [row[0] for row in rows][:2] == ["problems", ""]
    assert rows[0] == ["problems", "reference", "title", "kind"]
    assert rows[2][0].startswith("kind: ")


def test_a_row_with_nothing_but_what_was_wrong_is_blank(record, copied):
    _format, path = copied(b"Problems,title,kind\r\nWas wrong,,\r\n")
    assert plan("events", table(path)).rows == 0


def test_what_is_wrong_with_the_heading_stands_in_the_first_row(record, copied):
    _format, path = copied(b"titel,kind\r\nA,workshop\r\nB,workshop\r\n")
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert rows[1][0].startswith("row 1, titel: “titel” is no column of events. Nearest: title.")
    assert rows[2] == ["", "B", "workshop"]


def test_what_is_to_be_decided_is_said_too(record, copied):
    content = b"reference,title,kind,when,city,country,hosts\r\n"
    content += b",Passports workshop,workshop,2003,Seoul,KR,\r\n" + b",Other,workshop,2009,,,\r\n" * 2
    content += b",Other,workshop,2009,,,IOM\r\n"
    _format, path = copied(content)
    said = [row[0] for row in csv.reader(io.StringIO(path.read_text("utf-8-sig")))]
    assert said[1].startswith("reference: This is probably there already, as E2 “Workshop on passports”.")
    assert said[2:4] == ["", "Left out, as it says just what row 3 says."]
    assert said[4].startswith("reference: Row 3 is the same but for what else it says.")


def test_a_json_file_keeps_which_cells_it_has(record, copied):
    _format, path = copied(
        b'[{"reference": "E2", "title": "Named", "kind": "workshop"}, {}, {"reference": "X1", "title": 7}]'
    )
    assert json.loads(path.read_text())["rows"] == [
        {"problems": "", "reference": "E2", "title": "Named", "kind": "workshop"},
        {},
        {"problems": "kind: The kind must be given.", "reference": "X1", "title": "7"},
    ]


def test_a_workbook_comes_back_with_its_sheets_each_cell_as_text(record, tmp_path):
    book = Workbook()
    book.active.title = "Events"
    for row in (["What we did"], ["reference", "title", "kind"], ["E50", "A", "workshop"], [], ["E51", "", "meeting"]):
        book.active.append(row)
    themes = book.create_sheet("themes")
    themes.append(["name"])
    themes.append(["Visas"])
    book.save(tmp_path / "book.xlsx")
    tables = tables_of(tmp_path / "book.xlsx", [registry.resource_of(type) for type in registry.types()])
    format, file = copy_to_mend([Part(type, table) for type, table in tables.items()])
    with file:
        copy = load_workbook(file)
    assert (format, copy.sheetnames) == ("xlsx", ["themes", "events"])
    assert list(copy["events"].values) == [
        (None, "What we did", None, None),
        ("problems", "reference", "title", "kind"),
        (None, "E50", "A", "workshop"),
        (None, None, None, None),
        ("title: The title must be given.", "E51", None, "meeting"),
    ]


def test_a_sheet_that_was_not_come_to_says_so(record, tmp_path):
    book = Workbook()
    sheets = {"themes": [["slug", "name"], ["visas", ""]], "events": [["reference", "title"], ["E1", "A"], ["E2", "B"]]}
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(tmp_path / "book.xlsx")
    tables = tables_of(tmp_path / "book.xlsx", [registry.resource_of(type) for type in registry.types()])
    _format, file = copy_to_mend([Part(type, table) for type, table in tables.items()])
    with file:
        copy = load_workbook(file)
    told = [row[0] for row in copy["events"].values]
    assert told[0] == "problems"
    assert told[1].startswith("Not come to yet")
    assert told[2] is None


def test_a_cell_that_no_workbook_holds_goes_out_as_csv_unless_a_workbook_was_asked_for(record, copied):
    content = b"title,kind,note\r\nA,workshop," + b"x" * 40_000 + b"\r\n"
    with pytest.raises(Unwritable, match="take CSV"):
        copied(content, format="xlsx")
    assert copied(content)[0] == "csv"


def test_a_formula_is_made_harmless_and_means_the_same_again(record, copied):
    _format, path = copied(b"title,kind\r\n=HYPERLINK(A1),nothing\r\n")
    assert "'=HYPERLINK(A1)" in path.read_text("utf-8-sig")
    (line,) = (table(path).line(number, cells) for number, cells in table(path).rows())
    assert line.cells["title"] == "=HYPERLINK(A1)"


def test_no_type_has_a_column_of_that_name():
    assert not any(PROBLEMS in registry.resource_of(type).declared for type in registry.types())
