"""Whatever is planned is shown on one page, and done as it was shown or not at all."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event
from records.models import Batch, Change
from tests.editing import Editor, address, all_the_same
from tests.factories import EventFactory, PersonFactory, ThemeFactory, group

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path
    return tmp_path / "proposals"


@pytest.fixture
def administrator(client, admin_user):
    return Editor(client, admin_user)


@pytest.fixture
def editor(client, django_user_model):
    """Somebody who may do all but publish."""
    user = django_user_model.objects.create_user("editor", is_staff=True)
    user.user_permissions.set(Permission.objects.exclude(codename="publish_event"))
    return Editor(client, user)


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def select(who, action, events, **more):
    """Choose an action for events on their list."""
    data = {"action": action, "_selected_action": [event.pk for event in events]} | more
    return who.client.post(address(Event, "changelist"), data, follow=True)


def publications():
    return sorted(Event.objects.values_list("reference", "publication"))


# --- Bulk actions -----------------------------------------------------------------------------------------------------


def test_what_is_selected_is_published_by_a_plan(administrator):
    drafts = [EventFactory(reference=f"E{number}", draft=True) for number in (1, 2)]
    planned = select(administrator, "set_published", [*drafts, EventFactory(reference="E3")])
    shown = page(planned)
    assert "Publish: 3 events" in shown
    assert "2 changed and 1 the same." in shown
    assert shown.count("<del>draft</del> <ins>published</ins>") == 2
    assert ("E1", "draft") in publications()
    done = administrator.confirm(Event, planned)
    assert "2 changed and 1 the same, as" in page(done)
    assert done.redirect_chain[-1][0] == address(Event, "changelist")
    assert {publication for _reference, publication in publications()} == {"published"}
    batch = Batch.objects.get()
    assert (batch.origin, batch.by, batch.changes.count()) == ("admin", administrator.user, 2)
    assert all_the_same()


@pytest.mark.parametrize(("action", "publication"), [("set_in_review", "in_review"), ("set_draft", "draft")])
def test_what_is_selected_goes_to_review_or_back(administrator, action, publication):
    event = EventFactory(reference="E1")
    planned = select(administrator, action, [event])
    assert ": 1 event<" in page(planned)
    administrator.confirm(Event, planned)
    assert publications() == [("E1", publication)]


def test_who_may_not_publish_is_told_which_rows_that_concerns(editor):
    events = [EventFactory(reference="E1", draft=True), EventFactory(reference="E2")]
    shown = page(select(editor, "set_published", events[:1]))
    assert '<th scope="row">E1</th>' in shown
    assert "You have no right to publish events or to change published ones." in shown
    shown = page(select(editor, "set_draft", events))
    assert '<th scope="row">E2</th>' in shown
    assert "Write it to the record" not in shown
    editor.confirm(Event, select(editor, "set_in_review", events[:1]))
    assert publications() == [("E1", "in_review"), ("E2", "published")]


def test_who_may_only_look_is_offered_no_action(client, django_user_model):
    user = django_user_model.objects.create_user("viewer", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    viewer = Editor(client, user)
    event = EventFactory(reference="E1", draft=True)
    assert "set_published" not in page(viewer.client.get(address(Event, "changelist")))
    select(viewer, "set_published", [event])
    assert publications() == [("E1", "draft")]


@pytest.mark.parametrize(
    ("how", "themes"),
    [("add", [["Ports", "Visas"], ["Visas"]]), ("remove", [["Ports"], []]), ("set", [["Visas"], ["Visas"]])],
)
def test_themes_are_added_taken_out_or_put_in_place(administrator, how, themes):
    ports, visas = ThemeFactory(name="Ports"), ThemeFactory(name="Visas")
    events = [EventFactory(themes=[ports, visas] if how == "remove" else [ports]), EventFactory()]
    form = page(select(administrator, "change_themes", events))
    assert "2 events are selected" in form
    refused = page(select(administrator, "change_themes", events, apply="yes"))
    assert "This field is required." in refused
    planned = select(administrator, "change_themes", events, apply="yes", how=how, names=[visas.pk])
    administrator.confirm(Event, planned)
    assert [sorted(event.themes.values_list("name", flat=True)) for event in events] == themes
    assert all_the_same()


def test_all_that_a_list_shows_can_be_selected_across_its_pages(administrator):
    events = EventFactory.create_batch(101, draft=True)
    planned = select(administrator, "set_published", events[:1], select_across="1")
    assert "101 changed." in page(planned)
    form = page(select(administrator, "change_themes", events[:1], select_across="1"))
    assert '<input type="hidden" name="select_across" value="1">' in form


# --- Confirming -------------------------------------------------------------------------------------------------------


def test_the_reason_goes_into_the_batch(administrator):
    planned = select(administrator, "set_draft", [EventFactory()])
    url = planned.request["PATH_INFO"]
    sent = {"fingerprint": planned.context["plan"].fingerprint}
    refused = administrator.client.post(url, sent | {"reason": "so\x01so"})
    assert "invisible control character" in page(refused)
    administrator.client.post(url, sent | {"reason": "As the ministers asked"})
    assert Batch.objects.get().reason == "As the ministers asked"


def test_a_plan_is_left_and_nothing_is_done(administrator, folder):
    planned = select(administrator, "set_draft", [EventFactory(reference="E1")])
    left = administrator.client.post(planned.request["PATH_INFO"], {"cancel": "yes"})
    assert left.url == address(Event, "changelist")
    assert publications() == [("E1", "published")]
    assert not any(folder.iterdir())


def test_what_cannot_be_done_can_be_left(administrator, folder):
    planned = administrator.upload(Event, "reference,title,kind\nE1,Visas,worksop\n")
    assert '<button type="submit" name="cancel" value="yes">Leave it</button>' in page(planned)
    administrator.client.post(planned.request["PATH_INFO"], {"cancel": "yes"})
    assert not any(folder.iterdir())


def test_where_the_record_has_changed_since_the_plan_is_shown_again(administrator):
    visas, ports = ThemeFactory(name="Visas"), ThemeFactory(name="Ports")
    event = EventFactory(themes=[])
    planned = select(administrator, "change_themes", [event], apply="yes", how="add", names=[visas.pk])
    event.themes.add(ports)
    again = administrator.confirm(Event, planned)
    assert "The record has changed since this was shown" in page(again)
    assert "<del>Ports</del> <ins>Visas</ins>" in page(again)
    assert list(event.themes.all()) == [ports]
    administrator.confirm(Event, again)
    assert list(event.themes.all()) == [visas]


def test_where_nothing_is_to_be_done_nothing_can_be_written(administrator):
    shown = page(select(administrator, "set_published", [EventFactory()]))
    assert "All is so already: there is nothing to write." in shown
    assert "Write it to the record" not in shown


def test_what_is_deleted_meanwhile_is_named(administrator):
    event = EventFactory(reference="E1", kind="workshop")
    planned = select(administrator, "set_draft", [event])
    event.delete()
    again = page(administrator.confirm(Event, planned))
    assert "The record has changed since this was shown" in again


def test_a_plan_is_its_maker_s_alone(administrator, client, django_user_model):
    planned = select(administrator, "set_draft", [EventFactory(reference="E1")])
    other = Editor(client, django_user_model.objects.create_superuser("other"))
    assert "This waits no longer" in page(other.client.get(planned.request["PATH_INFO"], follow=True))
    other.confirm(Event, planned)
    assert publications() == [("E1", "published")]
    stranger = Editor(client, django_user_model.objects.create_user("stranger", is_staff=True))
    assert stranger.client.get(planned.request["PATH_INFO"]).status_code == 403


def test_who_has_lost_the_right_to_go_back_confirms_no_going_back(client):
    publisher = Editor(client, PersonFactory(role="Publisher"))
    event = EventFactory(draft=True, title="Old")
    publisher.save(event, title="New")
    version = Change.objects.get()
    sent = {"change": version.pk, "before": "yes"}
    planned = publisher.client.post(address(Event, "go_back"), sent, follow=True)
    publisher.user.groups.set([group("Editor")])
    assert publisher.confirm(Event, planned).status_code == 403
    assert Event.objects.get().title == "New"


def test_a_plan_is_read_as_often_as_one_likes(administrator):
    planned = select(administrator, "set_draft", [EventFactory(reference="E1")])
    for _ in range(2):
        assert "1 changed." in page(administrator.client.get(planned.request["PATH_INFO"]))
    assert not Change.objects.exists()


def test_the_page_of_a_plan_asks_as_often_for_many_rows_as_for_one(administrator):
    def queries(number):
        events = EventFactory.create_batch(number, themes=[ThemeFactory()])
        planned = select(administrator, "set_draft", events)
        with CaptureQueriesContext(connection) as captured:
            page(administrator.client.get(planned.request["PATH_INFO"]))
        return len(captured)

    queries(1)
    assert queries(30) == queries(1)
