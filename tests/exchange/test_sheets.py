"""Workbooks, XLSX and ODS: what their sheets show is read as rows."""

import io
from datetime import date, datetime

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import MAC_EPOCH

from exchange import registry
from exchange.files import table_of, tables_of
from exchange.files.shown import number_text, parts_of_builtin, parts_of_format, with_escapes, without_escapes
from exchange.files.xlsx import column_name, position_of
from exchange.plans import plan
from exchange.problems import UnreadableFile
from records.folding import tidy

from .nasty import make
from .record import planned_lines
from .strategies import MARKS, SCRIPTS

HEADING = ["city", "country"]


@pytest.fixture
def table(tmp_path):
    """Makes the table of a workbook's bytes."""

    def read(content, type="places"):
        (tmp_path / "book").write_bytes(content)
        return table_of(tmp_path / "book", registry.resource_of(type))

    return read


@pytest.fixture
def tables(tmp_path):
    """Makes the tables of a workbook's bytes, one a type."""

    def read(content):
        (tmp_path / "book").write_bytes(content)
        return tables_of(tmp_path / "book", [registry.resource_of(type) for type in registry.types()])

    return read


def rows(table):
    return [(number, list(cells)) for number, cells in table.rows()]


def book(sheets):
    """The bytes of an XLSX workbook that openpyxl writes of {name: rows}."""
    book = Workbook()
    book.remove(book.active)
    for name, content in sheets.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    return saved(book)


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# --- Headings ---------------------------------------------------------------------------------------------------------


def test_a_heading_may_stand_below_a_title_and_rows_keep_the_numbers_that_the_program_shows(table):
    read = table(book({"Sheet": [["Our places"], [], ["as of May"], ["City", "COUNTRY "], ["Bali", "ID"]]}))
    assert (read.heading_row, read.heading, rows(read)) == (4, HEADING, [(5, ["Bali", "ID"])])


@pytest.mark.django_db
def test_faults_of_a_heading_that_is_not_the_first_row_name_its_row(record, table):
    planned = plan(
        "places", table(book({"Sheet": [["Our places"], ["City", "Country", "Townn"], ["Bali", "ID", "x"]]}))
    )
    assert [(problem.row, problem.column) for problem in planned.errors] == [(2, "Townn")]


def test_empty_rows_and_empty_columns_at_the_end_are_left_out(table):
    read = table(book({"Sheet": [[*HEADING, None, " "], ["Bali", "ID", None, " "], [None, " "], [], ["Suva", "FJ"]]}))
    assert (read.heading, rows(read)) == (HEADING, [(2, ["Bali", "ID"]), (5, ["Suva", "FJ"])])


def test_short_rows_are_filled_up(table):
    assert rows(table(book({"Sheet": [HEADING, ["Bali"]]}))) == [(2, ["Bali", ""])]


# --- Cells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2004, "2004"), (2004.0, "2004"), (-8.41, "-8.41"), (1e-7, "0.0000001"),
        (1e20, "100000000000000000000"), (True, "yes"), (False, "no"), ("=", "="), ("a\nb", "a\nb"), ("  x ", "  x "),
        (date(2002, 9, 26), "2002-09-26"), (datetime(2002, 9, 26), "2002-09-26"),  # noqa: DTZ001
        (datetime(2002, 9, 26, 10, 30), "2002-09-26 10:30"), ("_x0041_", "_x0041_"), ("กรุงเทพ", "กรุงเทพ"),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_a_cell_is_read_as_the_text_that_it_shows(table, value, text):
    content = Workbook()
    content.active.append(HEADING)
    content.active.append([with_escapes(value) if isinstance(value, str) else value, "ID"])
    content.active["A2"].data_type = "s" if isinstance(value, str) else content.active["A2"].data_type
    assert rows(table(saved(content))) == [(2, [text, "ID"])]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("yyyy-mm-dd", "2002-09-01"), ("d mmmm yyyy", "2002-09-01"), ("[$-809]dddd d mmm yy;@", "2002-09-01"),
        ("mmm-yy", "2002-09"), ("mmmm yyyy", "2002-09"), ("mm/yyyy", "2002-09"), ("dddd, mmmm yyyy", "2002-09"),
        ('"d"mmm\\-yy', "2002-09"),
    ],
)  # fmt: skip
def test_a_date_is_as_exact_as_it_is_shown(table, code, text):
    content = Workbook()
    content.active.append(HEADING)
    content.active.append([date(2002, 9, 1), "ID"])
    content.active["A2"].number_format = code
    assert rows(table(saved(content))) == [(2, [text, "ID"])]


