"""Replaying all changes from the first makes the record as it stands, whatever was done to it and by what means."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from events.forms import PlaceForm
from events.models import Event, EventLink, Place
from exchange import registry
from exchange.plans import NotApplied, plan
from exchange.recording import recording
from exchange.replay import replay
from participants.forms import AgencyForm, BodyForm, CountryForm
from participants.models import Agency, Body, Country, Membership
from records.models import Batch, Change

from .doing import delete, save, steps
from .record import bring_in, bring_in_each, empty_the_record, exports, row_of, rows_of, undone
from .strategies import examples_that_undo, record_sets

FORMS = {Country: CountryForm, Agency: AgencyForm, Body: BodyForm, Place: PlaceForm}


def all_changes():
    return list(Change.objects.select_related("batch").order_by("pk"))


def said(changes):
    """What changes say, but for their batch's time."""
    return [
        (change.type, change.key, change.previous_key, change.before, change.after, change.batch.origin)
        for change in changes
    ]


def assert_replays():
    """Replaying makes the same record, by the same changes."""
    before, changes = exports(), all_changes()
    empty_the_record()
    replay(changes)
    after = exports()
    for type in registry.types():
        assert after[type] == before[type]
    assert said(all_changes()) == said(changes)


# --- Any mix of it ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@examples_that_undo
@given(record_sets(), st.lists(steps, min_size=3, max_size=12), st.data())
def test_any_mix_of_imports_saves_and_deletions_replays(sets, todo, data):
    with undone():
        for type in registry.types():
            bring_in_each(type, sets[type])
        for step, type in todo:
            with transaction.atomic():
                step(data.draw, type)
        assert_replays()


# --- What was found to be hard ----------------------------------------------------------------------------------------


def place(city):
    return Place.objects.get(city=city)


@pytest.mark.django_db
def test_a_city_that_was_corrected_replays(record):
    seoul = place("Seoul")
    seoul.city = "Seoul City"
    save(seoul)
    seoul.city = ""
    save(seoul)
    bring_in("events", [row_of("events", "E1") | {"city": "Seoul", "country": "KR"}])
    assert_replays()


@pytest.mark.django_db
def test_a_membership_and_a_link_whose_keys_changed_replay(record):
    membership, link = Membership.objects.get(), EventLink.objects.get()
    membership.joined, membership.member = "2003", Country.objects.get(alpha2="TH")
    save(membership)
    membership.joined, membership.body = "", Body.objects.get(slug="ministers")
    save(membership)
    link.kind, link.from_event, link.to_event = "prepares", link.to_event, link.from_event
    save(link)
    assert [(change.previous_key, change.key) for change in all_changes()[-3:]] == [
        ("bali-process / AU / ", "bali-process / TH / 2003"),
        ("bali-process / TH / 2003", "ministers / TH / "),
        ("E2 / E1 / reports_to", "E1 / E2 / prepares"),
    ]
    assert_replays()


@pytest.mark.django_db
def test_a_membership_that_was_deleted_and_begun_again_in_one_save_replays(record):
    membership = Membership.objects.get()
    again = Membership(body=membership.body, member=membership.member, joined="2005")
    with recording() as recorder:
        recorder.watch([again])
        recorder.delete([membership])
        again.save()
    assert_replays()


@pytest.mark.django_db
def test_an_undated_membership_that_was_closed_and_begun_again_in_one_save_replays(record):
    membership = Membership.objects.get()
    again = Membership(body=membership.body, member=membership.member, joined="2005")
    with recording() as recorder:
        recorder.watch([membership, again])
        membership.left = "2004"
        membership.save()
        again.save()
    assert_replays()


@pytest.mark.django_db
def test_memberships_that_took_each_others_dates_replay(record):
    rows = [{"body": "Ministers", "member": "AU", "joined": year, "left": year} for year in ("2001", "2003")]
    bring_in("memberships", rows)
    first, second = Membership.objects.filter(body__slug="ministers").order_by("joined")
    with recording() as recorder:
        recorder.watch([first, second])
        first.joined, first.left = "2010", "2010"
        first.save()
        second.joined, second.left = "2001", "2001"
        second.save()
        first.joined, first.left = "2003", "2003"
        first.save()
    assert_replays()


@pytest.mark.django_db
def test_names_that_were_given_up_and_taken_by_others_replay(record):
    bring_in("countries", [{"alpha2": "FJ", "name": "Fiji"}, {"alpha2": "NZ", "name": "New Zealand", "names": "NZL"}])
    bring_in("countries", [{"alpha2": "FJ", "name": "New Zealand"}, {"alpha2": "NZ", "name": "Fiji"}])
    bring_in("countries", [{"alpha2": "FJ", "name": "Viti"}])
    bring_in(
        "countries", [row_of("countries", "FJ") | {"names": ""}, row_of("countries", "NZ") | {"names": "Aotearoa"}]
    )
    bring_in("agencies", [{"name": "New Zealand", "kind": "other", "names": "NZL"}])
    assert_replays()


@pytest.mark.django_db
def test_an_event_that_was_deleted_with_its_outcomes_and_made_again_replays(record):
    row, outcome = row_of("events", "E2"), row_of("outcomes", "O1")
    delete([Event.objects.get(reference="E2")])
    bring_in("events", [row | {"reference": ""}])
    bring_in("events", [row])
    bring_in("outcomes", [outcome])
    assert_replays()


@pytest.mark.django_db
def test_a_body_that_changed_under_its_members_and_events_replays(record):
    bring_in("bodies", [{"slug": "aheg-one", "name": "Experts", "short_name": "", "parent": "Ministers"}])
    bring_in("bodies", [row_of("bodies", "aheg-one") | {"names": "", "parent": ""}])
    bring_in("bodies", [{"slug": "ministers", "name": "AHEG I", "parent": "Experts"}])
    bring_in("events", [row_of("events", "E1") | {"bodies": "Experts; AHEG I"}])
    assert_replays()


@pytest.mark.django_db
def test_a_change_that_cannot_follow_on_what_is_there_is_refused_and_nothing_is_done(record):
    changes = all_changes()
    empty_the_record()
    with pytest.raises(NotApplied, match="is known as"):
        replay([change for change in changes if change.type in ("themes", "events")])
    assert not any(rows_of(type) for type in registry.types())
    gone = Change(type="themes", before={"slug": "no-theme", "name": "None"}, batch=Batch(origin="admin"))
    with pytest.raises(NotApplied, match="no such record"):
        replay([gone])


@pytest.mark.django_db
def test_a_batch_comes_again_with_its_origin_its_reason_and_whoever_made_it(record, django_user_model):
    batch = Batch(
        origin=Batch.Origin.SUMMARY, reason="Read from the summary", by=django_user_model.objects.create(username="a")
    )
    plan("themes", [{"name": "Training"}]).apply(batch)
    assert_replays()
    again = Batch.objects.latest("pk")
    assert (again.origin, again.reason, again.by) == (batch.origin, batch.reason, batch.by)
