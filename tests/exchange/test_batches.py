"""History is read in the admin and never written; who made it stays."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event
from records.models import Batch, Change
from tests.editing import Editor, address, all_the_same
from tests.factories import BatchFactory, ChangeFactory, PersonFactory

from .record import bring_in, exports, row_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path


@pytest.fixture
def administrator(client, admin_user):
    return Editor(client, admin_user)


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_of_batches_says_who_did_what_from_where_and_why(administrator, django_user_model):
    author = django_user_model.objects.create_user("sari", first_name="Sari", last_name="Dewi")
    batch = BatchFactory(reason="Corrections", by=author, origin="import")
    ChangeFactory.create_batch(2, batch=batch)
    ChangeFactory(batch=batch, type="outcomes", key="O1")
    shown = page(administrator.client.get(address(Batch, "changelist")))
    assert all(words in shown for words in ("Corrections", "Sari Dewi", "from a file", "2 events, 1 outcome<"))
    assert address(Batch, "change", batch.pk) in shown


def test_a_batch_shows_what_each_of_its_changes_did(administrator):
    batch = BatchFactory(reason="Corrections")
    ChangeFactory(batch=batch, key="E1", before={"title": "<b>Ports</b>"}, after={"title": "Seaports", "venue": "Hall"})
    ChangeFactory(batch=batch, key="E2", before={"title": "Visas"}, after=None)
    ChangeFactory(key="E-3")  # no token of a form has a hyphen
    shown = page(administrator.open(batch))
    assert "<del>&lt;b&gt;Ports&lt;/b&gt;</del> <ins>Seaports</ins>" in shown
    assert "<ins>Hall</ins>" in shown
    assert "Visas" in shown
    assert "Corrections" in shown
    assert "A command" in shown
    assert f"{address(Event, 'past')}?key=E1" in shown
    assert "E-3" not in shown


def test_the_list_of_changes_says_what_each_did(administrator):
    ChangeFactory(key="E1")
    ChangeFactory(key="E2", before={"title": "Ports"}, after=None)
    fields = {"number_in_series": "1"}, {"number_in_series": "2"}
    ChangeFactory(key="E3", before={"title": "A"} | fields[0], after={"title": "A"} | fields[1])
    shown = page(administrator.client.get(address(Change, "changelist")))
    assert all(f'field-what_changed">{what}<' in shown for what in ("new", "deleted", "number in series"))
    assert "A command" in shown
    assert f"{address(Event, 'past')}?key=E2" in shown


def test_a_change_is_read_on_the_page_of_its_batch(administrator):
    batch = BatchFactory()
    changes = ChangeFactory.create_batch(51, batch=batch)
    last = administrator.open(changes[-1])
    assert last.url == f"{address(Batch, 'change', batch.pk)}?p=2#change-{changes[-1].pk}"
    shown = page(administrator.client.get(last.url))
    assert f'id="change-{changes[-1].pk}"' in shown
    assert f'id="change-{changes[0].pk}"' not in shown


@pytest.mark.parametrize("model", [Batch, Change])
def test_what_is_no_batch_or_change_is_not_found(administrator, model):
    assert administrator.client.get(address(model, "change", 99)).status_code == 404


def test_who_may_not_see_batches_does_not(client, django_user_model):
    stranger = Editor(client, django_user_model.objects.create_user("stranger", is_staff=True))
    change = ChangeFactory()
    assert stranger.open(change).status_code == 403
    assert stranger.open(change.batch).status_code == 403


@pytest.mark.parametrize("factory", [BatchFactory, ChangeFactory])
def test_history_is_not_written_by_hand(administrator, factory):
    record = factory()
    assert administrator.client.get(address(type(record), "add")).status_code == 403
    assert administrator.client.post(address(type(record), "change", record.pk), {"key": "X"}).status_code == 403
    assert administrator.delete(record).status_code == 403
    administrator.delete_all([record])
    assert type(record).objects.filter(pk=record.pk).exists()


def test_an_account_that_made_changes_stays_and_the_reason_is_shown(administrator):
    users = get_user_model()
    author, idle = users.objects.create_user("author"), users.objects.create_user("idle")
    batch = BatchFactory(by=author)
    for response in (administrator.delete(author), administrator.delete_all([author])):
        assert str(batch) in str(response.context["protected"])
    assert administrator.delete(idle).status_code == 302
    assert set(users.objects.all()) == {author, administrator.user}


# --- What a batch remembers -------------------------------------------------------------------------------------------


def test_a_batch_says_which_file_it_came_from_and_what_its_rows_did(administrator):
    counts = {"places": {"new": 1}, "events": {"changed": 2, "same": 3}}
    batch = BatchFactory(origin="import", file="meetings.csv", sha256="ab" * 32, counts=counts)
    undo = BatchFactory(origin="undo", undoes=batch)
    shown = page(administrator.open(batch))
    assert "meetings.csv" in shown
    assert "ab" * 32 in shown
    assert "Rows: places 1 new; events 2 changed and 3 the same." in shown
    assert f'It was taken back by <a href="{address(Batch, "change", undo.pk)}">' in shown
    assert f'It takes back <a href="{address(Batch, "change", batch.pk)}">' in page(administrator.open(undo))
    listed = page(administrator.client.get(address(Batch, "changelist"), {"q": "AB" * 32}))
    assert f"{batch.pk}, taken back by {undo.pk}<" in listed
    assert f"takes back {batch.pk}<" not in listed
    assert 'from a file: meetings.csv <abbr title="SHA-256: abab' in listed
    assert f"takes back {batch.pk}<" in page(administrator.client.get(address(Batch, "changelist")))


def test_the_changes_of_a_batch_are_filtered_by_type_and_by_what_was_done(administrator):
    batch = BatchFactory()
    for type, key, before, after in (
        ("events", "E-1", None, {"title": "New"}),
        ("events", "E-2", {"title": "Old"}, None),
        ("events", "E-3", {"title": "A"}, {"title": "B"}),
        ("themes", "a-theme", None, {"name": "New"}),
    ):
        ChangeFactory(batch=batch, type=type, key=key, before=before, after=after)

    def keys(**query):
        shown = page(administrator.client.get(address(Batch, "change", batch.pk), query))
        return [key for key in ("E-1", "E-2", "E-3", "a-theme") if f"History of {key}" in shown]

    assert keys() == keys(type="no-type", verb="none") == ["E-1", "E-2", "E-3", "a-theme"]
    assert keys(type="events") == ["E-1", "E-2", "E-3"]
    assert keys(verb="new") == ["E-1", "a-theme"]
    assert (keys(verb="changed"), keys(verb="deleted")) == (["E-3"], ["E-2"])
    assert keys(type="themes", verb="deleted") == []
    shown = page(administrator.client.get(address(Batch, "change", batch.pk), {"type": "events"}))
    assert 'events <span class="number">3</span>' in shown
    assert 'new <span class="number">1</span>' in shown


def test_queries_do_not_depend_on_how_many_changes_or_batches_there_are(administrator):
    def queries(url):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page(administrator.client.get(url))
        return len(captured)

    one, many = BatchFactory(), BatchFactory()
    ChangeFactory(batch=one)
    ChangeFactory.create_batch(30, batch=many)
    BatchFactory(undoes=many)
    queries(address(Batch, "changelist"))
    assert queries(address(Batch, "change", one.pk)) == queries(address(Batch, "change", many.pk))
    few = queries(address(Batch, "changelist"))
    for batch in BatchFactory.create_batch(20, undoes=one):
        ChangeFactory(batch=batch)
    assert queries(address(Batch, "changelist")) == few


# --- Taking it back ---------------------------------------------------------------------------------------------------


def take_back(who, batch):
    """Propose to take a batch back, and look at the plan."""
    return who.client.post(address(Batch, "undo", batch.pk), follow=True)


def event(reference, **cells):
    return {"reference": reference, "title": f"Meeting {reference}", "kind": "meeting"} | cells


def test_a_batch_is_taken_back_by_a_plan(administrator, record):
    before = exports()
    batch = bring_in("events", [event("E-3"), row_of("events", "E2") | {"venue": "Hall"}])
    assert "Take this back" in page(administrator.open(batch))
    planned = take_back(administrator, batch)
    shown = page(planned)
    assert f"Take back batch {batch.pk}" in shown
    assert "1 changed and 1 deleted." in shown
    assert "<del>Hall</del>" in shown
    assert "as it is" not in shown
    done = administrator.confirm(Event, planned)
    undo = Batch.objects.first()
    assert (undo.origin, undo.undoes, undo.by) == ("undo", batch, administrator.user)
    assert done.redirect_chain[-1][0] == address(Batch, "change", batch.pk)
    assert f"batch {undo.pk}</a>.</p>" in page(done)
    assert exports() == before
    assert all_the_same()


def test_what_stays_as_it_is_is_named_with_the_reason_and_the_later_batch(administrator, record):
    batch = bring_in("events", [event("E-3"), event("E-4")])
    later = bring_in("events", [event("E-4", venue="Hall")])
    shown = page(take_back(administrator, batch))
    assert "1 record stays as it is" in shown
    assert f"{address(Event, 'past')}?key=E-4" in shown
    assert f"Batch {later.pk} changed it later." in shown
    assert address(Batch, "change", later.pk) in shown
    assert "1 deleted." in shown


def test_where_nothing_can_be_taken_back_the_reasons_are_shown(administrator, record):
    batch = bring_in("events", [event("E-3")])
    later = bring_in("events", [event("E-3", venue="Hall")])
    shown = page(take_back(administrator, batch))
    assert "Nothing of it can be taken back, and nothing was written." in shown
    assert f"Batch {later.pk} changed it later." in shown
    assert "Take this back" not in shown
    assert Batch.objects.first() == later


def test_what_came_to_refer_to_it_meanwhile_keeps_it_and_the_plan_is_shown_again(administrator, record):
    batch = bring_in("events", [event("E-3"), event("E-4")])
    planned = take_back(administrator, batch)
    outcome = bring_in("outcomes", [{"event": "E-3", "kind": "finding", "text": "Ports are open.", "reference": ""}])
    again = administrator.confirm(Event, planned)
    shown = page(again)
    assert Batch.objects.first() == outcome
    assert "The record has changed since this was shown" in shown
    assert "refers to it." in shown
    administrator.confirm(Event, again)
    assert Event.objects.filter(reference__startswith="E-").get().reference == "E-3"


def test_all_may_come_to_be_kept_meanwhile(administrator, record):
    batch = bring_in("events", [event("E-3")])
    planned = take_back(administrator, batch)
    bring_in("events", [event("E-3", venue="Hall")])
    shown = page(administrator.confirm(Event, planned))
    assert "1 record stays as it is" in shown
    assert "Write it to the record" not in shown


@pytest.mark.parametrize("role", ["Viewer", "Editor"])
def test_who_may_not_go_back_is_not_offered_it(client, record, role):
    somebody = Editor(client, PersonFactory(role=role))
    batch = bring_in("events", [event("E-3")])
    assert "Take this back" not in page(somebody.open(batch))
    assert take_back(somebody, batch).status_code == 403


def test_a_plan_of_taking_back_is_for_those_alone_who_may_go_back(client, record):
    publisher = PersonFactory(role="Publisher")
    planned = take_back(Editor(client, publisher), bring_in("events", [event("E-3")]))
    assert "Take back" in page(planned)
    publisher.groups.clear()
    publisher.groups.set(PersonFactory(role="Editor").groups.all())
    assert client.get(planned.redirect_chain[-1][0]).status_code == 403


def test_taking_back_is_asked_for_by_a_form_alone_and_of_a_batch_that_there_is(administrator, record):
    assert administrator.client.get(address(Batch, "undo", Batch.objects.first().pk)).status_code == 403
    assert administrator.client.post(address(Batch, "undo", 10**6)).status_code == 404
    assert administrator.client.post(address(Batch, "undo", "x")).status_code == 404
