"""What rows mean: the plan that is made of them, and what applying it does."""

import gc

import pytest
from django.contrib.auth.models import Permission, User
from django.db import DataError, IntegrityError

from events.gazetteer import AllSeries, Places, Themes
from events.models import Event, Involvement, Place
from exchange import registry
from exchange.lines import Line
from exchange.plans import NotApplied, plan
from exchange.sessions import Session
from participants.directory import Bodies, Participants
from participants.models import Body, Country, Name
from records.models import Batch, Change
from tests.factories import (
    BodyFactory,
    CountryFactory,
    InvolvementFactory,
    PlaceFactory,
    SeriesFactory,
    ThemeFactory,
)

from .record import bring_in, planned_lines, problems, row_of, rows_of

pytestmark = pytest.mark.django_db

EVENT = {"title": "A meeting", "kind": "meeting", "when": "2005", "city": "", "country": ""}


def apply(planned):
    return planned.apply(Batch(origin=Batch.Origin.IMPORT))


def counts(planned):
    return planned.new, planned.changed, planned.same, len(planned.errors)


# --- Keys -------------------------------------------------------------------------------------------------------------


def test_a_row_with_a_known_key_is_of_that_record(record):
    planned = plan("events", [{"reference": "E2", "title": "Workshop on visas", "kind": "workshop"}])
    assert counts(planned) == (0, 1, 0, 0)
    apply(planned)
    assert row_of("events", "E2")["title"] == "Workshop on visas"


def test_a_row_with_an_unknown_key_makes_the_record_with_that_key(record):
    bring_in("events", [EVENT | {"reference": "Bangkok-2005"}])
    assert row_of("events", "Bangkok-2005")["title"] == "A meeting"


def test_a_row_without_a_key_gets_the_next_reference(record):
    bring_in("events", [EVENT | {"reference": ""}, EVENT | {"title": "Another meeting"}])
    assert [row["reference"] for row in rows_of("events")] == ["E1", "E2", "E3", "E4"]


def test_references_given_in_the_file_are_respected_by_numbers_given_before_them(record):
    bring_in("events", [EVENT, EVENT | {"reference": "E3", "title": "Another"}, EVENT | {"title": "A third"}])
    titles = {row["reference"]: row["title"] for row in rows_of("events")[2:]}
    assert titles == {"E3": "Another", "E4": "A meeting", "E5": "A third"}


def test_the_plan_gives_the_references_that_applying_gives(record):
    rows = [EVENT, EVENT | {"reference": "E3", "title": "Another"}]
    foreseen = [line.cell("reference") for line in planned_lines("events", rows)]
    bring_in("events", rows)
    assert sorted(foreseen) == [row["reference"] for row in rows_of("events")[2:]]


def test_a_reference_is_never_given_again_after_its_record_was_deleted(record):
    bring_in("events", [EVENT])
    apply(plan("events", deleting=[{"reference": "E3"}]))
    bring_in("events", [EVENT])
    assert [row["reference"] for row in rows_of("events")] == ["E1", "E2", "E4"]


def test_numbers_go_on_above_a_reference_that_a_file_gave(record):
    bring_in("events", [EVENT | {"reference": "E90"}])
    bring_in("events", [EVENT | {"title": "Next"}])
    assert row_of("events", "E91")["title"] == "Next"


@pytest.mark.parametrize("reference", ["E 3", "É3", "E/3", "E" * 41, "E3."])
def test_a_reference_has_letters_digits_and_hyphens(record, reference):
    assert set(problems("events", [EVENT | {"reference": reference}])) == {(2, "reference")}


@pytest.mark.parametrize("slug", ["au", "a b", "a--b", "-ab", "ünesco", "x" * 61])
def test_a_slug_has_at_least_three_plain_characters(record, slug):
    rows = [{"slug": slug, "name": "Budapest Process", "kind": "process"}]
    assert set(problems("agencies", rows)) == {(2, "slug")}


def test_a_slug_is_read_in_any_case(record):
    planned = plan("agencies", [{"slug": "IOM", "name": "International Organization for Migration", "kind": ""}])
    assert counts(planned) == (0, 0, 1, 0)


def test_a_key_never_changes_through_a_row(record):
    lines = planned_lines("countries", [{"alpha2": "", "name": "ROK"}])
    assert lines[0].cell("alpha2") == "KR"
    bring_in("series", [{"slug": "", "name": "Targeting workshops"}])
    assert [row["slug"] for row in rows_of("series")] == ["targeting"]


def test_a_slug_is_made_of_the_name_where_none_is_given(record):
    bring_in("agencies", [{"name": "Budapest Process", "kind": "process"}, {"name": "กรมการ", "kind": "ministry"}])
    assert {"budapest-process", "agency"} < {row["slug"] for row in rows_of("agencies")}


def test_slugs_that_are_made_differ_from_all_that_anybody_answers_to(record):
    rows = [
        {"name": "กรมการ", "kind": "ministry"},
        {"name": "กรมตำรวจ", "kind": "police"},
        {"name": "IO", "kind": "other"},
    ]
    bring_in("agencies", rows)
    assert {"agency", "agency-2", "agency-io"} < {row["slug"] for row in rows_of("agencies")}
    bring_in("themes", [{"name": "กฎหมาย"}, {"name": "ตำรวจ"}, {"name": "legislation!", "slug": "legislation-2"}][:2])
    assert {"theme", "theme-2"} < {row["slug"] for row in rows_of("themes")}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("0_0", "0-0"),
        ("_Law_ & order –", "law-order"),
        ("Ünïted  Nations", "united-nations"),
        ("w" * 49 + " x", "w" * 49),
        ("x" * 200, "x" * 50),
    ],
)
def test_a_slug_that_is_made_can_be_read_again(record, name, slug):
    for type, others in (("themes", {}), ("agencies", {"kind": "other"})):
        bring_in(type, [{"name": name} | others])
        assert slug in [row["slug"] for row in rows_of(type)]
        assert plan(type, rows_of(type)).is_good


def test_a_new_country_needs_its_alpha2(record):
    assert problems("countries", [{"alpha2": "", "name": "Fiji"}]) == [(2, "alpha2")]


@pytest.mark.parametrize("code", ["F", "FJI", "F1", "ФЖ"])
def test_an_alpha2_has_two_capital_letters(record, code):
    assert set(problems("countries", [{"alpha2": code, "name": "Fiji"}])) == {(2, "alpha2")}


