"""Two writers at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from events.models import Event
from exchange.plans import plan
from records.models import Batch
from tests.editing import Editor, entered, form_of
from tests.factories import EventFactory

WRITERS = 4
ROWS = 20


@pytest.fixture(autouse=True)
def threads():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's database for tests is in memory, where threads share one connection")


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_never_get_the_same_reference():
    together = Barrier(WRITERS)

    def write(writer):
        rows = [
            {"reference": f"W{writer}-{n}", "title": f"Meeting {writer}-{n}", "kind": "meeting"} for n in range(ROWS)
        ]
        for row in rows[ROWS // 2 :]:
            row |= {"reference": "", "when": "", "city": "", "country": ""}
        planned = plan("events", rows)
        together.wait(timeout=20)
        try:
            return planned.apply(Batch(origin=Batch.Origin.IMPORT)).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        batches = list(pool.map(write, range(WRITERS)))
    references = set(Event.objects.values_list("reference", flat=True))
    assert len(set(batches)) == WRITERS
    assert len(references) == WRITERS * ROWS
    assert {f"E{number}" for number in range(1, WRITERS * ROWS // 2 + 1)} <= references


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_one_form_at_once_one_is_shown_what_the_other_changed(django_user_model):
    event = EventFactory(title="Old", description="")
    editors = [
        Editor(Client(), django_user_model.objects.create_superuser(name, first_name=name)) for name in ("Sari", "Tom")
    ]
    forms = [entered(editor.open(event)) | {"title": f"By {editor.user}"} for editor in editors]
    together = Barrier(len(editors))

    def send(editor, form):
        together.wait(timeout=20)
        try:
            return editor.client.post(form_of(event), form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(editors)) as pool:
        statuses = list(pool.map(send, editors, forms))
    assert sorted(statuses) == [200, 302]
    event.refresh_from_db()
    assert event.title == f"By {editors[statuses.index(302)].user}"
    assert Batch.objects.count() == 1