@pytest.mark.parametrize("code", ["0.00", "#,##0", '"$"#,##0.00', "[Red]0", "@", "General", "0%", '0 "days"'])
def test_other_formats_are_no_dates(code):
    assert parts_of_format(code) is None


@pytest.mark.parametrize("code", ["h:mm", "hh:mm:ss", "h:mm AM/PM", "[h]:mm", "mm:ss"])
def test_formats_of_times_are_not_taken_for_months(code):
    assert parts_of_format(code) == ""


def test_formats_that_every_program_knows_by_number_are_told_apart():
    assert [parts_of_builtin(number) for number in (0, 14, 15, 16, 17, 20, 22, 49)] == [
        None, "dmy", "dmy", "dm", "my", "", "dmy", None,
    ]  # fmt: skip
    assert parts_of_builtin(31) == "?"  # a whole date in Japan, something else elsewhere


def test_a_year_alone_may_be_a_date_of_its_first_day(table):
    row = make.row("A talk", "other", '<c s="4"><v>37257</v></c>')
    content = make.xlsx({"Sheet1": make.sheet(make.row("title", "kind", "when"), row)})
    assert rows(table(content, "events")) == [(2, ["A talk", "other", "2002"])]


def test_numbers_lose_the_digits_that_programs_add(table):
    assert rows(table(make.one_sheet(make.row("<c><v>-8.4100000000000001</v></c>", "<c><v>2.004E3</v></c>")))) == [
        (2, ["-8.41", "2004"])
    ]


def test_days_count_from_1904_where_the_workbook_says_so(table):
    content = Workbook()
    content.epoch = MAC_EPOCH
    content.active.append(HEADING)
    content.active.append([date(2002, 9, 17), "ID"])
    assert rows(table(saved(content))) == [(2, ["2002-09-17", "ID"])]


def test_the_result_of_a_formula_is_read_and_what_is_linked_elsewhere_is_not(table):
    row = make.row(
        '<c t="str"><f>UPPER("bali")</f><v>BALI</v></c>', '<c t="str"><f>Table1[[#This Row],[x]]</f><v>ID</v></c>'
    )
    assert rows(table(make.one_sheet(row))) == [(2, ["BALI", "ID"])]


def test_shared_texts_are_read_without_how_they_are_pronounced(table):
    rich = "<si><r><t>J</t></r><r><t>P</t></r></si>"
    texts = f'<sst><si><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></si>{rich}</sst>'
    row = make.row('<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>')
    content = make.xlsx({"Sheet1": make.sheet(make.row(*HEADING), row)}, more={"xl/sharedStrings.xml": texts})
    assert rows(table(content)) == [(2, ["東京", "JP"])]


def test_elements_may_have_prefixes(table):
    sheet = make.sheet(make.row(*HEADING), make.row("Bali", "ID")).replace("</", "</x:").replace("<", "<x:")
    sheet = sheet.replace("<x:/x:", "</x:").replace("xmlns=", "xmlns:x=")
    assert rows(table(make.xlsx({"Sheet1": sheet}))) == [(2, ["Bali", "ID"])]


@pytest.mark.django_db
def test_a_hidden_row_counts_and_the_plan_says_so(record, table):
    content = Workbook()
    for row in (HEADING, ["Bali", "ID"], ["Suva", "AU"]):
        content.active.append(row)
    content.active.row_dimensions[3].hidden = True
    lines = planned_lines("places", table(saved(content)))
    assert [(line.number, line.status, line.notes) for line in lines] == [
        (2, "same", []),
        (3, "new", ["Row 3 is hidden in the sheet, and counts all the same."]),
    ]


