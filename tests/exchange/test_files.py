"""Files: CSV as spreadsheets write it, and as it goes out."""

import csv
import io
import os

import pytest

from exchange import registry
from exchange.files import CsvTable, csv_lines, public_columns
from exchange.files.csv import guarded
from exchange.plans import plan
from exchange.problems import UnreadableFile
from exchange.sessions import Session
from exchange.tables import Table, unguarded

from .record import bring_in, export, row_of, rows_of

PLACES = ["city", "country", "latitude", "longitude"]


@pytest.fixture
def table(tmp_path):
    """Makes the table of a file's content."""

    def make(content, type="places"):
        path = tmp_path / "file.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return CsvTable(path, registry.resource_of(type).declared)

    return make


def cells(table):
    return [row for _number, row in table.rows()]


# --- In ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_what_spreadsheets_write_is_read(table, encoding, delimiter, line_end):
    rows = [["city", "country"], ["Hà Nội", "VN"], ["กรุงเทพ", "TH"]]
    read = table(line_end.join(delimiter.join(row) for row in rows).encode(encoding))
    assert (read.heading, cells(read)) == (rows[0], rows[1:])


def test_windows_letters_are_read(table):
    assert cells(table("city,country\r\nNouméa,NC".encode("cp1252"))) == [["Nouméa", "NC"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_headings_and_cells_may_stand_in_quotes(table, delimiter):
    content = delimiter.join(['"city"', '"country"']) + "\r\n" + delimiter.join(['"a,b;c\td ""e""\r\nf"', '"VN"'])
    read = table(content)
    assert (read.heading, cells(read)) == (["city", "country"], [['a,b;c\td "e"\r\nf', "VN"]])


def test_the_separator_is_told_by_the_expected_columns(table):
    assert table("city;country,latitude;longitude\n").heading == ["city", "country,latitude", "longitude"]
    assert table("city\n").heading == ["city"]


def test_headings_are_trimmed(table):
    assert table("\ufeff city , country\n").heading == ["city", "country"]


def test_headings_match_without_regard_to_case_spacing_and_underscores(table):
    content = "Co Chairs,co-hosts,NUMBER_IN_SERIES, Title \n"
    assert table(content, "events").heading == ["co_chairs", "co-hosts", "number_in_series", "title"]


def test_a_heading_may_stand_below_other_rows(table):
    read = table("Our places\n\nAs of May,,\nCity;x,Country\nCity,Country\nBali,ID\n")
    assert (read.heading_row, read.heading) == (5, ["city", "country"])
    assert list(read.rows()) == [(6, ["Bali", "ID"])]
    assert list(read.column("city")) == ["Bali"]


def test_a_heading_is_looked_for_in_the_first_rows_alone(table):
    assert table("x\n" * 19 + "city,country\n").heading_row == 20
    assert table("x\n" * 20 + "city,country\n").heading_row == 1


def test_columns_without_heading_and_cells_at_the_end_are_left_out(table):
    read = table("city,country,,\nBali,ID,,\n")
    assert (read.heading, read.line(2, cells(read)[0]).cells) == (
        ["city", "country"],
        {"city": "Bali", "country": "ID"},
    )


def test_rows_are_numbered_as_a_spreadsheet_counts_and_blank_ones_left_out(table):
    read = table('city,country\n"two\nlines",TH\n\n,\n  , \nBali,ID\n')
    assert [(number, row[1]) for number, row in read.rows()] == [(2, "TH"), (6, "ID")]


def test_a_table_can_be_read_again(table):
    read = table("city,country\nBali,ID\n")
    assert cells(read) == cells(read) == [["Bali", "ID"]]
    assert list(read.column("country")) == ["ID"]
    assert list(read.column("latitude")) == []


@pytest.mark.parametrize("content", ["", "\n", "\ufeff", ",,\n", '""\n', "\n\nBali,ID"])
def test_an_empty_file_is_refused(table, content):
    with pytest.raises(UnreadableFile, match="first row must name the columns"):
        table(content)


@pytest.mark.parametrize("row", ['"Bali,ID', '"Ba"li,ID', 'x,"y"z'])
def test_wrong_quoting_is_refused_with_its_line(table, row):
    with pytest.raises(UnreadableFile, match=r"Line [23] is not sound CSV"):
        cells(table(f"city,country\n{row}\n"))


def test_wrong_quoting_in_the_heading_is_refused(table):
    with pytest.raises(UnreadableFile, match="Line 1 is not sound CSV"):
        table('"city"x,country\nBali,ID\n')


def test_a_cell_can_be_long_but_not_endless(table, monkeypatch):
    assert cells(table(f"city,country\n{'x' * 200_000},ID\n"))[0][1] == "ID"
    old = csv.field_size_limit(100)
    try:
        with pytest.raises(UnreadableFile, match="a cell has more than 100 characters"):
            cells(table(f"city,country\n{'x' * 101},ID\n"))
    finally:
        csv.field_size_limit(old)


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="cannot be read"):
        CsvTable(tmp_path / "nowhere.csv")
    with pytest.raises(UnreadableFile, match="cannot be read"):
        CsvTable(tmp_path)


def test_what_can_be_read_once_only_is_refused():
    reading, writing = os.pipe()
    os.write(writing, b"city,country\n")
    os.close(writing)
    with pytest.raises(UnreadableFile, match=r"cannot be read: [^N]"):
        CsvTable(f"/dev/fd/{reading}")
    os.close(reading)


@pytest.mark.django_db
def test_a_heading_alone_is_a_file_without_rows(record, table):
    planned = plan("places", table("city,country\n"))
    assert (planned.rows, planned.is_good, planned.changes_something) == (0, True, False)


@pytest.mark.django_db
def test_rows_of_another_length_than_the_heading_are_refused(record, table):
    planned = plan("places", table("city,country\nSuva\nBali,ID,x\nSeoul,KR,,\n"))
    assert [(problem.row, problem.column) for problem in planned.errors] == [(2, ""), (3, "")]
    assert "2 cells" not in planned.errors[0].message
    assert "1 cells, the heading 2" in planned.errors[0].message
    assert planned.same == 1


@pytest.mark.django_db
def test_faults_of_the_heading_are_errors_of_row_1(record, table):
    planned = plan("places", table("city,citty,city,,latitude\nBali,,,,\n"))
    assert [(problem.row, problem.column, problem.value) for problem in planned.errors] == [
        (1, "city", "city"), (1, "citty", "citty"), (1, "", ""), (1, "country", ""),
    ]  # fmt: skip
    assert planned.errors[1].suggestions == ["city"]
    assert planned.rows == 1


@pytest.mark.django_db
def test_broken_csv_after_good_rows_is_refused(record, table):
    with pytest.raises(UnreadableFile, match="not sound CSV"):
        plan("places", table('city,country\nBali,ID\n"Seoul,KR\n'))


# --- Formulas ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "'"])
def test_what_looks_like_a_formula_goes_out_behind_an_apostrophe_and_comes_in_without(start):
    cell = f"{start}SUM(A1)"
    assert guarded(cell) == f"'{cell}"
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["", "SUM(A1)", "1-2", "“quoted”", "ก"])
def test_other_cells_go_out_as_they_are(cell):
    assert guarded(cell) == unguarded(cell) == cell


