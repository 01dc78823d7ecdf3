"""What all public pages have in common: few queries, sound HTML, nothing of what is not published."""

import gzip
import re
from html.parser import HTMLParser

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Event
from exchange import registry
from tests.factories import (
    AgencyFactory,
    BodyFactory,
    CountryFactory,
    EventFactory,
    EventLinkFactory,
    InvolvementFactory,
    MembershipFactory,
    OutcomeFactory,
    PlaceFactory,
    SeriesFactory,
    ThemeFactory,
)
from tests.kept import kept

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8
HEAVIEST = 30 * 1024

INDEXES = ["/", "/activities/", "/countries/", "/agencies/", "/bodies/", "/series/", "/themes/"]
INDEXES += ["/outcomes/", "/library/", "/library/collections/", "/library/instruments/", "/data/", "/about/"]
PAGES = [
    "/activities/C1/",
    "/activities/C2/",
    "/activities/C1/thread/",
    "/outcomes/O1/",
    "/countries/AU/",
    "/agencies/first-agency/",
    "/bodies/first-body/",
    "/series/first-series/",
    "/themes/first-theme/",
]
ALL_FILTERS = (
    "q=workshop&kind=workshop&country=AU&city=perth&participant=AU&role=host&body=first-body&theme=first-theme"
    "&series=first-series&period=C1&year=2004&since=2003&until=2005&sort=title"
)
FILTERED = [
    f"/activities/?{ALL_FILTERS}",
    "/activities/?sort=latest",
    "/activities/?participant=AU",
    "/activities/?theme=nothing-of-the-kind&participant=nobody",
    "/outcomes/?status=any",
    "/outcomes/?q=recommendation&kind=recommendation&status=open&body=first-body&body=none",
    "/outcomes/?kind=nothing-of-the-kind",
]
TYPES = ["countries", "agencies", "bodies", "memberships", "contact_points", "places", "series", "themes"]
TYPES += ["events", "event_links", "outcomes", "collections", "documents", "document_versions"]
TYPES += ["instruments", "uptakes", "reported_figures", "action_items", "reviews"]
TYPES += ["editions", "sections", "entries"]
FILES = [f"/data/{type}.csv" for type in TYPES]


class Record:
    """A record in which everything has to do with the first country, agency, body, series, theme and conference."""

    def __init__(self):
        self.country = CountryFactory(alpha2="AU", name="Australia")
        self.agency = AgencyFactory(slug="first-agency", country=self.country)
        self.body = BodyFactory(slug="first-body")
        self.series = SeriesFactory(slug="first-series")
        self.theme = ThemeFactory(slug="first-theme")
        self.place = PlaceFactory(city="Perth", country=self.country)
        self.conference = self.event(reference="C1", conference=True, when="2002-02")
        self.second = self.event(reference="C2", conference=True, when="2009-04")
        OutcomeFactory(reference="O1", event=self.conference, addressed_to=self.body, taken_up_at=self.second)

    def event(self, **details):
        related = {"place": self.place, "series": self.series, "bodies": [self.body], "themes": [self.theme]}
        return EventFactory(**related | {"description": "What was done."} | details)

    def grow(self, times):
        for _ in range(times):
            event, elsewhere = self.event(), EventFactory(place=PlaceFactory(), series=SeriesFactory())
            elsewhere.themes.add(ThemeFactory())
            agency = AgencyFactory(country=self.country)
            for participant in (self.country, agency, CountryFactory()):
                InvolvementFactory(event=event, participant=participant)
            for member in (agency, CountryFactory()):
                MembershipFactory(body=self.body, member=member)
            for participant in (self.agency, self.country, AgencyFactory()):
                InvolvementFactory(event=elsewhere, participant=participant, role="attendee")
            MembershipFactory(body=BodyFactory(parent=self.body), member=self.agency)
            MembershipFactory(body=BodyFactory(predecessor=self.body), member=self.country)
            for conference in (self.conference, self.second):
                InvolvementFactory(event=conference)
                EventLinkFactory(from_event=conference, to_event=event)
                EventLinkFactory(from_event=elsewhere, to_event=conference)
                OutcomeFactory(event=conference, addressed_to=self.body, taken_up_at=elsewhere)
                OutcomeFactory(event=event, addressed_to=self.body, taken_up_at=conference)


@pytest.fixture
def record():
    return Record()


def content_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def count_queries(client):
    """A callable that says how many queries addresses take, their last byte included, when they are not the first."""

    def count(*addresses):
        with kept():
            for address in INDEXES + PAGES:  # what is kept in memory is read
                client.get(address)
            return {address: queries_of(address) for address in addresses}

    def queries_of(address):
        with CaptureQueriesContext(connection) as queries:
            content_of(client.get(address))
        return len(queries)

    return count


def test_no_page_and_no_file_takes_more_queries_for_thirty_records_than_for_one(record, count_queries):
    record.grow(1)
    addresses = INDEXES + PAGES + FILTERED + FILES
    for_one = count_queries(*addresses)
    record.grow(29)
    assert count_queries(*addresses) == for_one
    assert {
        address: for_one[address] for address in INDEXES + PAGES + FILTERED if for_one[address] > MOST_QUERIES
    } == {}