def test_merged_cells_above_the_heading_do_no_harm(table):
    content = Workbook()
    for row in (["Places of the record"], HEADING, ["Bali", "ID"]):
        content.active.append(row)
    content.active.merge_cells("A1:B1")
    read = table(saved(content))
    assert (read.heading_row, rows(read), read.line(3, next(read.rows())[1]).problems) == (2, [(3, ["Bali", "ID"])], [])


def test_an_apostrophe_that_guards_a_formula_is_taken_off(table):
    read = table(book({"Sheet": [HEADING, ["'=Suva", "FJ"]]}))
    (pair,) = read.rows()
    assert read.line(*pair).cells == {"city": "=Suva", "country": "FJ"}


def test_a_table_can_be_read_again_and_leaves_nothing_behind(table):
    read = table(book({"Sheet": [HEADING, ["Bali", "ID"]]}))
    assert rows(read) == rows(read) == [(2, ["Bali", "ID"])]
    path = read.path
    assert path.exists()
    del read
    assert not path.exists()


# --- Sheets -----------------------------------------------------------------------------------------------------------


def test_the_sheet_of_the_types_name_is_read_and_no_other(table):
    content = book({"Other": [["x"]], "Places ": [HEADING, ["Bali", "ID"]], "Third": [["y"]]})
    assert rows(table(content)) == [(2, ["Bali", "ID"])]


@pytest.mark.parametrize("name", ["Help", "Notes 2026", "Read me", "Instructions", "Examples", "Lists"])
def test_sheets_that_explain_and_empty_ones_are_left_out(table, name):
    assert rows(table(book({name: [["city"]], "Empty": [], "Data": [HEADING, ["Bali", "ID"]]}))) == [
        (2, ["Bali", "ID"])
    ]


def test_a_workbook_with_a_sheet_a_type_is_read_in_the_order_of_loading(tables):
    content = book(
        {
            "Event Links": [["From", "To", "Kind"]],
            "notes": [["x"]],
            "Empty": [],
            "EVENTS": [["Title", "Kind"]],
            "places": [HEADING],
        }
    )
    assert {type: read.heading for type, read in tables(content).items()} == {
        "places": HEADING, "events": ["title", "kind"], "event_links": ["from", "to", "kind"],
    }  # fmt: skip
    assert list(tables(content)) == ["places", "events", "event_links"]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["evnts"], "The sheet “evnts” is called like no type of record. Nearest: events."),
        (["Places", "places "], "Two sheets of the workbook are called “places”."),
        (["Help"], "The file is empty"),
    ],
)
def test_sheets_of_no_type_or_of_the_same_are_refused(tables, names, words):
    with pytest.raises(UnreadableFile, match=words):
        tables(book({name: [HEADING] for name in names}))


def test_only_workbooks_have_tables_of_several_types(tables):
    with pytest.raises(UnreadableFile, match="does not say of which type"):
        tables(b"city,country\n")


# --- ODS --------------------------------------------------------------------------------------------------------------

DAY = '<number:date-style style:name="D"><number:day/><number:month/><number:year/></number:date-style>'
MONTH = '<number:date-style style:name="M"><number:month/><number:year/></number:date-style>'
OF_CELLS = '<style:style style:name="{}" style:data-style-name="{}"/>'
STYLES = DAY + MONTH + OF_CELLS.format("d", "D") + OF_CELLS.format("m", "M")


def dated(style, day="2002-09-01"):
    return make.ods_cell("shown", f'office:value-type="date" office:date-value="{day}" table:style-name="{style}"')


