"""JSON: rows as objects, in and out."""

import io
import json

import pytest

from exchange import registry
from exchange.files import JsonTable, json_lines, table_of
from exchange.files.json import Scanner
from exchange.plans import plan
from exchange.problems import UnreadableFile

from .record import bring_in, row_of

ROWS = [{"city": "Bali", "country": "ID"}, {"city": "Suva", "country": "AU", "latitude": "-18.1", "longitude": "178.4"}]


@pytest.fixture
def table(tmp_path):
    """Makes the table of a file's content."""

    def read(content, type="places"):
        path = tmp_path / "file"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return table_of(path, registry.resource_of(type))

    return read


def export(type):
    resource = registry.resource_of(type)()
    return "".join(json_lines(resource, resource.records()))


# --- In ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, indent=2),
        json.dumps({"type": "places", "rows": ROWS}),
        json.dumps({"rows": ROWS, "type": "Places", "made": {"by": ["somebody"]}}),
        "\n".join(map(json.dumps, ROWS)),
        "\ufeff" + json.dumps(ROWS),
        json.dumps(ROWS).encode("utf-16"),
    ],
)
def test_a_list_an_object_with_rows_and_an_object_a_line_are_read(table, content):
    read = table(content)
    assert isinstance(read, JsonTable)
    assert read.heading == ["city", "country", "latitude", "longitude"]
    assert list(read.rows()) == list(read.rows()) == [(2, ROWS[0]), (3, ROWS[1])]


@pytest.mark.django_db
def test_a_column_that_an_object_lacks_leaves_what_is_there_and_null_empties_it(record, table):
    content = [
        {"city": "Bali", "country": "ID"},
        {"city": "Bali", "country": "AU", "latitude": None, "longitude": None},
    ]
    planned = plan("places", table(json.dumps(content[:1])))
    assert planned.same == 1
    content[1]["country"] = "ID"
    planned = plan("places", table(json.dumps(content[1:])))
    assert planned.changed == 1


def test_keys_match_without_regard_to_case_spacing_and_underscores(table):
    assert table('[{"Co-Chairs": "x", "NUMBER IN SERIES": 1}]', "events").heading == ["co_chairs", "number_in_series"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("2004", "2004"),
        ("2004.0", "2004"),
        ("-8.410", "-8.41"),
        ("1e-5", "0.00001"),
        ("true", "yes"),
        ("false", "no"),
        ("null", ""),
    ],
)
def test_numbers_and_truths_are_read_as_people_write_them(table, value, cell):
    ((_number, cells),) = table(f'[{{"city": "x", "latitude": {value}}}]').rows()
    assert cells["latitude"] == cell


def test_objects_without_anything_in_them_are_blank_rows(table):
    assert [number for number, _cells in table('[{"city": "Bali"}, {}, {"city": " "}, {"city": "Suva"}]').rows()] == [
        2,
        5,
    ]


def test_an_apostrophe_stays_and_texts_are_tidied(table):
    read = table(r"""[{"city": " '=Suva\r\n "}]""")
    (pair,) = read.rows()
    assert read.line(*pair).cells == {"city": "'=Suva"}


@pytest.mark.parametrize("block", [1, 2, 3, 7, 64])
def test_it_is_the_same_in_whatever_blocks_it_is_read(monkeypatch, block):
    monkeypatch.setattr("exchange.files.json.BLOCK", block)
    content = json.dumps(
        {"type": "places", "version": 12345, "rows": [{"city": "กรุงเทพ", "latitude": 12.5}] * 3}, indent=1
    )
    assert list(Scanner(io.StringIO(content)).rows()) == [{"city": "กรุงเทพ", "latitude": "12.5"}] * 3


def test_the_line_of_a_fault_is_said_wherever_it_stands(monkeypatch):
    monkeypatch.setattr("exchange.files.json.BLOCK", 10)
    content = '[\n{"city": "Bali"},\n\n{"city":\n oops}]'
    with pytest.raises(UnreadableFile, match="Line 5 is not sound JSON"):
        list(Scanner(io.StringIO(content)).rows())


@pytest.mark.parametrize("content", ['{"city" "Bali"}', "{1: 2}", '{"city": "Bali", "city": "Suva"}', "[{}"])
def test_objects_that_are_none_are_refused(table, content):
    with pytest.raises(UnreadableFile):
        table(content)


# --- Out --------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_files_say_their_type_and_hold_an_object_a_line(record):
    text = export("places")
    said = json.loads(text)
    assert list(said) == ["type", "rows"]
    assert said["type"] == "places"
    assert said["rows"][0] == {"city": "Bali", "country": "ID", "latitude": -8.41, "longitude": 115.19}
    assert said["rows"][1] == {"city": "Perth", "country": "AU", "latitude": None, "longitude": None}
    assert text.count("\n") == 5


@pytest.mark.django_db
def test_an_empty_record_gives_an_empty_list():
    assert json.loads(export("themes")) == {"type": "themes", "rows": []}


@pytest.mark.django_db
def test_long_files_go_out_in_pieces_and_are_read_again(table):
    bring_in("themes", [{"name": f"Theme {number}"} for number in range(600)])
    resource = registry.resource_of("themes")()
    pieces = list(json_lines(resource, resource.records()))
    assert len(pieces) == 2
    assert plan("themes", table("".join(pieces), "themes")).same == 600


@pytest.mark.django_db
def test_texts_go_out_as_they_are_whatever_they_look_like(record, table):
    bring_in("events", [row_of("events", "E2") | {"title": "'=1+1"}])
    assert '"title": "\'=1+1"' in export("events")
    assert plan("events", table(export("events"), "events")).same == 2
