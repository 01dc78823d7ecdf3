"""Rows of several types are planned and applied together, or not at all."""

import pytest

from events.models import Event, Outcome
from exchange.parts import Different, Part, PlanOfParts, apply
from exchange.plans import NotApplied
from records.models import Batch, Change

from .record import bring_in, row_of

pytestmark = pytest.mark.django_db

EVENT = {"reference": "E7", "title": "Ports", "kind": "workshop"}
OUTCOME = {"reference": "O7", "event": "E7", "kind": "finding", "text": "Useful"}


def batch():
    return Batch(origin=Batch.Origin.RESTORE)


def parts(event=EVENT, outcome=OUTCOME):
    return [Part("events", [event]), Part("outcomes", [outcome])]


def test_a_later_part_may_refer_to_what_an_earlier_one_makes():
    planned = PlanOfParts(parts())
    assert planned.is_good
    assert planned.in_words == "2 new"
    assert not Event.objects.exists()
    assert not Batch.objects.exists()
    assert apply(parts(), batch(), shown=planned.fingerprint) == "2 new"
    assert Outcome.objects.get().event.reference == "E7"
    assert [change.key for change in Batch.objects.get().changes.all()] == ["E7", "O7"]


def test_after_a_part_with_errors_none_is_planned():
    planned = PlanOfParts(parts(event=EVENT | {"kind": "worksop"}))
    assert [problem.column for problem in planned.errors] == ["kind"]
    assert len(planned.plans) == 1


def test_where_one_part_is_in_error_nothing_is_written():
    wrong = parts(outcome=OUTCOME | {"kind": "findin"})
    assert [problem.column for problem in PlanOfParts(wrong).errors] == ["kind"]
    with pytest.raises(NotApplied):
        apply(wrong, batch())
    assert not Event.objects.exists()
    assert not Change.objects.exists()


def test_what_the_database_refuses_in_a_rehearsal_is_said(record):
    (problem,) = PlanOfParts([Part("bodies", deleting=[{"slug": "ministers"}]), *parts()]).errors
    assert "while others refer to it: event “E1 First conference”" in problem.message


def test_what_would_do_something_else_than_was_shown_is_not_done(record):
    setting = [Part("events", [{"reference": "E2", "title": "Workshop on passports", "kind": "other"}])]
    shown = PlanOfParts(setting).fingerprint
    bring_in("events", [{"reference": "E2", "title": "Workshop on visas", "kind": "workshop"}])
    with pytest.raises(Different):
        apply(setting, batch(), shown=shown)
    assert row_of("events", "E2")["title"] == "Workshop on visas"
    assert apply(setting, batch(), shown=PlanOfParts(setting).fingerprint) == "1 changed"


def test_where_all_is_so_already_there_is_no_batch(record):
    said = apply([Part("themes", [{"name": "Legislation"}])], of := batch())
    assert (said, of.pk) == ("1 the same", None)


@pytest.mark.parametrize(
    ("rows", "deleting", "said"),
    [([], [], "no rows"), ([{"name": "A"}, {"name": "Legislation"}], [{"slug": "document-fraud"}], None)],
)
def test_counts_are_said_as_a_sentence_has_them(record, rows, deleting, said):
    bring_in("events", [{"reference": "E2", "title": "Workshop on passports", "kind": "workshop", "themes": ""}])
    planned = PlanOfParts([Part("themes", rows, deleting=deleting)])
    assert planned.in_words == (said or "1 new, 1 the same and 1 deleted")
