"""Rows that only a person can tell: like an earlier row of the file, or like a record that is there."""

import pytest
from django.contrib.auth.models import User

from exchange import proposals
from exchange.decisions import NEW, REST, SAME
from exchange.parts import Different, Part, PlanOfParts, apply
from exchange.plans import NotApplied, plan
from exchange.proposals import Proposal
from records.models import Batch

from .record import bring_in, planned_lines, row_of, rows_of

pytestmark = pytest.mark.django_db

# E2 is the “Workshop on passports” of 2003 in Seoul.
NEAR = {"title": "Passports workshop", "kind": "workshop", "when": "2003-04", "city": "Seoul", "country": "KR"}
OTHER = {"title": "Meeting on returns", "kind": "meeting", "when": "2005", "city": "", "country": ""}


def references():
    return [row["reference"] for row in rows_of("events")]


def batch():
    return Batch(origin=Batch.Origin.IMPORT)


# --- Like a record ----------------------------------------------------------------------------------------------------


def test_a_row_like_a_record_is_neither_new_nor_the_same_until_somebody_has_decided(record):
    (line,) = planned_lines("events", [NEAR])
    assert (line.status, line.is_undecided, list(line.likely)) == ("likely", True, ["E2"])
    assert line.likely["E2"]["title"] == "Workshop on passports"
    assert line.fields["title"] == (None, "Passports workshop")
    planned = plan("events", [NEAR])
    assert (planned.likely, planned.new, planned.errors, planned.is_good) == (1, 0, [], False)
    assert planned.changes_something
    with pytest.raises(NotApplied, match="row 2, reference: This is probably there already, as E2 “Workshop on passp"):
        planned.apply(batch())
    assert references() == ["E1", "E2"]


@pytest.mark.parametrize("decisions", [{2: "E2"}, {"2": "E2"}, {2: SAME}, {REST: SAME}, {2: "E2", REST: NEW}])
def test_a_row_is_of_the_record_that_was_chosen(record, decisions):
    bring_in("events", [NEAR], decisions=decisions)
    assert references() == ["E1", "E2"]
    assert (row_of("events", "E2")["title"], row_of("events", "E2")["when"]) == ("Passports workshop", "2003-04")


@pytest.mark.parametrize("decisions", [{2: NEW}, {REST: NEW}, {2: NEW, REST: SAME}])
def test_a_row_makes_a_record_of_its_own_where_that_was_decided(record, decisions):
    bring_in("events", [NEAR], decisions=decisions)
    assert references() == ["E1", "E2", "E3"]


def test_what_was_decided_can_be_seen_and_what_else_it_may_be(record):
    (line,) = planned_lines("events", [NEAR], decisions={2: "E2"})
    assert (line.status, line.decision, line.is_undecided, list(line.likely)) == ("changed", "E2", False, ["E2"])
    (line,) = planned_lines("events", [NEAR], decisions={2: NEW})
    assert (line.status, line.decision, line.is_undecided, list(line.likely)) == ("new", NEW, False, ["E2"])


def test_a_record_may_be_chosen_that_nothing_speaks_for(record):
    (line,) = planned_lines("events", [OTHER], decisions={2: "E1"})
    assert (line.status, line.cell("reference"), line.likely) == ("changed", "E1", {})


def test_a_record_that_was_chosen_must_be_there(record):
    planned = plan("events", [NEAR], decisions={2: "E77"})
    assert [str(problem) for problem in planned.errors] == ["row 2, reference: There is no such record."]
    assert planned.errors[0].value == "E77"


def test_two_rows_are_not_of_the_one_record_that_was_chosen(record):
    planned = plan("events", [NEAR, NEAR | {"title": "A passports workshop"}], decisions={REST: "E2"})
    assert [str(problem) for problem in planned.errors] == ["row 3, reference: Row 2 is of the same record already."]


def test_decisions_are_for_rows_without_a_key_alone(record):
    rows = [NEAR | {"reference": "N1"}, NEAR | {"reference": "E1"}]
    assert [line.status for line in planned_lines("events", rows, decisions={REST: "E2"})] == ["new", "changed"]


def test_whoever_may_not_change_published_events_may_not_choose_one(record):
    clerk = User.objects.create_user("clerk")
    planned = plan("events", [NEAR], by=clerk, decisions={2: "E1"})
    assert "no right to publish" in planned.errors[0].message


def test_a_row_in_error_asks_nothing(record):
    planned = plan("events", [NEAR | {"hosts": "Nobody at all"}])
    assert (planned.likely, planned.questions, len(planned.errors)) == (0, [], 1)


def test_records_like_a_row_are_asked_for_a_chunk_at_a_time(
    record, django_assert_num_queries, django_assert_max_num_queries
):
    bring_in("events", [NEAR | {"reference": f"X{day}", "when": f"2003-05-{day:02}"} for day in range(1, 31)])
    rows = [NEAR | {"when": f"2003-05-{day:02}"} for day in range(1, 31)]
    rows = [row | {"title": f"{row['title']} held"} for row in rows]
    queries = []
    for number in (1, 30):
        with django_assert_max_num_queries(30) as counted:
            planned = plan("events", rows[:number])
        assert planned.likely == number
        queries.append(len(counted))
    assert queries[0] == queries[1]


# --- Like an earlier row ----------------------------------------------------------------------------------------------


