"""Pages that visitors have already: unchanged ones are not sent again, and none is ever stale."""

from datetime import date

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from baliprocess import conditional
from events.models import Event
from exchange.parts import apply as take_back
from exchange.plans import plan
from exchange.recording import recording
from exchange.undoing import undo_of
from records.models import Batch
from tests.browser.addresses import PAGES
from tests.factories import BodyFactory, EventFactory, EventLinkFactory, OutcomeFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    body = BodyFactory(slug="steering-group", name="Steering Group")
    return EventFactory(reference="E1", title="First workshop", bodies=[body])


@pytest.fixture
def again(client):
    """A callable that asks for a page as a browser does that has it with a tag."""
    return lambda address, tag, **options: client.get(address, headers={"If-None-Match": tag}, **options)


def apply(type, **row):
    batch = Batch(origin="import")
    plan(type, [row]).apply(batch)
    return batch


def test_what_somebody_has_already_is_not_sent_again(client, again, event):
    page = client.get("/activities/E1/")
    answer = again("/activities/E1/", page["ETag"])

    assert (page.status_code, answer.status_code, answer.content) == (200, 304, b"")
    assert answer["ETag"] == page["ETag"]
    assert page["Cache-Control"] == answer["Cache-Control"] == "no-cache"
    assert "Content-Security-Policy" in answer


def test_that_takes_one_query(again, client, event):
    tag = client.get("/activities/E1/")["ETag"]
    with CaptureQueriesContext(connection) as captured:
        again("/activities/E1/", tag)
    assert len(captured) == 1


def publish(event):
    with recording() as recorder:
        recorder.watch([event])
        event.publication = "published"
        event.save()


def unpublish(event):
    apply("events", reference="E1", title="First workshop", kind="workshop", publication="draft")


def rename_body(event):
    apply("bodies", slug="steering-group", name="Guiding Group")


def bring_in(event):
    apply("events", reference="E7", title="Another workshop", kind="workshop", publication="published")


def bring_in_and_take_back(event):
    batch = apply("events", reference="E1", title="Second workshop", kind="workshop")
    take_back(undo_of(batch).parts, Batch(origin="undo", undoes=batch))


def link(event):
    other = EventFactory(reference="E2")
    apply("event_links", **{"from": "E2", "to": "E1", "kind": "follows"})
    assert other.reference == "E2"


def delete(event):
    with recording() as recorder:
        recorder.delete([event])


@pytest.mark.parametrize("change", [publish, unpublish, rename_body, bring_in, bring_in_and_take_back, link, delete])
def test_no_page_is_stale_after_a_change(client, again, event, change):
    if change is publish:
        Event.objects.update(publication="in_review")
        event.refresh_from_db()
    tag = client.get("/")["ETag"]
    change(event)
    for address in ("/activities/", "/activities/E1/", "/bodies/steering-group/", "/data/events.csv"):
        answer = again(address, tag)
        assert answer.status_code in (200, 404), address
        assert answer.get("ETag") != tag, address


def test_whoever_is_signed_in_is_sent_each_page_anew(client, again, event):
    tag = client.get("/activities/E1/")["ETag"]
    client.force_login(PersonFactory(role="Editor"))
    page = again("/activities/E1/", tag)

    assert page.status_code == 200
    assert "ETag" not in page


def test_so_is_whoever_has_a_key(client, event):
    tag = client.get("/activities/E1/")["ETag"]
    page = client.get("/activities/E1/", headers={"If-None-Match": tag, "Authorization": "Token 1234"})
    assert page.status_code == 200
    assert "ETag" not in page


def test_only_the_head_can_be_asked_for(client, event):
    tag = client.get("/activities/E1/")["ETag"]
    assert client.head("/activities/E1/")["ETag"] == tag
    assert client.head("/activities/E1/", headers={"If-None-Match": tag}).status_code == 304


def test_a_page_is_another_on_another_day_and_in_another_release(client, again, event, monkeypatch):
    tag = client.get("/")["ETag"]
    with monkeypatch.context() as patch:
        patch.setattr(conditional.timezone, "localdate", lambda: date(2031, 1, 1))
        assert again("/", tag).status_code == 200
    with monkeypatch.context() as patch:
        patch.setattr(conditional, "release", lambda: "another")
        assert again("/", tag).status_code == 200
    assert again("/", tag).status_code == 304


def test_a_release_is_told_by_its_files_and_by_what_settings_say(settings, tmp_path):
    release = conditional.release.__wrapped__
    (tmp_path / "new.html").write_text("<p>")
    before = release()
    assert release() == before
    settings.CONTACT_EMAIL = "somebody@example.org"
    assert (told := release()) != before
    settings.STATICFILES_DIRS = [tmp_path]
    assert release() != told


def test_compressed_pages_are_known_again(client, again, event):
    tag = client.get("/activities/E1/", headers={"Accept-Encoding": "gzip"})["ETag"]
    assert again("/activities/E1/", tag).status_code == 304


@pytest.mark.parametrize("address", ["/activities/E99/", "/activities/?year=20x4", "/admin/login/", "/healthz"])
def test_what_is_no_whole_public_page_has_no_tag(client, again, event, address):
    assert "ETag" not in client.get(address)
    tag = client.get("/")["ETag"]
    if address.startswith(("/admin", "/healthz")):
        assert again(address, tag).status_code == 200


def test_while_templates_may_change_under_it_nothing_is_kept(client, event, settings):
    settings.DEBUG = True
    assert "ETag" not in client.get("/activities/E1/")


def test_where_the_database_does_not_answer_health_says_so(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", refuse)
    assert client.get("/healthz").status_code == 503


def test_every_page_has_a_tag(client, event):
    EventLinkFactory(to_event=event)
    OutcomeFactory(event=event)
    indexes = {address for address in PAGES.values() if address.count("/") == 2 and "?" not in address}
    assert [address for address in indexes - {"/nothing-here/", "/sign-in/"} if "ETag" not in client.get(address)] == []