# --- Natural identity -------------------------------------------------------------------------------------------------


def test_an_event_without_a_key_is_the_one_of_the_same_kind_time_place_and_title(record):
    row = {
        "title": "workshop, on PASSPORTS!",
        "kind": "Workshop",
        "when": "2003",
        "city": "seoul",
        "country": "South Korea",
    }
    lines = planned_lines("events", [row])
    assert lines[0].cell("reference") == "E2"
    assert lines[0].fields == {"title": ("Workshop on passports", "workshop, on PASSPORTS!")}


@pytest.mark.parametrize(
    "difference",
    [{"title": "Workshop on visas"}, {"kind": "seminar"}, {"when": "2003-01"}, {"city": "Busan"}, {"city": ""}],
)
def test_an_event_that_differs_in_its_identity_is_another(record, difference):
    row = {"title": "Workshop on passports", "kind": "workshop", "when": "2003", "city": "Seoul", "country": "KR"}
    assert counts(plan("events", [row])) == (0, 0, 1, 0)
    assert planned_lines("events", [row | difference])[0].is_new


def test_marks_of_other_scripts_than_latin_tell_titles_apart(record):
    bring_in("events", [EVENT | {"title": "การประชุม"}])
    assert planned_lines("events", [EVENT | {"title": "การประชม"}])[0].is_new
    assert counts(plan("events", [EVENT | {"title": "การ ประชุม"}])) == (0, 1, 0, 0)


@pytest.mark.parametrize("name", ["ROK", "south korea", "Republic of Korea", "KOR"])
def test_a_participant_without_a_key_is_the_one_that_answers_to_the_name(record, name):
    assert planned_lines("countries", [{"alpha2": "", "name": name}])[0].cell("alpha2") == "KR"


def test_a_body_without_a_key_is_the_one_that_answers_to_the_name(record):
    lines = planned_lines("bodies", [{"name": "AHEG I"}])
    assert lines[0].cell("slug") == "aheg-one"


def test_a_name_of_another_sort_is_no_identity(record):
    assert problems("agencies", [{"name": "Thailand", "kind": "agency"}]) == [(2, "name")]
    assert problems("bodies", [{"name": "IOM"}]) == [(2, "name")]
    assert problems("countries", [{"alpha2": "FJ", "name": "Ministers"}]) == [(2, "name")]


@pytest.mark.parametrize(
    ("type", "name", "slug"),
    [("series", "targeting  WORKSHOPS", "targeting"), ("themes", "Législation", "legislation")],
)
def test_series_and_themes_without_a_key_are_those_of_the_name(record, type, name, slug):
    assert planned_lines(type, [{"name": name}])[0].cell("slug") == slug


def test_an_outcome_without_a_key_is_the_one_of_the_same_event_kind_and_text(record):
    row = {"event": "E2", "kind": "finding", "text": "passports are forged"}
    assert planned_lines("outcomes", [row])[0].cell("reference") == "O1"
    lines = planned_lines("outcomes", [row | {"event": "E1"}, row | {"kind": "decision"}, row | {"text": "No."}])
    assert [(line.is_new, line.status) for line in lines] == [(True, "new"), (True, "likely"), (True, "new")]


def test_a_membership_with_another_date_is_the_open_one_without_a_date(record):
    bring_in("memberships", [{"body": "Bali Process", "member": "Australia", "joined": "February 2002"}])
    assert rows_of("memberships") == [
        {"body": "bali-process", "member": "AU", "joined": "2002-02", "left": "", "role": ""}
    ]
    change = Change.objects.get(type="memberships", previous_key__gt="")
    assert (change.previous_key, change.key) == ("bali-process / AU / ", "bali-process / AU / 2002-02")


def test_a_membership_that_ended_is_not_the_one_of_a_new_date(record):
    bring_in("memberships", [{"body": "Bali Process", "member": "AU", "joined": "", "left": "2003"}])
    bring_in("memberships", [{"body": "Bali Process", "member": "AU", "joined": "2005"}])
    assert [row["joined"] for row in rows_of("memberships")] == ["", "2005"]


def test_a_membership_may_be_ended_and_begun_again_in_one_file(record):
    rows = [
        {"body": "Bali Process", "member": "AU", "joined": "2005", "left": ""},
        {"body": "Bali Process", "member": "AU", "joined": "", "left": "2003"},
    ]
    bring_in("memberships", rows)
    assert [(row["joined"], row["left"]) for row in rows_of("memberships")] == [("", "2003"), ("2005", "")]


def test_identity_is_that_of_before_the_file(record):
    rows = [EVENT, EVENT | {"title": "Another meeting", "kind": "seminar"}]
    bring_in("events", rows)
    assert counts(plan("events", rows)) == (0, 0, 2, 0)


def test_a_file_that_lacks_a_column_of_the_identity_cannot_leave_the_key_blank(record):
    planned = plan("events", [{"title": "A meeting", "kind": "meeting", "when": "2005"}])
    assert [(problem.row, problem.column) for problem in planned.errors] == [(2, "reference")]
    assert "city, country" in planned.errors[0].message


def test_a_blank_key_that_fits_several_records_is_refused(record):
    bring_in("events", [EVENT | {"reference": "X1"}, EVENT | {"reference": "X2"}])
    planned = plan("events", [EVENT])
    assert [(problem.row, problem.column) for problem in planned.errors] == [(2, "reference")]
    assert "2 records" in planned.errors[0].message


def test_a_new_key_for_what_is_there_under_another_is_taken_with_a_warning(record):
    bring_in("events", [EVENT | {"reference": "X1"}])
    (line,) = planned_lines("events", [EVENT | {"reference": "X2"}])
    assert line.status == "new"
    assert line.notes == ["Row 2 makes a new record, though one much the same is there already."]


def test_two_rows_for_one_record_are_refused_and_the_first_is_named(record):
    rows = [
        {"reference": "E2", "title": "One", "kind": "workshop"},
        {"reference": "E2", "title": "Two", "kind": "workshop"},
    ]
    planned = plan("events", rows)
    assert [(problem.row, problem.column) for problem in planned.errors] == [(3, "reference")]
    assert "Row 2" in planned.errors[0].message