def test_a_row_that_says_just_what_an_earlier_one_says_is_left_out_without_a_question(record):
    planned = plan("events", [OTHER, OTHER])
    assert (planned.new, planned.duplicate, planned.is_good) == (1, 1, True)
    (first, second) = planned_lines("events", [OTHER, OTHER])
    assert (second.status, second.duplicate_of, second.repeats) == ("duplicate", first.number, True)
    planned.apply(batch())
    assert references() == ["E1", "E2", "E3"]


def test_the_same_file_again_changes_nothing_though_a_row_is_left_out(record):
    bring_in("events", [OTHER, OTHER])
    planned = plan("events", [OTHER, OTHER])
    assert (planned.same, planned.duplicate, planned.is_good, planned.changes_something) == (1, 1, True, False)


def test_a_row_that_says_more_than_an_earlier_one_is_to_be_decided(record):
    rows = [OTHER | {"hosts": "Australia"}, OTHER | {"hosts": "Indonesia"}]
    planned = plan("events", rows)
    assert (planned.new, planned.duplicate, planned.is_good) == (1, 1, False)
    with pytest.raises(NotApplied, match="row 3, reference: Row 2 is the same but for what else it says"):
        planned.apply(batch())
    assert references() == ["E1", "E2"]


@pytest.mark.parametrize(
    ("decision", "hosts"),
    [({3: NEW}, ["Australia", "Indonesia"]), ({3: SAME}, ["Australia"]), ({REST: SAME}, ["Australia"])],
)
def test_both_rows_are_records_or_the_second_is_left_out_as_was_decided(record, decision, hosts):
    bring_in("events", [OTHER | {"hosts": "Australia"}, OTHER | {"hosts": "Indonesia"}], decisions=decision)
    assert [row["hosts"] for row in rows_of("events")[2:]] == hosts


def test_even_rows_that_say_just_the_same_may_be_two_records(record):
    bring_in("events", [OTHER, OTHER], decisions={3: NEW})
    assert references() == ["E1", "E2", "E3", "E4"]


def test_rows_with_keys_of_their_own_are_no_duplicates_but_one_without_is(record):
    keyed = [OTHER | {"reference": "X1"}, OTHER | {"reference": "X2"}]
    assert plan("events", keyed).new == 2
    *_keyed, last = planned_lines("events", [*keyed, OTHER | {"reference": ""}])
    assert (last.status, last.duplicate_of, last.is_undecided) == ("duplicate", 2, True)


def test_rows_at_a_place_that_the_file_makes_are_told_to_be_alike(record, monkeypatch):
    monkeypatch.setattr("exchange.plans.CHUNK", 1)  # the place is saved before the second row is planned
    rows = [OTHER | {"city": "Nusa Dua", "country": "ID"}, OTHER | {"city": "NUSA DUA", "country": "ID"}]
    planned = plan("events", rows, decisions={3: SAME})
    planned.apply(batch())
    assert (planned.new, planned.duplicate) == (1, 1)
    assert references() == ["E1", "E2", "E3"]


def test_a_row_that_is_left_out_takes_no_reference(record):
    bring_in("events", [OTHER, OTHER, OTHER | {"title": "Seminar"}])
    assert references() == ["E1", "E2", "E3", "E4"]


# --- Parts and proposals ----------------------------------------------------------------------------------------------


def test_what_was_decided_is_part_of_what_was_shown(record):
    undecided, decided = Part("events", [NEAR]), Part("events", [NEAR], decisions={2: "E2"})
    shown = PlanOfParts([undecided])
    assert (shown.is_good, len(shown.questions), shown.in_words) == (False, 1, "1 probably there already")
    assert shown.fingerprint != PlanOfParts([decided]).fingerprint
    with pytest.raises(Different):
        apply([decided], batch(), shown=PlanOfParts([Part("events", [NEAR], decisions={2: NEW})]).fingerprint)
    assert apply([decided], batch(), shown=PlanOfParts([decided]).fingerprint) == "1 changed"


def test_which_record_it_changes_is_part_of_what_was_shown(record):
    bring_in("events", [NEAR | {"reference": "E9", "title": "Workshop on passports"}])
    sooner, later = (Part("events", [NEAR], decisions={2: key}) for key in ("E2", "E9"))
    assert PlanOfParts([sooner]).fingerprint != PlanOfParts([later]).fingerprint


def test_parts_after_one_that_asks_are_planned_as_if_its_rows_were_new(record):
    parts = [Part("events", [NEAR]), Part("themes", [{"name": "Returns"}])]
    planned = PlanOfParts(parts)
    assert (planned.is_good, [each.new for each in planned.plans]) == (False, [0, 1])
    assert references() == ["E1", "E2"]


def test_a_proposal_keeps_what_was_decided_until_it_is_taken_back(record, settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path
    clerk = User.objects.create_user("clerk")
    kept = Proposal(
        owner=clerk.pk, type="events", title="A", origin="import", back="/", parts=[Part("events", [NEAR]).as_json()]
    )
    proposals.keep(kept)

    def decided():
        (part,) = proposals.find(kept.name, "events", clerk).read_parts()
        return part.decisions

    kept.decide("events", {2: "E2", REST: NEW})
    assert decided() == {"2": "E2", REST: NEW}
    kept.decide("events", {2: ""})
    assert decided() == {REST: NEW}


def test_a_new_reference_with_a_small_letter_is_noted(record):
    (line,) = planned_lines("events", [OTHER | {"reference": "e1"}])
    assert line.notes == ["Row 2 makes e1, which is another than E1."]
