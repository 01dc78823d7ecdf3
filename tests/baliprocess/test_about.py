"""The page about the record."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from events.models import Event
from records.models import Batch, Change
from tests.factories import (
    AgencyFactory,
    BodyFactory,
    ChangeFactory,
    EventFactory,
    InvolvementFactory,
    OutcomeFactory,
    PlaceFactory,
)
from tests.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def html(client):
    """A callable that gives the page."""

    def get():
        return client.get("/about/").content.decode()

    return get


@pytest.fixture
def read(html):
    """A callable that gives the words of the page."""
    return lambda: re.sub(r"\s+", " ", strip_tags(html().replace("</th>", " ").replace("</td>", " ")))


def complete_event(**details):
    known = {"when": "2002-02-26", "place": PlaceFactory(), "description": "On fraud.", "sources": "A statement"}
    event = EventFactory(**known | details, bodies=[BodyFactory()])
    OutcomeFactory(event=event)
    for role in ("host", "host", "observer", "observer"):
        InvolvementFactory(event=event, role=role, participant=AgencyFactory())
    return event


def test_how_complete_the_record_is_is_computed_from_what_is_published(read):
    complete_event()
    EventFactory(when="2004-09")
    EventFactory(when="")
    EventFactory(draft=True, place=PlaceFactory())
    page = read()
    assert "Of the 3 activities on record" in page
    assert "A date 2 67 %" in page
    for words in (
        "A date to the day",
        "A place",
        "The body that it was an activity of",
        "Who was behind it",
        "Who attended or observed",
        "What it was about",
        "What came of it",
        "Where this is known from",
    ):
        assert f"{words} 1 33 %" in page


def test_a_share_is_never_rounded_to_all_or_to_none(read):
    EventFactory.create_batch(249, when="2004-09")
    EventFactory(when="", place=PlaceFactory())
    page = read()
    assert "A date 249 99 %" in page
    assert "A place 1 1 %" in page
    assert "What came of it 0 0 %" in page


def test_the_links_beside_the_figures_find_just_as_many(client, html):
    complete_event()
    EventFactory(when="2004-09")
    EventFactory(when="")
    found = re.findall(r'<a href="(/activities/\?.+?)">.+?</a></th><td class="number">(\d+)', html())
    assert len(found) == 3
    lacking = re.findall(r'<a href="(/activities/\?lacking=.+?)">(\d+)</a>', html())
    assert len(lacking) == 4
    for address, number in found + lacking:
        page = client.get(address.replace("&amp;", "&"))
        assert page.context["listing"].found == int(number), address


def test_without_a_published_activity_nothing_is_divided(read):
    EventFactory(draft=True)
    assert "No activity is published yet." in read()
    assert "No conference is published yet." in read()


def test_when_the_record_was_last_changed_is_told_of_what_is_published(read):
    def change(key, day, type="events"):
        made = ChangeFactory(key=key, type=type)
        Batch.objects.filter(pk=made.batch_id).update(at=f"2026-{day}T12:00:00Z")

    assert "last changed" not in read()
    event = EventFactory(reference="E1")
    EventFactory(reference="E2", draft=True)
    change("E1", "10-12")
    change("E2", "11-25")
    assert "last changed on 12 October 2026" in read()
    change(OutcomeFactory(event=event).reference, "11-01", type="outcomes")
    assert "last changed on 1 November 2026" in read()


def test_whom_to_write_to_is_told_where_it_is_said(read, html, settings):
    assert "may write to" not in read()
    settings.CONTACT_EMAIL = "record&more@example.org"
    assert 'href="mailto:record%26more@example.org"' in html()
    assert "may write to record&amp;more@example.org" in read()


def test_licence_and_citing_are_told_with_the_address_of_the_site(html, read):
    assert 'href="https://creativecommons.org/licenses/by/4.0/" rel="license"' in html()
    assert "Bali Process, record of activities. http://testserver/. Read on" in read()


def test_the_conferences_stand_with_their_numerals(read):
    EventFactory(conference=True, when="2002-02-26", title="First conference", place=PlaceFactory(city="Bali"))
    EventFactory(conference=True, when="2003-04", title="Second conference")
    assert re.search(r"I First conference 26 February 2002, Bali, .+ · activities since II Second conference", read())


def test_it_takes_as_many_queries_for_thirty_records_as_for_one(client):
    def queries():
        with kept():
            client.get("/about/")
            with CaptureQueriesContext(connection) as captured:
                client.get("/about/")
        return len(captured)

    def grow(times):
        for _ in range(times):
            event = complete_event(conference=True)
            ChangeFactory(key=event.reference)

    grow(1)
    for_one = queries()
    grow(29)
    assert Event.objects.count() == 30
    assert Change.objects.count() == 30
    assert queries() == for_one <= 8