@pytest.mark.parametrize(
    ("type", "rows"),
    [
        ("events", [EVENT | {"reference": "N1"}, EVENT | {"reference": "N1", "title": "Another"}]),
        ("countries", [{"alpha2": "KR", "name": "ROK"}, {"alpha2": "", "name": "South Korea"}]),
        ("countries", [{"alpha2": "FJ", "name": "Fiji"}, {"alpha2": "fj", "name": "The Fiji Islands"}]),
        ("places", [{"city": "Suva", "country": "AU"}, {"city": "SUVA", "country": "Australia"}]),
        ("places", [{"city": "Seoul", "country": "KR"}, {"city": "SEOUL", "country": "KR"}]),
        ("memberships", [{"body": "Ministers", "member": "AU", "joined": "2003"}] * 2),
        ("event_links", [{"from": "E1", "to": "E2", "kind": "part_of"}] * 2),
    ],
)
def test_two_rows_for_one_record_are_refused_however_they_write_its_key(record, type, rows):
    planned = plan(type, rows)
    assert [problem.row for problem in planned.errors] == [3]
    assert "Row 2" in planned.errors[0].message


# --- Columns ----------------------------------------------------------------------------------------------------------


def test_an_absent_column_leaves_what_is_there(record):
    before = row_of("events", "E2")
    bring_in("events", [{"reference": "E2", "title": "Workshop on visas", "kind": "workshop"}])
    assert row_of("events", "E2") == before | {"title": "Workshop on visas"}


def test_an_empty_cell_empties_the_column(record):
    emptied = ("when", "city", "country", "hosts", "themes", "note")
    bring_in("events", [{"reference": "E2", "title": "Workshop", "kind": "workshop"} | dict.fromkeys(emptied, "")])
    row = row_of("events", "E2")
    assert [row[column] for column in emptied] == [""] * 6
    assert not Involvement.objects.filter(event__reference="E2").exists()


@pytest.mark.parametrize("column", ["kind", "status", "format", "scope", "publication"])
def test_some_columns_keep_what_is_there_when_their_cell_is_empty(record, column):
    before = row_of("events", "E1")
    planned = plan("events", [before | {column: ""}])
    assert counts(planned) == (0, 0, 1, 0)


def test_kinds_and_states_of_agencies_and_outcomes_are_kept_when_their_cell_is_empty(record):
    rows = [{"slug": "iom", "name": "International Organization for Migration", "kind": ""}]
    assert counts(plan("agencies", rows)) == (0, 0, 1, 0)
    bring_in("outcomes", [{"reference": "O1", "event": "E2", "kind": "finding", "text": "Forged.", "status": "done"}])
    assert counts(plan("outcomes", [row_of("outcomes", "O1") | {"status": "", "kind": ""}])) == (0, 0, 1, 0)


def test_a_new_event_is_held_in_person_regional_and_a_draft_where_nothing_is_said(record):
    bring_in("events", [EVENT])
    row = row_of("events", "E3")
    assert [row[name] for name in ("status", "format", "scope", "publication")] == [
        "held", "in_person", "regional", "draft",
    ]  # fmt: skip


def test_a_new_outcome_is_open_where_nothing_is_said(record):
    bring_in("outcomes", [{"event": "E1", "kind": "decision", "text": "To meet again."}])
    assert row_of("outcomes", "O2")["status"] == "open"


@pytest.mark.parametrize("column", ["title", "kind"])
def test_a_new_event_needs_a_title_and_a_kind(record, column):
    planned = plan("events", [EVENT | {column: ""}])
    assert [(problem.row, problem.column) for problem in planned.errors] == [(2, column)]
    assert planned.errors[0].message == f"The {column} must be given."


def test_a_title_cannot_be_emptied(record):
    assert problems("events", [{"reference": "E2", "title": "", "kind": ""}]) == [(2, "title")]


def test_columns_come_in_any_order(record):
    row = row_of("events", "E2")
    assert counts(plan("events", [dict(reversed(row.items()))])) == (0, 0, 1, 0)


def test_an_unknown_heading_is_refused_by_name_with_the_nearest(record):
    (problem,) = plan("events", [EVENT | {"co_chair": "Australia"}]).errors
    assert (problem.row, problem.column, problem.value) == (1, "co_chair", "co_chair")
    assert problem.suggestions[0] == "co_chairs"


def test_required_headings_that_are_missing_are_refused_by_name(record):
    planned = plan("event_links", [{"from": "E1"}])
    assert [(problem.row, problem.column) for problem in planned.errors] == [(1, "to"), (1, "kind")]
    assert planned.rows == 1


def test_an_unknown_type_is_refused():
    with pytest.raises(LookupError, match="no record type"):
        plan("meetings", [])


def test_no_rows_at_all_change_nothing(record):
    planned = plan("events", [])
    assert (planned.rows, planned.is_good, planned.changes_something) == (0, True, False)
    assert apply(planned) is None


# --- Rows that refer to each other ------------------------------------------------------------------------------------


def test_rows_refer_to_later_rows_by_any_name(record):
    bring_in(
        "bodies",
        [
            {"slug": "drafting", "name": "Drafting Group", "parent": "WG", "predecessor": "old-group"},
            {"slug": "working-group", "name": "Working Group", "short_name": "WG", "parent": "Bali Process"},
            {"slug": "old-group", "name": "Old Group"},
        ],
    )
    row = row_of("bodies", "drafting")
    assert (row["parent"], row["predecessor"]) == ("Working Group", "Old Group")


def test_a_record_that_is_there_can_point_to_one_that_the_file_makes(record):
    bring_in("bodies", [{"slug": "ministers", "name": "Ministers", "parent": "Forum"}, {"name": "Forum"}])
    assert row_of("bodies", "ministers")["parent"] == "Forum"
    bring_in(
        "agencies", [{"slug": "afp", "name": "AFP", "kind": "", "parent": "AG"}, {"name": "AG", "kind": "ministry"}]
    )
    assert row_of("agencies", "afp")["parent"] == "AG"


@pytest.mark.parametrize("column", ["parent", "predecessor"])
def test_bodies_that_go_round_in_a_circle_are_refused(record, column):
    rows = [{"name": "Red", column: "Blue"}, {"name": "Green", column: "Red"}, {"name": "Blue", column: "Green"}]
    assert problems("bodies", rows) == [(2, column), (3, column), (4, column)]


