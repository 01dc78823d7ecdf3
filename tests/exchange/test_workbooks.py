"""Workbooks that go out."""

import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from exchange import registry
from exchange.files import table_of, workbook_blocks
from exchange.files.workbooks import LONGEST_CELL
from exchange.plans import plan
from exchange.problems import Unwritable

from .record import bring_in, row_of


def exported(type):
    resource = registry.resource_of(type)()
    return b"".join(workbook_blocks(resource, resource.records()))


def sheet_of(type):
    return openpyxl.load_workbook(io.BytesIO(exported(type)))[type]


@pytest.mark.django_db
def test_a_workbook_has_one_sheet_called_as_the_type_with_its_heading_kept_in_sight(record):
    sheet = sheet_of("places")
    assert [cell.value for cell in sheet[1]] == ["city", "country", "latitude", "longitude"]
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[2]] == ["Bali", "ID", -8.41, 115.19]


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["=1+1", "+61", "@here", "'quoted'", "_x0041_", "\ufffe", "2004", "Sep-02"])
def test_a_text_is_a_text_and_no_formula_and_comes_back_as_it_is(record, tmp_path, title):
    bring_in("events", [row_of("events", "E2") | {"title": title}])
    cell = sheet_of("events")["B3"]
    assert (cell.data_type, cell.number_format) == ("s", "@")
    (tmp_path / "book").write_bytes(exported("events"))
    planned = plan("events", table_of(tmp_path / "book", registry.resource_of("events")))
    assert (planned.same, planned.errors) == (2, [])


@pytest.mark.django_db
def test_columns_of_texts_make_no_dates_of_what_is_typed_below(record):
    sheet = sheet_of("events")
    assert sheet.column_dimensions["D"].number_format == "@"


@pytest.mark.django_db
def test_a_text_that_no_cell_holds_is_refused_by_name(record, tmp_path):
    bring_in("events", [row_of("events", "E2") | {"description": "x" * LONGEST_CELL}])
    with pytest.raises(Unwritable, match="The description of E2 has 32,767 characters, and a cell of a workbook holds"):
        exported("events")
    with pytest.raises(CommandError, match="take CSV or JSON"):
        call_command("export_records", "events", "--output", str(tmp_path / "out.xlsx"))
