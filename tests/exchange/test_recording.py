"""What is saved by other means than a plan leaves the same changes."""

import pytest
from django.db.models import ProtectedError

from events.models import Event, EventLink, Outcome
from exchange.recording import recording
from participants.models import Body
from records.models import Batch, Change
from tests.factories import (
    BodyFactory,
    CountryFactory,
    EventFactory,
    EventLinkFactory,
    InvolvementFactory,
    OutcomeFactory,
    PlaceFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def changes():
    return [(change.type, change.key, change.fields) for change in Change.objects.all()]


def test_what_is_saved_in_a_block_is_one_batch_in_the_order_of_loading(django_user_model):
    event, outcome = EventFactory(reference="E1", title="Old"), OutcomeFactory(reference="O1", text="Old")
    somebody = django_user_model.objects.create(username="somebody")
    with recording(by=somebody, reason="New titles") as recorder:
        recorder.watch([outcome])
        recorder.watch([event])
        outcome.text = event.title = "New"
        outcome.save()
        event.save()
    batch = Batch.objects.get()
    assert (batch.by, batch.origin, batch.reason) == (somebody, "admin", "New titles")
    assert changes() == [("events", "E1", {"title": ("Old", "New")}), ("outcomes", "O1", {"text": ("Old", "New")})]


def test_what_differs_in_nothing_makes_no_batch():
    event = EventFactory()
    with recording() as recorder:
        recorder.watch([event])
        recorder.watch([])
        event.save()
        recorder.delete([])
    assert not Batch.objects.exists()


def test_what_is_saved_twice_leaves_one_change_from_first_to_last():
    event = EventFactory(reference="E1", title="First")
    with recording() as recorder:
        for title in ("Second", "Third"):
            recorder.watch([event])
            event.title = title
            event.save()
    assert changes() == [("events", "E1", {"title": ("First", "Third")})]


def test_a_place_that_is_corrected_keeps_its_former_key():
    place = PlaceFactory(city="Densapar", country=CountryFactory(alpha2="ID"))
    with recording() as recorder:
        recorder.watch([place])
        place.city = "Denpasar"
        place.save()
    change = Change.objects.get()
    assert (change.previous_key, change.key) == ("Densapar / ID", "Denpasar / ID")


def test_a_block_that_fails_leaves_nothing():
    event = EventFactory(title="Old")

    def fail():
        with recording() as recorder:
            recorder.watch([event])
            event.title = "New"
            event.save()
            recorder.delete([EventFactory()])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert Event.objects.get().title == "Old"
    assert not Batch.objects.exists()


def delete(*records):
    with recording() as recorder:
        recorder.delete(records)


# --- Deletions --------------------------------------------------------------------------------------------------------


def test_an_event_goes_with_its_outcomes_and_links_each_with_a_change():
    event, other = EventFactory(reference="E1"), EventFactory(reference="E2")
    OutcomeFactory(event=event, reference="O1")
    EventLinkFactory(from_event=event, to_event=other)
    EventLinkFactory(from_event=other, to_event=event, kind="reviews")
    InvolvementFactory(event=event)
    delete(event)
    gone = [(change.type, change.key, change.after) for change in Change.objects.all()]
    assert gone == [
        ("outcomes", "O1", None),
        ("event_links", "E1 / E2 / follows", None),
        ("event_links", "E2 / E1 / reviews", None),
        ("events", "E1", None),
    ]
    assert Batch.objects.count() == 1
    assert not EventLink.objects.exists()
    assert not Outcome.objects.exists()
    assert Change.objects.last().before["hosts"].startswith("Country No.")


def test_what_others_refer_to_stays_and_they_are_named():
    body = BodyFactory()
    OutcomeFactory.create_batch(7, addressed_to=body)
    with pytest.raises(ProtectedError, match=r"while others refer to it: outcome “O\d+ recommendation”.* and 2 more"):
        delete(body)
    assert Body.objects.exists()
    assert not Batch.objects.exists()


@pytest.mark.parametrize(("factory", "relation"), [(ThemeFactory, "themes"), (BodyFactory, "bodies")])
def test_what_events_list_stays_until_they_are_gone(factory, relation):
    listed = factory()
    event = EventFactory(reference="E1", title="Seminar", **{relation: [listed]})
    with pytest.raises(ProtectedError, match="event “E1 Seminar”"):
        delete(listed)
    delete(event)
    delete(listed)
    assert not type(listed).objects.exists()