def test_a_circle_with_what_is_there_is_refused(record):
    assert problems("bodies", [{"slug": "bali-process", "name": "Bali Process", "parent": "Ministers"}]) == [
        (2, "parent")
    ]


def test_nothing_is_its_own_parent(record):
    assert (2, "parent") in problems("bodies", [{"name": "Red", "parent": "Red"}])
    assert (2, "parent") in problems("agencies", [{"slug": "iom", "name": "IOM", "kind": "", "parent": "IOM"}])


def test_agencies_that_go_round_in_a_circle_are_refused(record):
    rows = [{"name": "Red", "kind": "other", "parent": "Blue"}, {"name": "Blue", "kind": "other", "parent": "Red"}]
    assert problems("agencies", rows) == [(2, "parent"), (3, "parent")]


def test_links_that_make_an_event_follow_on_itself_are_refused(record):
    bring_in("events", [EVENT])
    bring_in("event_links", [{"from": "E2", "to": "E1", "kind": "follows"}])
    rows = [{"from": "E1", "to": "E3", "kind": "follows"}, {"from": "E3", "to": "E2", "kind": "follows"}]
    assert problems("event_links", rows) == [(2, "to"), (3, "to")]
    assert problems("event_links", rows[:1]) == []
    assert problems("event_links", [{"from": "E1", "to": "E2", "kind": "reviews"}]) == []


def test_an_event_is_not_linked_to_itself(record):
    assert problems("event_links", [{"from": "E1", "to": "E1", "kind": "reviews"}]) == [(2, "to")]


# --- Cells ------------------------------------------------------------------------------------------------------------


def test_the_order_of_several_values_carries_nothing(record):
    assert counts(plan("events", [row_of("events", "E1") | {"co_chairs": "Indonesia ;Australia;"}])) == (0, 0, 1, 0)


@pytest.mark.parametrize("name", ["AU", "aus", "australia", "Down Under", "  AUSTRALIA "])
def test_imports_take_any_known_name_or_code_and_exports_write_preferred_names(record, name):
    bring_in("agencies", [{"slug": "iom", "name": "IOM", "kind": "", "country": name, "parent": "AFP"}])
    row = row_of("agencies", "iom")
    assert (row["country"], row["parent"]) == ("AU", "Australian Federal Police")


def test_what_nothing_matches_is_an_error_with_the_nearest_names(record):
    (problem,) = plan("events", [EVENT | {"country": "Tailand"}]).errors
    assert (problem.row, problem.column, problem.value) == (2, "country", "Tailand")
    assert problem.suggestions[0] == "Thailand"


def test_every_value_of_a_cell_that_nothing_matches_is_reported(record):
    planned = plan("events", [EVENT | {"hosts": "Tailand; Australia; Indonisia", "bodies": "Minister; AHEG 1"}])
    assert [(problem.column, problem.value) for problem in planned.errors] == [
        ("hosts", "Tailand"), ("hosts", "Indonisia"), ("bodies", "Minister"), ("bodies", "AHEG 1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value"),
    [("bodies", "AU"), ("themes", "Ministers"), ("series", "Legislation"), ("hosts", "Ministers"), ("country", "IOM")],
)
def test_a_name_of_somebody_of_another_sort_is_not_known(record, column, value):
    assert problems("events", [EVENT | {column: value}]) == [(2, column)]


def test_roles_are_exported_under_the_names_as_recorded_with_their_remarks(record):
    bring_in("events", [EVENT | {"chairs": "rok[with; the US ] ; down under", "hosts": "IOM"}])
    row = row_of("events", "E3")
    assert (row["chairs"], row["hosts"]) == ("Down Under; ROK [with; the US]", "IOM")


@pytest.mark.parametrize("code", ["AU", "aus", "au"])
def test_a_code_in_a_role_is_recorded_as_the_preferred_name(record, code):
    bring_in("events", [EVENT | {"chairs": code}])
    assert row_of("events", "E3")["chairs"] == "Australia"
    assert not Involvement.objects.filter(recorded_as__kind=Name.Kind.CODE).exists()


def test_a_remark_has_room_for_300_characters(record):
    assert problems("events", [EVENT | {"chairs": f"ROK [{'x' * 301}]; Nobody"}]) == [(2, "chairs"), (2, "chairs")]
    assert problems("events", [EVENT | {"chairs": f"ROK [{'x' * 300}]"}]) == []


def test_a_participant_has_a_role_once_an_event_under_whatever_names(record):
    (problem,) = plan("events", [EVENT | {"chairs": "ROK; Republic of Korea"}]).errors
    assert (problem.column, problem.value) == ("chairs", "Republic of Korea")
    assert counts(plan("events", [EVENT | {"chairs": "ROK", "hosts": "ROK"}])) == (1, 0, 0, 0)


@pytest.mark.parametrize("cell", ["Australia [a] b", "Australia [", "Australia ]", "[alone]", "Australia [a[b]]"])
def test_a_role_that_cannot_be_read_is_refused(record, cell):
    assert set(problems("events", [EVENT | {"chairs": cell}])) == {(2, "chairs")}


@pytest.mark.parametrize("column", ["name", "acronym"])
@pytest.mark.parametrize("name", ["A;B", "A [B", "A] B", "…"])
def test_names_hold_no_semicolon_and_no_brackets_and_something_to_read(record, column, name):
    row = {"name": "Red Cross", "kind": "ngo", "acronym": ""} | {column: name}
    assert set(problems("agencies", [row])) == {(2, column)}


def test_further_names_are_refused_one_by_one(record):
    planned = plan("agencies", [{"name": "Red Cross", "kind": "ngo", "names": "RC; [R]; …; Croix"}])
    assert [(problem.column, problem.value) for problem in planned.errors] == [("names", "[R]"), ("names", "…")]


