"""As opened, as it stands, as typed: neither saver loses anything."""

import pytest

from exchange.opened import Merged, Opened, made_new, typed_over


def values(prefix="outcomes", rows=(), new=(), **own):
    """The values of a form with an inline: `rows` are saved ones, each with its id, `new` ones have none."""
    found = {name: [text] for name, text in own.items()}
    for number, row in enumerate([*rows, *new]):
        found |= {f"{prefix}-{number}-{name}": [text] for name, text in row.items()}
    found |= {f"{prefix}-TOTAL_FORMS": [str(len(rows) + len(new))], f"{prefix}-INITIAL_FORMS": [str(len(rows))]}
    return found


def row(number, text, **more):
    return {"id": str(number), "text": text} | more


@pytest.mark.parametrize(
    ("opened", "current", "typed", "shown", "both"),
    [
        ("old", "old", "old", "old", {}),
        ("old", "theirs", "old", "theirs", {}),
        ("old", "old", "mine", "mine", {}),
        ("old", "theirs", "mine", "mine", {"title": ["theirs"]}),
        ("old", "same", "same", "same", {}),
        ("one\ntwo", "theirs", "one\r\ntwo", "theirs", {}),
        ("old", "theirs", "", "", {"title": ["theirs"]}),
        ("", "theirs", "mine", "mine", {"title": ["theirs"]}),
    ],
)
def test_a_field_takes_the_value_of_whoever_changed_it(opened, current, typed, shown, both):
    merged = Merged({"title": [opened]}, {"title": [current]}, {"title": [typed]})
    assert (merged.values.get("title", [""]), merged.both) == ([shown], both)


def test_what_is_chosen_and_what_is_ticked_may_be_taken_back():
    opened = {"themes": ["1", "2"], "public": ["on"]}
    merged = Merged(opened, opened, {"themes": ["2"]})
    assert merged.values == {"themes": ["2"]}
    merged = Merged(opened, {"themes": ["2"]}, opened)
    assert merged.values == {"themes": ["2"]}


def test_a_row_that_the_first_added_stands_before_those_that_the_second_adds():
    opened = values(rows=[row(1, "one")])
    current = values(rows=[row(1, "one"), row(2, "theirs")])
    typed = values(rows=[row(1, "one")], new=[{"id": "", "text": "mine"}])
    assert Merged(opened, current, typed).values == values(
        rows=[row(1, "one"), row(2, "theirs")], new=[{"text": "mine"}]
    ) | {"outcomes-2-id": [""]}


def test_what_both_added_stands_once():
    opened = values()
    current = values(rows=[row(1, "same")])
    typed = values(new=[{"id": "", "text": "same"}])
    assert Merged(opened, current, typed).values == current


def test_rows_are_told_apart_by_what_they_are_not_by_where_they_stand():
    opened = values(rows=[row(1, "one"), row(2, "two")])
    current = values(rows=[row(2, "two by them")])
    typed = values(rows=[row(1, "one"), row(2, "two by me")])
    merged = Merged(opened, current, typed)
    assert merged.values == values(rows=[row(2, "two by me")])
    assert merged.both == {"outcomes-0-text": ["two by them"]}


def test_a_row_that_the_first_deleted_is_new_where_the_second_typed_in_it():
    opened = values(rows=[row(1, "one")])
    typed = values(rows=[row(1, "mine")])
    assert Merged(opened, values(), typed).values == values(new=[{"text": "mine"}])


def test_a_row_that_the_second_deletes_is_deleted():
    opened = values(rows=[row(1, "one"), row(2, "two")])
    current = values(rows=[row(1, "one"), row(2, "theirs")])
    typed = values(rows=[row(1, "one", DELETE="on"), row(2, "two")])
    merged = Merged(opened, current, typed).values
    assert merged == values(rows=[row(1, "one", DELETE="on"), row(2, "theirs")])


def test_empty_forms_that_a_page_keeps_for_new_rows_are_no_rows():
    typed = values() | {"outcomes-__prefix__-text": [""]}
    assert Merged(values(), values(), typed).values == values()


def test_the_form_of_what_was_deleted_becomes_one_of_a_new_record():
    typed = values(
        rows=[row(1, "one", event="7"), row(2, "two", DELETE="on")], new=[{"id": "", "text": "three", "event": "7"}]
    )
    made = made_new(typed | {"title": ["Ports"]}, {"outcomes": "event"})
    assert made == values(new=[{"text": "one"}, {"text": "three"}]) | {"title": ["Ports"]}


def test_what_was_typed_over_is_told_from_what_stood_there():
    opened = values(rows=[row(1, "one")], title="Old", kind="workshop")
    typed = values(rows=[row(1, "two")], new=[{"text": "three"}], title="New", kind="workshop") | {"_save": ["Save"]}
    assert typed_over(opened, typed) == {"title": "New", "outcomes-0-text": "two", "outcomes-1-text": "three"}


def test_what_a_form_carries_is_read_again():
    read = Opened.read(str(Opened(7, "E1", {"title": ["Pört “s”"]})))
    assert (read.at, read.key, read.values) == (7, "E1", {"title": ["Pört “s”"]})


def test_a_row_that_the_first_deleted_stays_so_where_the_second_left_its_lines_alone():
    opened = values(rows=[row(1, "one\ntwo")])
    typed = values(rows=[row(1, "one\r\ntwo")])
    assert Merged(opened, values(), typed).values == values()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"at": "x", "key": "", "values": {}}',
        '{"at": 1e400, "key": "", "values": {}}',
        '{"at": 1, "key": "", "values": {"title": 5}}',
        '{"at": 1, "key": "", "values": []}',
        "null",
        "7",
        "[" * 100_000,
    ],
)
def test_what_cannot_be_read_is_nothing(text):
    assert Opened.read(text) is None
