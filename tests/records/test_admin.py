"""History is read in the admin and never written; who made it stays."""

import pytest
from django.contrib.auth import get_user_model

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


def test_batches_lead_to_their_changes(administrator):
    batch = BatchFactory(reason="Corrections", by=administrator.user)
    ChangeFactory(batch=batch, key="E1")
    ChangeFactory(key="E2")
    shown = page(administrator.client.get(address(Batch, "changelist")))
    assert "Corrections" in shown
    link = f"{address(Change, 'changelist')}?batch={batch.pk}"
    assert link in shown
    assert link in page(administrator.open(batch))
    changes = page(administrator.client.get(link))
    assert "E1" in changes
    assert "E2" not in changes


def test_the_list_of_changes_says_what_each_did(administrator):
    ChangeFactory(key="E1")
    ChangeFactory(key="E2", before={"title": "Ports"}, after=None)
    ChangeFactory(key="E3", before={"title": "A", "kind": "other"}, after={"title": "B", "kind": "other"})
    shown = page(administrator.client.get(address(Change, "changelist")))
    assert all(f'field-what_changed">{what}<' in shown for what in ("new", "deleted", "title"))
    assert "a command" in shown


def test_a_change_shows_each_cell_before_and_after(administrator):
    change = ChangeFactory(before={"title": "<b>Ports</b>"}, after={"title": "Seaports", "venue": "Hall"})
    shown = page(administrator.open(change))
    assert "<strong>title</strong>: &lt;b&gt;Ports&lt;/b&gt; → Seaports" in shown
    assert "<strong>venue</strong>: – → Hall" in shown


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
