"""What search engines are told of."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AgencyFactory,
    BodyFactory,
    CollectionFactory,
    CountryFactory,
    DocumentFactory,
    EditionFactory,
    EventFactory,
    InstrumentFactory,
    InvolvementFactory,
    OutcomeFactory,
    PlaceFactory,
    SeriesFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

SECTIONS = ["pages", "activities", "countries", "agencies", "bodies", "series", "themes", "outcomes"]
SECTIONS += ["documents", "collections", "instruments", "editions"]
ADDRESSES = ["/sitemap.xml", *(f"/sitemap-{section}.xml" for section in SECTIONS)]


@pytest.fixture
def listed(client):
    """A callable that gives the addresses in a map."""

    def read(address):
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/xml"
        return re.findall("<loc>(.+?)</loc>", response.content.decode())

    return read


def grow(times):
    for _ in range(times):
        event = EventFactory(place=PlaceFactory(), series=SeriesFactory(), themes=[ThemeFactory()])
        InvolvementFactory(event=event, participant=AgencyFactory())
        OutcomeFactory(event=event)
        BodyFactory()
        DocumentFactory(collection=CollectionFactory())
        InstrumentFactory()


def test_the_first_map_names_the_others(listed):
    assert listed("/sitemap.xml") == [f"http://testserver{address}" for address in ADDRESSES[1:]]


def test_all_that_is_public_is_listed_with_its_whole_address(listed):
    event = EventFactory(
        reference="E1",
        place=PlaceFactory(country=CountryFactory(alpha2="AU")),
        series=SeriesFactory(slug="first-series"),
        themes=[ThemeFactory(slug="first-theme")],
        bodies=[BodyFactory(slug="first-body")],
    )
    InvolvementFactory(event=event, participant=AgencyFactory(slug="first-agency"))
    OutcomeFactory(event=event, reference="O1")
    DocumentFactory(reference="D1", collection=CollectionFactory(slug="first-collection"))
    InstrumentFactory(slug="first-law")
    EditionFactory(reference="S1", publication="published")
    assert [listed(address) for address in ADDRESSES[2:]] == [
        ["http://testserver/activities/E1/"],
        ["http://testserver/countries/AU/"],
        ["http://testserver/agencies/first-agency/"],
        ["http://testserver/bodies/first-body/"],
        ["http://testserver/series/first-series/"],
        ["http://testserver/themes/first-theme/"],
        ["http://testserver/outcomes/O1/"],
        ["http://testserver/library/documents/D1/"],
        ["http://testserver/library/collections/first-collection/"],
        ["http://testserver/library/instruments/first-law/"],
        ["http://testserver/summary/S1/"],
    ]


def test_every_page_that_is_listed_is_there(client, listed):
    grow(2)
    for section in ADDRESSES[1:]:
        for address in listed(section):
            assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


def test_what_is_not_published_is_not_listed(listed):
    event = EventFactory(draft=True, place=PlaceFactory(), series=SeriesFactory(), themes=[ThemeFactory()])
    InvolvementFactory(event=event, participant=AgencyFactory())
    OutcomeFactory(event=event)
    EditionFactory(draft=True)
    DocumentFactory(draft=True, collection=CollectionFactory(publication="draft"))
    DocumentFactory(members=True)
    InstrumentFactory(draft=True)
    assert [listed(address) for address in ADDRESSES[2:]] == [[]] * len(SECTIONS[1:])


def test_a_map_takes_as_many_queries_for_thirty_records_as_for_one(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            for address in ADDRESSES:
                client.get(address)
        return len(captured)

    grow(1)
    for_one = queries()
    grow(29)
    assert queries() == for_one


def test_robots_are_told_where_the_map_is_and_what_is_not_for_them(client):
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /admin/" in lines