def test_names_of_themes_hold_no_brackets(record):
    assert problems("themes", [{"name": "Law [draft]"}]) == [(2, "name")]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("when", "03/04/2005"),
        ("when", "2005-13"),
        ("kind", "party"),
        ("status", "over"),
        ("format", "by post"),
        ("scope", "global"),
        ("publication", "public"),
        ("number_in_series", "two"),
        ("url", "baliprocess"),
        ("title", "x" * 301),
        ("title", "bell \a"),
        ("venue", "x" * 301),
        ("city", "x" * 121),
        ("city", "bell \a"),
        ("description", "null \0"),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_with_its_column(record, column, value):
    row = EVENT | {"country": "AU", column: value} | ({"series": "targeting"} if column == "number_in_series" else {})
    assert problems("events", [row]) == [(2, column)]


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "10000", "²"])
def test_a_number_in_a_series_is_whole_and_above_nothing(record, value):
    rows = [EVENT | {"series": "targeting", "number_in_series": value}]
    assert problems("events", rows) == [(2, "number_in_series")]


def test_a_number_in_a_series_can_be_taken_out_again(record):
    bring_in("events", [row_of("events", "E2") | {"series": "Targeting Workshops", "number_in_series": "007"}])
    assert row_of("events", "E2")["number_in_series"] == "7"
    bring_in("events", [row_of("events", "E2") | {"number_in_series": ""}])
    assert row_of("events", "E2")["number_in_series"] == ""


def test_a_number_in_a_series_needs_the_series(record):
    assert problems("events", [EVENT | {"number_in_series": "1"}]) == [(2, "number_in_series")]


@pytest.mark.parametrize("value", ["north", "91", "-90.00001", "8.123456", "1e9999999999", "nan", "8,5"])
def test_a_latitude_is_a_number_of_degrees(record, value):
    rows = [{"city": "Suva", "country": "AU", "latitude": value, "longitude": "1"}]
    assert set(problems("places", rows)) == {(2, "latitude")}


@pytest.mark.parametrize(
    ("typed", "written"), [("-8.650", "-8.65"), ("−8.65", "-8.65"), ("10", "10"), ("-0.0", "0"), ("1e1", "10")]
)
def test_degrees_are_written_without_needless_digits(record, typed, written):
    bring_in("places", [{"city": "Suva", "country": "AU", "latitude": typed, "longitude": "0"}])
    assert row_of("places", "Suva / AU")["latitude"] == written


def test_a_place_has_both_coordinates_or_none(record):
    rows = [{"city": "Bali", "country": "ID", "latitude": "", "longitude": "115.19"}]
    assert problems("places", rows) == [(2, "latitude")]


@pytest.mark.parametrize(("cell", "written"), [("Yes", "yes"), ("TRUE", "yes"), ("1", "yes"), ("", "no"), ("n", "no")])
def test_yes_and_no_are_read_in_several_ways(record, cell, written):
    bring_in("countries", [{"alpha2": "HK", "name": "Hong Kong SAR", "administration": cell}])
    assert row_of("countries", "HK")["administration"] == written
    assert problems("countries", [{"alpha2": "HK", "name": "Hong Kong SAR", "administration": "maybe"}]) == [
        (2, "administration")
    ]


@pytest.mark.parametrize(
    "word", ["senior_officials", "Senior officials’ meeting", "senior officials", "SENIOR-OFFICIALS"]
)
def test_a_kind_is_read_as_it_is_stored_or_as_people_read_it(record, word):
    bring_in("events", [EVENT | {"kind": word}])
    assert row_of("events", "E3")["kind"] == "senior_officials"


def test_text_is_kept_with_plain_line_breaks_and_trimmed_edges(record):
    bring_in("events", [EVENT | {"title": " Two\r\nlines ", "description": "\r\n one\r\n\r\ntwo\rthree \n"}])
    row = row_of("events", "E3")
    assert (row["title"], row["description"]) == ("Two lines", "one\n\ntwo\nthree")
    assert Change.objects.get(key="E3").after["description"] == "one\n\ntwo\nthree"


# --- Places -----------------------------------------------------------------------------------------------------------


def test_a_blank_city_is_the_country_as_a_whole(record):
    bring_in("events", [EVENT | {"country": "KR"}])
    assert Event.objects.get(reference="E3").place == Place.objects.get(city="", country__alpha2="KR")


def test_a_blank_city_and_country_are_no_place(record):
    bring_in("events", [EVENT])
    assert Event.objects.get(reference="E3").place is None


def test_a_city_without_a_country_is_that_of_the_only_known_place_so_named(record):
    bring_in("events", [EVENT | {"city": "seoul"}])
    row = row_of("events", "E3")
    assert (row["city"], row["country"]) == ("Seoul", "KR")


def test_a_city_without_a_country_that_is_unknown_or_in_several_countries_is_refused(record):
    bring_in("places", [{"city": "Perth", "country": "TH"}])
    assert problems("events", [EVENT | {"city": "Busan"}, EVENT | {"city": "Perth", "title": "B"}]) == [
        (2, "city"), (3, "city"),
    ]  # fmt: skip


def test_a_city_new_to_its_country_makes_the_place_and_the_plan_says_so_once(record):
    rows = [EVENT | {"city": "Busan", "country": "KR"}, EVENT | {"title": "Second", "city": "busan", "country": "ROK"}]
    notes = [note for line in planned_lines("events", rows) for note in line.notes]
    assert notes == ["Row 2 makes the place Busan, KR."]
    batch = bring_in("events", rows)
    assert Place.objects.filter(folded_city="busan").count() == 1
    assert [row["city"] for row in rows_of("events")[2:]] == ["Busan", "Busan"]
    made = batch.changes.filter(type="places")
    assert [(change.key, change.before, change.after) for change in made] == [
        ("Busan / KR", None, {"city": "Busan", "country": "KR"})
    ]


def test_a_plan_makes_no_place(record):
    plan("events", [EVENT | {"city": "Busan", "country": "KR"}])
    assert not Place.objects.filter(city="Busan").exists()


@pytest.mark.parametrize("city", ["!", "—", "🌏"])
def test_a_city_has_something_to_read(record, city):
    assert problems("events", [EVENT | {"city": city, "country": "KR"}]) == [(2, "city")]
    assert problems("places", [{"city": city, "country": "KR"}]) == [(2, "city")]


def test_one_country_and_another_may_have_places_of_the_same_name(record):
    bring_in("events", [EVENT | {"city": "Perth", "country": "TH"}])
    assert {place.country.alpha2 for place in Place.objects.filter(city="Perth")} == {"AU", "TH"}


def test_a_place_is_found_however_its_city_is_written_and_keeps_its_coordinates(record):
    bring_in("places", [{"city": "BALI", "country": "Indonesia"}])
    row = row_of("places", "BALI / ID")
    assert row["latitude"] == "-8.41"
    assert Place.objects.filter(country__alpha2="ID").count() == 1


