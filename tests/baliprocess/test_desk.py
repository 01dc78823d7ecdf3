"""The first page of the record office says what waits, to each what they can act on; the bar leads everywhere."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from baliprocess.roles import ADMINISTRATOR, EDITOR, PUBLISHER, ROLES, VIEWER
from exchange.models import UnknownName
from exchange.problems import Problem
from tests.editing import Editor
from tests.factories import (
    BatchFactory,
    BodyFactory,
    ChangeFactory,
    EventFactory,
    OutcomeFactory,
    PersonFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    """Opens the first page as somebody with a role; returns the response."""

    def open_desk(role):
        client.force_login(PersonFactory(role=role))
        response = client.get("/admin/")
        assert response.status_code == 200
        return response

    return open_desk


def page(response):
    return response.content.decode()


def titles(events):
    return [event.title for event in events]


def day(days):
    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()


# --- What waits -------------------------------------------------------------------------------------------------------


def test_drafts_are_counted_and_the_latest_five_shown(desk):
    for number in range(7):
        EventFactory(draft=True, title=f"Draft {number}")
    drafts = desk(EDITOR).context["queues"][0]
    assert (drafts["title"], drafts["number"]) == ("Drafts", 7)
    assert titles(drafts["events"]) == [f"Draft {number}" for number in (6, 5, 4, 3, 2)]


def test_the_link_to_all_drafts_shows_them_and_nothing_else(desk, client):
    EventFactory.create_batch(6, draft=True)
    EventFactory(publication="in_review")
    EventFactory()
    response = desk(EDITOR)
    url = response.context["queues"][0]["url"]
    assert f'href="{url}"' in page(response)
    assert client.get(url).context["cl"].result_count == 6


@pytest.mark.parametrize(
    ("role", "first"), [(EDITOR, "Drafts"), (PUBLISHER, "In review"), (ADMINISTRATOR, "In review")]
)
def test_who_may_publish_sees_first_what_is_in_review(desk, role, first):
    EventFactory(publication="in_review", title="Ports")
    queues = desk(role).context["queues"]
    assert queues[0]["title"] == first
    assert titles(next(queue for queue in queues if queue["title"] == "In review")["events"]) == ["Ports"]


def test_what_is_missing_is_counted_and_leads_to_a_list_of_it(desk, client):
    whole = {"place": PlaceFactory(), "sources": "Summary", "bodies": [BodyFactory(), BodyFactory()]}
    EventFactory(**whole)
    EventFactory(**whole | {"place": None})
    EventFactory(**whole | {"place": None, "bodies": []})
    EventFactory(**whole | {"when": ""})
    missing = desk(EDITOR).context["missing"]
    assert [(number, fact) for number, fact, _url in missing] == [(1, "date"), (2, "place"), (1, "body")]
    for number, _fact, url in missing:
        assert client.get(url).context["cl"].result_count == number


def test_outcomes_to_follow_up_are_counted_and_lead_to_a_list_of_them(desk, client):
    OutcomeFactory.create_batch(2, event=EventFactory(when="2004"), addressed_to=BodyFactory())
    OutcomeFactory(event=EventFactory(when=day(0)))
    follow_ups = desk(EDITOR).context["follow_ups"]
    assert [(number, words) for number, words, _url in follow_ups] == [
        (2, "Open, older than a year"),
        (1, "Open, to no body"),
    ]
    for number, _words, url in follow_ups:
        assert client.get(url).context["cl"].result_count == number
    assert desk(VIEWER).context["follow_ups"] == []


def test_nothing_missing_is_said(desk):
    assert "Every activity has a date, a place, a body and a source." in page(desk(EDITOR))


def test_coming_activities_stand_soonest_first_and_those_whose_date_has_passed_are_asked_after(desk):
    for title, when, status in [
        ("Passed", day(-2), "planned"),
        ("Later", day(400), "planned"),
        ("Soon", day(0), "planned"),
        ("Some day", "", "planned"),
        ("Off", day(3), "cancelled"),
        ("Held", day(-2), "held"),
    ]:
        EventFactory(title=title, when=when, status=status)
    context = desk(EDITOR).context
    assert titles(context["coming"]) == ["Soon", "Later", "Some day"]
    assert titles(context["overdue"]) == ["Passed"]
    assert "Has it been held?" not in page(desk(VIEWER))


def test_latest_batches_say_who_did_what_to_how_many(desk):
    batch = BatchFactory(by=PersonFactory(username="nadia"), reason="From the archive")
    ChangeFactory(batch=batch, type="events")
    ChangeFactory(batch=batch, type="events", before={"title": "A"}, after={"title": "B"})
    ChangeFactory(batch=batch, type="events", before={"title": "A"}, after={"title": "C"})
    ChangeFactory(batch=batch, type="outcomes", before={"text": "A"}, after=None)
    BatchFactory(origin="import")
    response = desk(VIEWER)
    shown = page(response)
    assert "Events: 1 new, 2 changed; Outcomes: 1 deleted" in shown
    assert "nadia, entered by hand · From the archive" in shown
    assert "A command, from a file" in shown
    assert reverse("admin:records_batch_change", args=[batch.pk]) in shown


def test_names_that_files_failed_on_are_shown_to_who_can_lead_them(desk):
    unknown = [Problem(2, "hosts", "ROK", "No country is known.", sought="country or agency")]
    UnknownName.objects.remember(unknown, "events", "rows.csv")
    assert "ROK" in page(desk(EDITOR))
    assert "ROK" not in page(desk(VIEWER))


def test_readers_are_offered_nothing_to_do(desk):
    EventFactory(draft=True, title="Ports")
    response = desk(VIEWER)
    shown = page(response)
    assert "Ports" in shown
    assert "Enter an activity" not in shown
    assert "Something missing" not in shown
    assert all(entry["add_url"] is entry["import_url"] is None for entry in response.context["types"])
    assert "Import" not in shown


def test_staff_without_a_role_read_nothing_on_the_first_page(client):
    client.force_login(PersonFactory())
    EventFactory(draft=True, title="Ports")
    EventFactory(draft=True, title="Visas", status="planned", when="2199")
    ChangeFactory(batch=BatchFactory(reason="From the archive"))
    shown = page(client.get("/admin/"))
    assert "Ask an administrator for one" in shown
    assert not any(secret in shown for secret in ("Ports", "Visas", "From the archive", "Coming"))


def test_the_record_is_counted_type_by_type(desk):
    EventFactory(place=PlaceFactory())
    BodyFactory()
    numbers = {entry["type"]: entry["number"] for entry in desk(VIEWER).context["types"]}
    assert numbers == {
        "countries": 1, "agencies": 0, "bodies": 1, "memberships": 0, "contact_points": 0, "places": 1, "series": 0,
        "themes": 0, "events": 1, "event_links": 0, "outcomes": 0, "collections": 0, "documents": 0,
        "document_versions": 0, "instruments": 0, "uptakes": 0, "reported_figures": 0, "action_items": 0, "reviews": 0,
        "editions": 0, "sections": 0, "entries": 0,
    }  # fmt: skip


def test_what_is_in_a_draft_is_escaped(desk):
    EventFactory(draft=True, title="<b>Ports</b>")
    assert "<b>Ports</b>" not in page(desk(EDITOR))


def test_the_first_page_asks_as_often_for_many_as_for_few(client):
    people = {role: PersonFactory(role=role) for role in ROLES}

    def fill(number):
        for _ in range(number):
            EventFactory(draft=True, place=PlaceFactory(), bodies=[BodyFactory()])
            EventFactory(publication="in_review", status="planned", when="2002", place=PlaceFactory())
            EventFactory(status="planned", when="2199", place=PlaceFactory())
            for type in ("events", "places"):
                ChangeFactory(batch=BatchFactory(by=PersonFactory()), type=type)

    def queries(person):
        client.force_login(person)
        with CaptureQueriesContext(connection) as captured:
            client.get("/admin/")
        return len(captured)

    fill(1)
    few = {role: queries(person) for role, person in people.items()}
    fill(29)
    assert {role: queries(person) for role, person in people.items()} == few
    assert max(few.values()) <= 14


# --- The bar ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "sections"),
    [
        (VIEWER, ["Activities", "Countries", "Agencies", "Bodies", "Names", "Library", "Summary"]),
        (EDITOR, ["Activities", "Countries", "Agencies", "Bodies", "Names", "Library", "Summary", "Import"]),
        (
            ADMINISTRATOR,
            ["Activities", "Countries", "Agencies", "Bodies", "Names", "Library", "Summary", "People", "Import"],
        ),
    ],
)
def test_the_bar_leads_where_one_may_go(desk, client, role, sections):
    shown = desk(role).context["sections"]
    assert [name for name, _address, _here in shown] == sections
    for name, address, _here in shown:
        response = client.get(address)
        assert response.status_code == 200
        assert [each[0] for each in response.context["sections"] if each[2]] == [name]


def test_the_bar_says_how_much_waits_for_who_can_do_something_about_it(desk):
    EventFactory(draft=True)
    EventFactory(publication="in_review")
    EventFactory()
    assert 'What waits <span class="number">2</span>' in page(desk(EDITOR))
    assert '<span class="number">2</span></a>' not in page(desk(VIEWER))


def test_what_waits_is_counted_once_a_page(client):
    client.force_login(PersonFactory(role=EDITOR))
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("admin:help"))
    assert len([query for query in captured if "events_event" in query["sql"]]) == 1


def test_strangers_see_no_bar_and_are_asked_to_sign_in(client):
    shown = page(client.get("/admin/login/"))
    assert "Sign in" in shown
    assert "What waits" not in shown
    assert client.get("/admin/help/").url.startswith("/admin/login/")
    assert client.get("/admin/import/").url.startswith("/admin/login/")


def test_a_wrong_password_is_said_and_who_has_no_role_is_told(client):
    wrong = page(client.post("/admin/login/", {"username": "nadia", "password": "no"}))
    assert "Please enter the correct username and password" in wrong
    client.force_login(PersonFactory(username="nadia", is_staff=False))
    assert "signed in as nadia, who has no role that leads here" in page(client.get("/admin/login/"))


@pytest.mark.parametrize(
    "path",
    ["", "help/", "import/", "participants/", "participants/name/", "auth/user/", "auth/user/add/", "password_change/"],
)
def test_pages_of_the_office_have_one_heading_and_nothing_inline(client, path):
    Editor(client, PersonFactory(role=ADMINISTRATOR))
    shown = page(client.get(f"/admin/{path}"))
    assert shown.count("<h1") == 1
    assert "Django" not in shown
    assert ("Latest changes" in shown) == (path == "")
    assert " style=" not in shown
    assert " onclick=" not in shown
    assert "<script>" not in shown


def test_signing_out_leads_back_to_the_record(desk, client):
    desk(EDITOR)
    shown = page(client.post("/admin/logout/"))
    assert "Signed out" in shown
    assert "What waits" not in shown
    assert client.get("/admin/").status_code == 302


# --- Import -----------------------------------------------------------------------------------------------------------


def test_the_page_of_imports_leads_to_each_type(client):
    client.force_login(PersonFactory(role=EDITOR))
    EventFactory()
    response = client.get("/admin/import/")
    assert {entry["type"]: entry["number"] for entry in response.context["types"]}["events"] == 1
    for entry in response.context["types"]:
        assert entry["import_url"] in page(response)
        assert client.get(entry["import_url"]).status_code == 200


def test_an_address_that_no_database_can_look_for_is_refused(client):
    client.force_login(PersonFactory(role=VIEWER))
    for path in ("/admin/events/event/past/?key=%00", "/admin/events/event/?publication__exact=%00"):
        assert client.get(path).status_code == 400
