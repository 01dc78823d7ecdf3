"""Replaying all changes from the first makes the record as it stands, whatever was done to it and by what means."""

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.forms.models import model_to_dict
from hypothesis import given
from hypothesis import strategies as st

from events.forms import PlaceForm
from events.models import Event, EventLink, Outcome, Place
from exchange import registry
from exchange.plans import plan
from exchange.recording import recording
from exchange.replay import replay
from participants.forms import AgencyForm, BodyForm, CountryForm
from participants.models import Agency, Body, Country, Membership
from participants.names import save_answers
from records.models import Batch, Change

from .record import bring_in, empty_the_record, exports, rows_of, undone
from .strategies import dates, examples_that_undo, lines, names, prose, record_sets

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
            record.bodies.set(draw(st.lists(st.sampled_from(list(Body.objects.all())), max_size=2, unique=True)))


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
    try:
        record.full_clean()
    except Exception:  # what a form would refuse
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
    st.tuples(st.sampled_from([correct_place, save_event, save_key]), st.none()),
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