# --- Names ------------------------------------------------------------------------------------------------------------


def test_a_rename_keeps_the_old_name(record):
    bring_in("countries", [{"alpha2": "KR", "name": "Korea", "names": "ROK; South Korea"}])
    assert row_of("countries", "KR")["names"] == "Republic of Korea; ROK; South Korea"
    bring_in("bodies", [{"slug": "aheg-one", "name": "First Group", "short_name": "FG"}])
    assert row_of("bodies", "aheg-one")["names"] == "Ad Hoc Experts' Group I; AHEG I"


def test_a_rename_that_folds_to_the_same_keeps_nothing(record):
    bring_in("bodies", [{"slug": "ministers", "name": "MINISTERS"}])
    row = row_of("bodies", "ministers")
    assert (row["name"], row["names"]) == ("MINISTERS", "")


def test_a_further_name_can_become_the_preferred_one(record):
    bring_in("countries", [{"alpha2": "KR", "name": "ROK"}])
    row = row_of("countries", "KR")
    assert (row["name"], row["names"]) == ("ROK", "Republic of Korea; South Korea")


def test_preferred_names_and_codes_do_not_stand_among_the_further_names(record):
    bring_in("countries", [{"alpha2": "KR", "name": "Republic of Korea", "names": "Republic of Korea; KOR; ROK; rok"}])
    assert row_of("countries", "KR")["names"] == "KOR; ROK"


def test_a_further_name_can_be_removed(record):
    bring_in("countries", [{"alpha2": "KR", "name": "Republic of Korea", "names": "ROK"}])
    assert row_of("countries", "KR")["names"] == "ROK"
    assert not Name.objects.filter(text="South Korea").exists()


def test_a_name_in_use_as_recorded_is_not_removed(record):
    (problem,) = plan("countries", [{"alpha2": "KR", "name": "Republic of Korea", "names": "South Korea"}]).errors
    assert (problem.row, problem.column, problem.value) == (2, "names", "ROK")


def test_a_name_in_use_as_recorded_does_not_become_a_mere_code(record):
    bring_in("agencies", [{"slug": "interpol", "name": "Interpol", "kind": "police"}])
    bring_in("events", [EVENT | {"hosts": "Interpol"}])
    bring_in("agencies", [{"slug": "interpol", "name": "ICPO", "kind": ""}])
    assert row_of("events", "E3")["hosts"] == "Interpol"
    assert problems("agencies", [{"slug": "interpol", "name": "ICPO", "kind": "", "names": ""}]) == [(2, "names")]


@pytest.mark.parametrize("name", ["Down Under", "australia", "AU", "Ministers", "iom", "KOR", "I.O.M."])
def test_no_two_answer_to_the_same_name(record, name):
    assert problems("countries", [{"alpha2": "TH", "name": "Thailand", "names": name}]) == [(2, "names")]


def test_no_two_rows_claim_the_same_name(record):
    rows = [
        {"name": "Red Cross", "kind": "ngo", "names": "RC"},
        {"name": "Red Crescent", "kind": "ngo", "acronym": "rc"},
    ]
    assert problems("agencies", rows) == [(3, "acronym")]


def test_two_can_swap_names_in_one_file(record):
    bring_in("countries", [{"alpha2": "TH", "name": "Thailand", "names": "Siam"}])
    rows = [
        {"alpha2": "TH", "name": "Thailand", "names": "Down Under"},
        {"alpha2": "AU", "name": "Australia", "names": "Siam"},
    ]
    bring_in("countries", rows)
    assert [row_of("countries", code)["names"] for code in ("TH", "AU")] == ["Down Under", "Siam"]


def test_two_can_swap_preferred_names_in_one_file(record):
    bring_in("countries", [{"alpha2": "FJ", "name": "Fiji"}, {"alpha2": "NZ", "name": "New Zealand"}])
    bring_in("countries", [{"alpha2": "FJ", "name": "New Zealand"}, {"alpha2": "NZ", "name": "Fiji"}])
    assert [(row_of("countries", code)["name"], row_of("countries", code)["names"]) for code in ("FJ", "NZ")] == [
        ("New Zealand", ""),
        ("Fiji", ""),
    ]


def test_a_slug_is_a_name_that_its_owner_does_not_give_up(record):
    rows = [{"slug": "ministers", "name": "Bali Process"}, {"slug": "bali-process", "name": "Ministers"}]
    assert set(problems("bodies", rows)) >= {(2, "name"), (3, "name")}


def test_a_name_that_another_gives_up_in_the_file_is_free(record):
    rows = [
        {"alpha2": "TH", "name": "Thailand", "names": "Down Under"},
        {"alpha2": "AU", "name": "Australia", "names": ""},
    ]
    bring_in("countries", rows)
    assert row_of("countries", "TH")["names"] == "Down Under"


def test_names_of_series_and_themes_are_their_own(record):
    assert problems("themes", [{"slug": "legislation", "name": "document FRAUD"}]) == [(2, "name")]
    assert problems("themes", [{"slug": "new-one", "name": "Laws"}, {"slug": "new-two", "name": "laws"}]) == [
        (3, "name")
    ]


# --- Memberships ------------------------------------------------------------------------------------------------------


def test_a_member_is_once_in_a_body_at_a_time(record):
    bring_in("memberships", [{"body": "Ministers", "member": "AU", "joined": "2003", "left": "2006"}])
    row = {"body": "Ministers", "member": "AU", "left": ""}
    assert problems("memberships", [row | {"joined": "2005"}]) == [(2, "joined")]
    assert problems("memberships", [row | {"joined": "2006"}]) == []
    assert problems("memberships", [row | {"joined": "1999", "left": "2001"}]) == []
    assert problems("memberships", [row | {"joined": "2007"}, row | {"joined": "2009"}]) == [
        (2, "joined"),
        (3, "joined"),
    ]


def test_a_member_does_not_leave_before_it_joins(record):
    rows = [{"body": "Ministers", "member": "AU", "joined": "2003", "left": "2002"}]
    assert problems("memberships", rows) == [(2, "left")]


