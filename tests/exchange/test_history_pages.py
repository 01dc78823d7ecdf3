"""Staff read what became of a record, go back to a version, and bring back what was deleted."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event, EventLink, Outcome, Place
from participants.models import Body, Country, Membership
from records.models import Batch, Change
from tests.editing import Editor, address, all_the_same
from tests.factories import (
    BatchFactory,
    BodyFactory,
    ChangeFactory,
    CountryFactory,
    EventFactory,
    EventLinkFactory,
    InvolvementFactory,
    MembershipFactory,
    OutcomeFactory,
    PlaceFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path


@pytest.fixture
def administrator(client, admin_user):
    return Editor(client, admin_user)


def staff(django_user_model, name, *codes):
    user = django_user_model.objects.create_user(name, is_staff=True)
    user.user_permissions.set([each for each in Permission.objects.all() if each.codename.startswith(codes)])
    return user


@pytest.fixture
def viewer(client, django_user_model):
    return Editor(client, staff(django_user_model, "viewer", "view_"))


@pytest.fixture
def editor(client, django_user_model):
    """Somebody who may do all but publish."""
    return Editor(client, staff(django_user_model, "editor", "add_", "change_", "delete_", "view_", "undo_change"))


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def history(who, record):
    return page(who.client.get(address(type(record), "history", record.pk)))


def past(who, model, key):
    return who.client.get(address(model, "past"), {"key": key})


def go_back(who, model, change, **more):
    return who.client.post(address(model, "go_back"), {"change": change.pk} | more, follow=True)


def restore(who, model, key):
    change = Change.objects.filter(key=key, after=None).last()
    return who.client.post(address(model, "restore"), {"change": change.pk}, follow=True)


def changes(key):
    return list(Change.objects.filter(key=key).order_by("pk"))


# --- The history of one record ----------------------------------------------------------------------------------------


def test_a_history_says_who_did_what_from_where_and_why(administrator, django_user_model):
    event = EventFactory(reference="E1", title="Workshop on ports")
    author = django_user_model.objects.create_user("sari", first_name="Sari", last_name="Dewi")
    ChangeFactory(
        key="E1",
        batch=BatchFactory(by=author, origin="import", reason="From the archive"),
        before={"title": "Workshop on ports", "number_in_series": "1"},
        after={"title": "Workshop on seaports", "number_in_series": "1", "note": "Ask Bali"},
    )
    ChangeFactory(key="E2", batch=BatchFactory(reason="Elsewhere"))
    shown = history(administrator, event)
    assert all(words in shown for words in ("Sari Dewi", "from a file", "From the archive", "<ins>Ask Bali</ins>"))
    assert "Workshop on <del>ports</del> <ins>seaports</ins>" in shown
    assert "number in series" not in shown
    assert "Elsewhere" not in shown


def test_a_record_whose_history_is_not_begun_says_so(administrator):
    assert "Nothing has changed here since the history was begun." in history(administrator, EventFactory())


def test_the_newest_change_stands_first(administrator):
    event = EventFactory(reference="E1", title="One")
    for title in ("Two", "Three"):
        administrator.save(event, title=title)
    shown = history(administrator, event)
    assert shown.index("<ins>Three</ins>") < shown.index("<ins>Two</ins>")


def test_what_belongs_to_a_record_stands_in_its_history(administrator):
    event, other = EventFactory(reference="E1"), EventFactory(reference="E11")
    saved = {
        "outcomes": [{"kind": "finding", "text": "Ports are <open>", "status": "open"}],
        "links": [{"to_event": other.pk, "kind": "follows"}],
    }
    administrator.save(event, saved, venue="Hall")
    administrator.save(event, **{"outcomes-0-text": "Ports are closed"})
    administrator.save(other, {"outcomes": [{"kind": "finding", "text": "Of another", "status": "open"}]})
    shown = history(administrator, event)
    assert "Ports are &lt;open&gt;" in shown
    assert "Ports are <del>&lt;open&gt;</del> <ins>closed</ins>" in shown
    assert f"{address(Outcome, 'past')}?key=O1" in shown
    assert f"{address(EventLink, 'past')}?key=E1+%2F+E11+%2F+follows" in shown
    assert "Of another" not in shown
    assert "E1 / E11 / follows" in history(administrator, other)


def test_a_place_keeps_its_history_under_another_name(administrator):
    place = PlaceFactory(city="Densapar", country=CountryFactory(alpha2="ID"))
    administrator.save(place, city="Denpasar")
    shown = history(administrator, place)
    assert "Until then it was Densapar / ID." in shown
    for key in ("Densapar / ID", "Denpasar / ID"):
        assert "Until then it was Densapar / ID." in page(past(administrator, Place, key))


def test_what_nothing_was_has_no_history(administrator):
    assert past(administrator, Event, "E99").status_code == 404
    gone = administrator.client.get(address(Event, "history", 99), follow=True)
    assert "Perhaps it was deleted?" in page(gone)


def test_long_histories_have_pages(administrator):
    event = EventFactory(reference="E1")
    for number in range(26):
        ChangeFactory(key="E1", before={"title": f"No. {number}"}, after={"title": f"No. {number + 1}"})
    assert "<del>0</del>" not in history(administrator, event)
    second = page(administrator.client.get(address(Event, "history", event.pk), {"p": "2"}))
    assert "<del>0</del>" in second
    assert "26 in all" in second


def test_who_may_view_a_record_may_read_its_history_and_not_go_back(viewer, client, django_user_model):
    event = EventFactory(reference="E1", title="Now")
    change = ChangeFactory(key="E1", before={"title": "Then"}, after={"title": "Now"})
    ChangeFactory(key="E1", before={"title": "Now"}, after={"title": "Now", "venue": "Hall"})
    shown = history(viewer, event)
    assert "<del>Then</del>" in shown
    assert "Go back" not in shown
    assert go_back(viewer, Event, change).status_code == 403
    clerk = Editor(client, staff(django_user_model, "clerk", "view_country"))
    assert clerk.client.get(address(Event, "history", event.pk)).status_code == 403
    assert past(clerk, Event, "E1").status_code == 403
    assert clerk.client.get(address(Event, "deleted")).status_code == 403


def test_of_what_belongs_to_it_one_sees_what_one_may_view(client, django_user_model):
    country, body = CountryFactory(alpha2="FJ"), BodyFactory(slug="steering")
    ChangeFactory(
        type="memberships", key="steering / FJ / ", after={"body": "steering", "member": "FJ", "role": "Co-chair"}
    )
    clerk = Editor(client, staff(django_user_model, "clerk", "view_country"))
    assert "steering" not in history(clerk, country)
    reader = Editor(client, staff(django_user_model, "reader", "view_"))
    assert "steering / FJ" in history(reader, country)
    assert "steering / FJ" in history(reader, body)


@pytest.mark.parametrize("action", ["past", "deleted"])
def test_strangers_are_sent_to_sign_in(client, action):
    assert client.get(address(Event, action)).url.startswith("/admin/login/")


# --- Comparing --------------------------------------------------------------------------------------------------------


def test_any_two_versions_are_compared(administrator):
    event = EventFactory(reference="E1", title="One", venue="")
    for fields in ({"title": "Two"}, {"venue": "Hall"}, {"title": "Three"}):
        administrator.save(event, **fields)
    first, _second, third = changes("E1")
    for pair in ((first, third), (third, first)):
        asked = {"from": pair[0].pk, "to": pair[1].pk}
        response = administrator.client.get(address(Event, "history", event.pk), asked)
        assert response.context["compared"]["fields"] == {"title": ("Two", "Three"), "venue": ("", "Hall")}


@pytest.mark.parametrize("asked", [{}, {"from": "1"}, {"from": "x", "to": "y"}, {"from": "9" * 30, "to": "1"}])
def test_what_names_no_two_versions_compares_none(administrator, asked):
    event = EventFactory(reference="E1")
    administrator.save(event, venue="Hall")
    response = administrator.client.get(address(Event, "history", event.pk), asked)
    assert response.context["compared"] is None


# --- Going back -------------------------------------------------------------------------------------------------------


def test_one_goes_back_to_a_version_by_a_plan(administrator):
    theme = ThemeFactory(name="Ports")
    event = EventFactory(reference="E1", title="First", themes=[theme])
    administrator.save(event, title="Second")
    administrator.save(event, title="Third", themes=[], venue="Hall")
    planned = go_back(administrator, Event, changes("E1")[0])
    assert "Third</del> <ins>Second" in page(planned)
    assert Event.objects.get().title == "Third"
    done = administrator.confirm(Event, planned)
    assert "1 changed, as" in page(done)
    assert done.redirect_chain[-1][0] == f"{address(Event, 'past')}?key=E1"
    event.refresh_from_db()
    assert (event.title, event.venue, [*event.themes.all()]) == ("Second", "", [theme])
    batch = Batch.objects.first()
    assert (batch.origin, batch.by) == ("restore", administrator.user)
    assert "brought back from the history" in history(administrator, event)
    assert all_the_same()


def test_a_place_goes_back_to_its_former_name(administrator):
    place = PlaceFactory(city="Densapar", country=CountryFactory(alpha2="ID"))
    administrator.save(place, city="Denpasar", latitude="-8.65", longitude="115.22")
    administrator.save(place, city="Bali")
    change = Change.objects.get(key="Denpasar / ID")
    done = page(administrator.confirm(Place, go_back(administrator, Place, change)))
    place.refresh_from_db()
    assert place.city == "Denpasar"
    assert "Until then it was Bali / ID." in done


def test_going_back_to_before_it_was_there_deletes_it(administrator):
    administrator.save(Event, title="Ports", kind="workshop")
    event = Event.objects.get()
    (change,) = changes(event.reference)
    assert "Go back to before it was there" in history(administrator, event)
    planned = go_back(administrator, Event, change, before="yes")
    assert "which was not there then, is deleted" in page(planned)
    assert "1 deleted." in page(planned)
    assert "It is not there any more" in page(administrator.confirm(Event, planned))
    assert not Event.objects.exists()
    assert "as it was not then" in page(go_back(administrator, Event, change, before="yes"))


def test_what_is_gone_goes_back_to_an_older_version(administrator):
    event = EventFactory(reference="E1", title="First")
    administrator.save(event, title="Second")
    administrator.save(event, title="Third")
    administrator.delete(event)
    administrator.confirm(Event, go_back(administrator, Event, changes("E1")[0]))
    assert (Event.objects.get().reference, Event.objects.get().title) == ("E1", "Second")


def test_going_back_obeys_the_rights_of_whoever_does_it(editor):
    EventFactory(reference="E1", title="Now")
    change = ChangeFactory(
        key="E1", before={"title": "Old"}, after={"reference": "E1", "title": "Then", "kind": "other"}
    )
    planned = page(go_back(editor, Event, change))
    assert "You have no right to publish events or to change published ones." in planned
    assert "Write it to the record" not in planned


@pytest.mark.parametrize("sent", [{}, {"change": "x"}, {"change": "9" * 30}, {"change": "987654321"}])
def test_no_change_is_gone_back_to_where_none_is_named(administrator, sent):
    for action in ("go_back", "restore"):
        assert administrator.client.post(address(Event, action), sent).status_code == 404
        assert administrator.client.get(address(Event, action)).status_code == 403


# --- What is no longer there ------------------------------------------------------------------------------------------


def deleted_event(who, **fields):
    """An event with all that belongs to it, deleted."""
    event = EventFactory(reference="E1", title="Ports", themes=[ThemeFactory()], **fields)
    InvolvementFactory(event=event, remark="with thanks")
    OutcomeFactory(event=event, reference="O1")
    EventLinkFactory(from_event=event, to_event=EventFactory(reference="E2"))
    EventLinkFactory(from_event=EventFactory(reference="E3"), to_event=event)
    assert who.delete(event).status_code == 302


def test_what_was_deleted_is_listed_with_who_when_and_why(administrator):
    deleted_event(administrator)
    Batch.objects.update(reason="Entered twice")
    list_page = page(administrator.client.get(address(Event, "changelist")))
    assert address(Event, "deleted") in list_page
    shown = page(administrator.client.get(address(Event, "deleted")))
    assert all(words in shown for words in ("E1", "Ports", "admin", "Entered twice", "Restore"))
    assert f"{address(Event, 'past')}?key=E1" in shown
    assert "O1" in page(administrator.client.get(address(Outcome, "deleted")))
    assert "Nothing is deleted" in page(administrator.client.get(address(Country, "deleted")))


def test_a_deleted_event_is_restored_as_it_was_by_a_plan(administrator):
    deleted_event(administrator)
    planned = restore(administrator, Event, "E1")
    assert "4 new." in page(planned)
    assert not Event.objects.filter(reference="E1").exists()
    shown = page(administrator.confirm(Event, planned))
    event = Event.objects.get(reference="E1")
    assert (event.outcomes.get().reference, event.links.get().to_event.reference) == ("O1", "E2")
    assert (event.links_to.get().from_event.reference, event.involvements.get().remark) == ("E3", "with thanks")
    assert "History of E1 Ports" in shown
    assert administrator.client.get(event.get_absolute_url()).status_code == 200
    assert "Nothing is deleted" in page(administrator.client.get(address(Event, "deleted")))
    assert Batch.objects.first().origin == "restore"
    assert "is there again" in page(restore(administrator, Event, "E1"))


def test_the_history_of_what_was_deleted_is_read_and_offers_to_restore_it(administrator):
    deleted_event(administrator)
    shown = page(past(administrator, Event, "E1"))
    assert "History of Ports" in shown
    assert "It is not there any more" in shown
    assert address(Event, "restore") in shown


def test_a_membership_without_a_date_is_restored(administrator):
    membership = MembershipFactory(body=BodyFactory(slug="steering"), member=CountryFactory(alpha2="FJ"))
    administrator.delete(membership)
    shown = page(administrator.client.get(address(Membership, "deleted")))
    assert "steering / FJ /" in shown
    administrator.confirm(Membership, restore(administrator, Membership, "steering / FJ / "))
    assert Membership.objects.get().member.alpha2 == "FJ"


def test_what_it_refers_to_and_is_gone_is_named(administrator):
    body = BodyFactory(name="Steering")
    event = EventFactory(reference="E1", draft=True, bodies=[body])
    administrator.delete(event)
    administrator.delete(body)
    planned = page(restore(administrator, Event, "E1"))
    assert "No body is known as “Steering”." in planned
    assert "Write it to the record" not in planned
    administrator.confirm(Body, restore(administrator, Body, body.slug))
    administrator.confirm(Event, restore(administrator, Event, "E1"))
    assert Event.objects.get().bodies.get().name == "Steering"


def test_who_may_not_publish_restores_drafts_alone(editor, client, admin_user):
    administrator = Editor(client, admin_user)
    for reference, draft in (("E1", True), ("E2", False)):
        administrator.delete(EventFactory(reference=reference, draft=draft))
    client.force_login(editor.user)
    assert "You have no right to publish" in page(restore(editor, Event, "E2"))
    editor.confirm(Event, restore(editor, Event, "E1"))
    assert Event.objects.get().reference == "E1"


def test_who_may_not_undo_sees_what_was_deleted_and_cannot_restore_it(viewer, client, admin_user):
    Editor(client, admin_user).delete(EventFactory(reference="E1", title="Ports"))
    client.force_login(viewer.user)
    shown = page(viewer.client.get(address(Event, "deleted")))
    assert "Ports" in shown
    assert "Restore" not in shown
    assert "Restore" not in page(past(viewer, Event, "E1"))
    assert restore(viewer, Event, "E1").status_code == 403


def test_only_what_was_deleted_is_restored(administrator):
    event = EventFactory(reference="E1")
    administrator.save(event, venue="Hall")
    sent = {"change": changes("E1")[0].pk}
    assert administrator.client.post(address(Event, "restore"), sent).status_code == 404


# --- As quick for many as for one -------------------------------------------------------------------------------------


def queries(who, url):
    with CaptureQueriesContext(connection) as captured:
        page(who.client.get(url))
    return len(captured)


def test_pages_of_the_past_ask_as_often_for_many_changes_as_for_one(administrator):
    event, author = EventFactory(reference="E1"), administrator.user
    batch = BatchFactory(by=author)

    def add(number):
        for each in range(number):
            outcome = {"event": "E1", "text": f"Of E1, {each}"}
            ChangeFactory(key="E1", batch=BatchFactory(by=author), before={"title": "A"}, after={"title": "B"})
            ChangeFactory(type="outcomes", key=f"O{each}", batch=BatchFactory(by=author), after=outcome)
            ChangeFactory(batch=BatchFactory(by=author), before={"title": "A"}, after=None)
            ChangeFactory(batch=batch, key="E1", before={"title": "A"}, after={"title": "B"})

    addresses = [
        address(Event, "history", event.pk),
        f"{address(Event, 'past')}?key=E1",
        address(Event, "deleted"),
        address(Batch, "change", batch.pk),
        address(Batch, "changelist"),
        address(Change, "changelist"),
    ]
    add(1)
    for url in addresses:
        queries(administrator, url)
    few = [queries(administrator, url) for url in addresses]
    add(29)
    assert [queries(administrator, url) for url in addresses] == few
