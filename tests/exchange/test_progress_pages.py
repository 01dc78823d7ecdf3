"""A long plan is written by a task, once or not at all, and a page tells its maker how far it is."""

import json
import time
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Permission
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks_db.management.commands import db_worker

from events.models import Event
from exchange import applying, standings
from exchange.plans import NotApplied
from exchange.problems import Problem
from exchange.tasks import write_proposal
from records.models import Batch
from tests.editing import Editor, address
from tests.exchange.record import bring_in
from tests.factories import EventFactory, ThemeFactory

pytestmark = pytest.mark.django_db

TWO = "reference,title,kind\nE1,Ports,workshop\nE2,Visas,workshop\n"
ONE = "reference,title,kind\nE1,Ports,workshop\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path
    settings.IMPORT_AT_ONCE_ROWS = 1
    return tmp_path / "proposals"


@pytest.fixture
def with_worker(settings, monkeypatch):
    """Lets tasks wait for a worker; gives what does all that waits."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)  # it is the test's own
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def work():
        db_worker.Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="worker",
            excluded_queue_names=[],
        ).run()

    return work


@pytest.fixture
def sari(client, admin_user):
    return Editor(client, admin_user)


def page(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def confirm(who, planned, **more):
    """Press the button of a plan; where it leads to."""
    data = {"fingerprint": planned.context["plan"].fingerprint} | more
    return who.client.post(planned.request["PATH_INFO"], data).url


def put(folder, **said):
    """Change what a standing says."""
    (path,) = folder.glob("*.standing")
    path.write_text(json.dumps(json.loads(path.read_text()) | said))


def references():
    return sorted(Event.objects.values_list("reference", flat=True))


# --- Long and short ---------------------------------------------------------------------------------------------------


def test_a_long_plan_is_done_at_once_where_no_worker_is_configured(sari):
    progress = confirm(sari, sari.upload(Event, TWO), reason="As agreed")
    batch = Batch.objects.get()
    shown = page(sari.client.get(progress))
    assert "Done: 2 new." in shown
    assert f'The file rows.csv, as <a href="/admin/records/batch/{batch.pk}/change/">batch {batch.pk}</a>.' in shown
    assert (batch.by, batch.reason) == (sari.user, "As agreed")
    assert references() == ["E1", "E2"]


def test_a_short_plan_is_done_in_one_request_and_nothing_but_its_standing_is_left(sari, folder):
    assert confirm(sari, sari.upload(Event, ONE)) == address(Event, "changelist")
    assert references() == ["E1"]
    assert {path.suffix for path in folder.iterdir()} == {".lock", ".standing"}


def test_who_presses_the_button_of_a_short_plan_twice_is_told_that_it_is_done(sari):
    planned = sari.upload(Event, ONE)
    confirm(sari, planned)
    again = page(sari.client.get(confirm(sari, planned), follow=True))
    assert "Done: 1 new." in again
    assert f"batch {Batch.objects.get().pk}</a>" in again


def test_what_is_done_to_many_records_is_as_long_as_their_number(sari, with_worker):
    events = EventFactory.create_batch(2, draft=True)
    data = {"action": "set_in_review", "_selected_action": [event.pk for event in events]}
    planned = sari.client.post(address(Event, "changelist"), data, follow=True)
    assert confirm(sari, planned).endswith("/progress/")


# --- Waiting and working ----------------------------------------------------------------------------------------------


def test_what_waits_for_a_worker_says_so_until_it_is_done(sari, with_worker):
    progress = confirm(sari, sari.upload(Event, TWO))
    shown = page(sari.client.get(progress))
    assert "Waiting…" in shown
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in shown
    assert not Event.objects.exists()
    with_worker()
    shown = page(sari.client.get(progress))
    assert "Done: 2 new." in shown
    assert "http-equiv" not in shown
    assert "asks-again" not in shown


def test_while_it_is_written_rows_rate_and_time_left_are_told(sari, with_worker, folder):
    progress = confirm(sari, sari.upload(Event, TWO))
    now = time.time()
    put(folder, stage="writing", rows=4500, total=10000, since=now - 5, at=now)
    (name,) = (path.stem for path in folder.glob("*.standing"))
    with standings.at_work(name):
        shown = page(sari.client.get(progress))
        assert "4,500 of 10,000 rows, 900 a second, about 6 seconds left" in shown
        assert '<progress aria-label="Writing" max="10000" value="4500">' in shown
        assert '<li aria-current="step">Writing</li>' in shown
        plan = progress.removesuffix("progress/")
        assert sari.client.get(plan).url == progress
        assert sari.client.post(plan, {"cancel": "yes"}).url == progress
        assert "http-equiv" not in page(sari.client.get(progress + "?still=yes"))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 seconds"), (1.2, "1 second"), (89, "89 seconds"), (90, "2 minutes"), (62, "62 seconds")],
)
def test_a_time_is_told_roughly(seconds, words):
    assert standings.in_words(seconds) == words


def test_before_a_rate_is_known_rows_alone_are_told():
    standing = standings.Standing("a" * 32, 1, "events", "Trying", "/")
    standing.rows, standing.at = 300, standing.since
    assert standing.figures == "300 rows"


def test_who_waits_long_is_told_that_there_may_be_no_worker_and_may_leave(sari, with_worker, folder):
    progress = confirm(sari, sari.upload(Event, TWO))
    assert "No worker" not in page(sari.client.get(progress))
    put(folder, at=time.time() - 120)
    assert "No worker has come to it yet." in page(sari.client.get(progress))
    assert sari.client.post(progress).url == address(Event, "changelist")
    with_worker()
    assert not Event.objects.exists()
    assert not list(folder.glob("*.json"))


@pytest.mark.parametrize("stage", ["refused", "writing"])
def test_what_was_refused_or_broken_off_can_be_left(sari, with_worker, folder, stage):
    planned = sari.upload(Event, TWO)
    confirm(sari, planned)
    put(folder, stage=stage)
    sari.client.post(planned.request["PATH_INFO"], {"cancel": "yes"})
    assert not any(folder.iterdir())


def test_what_is_written_by_the_time_that_it_is_left_is_still_told_of(sari):
    planned = sari.upload(Event, TWO)
    progress = confirm(sari, planned)
    applying.leave(planned.context["proposal"])
    assert "Done: 2 new." in page(sari.client.get(progress))


# --- Once, or not at all ----------------------------------------------------------------------------------------------


def test_the_button_pressed_twice_writes_once(sari, with_worker):
    planned = sari.upload(Event, TWO)
    assert confirm(sari, planned) == confirm(sari, planned)
    with_worker()
    assert confirm(sari, planned).endswith("/progress/")
    with_worker()
    assert Batch.objects.count() == 1


def test_a_task_that_is_run_twice_writes_once(sari):
    planned = sari.upload(Event, TWO)
    progress = confirm(sari, planned)
    proposal = planned.context["proposal"]
    write_proposal.call(proposal.name, "events", sari.user.pk, "", planned.context["plan"].fingerprint)
    assert Batch.objects.count() == 1
    assert "Done: 2 new." in page(sari.client.get(progress))


def test_where_the_record_has_changed_the_plan_is_shown_again(sari, with_worker):
    ThemeFactory(name="Visas")
    planned = sari.upload(Event, TWO)
    progress = confirm(sari, planned)
    bring_in("events", [{"reference": "E1", "title": "Airports", "kind": "workshop"}])
    with_worker()
    again = sari.client.get(progress, follow=True)
    assert "The record has changed since this was shown" in page(again)
    assert references() == ["E1"]
    confirm(sari, again)
    with_worker()
    assert "Done: 1 new and 1 changed." in page(sari.client.get(progress))


def test_what_the_database_says_stands_with_the_plan(sari, monkeypatch):
    planned = sari.upload(Event, TWO)
    with monkeypatch.context() as broken:
        broken.setattr(Batch, "save", fail)
        progress = confirm(sari, planned)
    again = sari.client.get(progress, follow=True)
    assert "nothing was written: database or disk is full. Try again." in page(again)
    assert not Event.objects.exists()
    confirm(sari, again)
    assert references() == ["E1", "E2"]


def test_what_was_broken_off_says_so_and_can_be_written_again(sari, with_worker, folder):
    progress = confirm(sari, sari.upload(Event, TWO))
    put(folder, stage="writing", rows=1, total=2)
    shown = page(sari.client.get(progress))
    assert "It was broken off, and nothing was written." in shown
    plan = progress.removesuffix("progress/")
    assert f'href="{plan}"' in shown
    confirm(sari, sari.client.get(plan))
    with_worker()
    assert "Done: 2 new." in page(sari.client.get(progress))


def test_what_was_broken_off_after_it_was_written_is_done(sari, folder):
    planned = sari.upload(Event, TWO)
    kept = {path: path.read_bytes() for path in folder.iterdir()}
    progress = confirm(sari, planned)
    for path, content in kept.items():
        path.write_bytes(content)
    put(folder, stage="writing")
    proposal = planned.context["proposal"]
    write_proposal.call(proposal.name, "events", sari.user.pk, "", None)
    assert "Done: 2 new." in page(sari.client.get(progress))
    assert Batch.objects.count() == 1


def test_what_fails_before_it_is_begun_can_be_begun_again(sari, monkeypatch):
    planned = sari.upload(Event, TWO)
    with monkeypatch.context() as broken:
        broken.setattr(ImmediateBackend, "enqueue", fail)
        with pytest.raises(OperationalError):
            confirm(sari, planned)
    confirm(sari, planned)
    assert references() == ["E1", "E2"]


def fail(*_, **__):
    raise OperationalError("database or disk is full")


def test_what_the_database_wrote_before_it_went_is_done(sari, monkeypatch):
    @contextmanager
    def gone_after():
        yield
        raise NotApplied([Problem(1, "", "", "The connection was lost.")])

    monkeypatch.setattr(applying, "refusals", gone_after)
    assert "Done: 2 new." in page(sari.client.get(confirm(sari, sari.upload(Event, TWO))))


# --- For its maker alone ----------------------------------------------------------------------------------------------


def test_progress_is_told_to_its_maker_alone(sari, client, django_user_model):
    progress = confirm(sari, sari.upload(Event, TWO))
    elsewhere = progress.replace("events/event", "events/series")
    assert "This waits no longer" in page(sari.client.get(elsewhere, follow=True))
    other = Editor(client, django_user_model.objects.create_superuser("other"))
    assert "This waits no longer" in page(other.client.get(progress, follow=True))
    stranger = Editor(client, django_user_model.objects.create_user("stranger", is_staff=True))
    assert stranger.client.get(progress).status_code == 403


@pytest.mark.parametrize("name", ["0" * 32, "x"])
def test_there_is_no_progress_of_what_was_never_begun(sari, name):
    assert "This waits no longer" in page(sari.client.get(address(Event, "progress", name), follow=True))


def test_who_may_not_see_batches_is_told_its_number(sari, django_user_model):
    sari.user.is_superuser = False
    sari.user.save()
    sari.user.user_permissions.set(Permission.objects.filter(content_type__app_label="events"))
    progress = confirm(sari, sari.upload(Event, TWO))
    assert f"as batch {Batch.objects.get().pk}." in page(sari.client.get(progress))


def test_the_page_asks_as_often_for_many_rows_as_for_few(sari):
    def queries(number):
        rows = "".join(f"E{number}{row},Ports {number} {row},workshop\n" for row in range(number))
        progress = confirm(sari, sari.upload(Event, "reference,title,kind\n" + rows))
        with CaptureQueriesContext(connection) as captured:
            page(sari.client.get(progress))
        return len(captured)

    assert queries(30) == queries(2)