def test_an_open_membership_is_closed_and_another_opened_in_one_file(record):
    bring_in("memberships", [{"body": "Ministers", "member": "AU", "joined": "2003", "left": ""}])
    bring_in(
        "memberships",
        [
            {"body": "Ministers", "member": "AU", "joined": "2006", "left": ""},
            {"body": "Ministers", "member": "AU", "joined": "2003", "left": "2005"},
        ],
    )
    assert len(rows_of("memberships")) == 3


# --- Rights -----------------------------------------------------------------------------------------------------------


def user_with(*permissions):
    user = User.objects.create_user("clerk")
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def test_publishing_needs_the_right_to_publish(record):
    clerk = user_with("add_event", "change_event")
    rows = [EVENT | {"publication": "published"}, row_of("events", "E2") | {"publication": "published"}]
    assert [problem.row for problem in plan("events", rows, by=clerk).errors] == [2, 3]
    assert plan("events", rows, by=user_with_more(clerk, "publish_event")).is_good


def user_with_more(user, *permissions):
    user.user_permissions.add(*Permission.objects.filter(codename__in=permissions))
    return User.objects.get(pk=user.pk)


def test_changing_what_is_published_needs_the_right_to_publish(record):
    clerk = user_with("add_event", "change_event", "delete_event")
    row = row_of("events", "E1")
    assert [problem.row for problem in plan("events", [row | {"venue": "Hall"}], by=clerk).errors] == [2]
    assert plan("events", [row | {"publication": "draft"}], by=clerk).errors
    assert plan("events", deleting=[row], by=clerk).errors
    assert plan("events", [row], by=clerk).is_good


def test_what_belongs_to_published_events_needs_the_right_to_publish(record):
    clerk = user_with("add_outcome", "change_outcome", "add_eventlink")
    outcome = {"event": "E1", "kind": "decision", "text": "To meet again."}
    assert plan("outcomes", [outcome], by=clerk).errors
    assert plan("outcomes", [outcome | {"event": "E2"}], by=clerk).is_good
    assert plan("outcomes", [row_of("outcomes", "O1") | {"event": "E1"}], by=clerk).errors
    link = {"from": "E1", "to": "E2", "kind": "prepares"}
    assert plan("event_links", [link], by=clerk).is_good
    bring_in("events", [row_of("events", "E2") | {"publication": "published"}])
    assert plan("event_links", [link], by=clerk).errors


def test_adding_changing_and_deleting_need_their_rights(record):
    rows = [EVENT, row_of("events", "E2") | {"venue": "Hall"}, row_of("events", "E1")]
    planned = plan("events", rows, by=user_with("view_event"), deleting=[{"reference": "E9"}])
    assert [(problem.row, problem.message) for problem in planned.errors] == [
        (2, "You have no right to add events."),
        (3, "You have no right to change events."),
        (5, "There is no such record."),
    ]
    with pytest.raises(NotApplied):
        apply(plan("events", rows, by=User.objects.get()))


@pytest.mark.parametrize(
    ("type", "row", "right"),
    [
        ("countries", {"alpha2": "FJ", "name": "Fiji"}, "add_country"),
        ("agencies", {"name": "Red Cross", "kind": "ngo"}, "add_agency"),
        ("bodies", {"name": "Working Group"}, "add_body"),
        ("memberships", {"body": "Ministers", "member": "TH", "joined": ""}, "add_membership"),
        ("places", {"city": "Suva", "country": "AU"}, "add_place"),
        ("series", {"name": "Talks"}, "add_series"),
        ("themes", {"name": "Talks"}, "add_theme"),
        ("events", EVENT, "add_event"),
        ("event_links", {"from": "E2", "to": "E1", "kind": "follows"}, "add_eventlink"),
        ("outcomes", {"event": "E2", "kind": "decision", "text": "To meet."}, "add_outcome"),
    ],
)
def test_each_type_has_its_right(record, type, row, right):
    clerk = user_with()
    assert [problem.row for problem in plan(type, [row], by=clerk).errors] == [2]
    assert plan(type, [row], by=user_with_more(clerk, right)).is_good


def test_an_event_that_moves_to_a_new_place_needs_the_right_to_add_places(record):
    clerk = user_with("change_event")
    rows = [{"reference": "E2", "title": "Workshop on passports", "kind": "", "country": "TH"}]
    assert [problem.message for problem in plan("events", rows, by=clerk).errors] == [
        "You have no right to add places, and this one is not known yet."
    ]
    assert plan("events", rows, by=user_with_more(clerk, "add_place")).is_good


def test_whoever_may_add_events_but_no_places_makes_none_on_the_way(record):
    clerk = user_with("add_event")
    assert [
        problem.column for problem in plan("events", [EVENT | {"city": "Busan", "country": "KR"}], by=clerk).errors
    ] == [""]


# --- Errors, all of them ----------------------------------------------------------------------------------------------


def test_all_errors_of_a_row_and_of_a_file_are_reported(record):
    rows = [
        EVENT | {"reference": "E 1", "when": "soon", "kind": "party", "hosts": "Nobody"},
        EVENT,
        EVENT | {"title": "", "country": "Nowhere", "url": "x"},
    ]
    assert sorted(problems("events", rows)) == [
        (2, "hosts"), (2, "kind"), (2, "reference"), (2, "when"), (4, "country"), (4, "title"), (4, "url"),
    ]  # fmt: skip


def test_nothing_is_written_when_one_row_is_bad(record):
    batches = Batch.objects.count()
    planned = plan("events", [EVENT, EVENT | {"kind": "party"}])
    with pytest.raises(NotApplied) as refusal:
        apply(planned)
    assert refusal.value.problems == planned.errors
    assert "kind" in str(refusal.value)
    assert (len(rows_of("events")), Batch.objects.count()) == (2, batches)


def test_what_has_come_to_be_wrong_since_the_plan_is_not_applied(record):
    planned = plan("events", [EVENT | {"hosts": "Down Under"}])
    bring_in("countries", [{"alpha2": "AU", "name": "Australia", "names": ""}])
    with pytest.raises(NotApplied):
        apply(planned)
    assert len(rows_of("events")) == 2


