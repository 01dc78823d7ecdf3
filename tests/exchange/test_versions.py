"""A record's past is followed through its keys, and what is gone is known."""

import pytest

from exchange import registry
from exchange.parts import Part, PlanOfParts, apply
from exchange.versions import changes_of, current, deletions, restoring
from records.models import Batch, Change
from tests.factories import BatchFactory

from .record import bring_in, row_of

PLACES, EVENTS, LINKS = (registry.resource_of(type) for type in ("places", "events", "event_links"))

pytestmark = pytest.mark.django_db


def change(before, after):
    """A change of a place from one city to another; None for none."""
    rows = [city and {"city": city, "country": "ID"} for city in (before, after)]
    return Change.objects.create(
        batch=BatchFactory(),
        type="places",
        key=f"{after or before} / ID",
        previous_key=f"{before} / ID" if before else "",
        before=rows[0],
        after=rows[1],
    ).pk


def past(city):
    return list(changes_of(PLACES, f"{city} / ID").values_list("pk", flat=True))


def test_a_past_is_followed_through_former_keys():
    first, second, third = change(None, "Densapar"), change("Densapar", "Denpasar"), change("Denpasar", None)
    change(None, "Ubud")
    assert past("Denpasar") == [third, second, first]


def test_a_former_key_leads_to_the_record_that_had_it():
    moves = [change(None, "A"), change("A", "B"), change("B", "C")]
    assert past("A") == past("B") == past("C") == moves[::-1]


def test_a_key_that_another_record_had_before_is_not_followed_into_its_past():
    other = [change(None, "A"), change("A", "B")]
    own = [change(None, "A"), change("A", "A")]
    assert past("A") == own[::-1]
    assert past("B") == other[::-1]


def test_what_was_deleted_and_came_again_has_one_past():
    lives = [change(None, "A"), change("A", None), change(None, "A")]
    assert past("A") == lives[::-1]


def test_two_records_that_changed_places_keep_their_own_pasts():
    first, second = change(None, "A"), change(None, "B")
    moves = change("A", "X"), change("B", "A"), change("X", "B")
    assert past("A") == [moves[1], second]
    assert past("B") == [moves[2], moves[0], first]


def test_what_nothing_ever_was_has_no_past():
    assert past("Nowhere") == []


def delete(*pairs):
    """Delete records by type and key row, in one batch; return it."""
    batch = Batch(origin=Batch.Origin.ADMIN)
    apply([Part(type, deleting=[row]) for type, row in pairs], batch)
    return batch


def gone(resource):
    return [change.key for change in deletions(resource)]


def restore(resource, key):
    parts, notes = restoring(resource, deletions(resource).get(key=key))
    planned = PlanOfParts(parts)
    assert planned.is_good, [str(error) for error in planned.errors]
    apply(parts, Batch(origin=Batch.Origin.RESTORE))
    return notes


def test_what_is_gone_is_listed_until_it_is_there_again(record):
    delete(("events", {"reference": "E2"}))
    assert (gone(EVENTS), gone(LINKS)) == (["E2"], ["E2 / E1 / reports_to"])
    restore(EVENTS, "E2")
    assert (gone(EVENTS), gone(LINKS)) == ([], [])
    delete(("events", {"reference": "E2"}))
    delete(("events", {"reference": "E1"}))
    assert gone(EVENTS) == ["E1", "E2"]
    assert deletions(EVENTS).get(key="E2").pk == Change.objects.filter(key="E2", after=None).last().pk


def test_a_place_that_came_again_and_moved_on_is_not_listed(record):
    delete(("places", {"city": "Perth", "country": "AU"}))
    assert gone(PLACES) == ["Perth / AU"]
    bring_in("places", [{"city": "Perth", "country": "AU"}])
    assert gone(PLACES) == []


def test_a_restored_event_is_as_it_was_with_what_went_along(record):
    before = {type: row_of(type, key) for type, key in (("events", "E2"), ("outcomes", "O1"))}
    delete(("events", {"reference": "E2"}))
    assert restore(EVENTS, "E2") == []
    assert {"events": row_of("events", "E2"), "outcomes": row_of("outcomes", "O1")} == before
    assert row_of("event_links", "E2 / E1 / reports_to")
    batch = Batch.objects.first()
    assert (batch.origin, batch.changes.count()) == ("restore", 3)


def test_of_two_events_that_went_together_their_link_comes_with_the_second(record):
    batch = Batch(origin=Batch.Origin.ADMIN)
    apply([Part("events", deleting=[{"reference": "E1"}, {"reference": "E2"}])], batch)
    assert restore(EVENTS, "E2") == ["The link E2 / E1 / reports_to stays away, for E1 is not there."]
    assert gone(LINKS) == ["E2 / E1 / reports_to"]
    assert restore(EVENTS, "E1") == []
    assert gone(LINKS) == []


def test_what_is_gone_meanwhile_is_named(record):
    bring_in("events", [{"reference": "E3", "title": "Visas", "kind": "meeting", "themes": "Legislation"}])
    delete(("events", {"reference": "E3"}))
    delete(("themes", {"slug": "legislation"}))
    parts, _notes = restoring(EVENTS, deletions(EVENTS).get())
    (problem,) = PlanOfParts(parts).errors
    assert "No theme is known as “Legislation”." in problem.message


def test_what_stands_is_found_by_any_row_with_its_key(record):
    found, row = current(EVENTS, {"reference": "E2"})
    assert (found.reference, row["title"]) == ("E2", "Workshop on passports")
    assert current(EVENTS, {"reference": "E99"}) == (None, None)
    found, row = current(PLACES, {"city": "SEOUL", "country": "KR"})
    assert row["city"] == "Seoul"
