"""History is read in the admin and never written; who made it stays."""

import pytest
from django.contrib.auth import get_user_model

from events.models import Event
from records.models import Batch, Change
from tests.editing import Editor, address
from tests.factories import BatchFactory, ChangeFactory

pytestmark = pytest.mark.django_db


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