@pytest.mark.parametrize("refusal", [IntegrityError, DataError])
def test_what_the_database_refuses_is_not_applied(record, monkeypatch, refusal):
    def refuse(*_arguments):
        raise refusal("It does not fit.")

    planned = plan("places", [{"city": "Suva", "country": "AU", "latitude": "1", "longitude": "1"}])
    monkeypatch.setattr("exchange.writing.add_changes", refuse)
    with pytest.raises(NotApplied, match=r"nothing was written: It does not fit\."):
        apply(planned)
    assert not Place.objects.filter(city="Suva").exists()


def test_what_others_refer_to_is_not_deleted(record):
    with pytest.raises(NotApplied, match="cannot be deleted"):
        apply(plan("countries", deleting=[{"alpha2": "AU"}]))
    assert Country.objects.filter(alpha2="AU").exists()


def test_more_things_that_protect_a_record_than_can_be_named_are_counted(record):
    bring_in("events", [EVENT | {"title": f"Meeting {number}", "hosts": "TH"} for number in range(7)])
    with pytest.raises(NotApplied, match="and 2 more"):
        apply(plan("countries", deleting=[{"alpha2": "TH"}]))


# --- Changes ----------------------------------------------------------------------------------------------------------


def test_each_record_that_was_written_leaves_one_change_without_blank_cells(record):
    batch = bring_in("events", [row_of("events", "E2") | {"hosts": "ROK", "venue": "Hall"}, row_of("events", "E1")])
    (change,) = batch.changes.all()
    assert (change.type, change.key, change.previous_key) == ("events", "E2", "E2")
    assert change.fields == {"hosts": ("ROK [represented by its Justice Ministry]", "ROK"), "venue": ("", "Hall")}
    assert all(change.before.values())
    assert change.after == {name: cell for name, cell in row_of("events", "E2").items() if cell}


def test_a_new_record_has_no_row_before(record):
    change = bring_in("events", [EVENT]).changes.get()
    assert (change.before, change.previous_key, change.key) == (None, "", "E3")


def test_a_deleted_record_has_no_row_after_and_takes_what_belongs_to_it(record):
    row = row_of("events", "E2")
    batch = apply(plan("events", deleting=[{"reference": "E2"}]))
    assert [(change.type, change.key, change.after) for change in batch.changes.all()] == [
        ("outcomes", "O1", None),
        ("event_links", "E2 / E1 / reports_to", None),
        ("events", "E2", None),
    ]
    assert batch.changes.get(type="events").before == {name: cell for name, cell in row.items() if cell}


def test_the_plan_of_a_deletion_says_what_goes(record):
    lines = []
    planned = plan("outcomes", deleting=[{"reference": "O1"}], watch=lines.append)
    assert (planned.deleted, planned.rows, planned.changes_something) == (1, 0, True)
    assert lines[0].fields["text"] == ("Passports are forged.", None)
    assert not hasattr(planned, "undone")


def test_nothing_different_leaves_no_batch(record):
    batches = Batch.objects.count()
    assert bring_in("events", rows_of("events")) is None
    assert Batch.objects.count() == batches


def test_a_rename_changes_the_rows_of_events_without_a_change_of_theirs(record):
    batch = bring_in("bodies", [{"slug": "ministers", "name": "The Ministers"}])
    assert [change.type for change in batch.changes.all()] == ["bodies"]
    assert row_of("events", "E1")["bodies"] == "The Ministers"
    assert Body.objects.get(slug="ministers").name == "The Ministers"


# --- Many rows --------------------------------------------------------------------------------------------------------


def many_rows():
    rows = [
        EVENT | {"title": f"Meeting {n}", "hosts": "AU", "city": f"City {n % 3}", "country": "TH"} for n in range(1100)
    ]
    rows[7] |= {"reference": "E2", "title": "Retitled"}
    rows[1000] |= {
        "title": "Workshop on passports",
        "kind": "workshop",
        "when": "2003",
        "city": "Seoul",
        "country": "KR",
    }
    rows[600] |= {"title": "Meeting 3", "city": "City 0"}
    rows[1050] |= {"reference": "E400"}
    return rows


def test_a_file_of_several_chunks_does_what_one_of_one_chunk_would(record, monkeypatch):
    rows = many_rows()
    planned = plan("events", rows[:7] + rows[8:])
    assert (*counts(planned), planned.duplicate) == (1097, 1, 0, 0, 1)
    apply(planned)
    assert len(rows_of("events")) == 1099
    assert Place.objects.filter(city__startswith="City").count() == 3
    assert registry.resource_of("events").type == "events"
    assert row_of("events", "E400")["title"] == "Meeting 1050"


def test_a_record_that_an_earlier_chunk_changes_is_known_as_it_was_before_the_file(record, monkeypatch):
    monkeypatch.setattr("exchange.plans.CHUNK", 2)
    rows = [
        row_of("events", "E2") | {"title": "A meeting", "kind": "meeting", "when": "2005", "city": "", "country": ""},
        EVENT | {"title": "Second", "reference": ""},
        EVENT | {"reference": ""},
    ]
    planned = plan("events", rows)
    assert counts(planned) == (2, 1, 0, 0)
    apply(planned)
    assert [row["title"] for row in rows_of("events")] == ["First conference", "A meeting", "Second", "A meeting"]


def lines_alive():
    # Asked for its class, an object says what it likes; its type is what it is.
    return sum(type(each) is Line for each in gc.get_objects())


def test_names_that_nothing_knows_hold_on_to_no_lines(record, monkeypatch):
    monkeypatch.setattr("exchange.plans.CHUNK", 1)
    gc.collect()
    before, alive = lines_alive(), []
    rows = [EVENT | {"title": f"Meeting {number}", "hosts": "Nobody"} for number in range(10)]
    plan("events", rows, watch=lambda line: alive.append(lines_alive()))
    assert max(alive) <= before + 2


# --- While others write -----------------------------------------------------------------------------------------------


def test_what_somebody_else_has_made_since_a_pass_began_is_known_to_it(db):
    session = Session()
    resolvers = [session.resolver(each) for each in (Places, AllSeries, Themes, Participants, Bodies)]
    made = [factory() for factory in (PlaceFactory, SeriesFactory, ThemeFactory, CountryFactory, BodyFactory)]
    for resolver, record in zip(resolvers, made, strict=True):
        assert resolver.at(record.pk).pk == record.pk
    event = InvolvementFactory(role="host").event
    (row,) = registry.resource_of("events")(session).rows_of([event.pk]).values()
    assert row["hosts"] == event.involvements.get().participant.name