@pytest.mark.django_db
def test_formulas_are_guarded_in_text_columns_but_not_in_columns_of_numbers(record, table):
    bring_in("places", [{"city": "=Suva", "country": "AU", "latitude": "-18.14", "longitude": "178.44"}])
    text = export("places")
    assert "'=Suva,AU,-18.14,178.44\r\n" in text
    assert plan("places", table(text)).same == 4


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["=1+1", "+61", "-8", "@here", "'quoted'", "''", "'=1"])
def test_a_title_like_a_formula_comes_back_as_it_is(record, table, title):
    bring_in("events", [row_of("events", "E2") | {"title": title}])
    planned = plan("events", table(export("events"), "events"))
    assert (planned.same, planned.errors) == (2, [])
    assert f",{guarded(title)}," in f",{export('events')}"


# --- Out --------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_files_go_out_with_a_mark_and_the_line_ends_of_spreadsheets(record):
    text = export("places")
    assert text.startswith("\ufeffcity,country,latitude,longitude\r\n")
    assert text.count("\n") == text.count("\r\n") == 4


@pytest.mark.django_db
def test_files_are_sorted_by_key(record):
    bring_in("events", [{"reference": name, "title": "T", "kind": "other"} for name in ("E10", "e3", "E3", "A-1")])
    assert [row["reference"] for row in rows_of("events")] == ["E1", "E2", "E3", "e3", "A-1", "E10"]
    bring_in(
        "event_links", [{"from": "E10", "to": "E2", "kind": "reviews"}, {"from": "E3", "to": "E10", "kind": "reviews"}]
    )
    assert [(row["from"], row["to"]) for row in rows_of("event_links")] == [("E2", "E1"), ("E3", "E10"), ("E10", "E2")]
    bring_in("places", [{"city": city, "country": "TH"} for city in ("", "seoul", "Ærø", "Zürich")])
    assert [row["city"] for row in rows_of("places")] == ["", "Bali", "Perth", "Seoul", "Zürich", "seoul", "Ærø"]
    bring_in(
        "memberships", [{"body": "Bali Process", "member": name, "joined": ""} for name in ("IOM", "TH", "AFP", "ID")]
    )
    assert [row["member"] for row in rows_of("memberships")] == ["AU", "ID", "TH", "afp", "iom"]


