"""Templates: what they offer is what an import takes."""

from io import BytesIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from exchange import registry, starting_record
from exchange.files import table_of, tables_of
from exchange.files.templates import examples
from exchange.parts import Part, PlanOfParts
from exchange.plans import plan
from library import store
from tests import snapshots

from .record import bring_in, row_of

# The starting record has none of these, so that their examples are made up.
NONE_YET = ("contact_points", "collections", "documents", "document_versions", "uptakes", "action_items")
NONE_YET += ("editions", "sections", "entries")


@pytest.fixture
def template(tmp_path):
    """Writes a template by the command; returns its path."""

    def write(*arguments):
        path = tmp_path / "template.xlsx"
        call_command("write_template", *arguments, "--output", str(path))
        return path

    return write


def blocks(book):
    """The examples of a template: {type: [heading, *rows]}."""
    found, current = {}, None
    for row in book["Examples"].iter_rows(values_only=True):
        filled = [value for value in row if value is not None]
        if filled and current is None:
            current = found.setdefault(filled[0], [])
        elif filled:
            current.append(list(row))
        else:
            current = None
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("type", [type for type in registry.types() if type not in NONE_YET])
def test_filled_with_its_own_examples_it_has_no_errors_and_changes_nothing(template, type):
    snapshots.put("starting record", starting_record.load)
    path = template(type)
    book = openpyxl.load_workbook(path)
    heading, *rows = blocks(book)[type]
    assert heading[: len(registry.resource_of(type).declared)] == list(registry.resource_of(type).declared)
    assert 1 <= len(rows) <= 3
    for row in rows:
        book[type].append(row)
    book.save(path)
    planned = plan(type, table_of(path, registry.resource_of(type)))
    assert (planned.rows, planned.new, planned.errors) == (len(rows), 0, [])


@pytest.mark.django_db
def test_an_empty_record_has_made_up_examples_that_an_import_takes_as_they_are(template):
    store.keep(BytesIO(b"How to fill in forms.\n"))
    book = openpyxl.load_workbook(template())
    shown = blocks(book)
    for type in registry.types():
        for row in shown[type][1:]:
            book[type].append(row)
    path = template()
    book.save(path)
    tables = tables_of(path, [registry.resource_of(type) for type in registry.types()])
    planned = PlanOfParts([Part(type, table) for type, table in tables.items()])
    assert [str(problem) for problem in [*planned.errors, *planned.questions]] == []
    assert all(each.new == len(registry.resource_of(each.type).examples) > 0 for each in planned.plans)
    assert len(planned.plans) == len(registry.types())


@pytest.mark.django_db
def test_there_are_three_examples_of_what_the_record_has_enough_of(record):
    snapshots.put("starting record", starting_record.load)
    resource = registry.resource_of("events")()
    assert len(examples(resource)) == 3


@pytest.mark.django_db
def test_unfilled_it_brings_in_nothing(record, template):
    path = template()
    tables = tables_of(path, [registry.resource_of(type) for type in registry.types()])
    assert list(tables) == registry.types()
    for type, table in tables.items():
        assert table.heading == list(registry.resource_of(type).declared)
        assert list(table.rows()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("type", registry.types())
def test_every_choice_that_a_column_offers_is_one_that_it_takes(record, type):
    resource = registry.resource_of(type)()
    for name, column in resource.columns.items():
        resource.prepare([])
        for text in column.widget.choices():
            if column.widget.resolver():
                column.widget.resolver().prepare({text})
            value, _cell = column.read(text)
            assert value is not None, (name, text)


@pytest.mark.django_db
def test_kinds_countries_bodies_and_roles_can_be_chosen_from_lists(record, template):
    book = openpyxl.load_workbook(template("events"))
    lists = {}
    for choice in book["events"].data_validations.dataValidation:
        column = book["events"][f"{str(choice.sqref).split('2:')[0]}1"].value
        (cells,) = zip(*book["Lists"][choice.formula1.removeprefix("Lists!")], strict=True)
        lists[column] = [cell.value for cell in cells], bool(choice.showErrorMessage)
    assert lists["kind"] == (list(registry.resource_of("events").declared["kind"].widget.values), True)
    assert lists["country"] == (["Australia", "Indonesia", "Republic of Korea", "Thailand"], False)
    assert "Ministers" in lists["bodies"][0]
    assert "Australian Federal Police" in lists["hosts"][0]
    assert lists["series"][0] == ["Targeting Workshops"]
    assert "title" not in lists


@pytest.mark.django_db
def test_each_column_says_what_it_holds(record, template):
    book = openpyxl.load_workbook(template("events"))
    resource = registry.resource_of("events")()
    comments = {cell.value: cell.comment.text for cell in book["events"][1]}
    assert comments == {name: column.help for name, column in resource.columns.items()}
    assert all(comments.values())
    help = {row[1]: row for row in book["Help"].iter_rows(min_row=2, values_only=True)}
    assert list(help) == list(resource.columns)
    assert help["kind"][2] == "yes"
    assert "workshop" in help["kind"][4]


@pytest.mark.django_db
def test_examples_tell_nothing_that_the_public_does_not_see(record):
    bring_in("events", [row_of("events", "E1") | {"note": "A secret"}])
    rows = examples(registry.resource_of("events")())
    assert [row["reference"] for row in rows] == ["E1"]
    assert rows[0]["note"] == rows[0]["publication"] == ""


@pytest.mark.django_db
def test_a_template_that_cannot_be_written_says_so():
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("write_template", "--output", "/nowhere/at/all.xlsx")
