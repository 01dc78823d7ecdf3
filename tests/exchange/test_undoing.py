"""A batch is taken back: the record is as it was before it, byte for byte, and taking that back gives it again."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from exchange import registry, starting_record
from exchange.parts import Part, PlanOfParts, apply
from exchange.plans import NotApplied, Plan, plan
from exchange.problems import Problem
from exchange.undoing import undo_of
from records.models import Batch, Counter
from tests import snapshots
from tests.factories import PersonFactory

from .doing import steps
from .record import bring_in, bring_in_each, exports, row_of, rows_of, undone
from .strategies import examples_that_undo, record_sets

pytestmark = pytest.mark.django_db


def take_back(batch):
    """Take a batch back as a page does, and return the batch in which that was done."""
    undo = undo_of(batch)
    assert undo.kept_back == []
    planned = PlanOfParts(undo.parts)
    assert planned.is_good, [str(problem) for problem in planned.errors]
    taking = Batch(origin=Batch.Origin.UNDO, undoes=batch)
    apply(undo.parts, taking, shown=planned.fingerprint)
    return taking


def staged(doings):
    """Do one thing after the other to the record; return each batch with the exports from before and after it."""
    stages, before = [], exports()
    for do, *arguments in doings:
        newest = Batch.objects.first()
        with transaction.atomic():
            do(*arguments)
        batch = Batch.objects.first()
        if batch != newest:
            stages.append((batch, before, exports()))
            before = stages[-1][-1]
    return stages


def texts_of(stages):
    return [(before, after) for _batch, before, after in stages]


def counters():
    return {letter: Counter.last(letter) for letter in "ADEOR"}


# To find a smaller example of one that failed would take minutes.
@settings(
    examples_that_undo,
    max_examples=examples_that_undo.max_examples // 2,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(record_sets(), st.lists(steps, min_size=3, max_size=8), st.data())
def test_any_mix_of_imports_saves_and_deletions_is_taken_back_and_done_again(sets, todo, data):
    """Batch after batch, to the empty record; then the undoing of each, to where it was."""
    for edition in sets["editions"]:
        edition["issued"] = ""  # what is issued stays for good
        edition["publication"] = "published" if edition["origin"] == "imported" else ""
    with undone():
        doings = [(bring_in_each, type, sets[type]) for type in registry.types()]
        stages = staged(doings + [(step, data.draw, type) for step, type in todo])
        given = counters()
        back = staged((take_back, batch) for batch, _before, _after in reversed(stages))
        assert not any(rows_of(type) for type in registry.types())
        assert texts_of(back) == [(after, before) for before, after in reversed(texts_of(stages))]
        again = staged((take_back, undo) for undo, _before, _after in reversed(back))
        assert texts_of(again) == texts_of(stages)
        assert counters() == given


def test_the_starting_record_is_taken_back_whole_and_comes_again():
    snapshots.put("starting record", starting_record.load)
    before = exports()
    undo = take_back(Batch.objects.get())
    assert not any(rows_of(type) for type in registry.types())
    take_back(undo)
    assert exports() == before


# --- What is kept back ------------------------------------------------------------------------------------------------


def kept_back(batch, by=None):
    """What is kept back: {key: why}."""
    return {each.key: each.why for each in undo_of(batch, by).kept_back}


def take_back_the_rest(batch):
    undo = undo_of(batch)
    apply(undo.parts, Batch(origin=Batch.Origin.UNDO, undoes=batch))
    return undo


def event(reference, **cells):
    return {"reference": reference, "title": f"Event {reference}", "kind": "meeting"} | cells


def changed(type, key, **cells):
    """Change cells of a record; return the batch."""
    return bring_in(type, [row_of(type, key) | cells])


def delete(type, *keys):
    """Delete records in one batch; return it."""
    return plan(type, deleting=[row_of(type, key) for key in keys]).apply(Batch(origin=Batch.Origin.ADMIN))


def test_what_was_changed_or_deleted_later_is_named_and_the_rest_taken_back(record):
    batch = bring_in("events", [event("E3"), event("E4"), event("E5"), row_of("events", "E2") | {"venue": "Hall"}])
    later = changed("events", "E4", venue="Elsewhere")
    gone = delete("events", "E5")
    undo = take_back_the_rest(batch)
    assert [(each.type, each.key, each.name, each.batch) for each in undo.kept_back] == [
        ("events", "E4", "Event E4", later.pk),
        ("events", "E5", "Event E5", gone.pk),
    ]
    assert kept_back(batch)["E5"] == f"Batch {gone.pk} deleted it later."
    assert [row["reference"] for row in rows_of("events")] == ["E1", "E2", "E4"]
    assert row_of("events", "E2")["venue"] == ""


def test_only_what_the_batch_changed_is_put_back(record):
    """A row differs by text alone where a body got another name; that is no change of the event."""
    batch = changed("events", "E1", venue="Hall")
    bring_in("bodies", [{"slug": "ministers", "name": "Ministerial Conference"}])
    take_back(batch)
    assert (row_of("events", "E1")["venue"], row_of("events", "E1")["bodies"]) == ("", "Ministerial Conference")


def test_what_was_taken_back_is_not_taken_back_twice_until_it_is_done_again(record):
    batch = changed("events", "E1", venue="Hall")
    undo = take_back(batch)
    assert kept_back(batch) == {"E1": f"Batch {undo.pk} took it back already."}
    assert undo_of(batch).parts == []
    take_back(undo)
    take_back(batch)
    assert row_of("events", "E1")["venue"] == ""


def test_batches_are_taken_back_one_after_the_other_as_they_were_made_last(record):
    first, second = changed("events", "E1", venue="Hall"), changed("events", "E1", venue="Palace")
    assert kept_back(first) == {"E1": f"Batch {second.pk} changed it later."}
    take_back(second)
    take_back(first)
    assert row_of("events", "E1")["venue"] == ""


def test_a_record_is_followed_under_its_later_keys(record):
    batch = bring_in("places", [{"city": "Densapar", "country": "ID"}])
    correction = plan(
        "places",
        Part("places", [{"city": "Denpasar", "country": "ID"}], found_by=[{"city": "Densapar", "country": "ID"}]).rows,
    ).apply(Batch(origin=Batch.Origin.ADMIN))
    assert kept_back(batch) == {"Denpasar / ID": f"Batch {correction.pk} changed it later."}
    take_back(correction)
    take_back(batch)
    assert "Densapar" not in {row["city"] for row in rows_of("places")}


def test_what_was_deleted_does_not_come_again_where_another_has_its_key(record):
    batch = delete("places", "Perth / AU")
    other = bring_in("places", [{"city": "Perth", "country": "AU", "latitude": "1", "longitude": "2"}])
    assert kept_back(batch) == {"Perth / AU": f"Batch {other.pk} changed it later."}
    take_back(other)
    bring_in("places", [{"city": "Pert", "country": "AU"}])
    rows = [{"city": "Perth", "country": "AU"}]
    moved = plan("places", Part("places", rows, found_by=[{"city": "Pert", "country": "AU"}]).rows)
    moved = moved.apply(Batch(origin=Batch.Origin.ADMIN))
    assert kept_back(batch) == {"Perth / AU": f"Batch {moved.pk} gave its key to another."}


def test_what_others_refer_to_by_now_stays(record):
    batch = Batch(origin=Batch.Origin.IMPORT)
    parts = [
        Part("agencies", [{"slug": "unodc", "name": "UNODC", "kind": "organisation"}]),
        Part("bodies", [{"slug": "steering-group", "name": "Steering Group"}]),
        Part("themes", [{"slug": "training", "name": "Training"}, {"slug": "visas", "name": "Visas"}]),
        Part("events", [event("E3"), event("E4")]),
    ]
    apply(parts, batch)
    bring_in("memberships", [{"body": "steering-group", "member": "unodc", "joined": ""}])
    bring_in("outcomes", [{"reference": "O9", "event": "E3", "kind": "finding", "text": "Ports are open."}])
    bring_in("events", [event("E9", themes="Training", hosts="UNODC", title="Talks"), event("E8", themes="Training")])
    assert kept_back(batch) == {
        "unodc": "The event “E9 Talks” and the membership “UNODC in Steering Group” refer to it.",
        "steering-group": "The membership “UNODC in Steering Group” refers to it.",
        "training": "The event “E8 Event E8” and the event “E9 Talks” refer to it.",
        "E3": "The outcome “O9 finding” refers to it.",
    }
    bring_in("events", [event("E7", themes="Training")])
    assert kept_back(batch)["training"] == "The event “E7 Event E7”, the event “E8 Event E8” and 1 more refer to it."
    take_back_the_rest(batch)
    assert [row["slug"] for row in rows_of("themes")] == ["document-fraud", "legislation", "training"]


def test_what_stays_keeps_what_it_refers_to_and_nothing_else(record):
    rows = [{"slug": "officials", "name": "Officials", "parent": "Heads"}, {"slug": "heads", "name": "Heads"}]
    batch = bring_in("bodies", [*rows, {"slug": "experts", "name": "Experts", "parent": "Heads"}])
    bring_in("events", [event("E9", bodies="Officials")])
    assert kept_back(batch) == {
        "officials": "The event “E9 Event E9” refers to it.",
        "heads": "The body “Officials” refers to it.",
    }


def test_a_name_that_means_another_since_is_not_put_back(record):
    changed("events", "E1", bodies="AHEG I")
    batch = changed("events", "E1", bodies="")
    theme = changed("events", "E2", themes="")
    renamed = plan("bodies", [row_of("bodies", "aheg-one") | {"name": "Experts"}], exact=True).apply(
        Batch(origin=Batch.Origin.ADMIN)
    )
    bring_in("bodies", [{"slug": "others", "name": "Ad Hoc Experts' Group I"}])
    (kept,) = undo_of(batch).kept_back
    assert (kept.why, kept.batch) == (
        "“Ad Hoc Experts' Group I” is the name of something else, or of nothing, since.",
        renamed.pk,
    )
    changed("themes", "document-fraud", name="Forgery")
    changed("themes", "document-fraud", name="Document fraud")
    take_back(theme)
    assert row_of("events", "E2")["themes"] == "Document fraud"


def test_a_place_that_is_called_otherwise_since_is_not_made_again(record):
    batch = changed("events", "E2", city="Perth", country="AU")
    found_by = [{"city": "Seoul", "country": "KR"}]
    moves = [
        plan("places", Part("places", [{"city": city, "country": "KR"}], found_by=[found]).rows).apply(
            Batch(origin="admin")
        )
        for city, found in (("Soul", found_by[0]), ("Seoul City", {"city": "Soul", "country": "KR"}))
    ]
    assert kept_back(batch) == {"E2": "“Seoul” is the name of something else, or of nothing, since."}
    # What came by the name since, and gave it up again, is not what it meant.
    bring_in("themes", [{"slug": "seoul-theme", "name": "Seoul"}])
    changed("themes", "seoul-theme", name="Korea")
    for move in reversed(moves):
        take_back(move)
    take_back(batch)
    assert row_of("events", "E2")["city"] == "Seoul"


def test_who_took_the_name_of_its_child_is_let_go_of_and_the_name_given_back(record):
    """The new body can neither go before the child lets go of it nor stay until the child has its name again."""
    before = exports()
    batch = bring_in(
        "bodies",
        [
            {"slug": "aheg-one", "name": "Experts", "short_name": "", "parent": "officials", "names": ""},
            {"slug": "officials", "name": "Officials", "short_name": "AHEG I", "parent": "", "names": ""},
        ],
    )
    after = exports()
    undo = take_back(batch)
    assert exports() == before
    take_back(undo)
    assert exports() == after


def test_what_one_has_no_right_to_is_kept_back(record):
    editor = PersonFactory(role="Editor")
    batch = bring_in("events", [row_of("events", "E1") | {"venue": "Hall"}, row_of("events", "E2") | {"venue": "Hall"}])
    assert kept_back(batch, editor) == {"E1": "You have no right to publish events or to change published ones."}


def test_a_column_that_is_no_more_keeps_its_record_back(record):
    batch = bring_in("events", [row_of("events", key) | {"venue": "Hall"} for key in ("E1", "E2")])
    change = batch.changes.get(key="E2")
    change.before["dress_code"] = "formal"
    change.save()
    assert kept_back(batch) == {"E2": "It had a column dress_code, which is no more."}


def test_a_record_is_kept_back_with_all_that_one_batch_did_to_it(record):
    batch = Batch(origin=Batch.Origin.IMPORT)
    themes = [Part("themes", [{"slug": "visas", "name": name}, {"name": "Ports"}]) for name in ("Visas", "Entry visas")]
    apply(themes, batch)
    bring_in("events", [event("E9", themes="Entry visas")])
    assert kept_back(batch) == {"visas": "The event “E9 Event E9” refers to it."}
    take_back_the_rest(batch)
    assert [row["name"] for row in rows_of("themes")] == ["Document fraud", "Legislation", "Entry visas"]


def test_what_the_database_refuses_is_kept_back_with_what_hangs_on_it(record, monkeypatch):
    batch = Batch(origin=Batch.Origin.IMPORT)
    apply([Part("themes", [{"slug": "visas", "name": "Visas"}]), Part("events", [event("E3", themes="Visas")])], batch)

    def refused(_planned, *_arguments, **_options):
        raise NotApplied([Problem(1, "", "", "The disk is full.")])

    monkeypatch.setattr(Plan, "apply", refused)
    assert kept_back(batch) == {"visas": "The event “E3 Event E3” refers to it.", "E3": "The disk is full."}


def test_what_a_long_file_makes_by_turns_goes_type_by_type(record, monkeypatch):
    before = exports()
    monkeypatch.setattr("exchange.plans.CHUNK", 1)
    batch = bring_in("events", [event(f"E{n}", city=f"Town {n}", country="AU") for n in (3, 4, 5)])
    assert [change.type for change in batch.changes.order_by("pk")] == ["places", "events"] * 3
    undo = undo_of(batch)
    assert [part.type for part in undo.parts] == ["events", "places"]
    after = exports()
    undo = take_back(batch)
    assert exports() == before
    take_back(undo)
    assert exports() == after


def test_references_are_never_given_again_but_to_what_had_them(record):
    row = {"title": "Ports", "kind": "meeting", "when": "2004", "city": "", "country": ""}
    batch = bring_in("events", [row])
    undo = take_back(batch)
    bring_in("events", [row | {"title": "Visas"}])
    assert [each["reference"] for each in rows_of("events")] == ["E1", "E2", "E4"]
    take_back(undo)
    assert row_of("events", "E3")["title"] == "Ports"


def test_a_batch_without_changes_has_nothing_to_take_back(record):
    assert undo_of(Batch.objects.create(origin=Batch.Origin.ADMIN)) == ([], [])


def queries_of_an_undoing(rows):
    """How often the database is asked for what taking back so many events would do."""
    names = [f"E{number}" for number in range(10, 10 + 2 * rows)]
    batch = Batch(origin=Batch.Origin.IMPORT)
    with undone():
        parts = [Part("themes", [{"name": "Visas"}]), Part("events", [event(name, themes="Visas") for name in names])]
        apply(parts, batch)
        bring_in("events", [row_of("events", name) | {"venue": "Hall"} for name in names[::2]])
        with CaptureQueriesContext(connection) as captured:
            assert len(undo_of(batch).kept_back) == rows + 1
    return len(captured)


def test_queries_do_not_depend_on_how_many_records_there_are(record):
    assert queries_of_an_undoing(1) == queries_of_an_undoing(30)