@pytest.mark.django_db
def test_several_values_go_out_sorted_without_regard_to_case(record):
    bring_in("events", [row_of("events", "E2") | {"attendees": "rok; IOM [x]; Australia; Thailand"}])
    assert row_of("events", "E2")["attendees"] == "Australia; IOM [x]; ROK; Thailand"


@pytest.mark.django_db
def test_only_the_columns_that_are_asked_for_go_out(record):
    resource = registry.resource_of("events")()
    columns = public_columns(resource)
    text = "".join(csv_lines(resource, resource.records(), columns=columns))
    heading = next(csv.reader(io.StringIO(text)))
    assert "note" not in text
    assert "publication" not in text
    assert len(heading) == len(columns) == len(resource.columns) - 2


@pytest.mark.django_db
def test_the_public_is_shown_no_agency_and_no_event_that_it_may_not_see(record):
    bring_in("agencies", [{"slug": "afp", "name": "AFP", "kind": "", "parent": "IOM"}])
    bring_in("events", [row_of("events", "E1") | {"hosts": "AFP"}])
    bring_in("outcomes", [{"event": "E1", "kind": "decision", "text": "To meet.", "taken_up_at": "E2"}])
    agencies = registry.resource_of("agencies")(Session(public=True))
    assert [(row["slug"], row["parent"]) for row in agencies.rows(agencies.public_records())] == [("afp", "")]
    outcomes = registry.resource_of("outcomes")(Session(public=True))
    assert [(row["event"], row["taken_up_at"]) for row in outcomes.rows(outcomes.public_records())] == [("E1", "")]
    assert row_of("agencies", "afp")["parent"] == "International Organization for Migration"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("type", "keys"),
    [
        ("countries", ["AU", "ID"]),
        ("bodies", ["aheg-one", "bali-process", "ministers"]),
        ("memberships", ["bali-process / AU / "]),
        ("places", ["Bali / ID"]),
        ("series", []),
        ("themes", ["legislation"]),
        ("events", ["E1"]),
        ("event_links", []),
        ("outcomes", []),
    ],
)
def test_the_public_may_see_what_is_published_and_what_it_names(record, type, keys):
    bring_in("events", [row_of("events", "E1") | {"themes": "Legislation"}])
    resource = registry.resource_of(type)(Session(public=True))
    rows = resource.rows(resource.in_order(resource.public_records()))
    assert [resource.key_of(row) for row in rows] == keys


@pytest.mark.django_db
def test_long_files_go_out_in_pieces(record):
    bring_in("themes", [{"name": f"Theme {number}"} for number in range(600)])
    resource = registry.resource_of("themes")()
    pieces = list(csv_lines(resource, resource.records()))
    assert [piece.count("\r\n") for piece in pieces] == [501, 102]


def test_a_table_that_does_not_say_its_rows_is_none():
    with pytest.raises(NotImplementedError):
        Table().rows()