def test_a_sheet_of_opendocument_is_read_as_it_shows(table):
    content = make.ods(
        make.ods_row("Our places"),
        make.ods_row(*HEADING, "latitude", "longitude"),
        make.ods_row("", repeated=3),
        make.ods_row(
            'Bali<text:s text:c="2"/>and<text:line-break/>more',
            make.ods_cell("ID</text:p><text:p>x"),
            make.ods_cell("-8,4", 'office:value-type="float" office:value="-8.40"'),
            make.ods_cell("TRUE", 'office:value-type="boolean" office:boolean-value="true"'),
        ),
        make.ods_row("Suva<office:annotation><text:p>a remark</text:p></office:annotation>", "FJ", repeated=2),
    )
    assert rows(table(content)) == [
        (6, ["Bali  and\nmore", "ID\nx", "-8.4", "yes"]),
        (7, ["Suva", "FJ", "", ""]),
        (8, ["Suva", "FJ", "", ""]),
    ]


@pytest.mark.django_db
def test_dates_of_opendocument_are_as_exact_as_they_are_shown(record, table):
    heading = make.ods_row("reference", "title", "kind", "when")
    dates = [dated("d"), dated("m"), dated("m", "2002-09-17"), dated("none")]
    content = make.ods(
        heading, *(make.ods_row(f"E9{n}", "A talk", "other", cell) for n, cell in enumerate(dates)), styles=STYLES
    )
    lines = planned_lines("events", table(content, "events"))
    assert [line.after.get("when") for line in lines if not line.problems] == ["2002-09-01", "2002-09", "2002-09-01"]
    (problem,) = lines[2].problems
    assert (problem.row, problem.column) == (4, "when")
    assert "does not show it whole" in problem.message


def test_a_column_gives_its_cells_their_style(table):
    columns = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="m"/>'
    )
    cell = make.ods_cell("shown", 'office:value-type="date" office:date-value="2002-09-01"')
    content = make.ods(columns, make.ods_row("title", "kind", "when"), make.ods_row("A", "other", cell), styles=STYLES)
    assert rows(table(content, "events")) == [(2, ["A", "other", "2002-09"])]


def test_hidden_sheets_of_opendocument_are_left_out(table):
    hiding = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    more = f'</table:table><table:table table:name="B" table:style-name="h">{make.ods_row("x")}'
    content = make.ods(make.ods_row(*HEADING), make.ods_row("Bali", "ID"), more, styles=hiding)
    assert rows(table(content)) == [(2, ["Bali", "ID"])]


# --- What another reader sees -----------------------------------------------------------------------------------------

pieces = st.sampled_from([*SCRIPTS, *MARKS, "_x0041_", "=1+1", "<&>"]) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=5
)
texts = st.lists(pieces, min_size=1, max_size=4).map("".join).map(lambda text: text.replace("\r", ""))
numbers = st.floats(-1e12, 1e12).map(lambda number: round(number, 6)) | st.integers(-(10**12), 10**12)


@given(st.lists(texts | numbers | st.booleans() | st.dates(date(1950, 1, 1)), min_size=1, max_size=5))
def test_what_is_read_is_what_another_reader_reads(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("books") / "book.xlsx"
    content = Workbook()
    content.active.append([f"column {n}" for n in range(len(values))])
    for position, value in enumerate(values, start=1):
        cell = content.active.cell(2, position)
        cell.value = with_escapes(value) if isinstance(value, str) else value
        cell.data_type = "s" if isinstance(value, str) else cell.data_type
    content.save(path)
    other = python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    ours = [list(map(tidy, cells)) for _number, cells in table_of(path, registry.resource_of("places")).rows()]
    expected = [tidy(as_text(value)) for row in other[1:] for value in row[: len(values)]]  # no row, where all is blank
    assert ours == ([expected] if any(expected) else [])


def as_text(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_text(repr(value))
    return value if isinstance(value, str) else value.isoformat()


@given(st.text())
def test_what_xml_cannot_hold_comes_back_from_how_it_is_written(text):
    assert without_escapes(with_escapes(text)) == text


@given(st.integers(0, 18277))
def test_columns_have_the_names_that_programs_show(position):
    assert position_of(f"{column_name(position)}7") == position


def test_the_first_column_is_a_and_the_last_xfd():
    assert (column_name(0), column_name(25), column_name(26), column_name(16383)) == ("A", "Z", "AA", "XFD")
