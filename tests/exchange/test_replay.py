"""Replaying all changes from the first makes the record as it stands, whatever was done to it and by what means."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.forms.models import model_to_dict
from hypothesis import given
from hypothesis import strategies as st

from events.forms import PlaceForm
from events.models import Event, EventLink, Outcome, Place
from exchange import registry
from exchange.plans import NotApplied, plan
from exchange.recording import recording
from exchange.replay import replay
from participants.forms import AgencyForm, BodyForm, CountryForm
from participants.models import Agency, Body, Country, Membership
from participants.names import save_answers
from records.models import Batch, Change

from .record import bring_in, empty_the_record, exports, row_of, rows_of, undone
from .strategies import dates, examples_that_undo, lines, names, prose, record_sets, several

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


# --- What is done to the record ---------------------------------------------------------------------------------------


def import_rows(type, rows):
    """Import rows, unless some are refused."""
    planned = plan(type, rows)
    if planned.is_good:
        planned.apply(Batch(origin=Batch.Origin.IMPORT))


def save_form(form):
    """Save a form of those that have names, or of a place, as the admin does; unless it is refused."""
    if form.is_valid():
        with recording() as recorder:
            recorder.watch([form.instance])
            record = form.save()
            if hasattr(form, "others"):
                save_answers(record, form.others)


def save(record):
    """Save a record as the admin does; unless it is refused."""
    with recording() as recorder:
        recorder.watch([record])
        record.save()


def delete(records):
    """Delete records, unless others refer to them."""
    try:
        with recording() as recorder:
            recorder.delete(records)
    except ProtectedError:
        pass


# --- Any mix of it ----------------------------------------------------------------------------------------------------

NEW_CELLS = {
    "countries": {"name": names, "names": names, "region": lines, "administration": st.sampled_from(["yes", "no"])},
    "agencies": {"name": names, "names": names, "acronym": st.sampled_from(["", "NEW"]), "parent": st.just("")},
    "bodies": {
        "name": names,
        "names": names,
        "short_name": st.sampled_from(["", "NEW"]),
        "remit": prose,
        "began": dates,
    },
    "memberships": {"left": dates, "role": st.sampled_from(["", "co-chair"])},
    "places": {
        "city": names,
        "latitude": st.sampled_from(["-8.5", "13"]),
        "longitude": st.sampled_from(["0", "115.2"]),
    },
    "series": {"name": names, "description": prose},
    "themes": {"name": names, "description": prose},
    "events": {
        "title": lines,
        "when": dates,
        "city": names,
        "note": prose,
        "hosts": st.just(""),
        "bodies": st.just(""),
        "status": st.sampled_from(Event.Status.values),
        "publication": st.sampled_from(["draft", "published"]),
    },
    "event_links": {"kind": st.sampled_from(EventLink.Kind.values)},
    "outcomes": {"text": prose, "addressed_to": st.just(""), "status": st.sampled_from(Outcome.Status.values)},
}


def import_new(draw, _type):
    """Import an event at a place that may be new, with whoever is there in its roles."""
    row = {"title": draw(lines) or "A new one", "kind": "meeting", "when": draw(dates), "city": "", "country": ""}
    countries = [country["alpha2"] for country in rows_of("countries")]
    if countries:
        row |= {"city": draw(names), "country": draw(st.sampled_from(countries))}
        row["chairs"] = "; ".join(several(draw, [name["name"] for name in rows_of("countries")]))
    import_rows("events", [row])


def import_changed(draw, type):
    """Import rows as they stand, with some cells changed and perhaps one participant in another role."""
    rows = draw(st.permutations(rows_of(type)))[:3]
    for row in rows:
        cells = NEW_CELLS[type]
        for column in draw(st.lists(st.sampled_from(sorted(cells)), max_size=3, unique=True)):
            row[column] = draw(cells[column])
        if type == "events" and draw(st.booleans()):
            first, second = draw(st.permutations(["hosts", "chairs", "attendees"]))[:2]
            row[first], row[second] = row[second], row[first]
    import_rows(type, rows)


def save_named(draw, type):
    record = one_of(draw, type)
    if record:
        form_class = FORMS[type]
        data = model_to_dict(record, form_class._meta.fields) | {"further_names": draw(names)}
        column = draw(st.sampled_from(["name", "further_names"]))
        data[column] = draw(names) or "Renamed"
        save_form(form_class({name: value for name, value in data.items() if value is not None}, instance=record))


def correct_place(draw, _type):
    record = one_of(draw, Place)
    if record:
        data = model_to_dict(record, PlaceForm._meta.fields) | {"city": draw(names)}
        save_form(PlaceForm({name: value for name, value in data.items() if value is not None}, instance=record))


def save_event(draw, _type):
    record = one_of(draw, Event)
    if record:
        record.title = draw(lines) or "Retitled"
        record.place = one_of(draw, Place)
        record.when = draw(dates)
        with recording() as recorder:
            recorder.watch([record])
            record.save()
            record.bodies.set(several(draw, list(Body.objects.order_by("pk"))))


def save_key(draw, _type):
    """Give a membership another date, and a link another kind: both are parts of their key."""
    membership, link = one_of(draw, Membership), one_of(draw, EventLink)
    if membership:
        membership.joined = draw(st.sampled_from(["1998", "1999-12", ""]))
        validate_and_save(membership)
    if link:
        link.kind = draw(st.sampled_from(["reviews", "prepares", "part_of"]))
        validate_and_save(link)


def validate_and_save(record):
    """Save a record, unless a form would refuse it."""
    try:
        record.full_clean()
    except ValidationError:
        return
    save(record)


def delete_some(draw, type):
    model = registry.resource_of(type).model
    record = one_of(draw, model)
    if record:
        delete([record])


def one_of(draw, model):
    records = list(model._default_manager.order_by("pk"))
    return draw(st.sampled_from(records)) if records else None


steps = st.one_of(
    st.tuples(st.just(import_changed), st.sampled_from(sorted(NEW_CELLS))),
    st.tuples(st.just(save_named), st.sampled_from([Country, Agency, Body])),
    st.tuples(st.sampled_from([import_new, correct_place, save_event, save_key]), st.none()),
    st.tuples(st.just(delete_some), st.sampled_from(sorted(NEW_CELLS))),
)


@pytest.mark.django_db
@examples_that_undo
@given(record_sets(), st.lists(steps, min_size=3, max_size=12), st.data())
def test_any_mix_of_imports_saves_and_deletions_replays(sets, todo, data):
    with undone():
        for type in registry.types():
            bring_in(type, sets[type])
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
