"""Whatever may be done to the record, for property tests: imports, saves of the admin, deletions."""

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.forms.models import model_to_dict
from hypothesis import strategies as st

from events.forms import PlaceForm
from events.models import Event, EventLink, Outcome, Place
from exchange import registry
from exchange.plans import plan
from exchange.recording import recording
from library.models import Review
from library.models.uptake import UptakeStatus
from participants.forms import AgencyForm, BodyForm, CountryForm
from participants.models import Agency, Body, Country, Membership
from participants.names import save_answers
from records.models import Batch

from .record import rows_of
from .strategies import dates, lines, names, prose, several

FORMS = {Country: CountryForm, Agency: AgencyForm, Body: BodyForm, Place: PlaceForm}


def import_rows(type, rows):
    """Import rows, unless some are refused."""
    planned = plan(type, rows)
    if planned.is_good:
        planned.apply(Batch(origin=Batch.Origin.IMPORT))


def save_form(form):
    """Save a form of those that have names, or of a place, as the admin does; unless it is refused.

    It is checked behind the record's lock, as the admin does: nothing comes between that and the saving.
    """
    with recording() as recorder:
        if form.is_valid():
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
    "collections": {"name": names, "began": dates, "custodian": st.just("")},
    "documents": {
        "title": lines,
        "issued": dates,
        "authors": st.just(""),
        "discussed_at": st.just(""),
        "access": st.sampled_from(["public", "members", "secretariat"]),
        "publication": st.sampled_from(["draft", "published"]),
    },
    "document_versions": {"name": st.sampled_from(["paper.txt", "draft.txt"]), "added": dates},
    "instruments": {
        "name": names,
        "agreed": dates,
        "developed_by": st.just(""),
        "publication": st.sampled_from(["draft", "published"]),
    },
    "uptakes": {"status": st.sampled_from(UptakeStatus.values), "source": prose},
    "reported_figures": {"count": st.sampled_from(["0", "17"]), "remark": prose},
    "action_items": {"text": prose, "leads": st.just(""), "due": dates},
    "reviews": {"finding": prose, "status": st.sampled_from(["", *Review.Status.values])},
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
    """Give a membership another date, or a link another kind: both are parts of their key."""
    record = one_of(draw, draw(st.sampled_from([Membership, EventLink])))
    if isinstance(record, Membership):
        record.joined = draw(st.sampled_from(["1998", "1999-12", ""]))
    elif record:
        record.kind = draw(st.sampled_from(["reviews", "prepares", "part_of"]))
    if record:
        validate_and_save(record)


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