class Structure(HTMLParser):
    """What of a page matters to those who cannot see it."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.ids, self.attributes = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.ids += [value for name, value in attrs if name == "id"]


def test_every_page_is_sound_light_and_without_inline_script_or_style(client, record):
    record.grow(12)
    with kept():
        for address in [*INDEXES, *PAGES, *FILTERED, "/nothing-here/"]:
            sent = client.get(address, headers={"Accept-Encoding": "gzip"})
            assert sent["Content-Encoding"] == "gzip", address
            assert len(sent.content) <= HEAVIEST, address
            assert_sound(gzip.decompress(sent.content).decode(), address)


def assert_sound(html, address):
    page = Structure(html)
    assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("footer") == 1, address
    assert '<html lang="en-GB">' in html, address
    assert re.search(r"<title>\S.+ – Bali Process", html), address
    assert re.search(r'<meta name="description" content="\S[^"]{20,}', html), address
    assert 'href="#content"' in html, address
    assert "content" in page.ids, address
    assert len(page.ids) == len(set(page.ids)), address
    data_blocks = page.attributes.count(("script", "type", "application/ld+json"))
    files = page.attributes.count(("script", "defer", None))
    assert page.tags.count("script") == data_blocks + files, address
    assert data_blocks <= 1, address
    assert not {"style", "iframe"} & set(page.tags), address
    assert not [name for _, name, _ in page.attributes if name == "style" or name.startswith("on")], address


# --- What is not published --------------------------------------------------------------------------------------------

CANARY = "Zyxquark"


@pytest.fixture
def planted(record):
    """Much that has a word of its own and that the public may not see, tied to all that it may."""
    country = CountryFactory(alpha2="GL", name=f"{CANARY}land", names=[f"{CANARY} Islands"])
    agency = AgencyFactory(slug="canary-agency", name=f"{CANARY} Police", country=record.country)
    odd = {name: f"{CANARY} {name}" for name in ("title", "venue", "alongside", "description", "sources", "note")} | {
        "reference": CANARY,
        "url": f"https://{CANARY}.example/",
        "place": PlaceFactory(city=f"{CANARY}ville", country=country),
        "series": SeriesFactory(slug="canary-series", name=f"{CANARY} series", description=CANARY),
        "themes": [record.theme, ThemeFactory(slug="canary-theme", name=f"{CANARY} theme", description=CANARY)],
        "bodies": [record.body],
    }
    draft = EventFactory(**odd, draft=True)
    reviewed = record.event(title=f"{CANARY} in review", publication="in_review", reference=f"{CANARY}-2")
    for hidden in (draft, reviewed):
        InvolvementFactory(event=hidden, participant=agency, remark=CANARY)
        InvolvementFactory(event=hidden, participant=record.country, role="chair", remark=CANARY)
        EventLinkFactory(from_event=record.conference, to_event=hidden)
        EventLinkFactory(from_event=hidden, to_event=record.conference, kind="reviews")
        OutcomeFactory(event=hidden, text=CANARY, addressed_to=record.body, taken_up_at=record.conference)
        OutcomeFactory(event=record.conference, text="Of a published one", taken_up_at=hidden)
    AgencyFactory(slug="canary-child", name=f"{CANARY} Unit", parent=record.agency)
    Event.objects.filter(pk=record.conference.pk).update(note=f"{CANARY} said so")
    return record


def test_no_word_of_what_is_not_published_is_on_any_page_or_in_any_file(client, planted):
    planted.grow(2)
    addresses = [*INDEXES, *PAGES, *FILTERED, *FILES, "/data/events.csv?theme=first-theme", "/activities/?country=GL"]
    with kept():
        for address in addresses:
            content = content_of(client.get(address)).decode()
            assert CANARY.lower() not in content.lower(), address


def test_what_is_not_published_has_no_page(client, planted):
    for address in [
        f"/activities/{CANARY}/",
        f"/activities/{CANARY}-2/",
        "/countries/GL/",
        "/agencies/canary-agency/",
        "/agencies/canary-child/",
        "/series/canary-series/",
        "/themes/canary-theme/",
    ]:
        assert client.get(address).status_code == 404, address


def test_asking_for_what_is_not_published_is_like_asking_for_what_there_is_not(client, planted):
    def answer(query):
        page = client.get(f"/activities/?{query}")
        return page.status_code, page.content.decode().replace(query.partition("=")[2], "…")

    for hidden, unknown in [
        ("theme=canary-theme", "theme=nothing-here"),
        ("series=canary-series", "series=nothing-here"),
        (f"city={CANARY}ville", "city=Nothingville"),
        ("participant=canary-agency", "participant=nobody-here"),
    ]:
        with kept():
            assert answer(hidden) == answer(unknown), hidden
            assert answer(hidden)[0] == 400, hidden


def test_a_word_of_a_draft_finds_nothing(client, planted):
    assert client.get(f"/activities/?q={CANARY}").context["listing"].found == 0


# --- Home, health, errors ---------------------------------------------------------------------------------------------


def test_home_gives_the_record_in_figures(client, record):
    record.grow(3)
    EventFactory(draft=True)
    EventFactory(when="", place=None)
    page = client.get("/").content.decode()
    assert '<strong>9</strong> <span><a href="/activities/">activities on record</a> <small>8 of them dated' in page
    assert '<strong>2</strong> <span><a href="/activities/?kind=ministerial">ministerial conferences' in page


def test_home_shows_the_latest_activities_and_the_ways_in(client, record):
    EventFactory(title="An early one", when="2001")
    for year in range(2011, 2017):
        EventFactory(title=f"That of {year}", when=str(year))
    page = client.get("/").content.decode()
    latest = page.partition(">Latest<")[2]
    assert latest.index("That of 2016") < latest.index("That of 2011")
    assert "An early one" not in latest
    assert "Coming: none on record." in latest
    for way in ("/countries/AU/", "/bodies/first-body/", "/themes/first-theme/", "/series/first-series/"):
        assert f'href="{way}"' in page


def test_home_shows_what_is_coming_before_what_was_done(client, record):
    this_year = timezone.localdate().year
    for title, when, status in (
        ("Next", f"{this_year + 1}-05", "planned"),
        ("Some day", "", "planned"),
        ("Farther off", f"{this_year + 2}", "planned"),
        ("Forgotten plan", "2003", "planned"),
        ("Put off", f"{this_year + 1}", "postponed"),
    ):
        EventFactory(title=title, when=when, status=status)
    EventFactory(title="Hidden plan", when=f"{this_year + 1}", status="planned", draft=True)
    page = client.get("/").content.decode().partition(">Latest<")[2]
    coming, _, done = page.partition("<h3>Done</h3>")
    titles = ["Next", "Farther off", "Some day"]
    assert sorted(titles, key=coming.find) == titles
    assert all(title in coming and title not in done for title in titles)
    assert "Put off" in done
    assert "Coming: none on record." not in page
    assert "Hidden plan" not in page
    assert "Forgotten plan" not in coming


def test_home_draws_the_record_and_says_the_same_as_a_table(client, record):
    EventFactory(title="Best practices", reference="E7", when="2003-03", place=PlaceFactory(city="Bangkok"))
    page = client.get("/").content.decode()
    assert "2002 to 2009 at a glance" in page
    assert 'href="/activities/E7/" aria-label="Best practices, workshop, Bangkok, March 2003"' in page
    assert '<a href="/activities/?year=2003&amp;kind=workshop">1</a>' in page
    assert "The same as a table" in page


def test_home_stays_as_light_however_long_the_record(client, record, count_queries, monkeypatch):
    monkeypatch.setattr("events.drawing.timeline.MOST_DRAWN", 20)
    for year in range(2002, 2027):
        EventFactory.create_batch(2, when=str(year))
    page = client.get("/").content
    assert b"The number of activities of each kind in each year." in page
    assert b'<a href="/activities/?year=2003&amp;kind=workshop">2</a>' in page
    assert b'href="/activities/?year=2003" aria-label="Activities of 2003"' in page
    assert len(gzip.compress(page)) <= HEAVIEST
    assert count_queries("/")["/"] <= MOST_QUERIES


def test_an_empty_record_has_pages_that_say_so(client):
    for address in INDEXES:
        response = client.get(address)
        assert response.status_code == 200, address
    assert "No activity is published yet" in client.get("/").content.decode()


def test_healthz_says_ok_while_the_database_answers(client, count_queries):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]
    assert count_queries("/healthz") == {"/healthz": 1}


def test_healthz_says_503_when_the_database_does_not_answer(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError("the password is secret")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert b"secret" not in response.content


def test_what_is_not_there_has_a_page_of_the_site_and_takes_few_queries(client, count_queries):
    response = client.get("/nothing-here/")
    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()
    assert count_queries("/nothing-here/")["/nothing-here/"] <= MOST_QUERIES


def test_a_fault_has_a_page_that_needs_nothing(record, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the inside of the site")

    monkeypatch.setattr("baliprocess.views.figures", fail)
    response = Client(raise_request_exception=False).get("/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong here" in page
    assert "the inside" not in page


def test_the_pages_for_refusals_stand_on_their_own(client, rf):
    from django.core.exceptions import PermissionDenied
    from django.views import defaults

    refused = defaults.permission_denied(rf.get("/"), PermissionDenied("a reason for staff"))
    malformed = defaults.bad_request(rf.get("/"), ValueError("a reason for staff"))
    assert (refused.status_code, malformed.status_code) == (403, 400)
    assert "This is not open to you" in refused.content.decode()
    assert "could not be understood" in malformed.content.decode()
    assert "a reason" not in refused.content.decode() + malformed.content.decode()


def test_pages_are_only_read(client, record):
    assert {client.post(address).status_code for address in INDEXES + PAGES} == {405}


def test_every_type_of_record_has_its_file():
    assert [f"/data/{type}.csv" for type in registry.types()] == FILES
