"""Activities as machines read them in their pages."""

import json
import re
from types import SimpleNamespace

import pytest

from events.linked_data import activity
from tests.factories import (
    AgencyFactory,
    BodyFactory,
    CountryFactory,
    EventFactory,
    EventLinkFactory,
    InvolvementFactory,
    PlaceFactory,
    SeriesFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(client):
    """A callable that gives what the page of an activity tells machines."""

    def read(event):
        page = client.get(event.get_absolute_url()).content.decode()
        return json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', page)[1])

    return read


def test_an_activity_tells_what_when_and_where_it_was(told):
    place = PlaceFactory(city="Perth", country=CountryFactory(alpha2="AU"), latitude="-31.95", longitude="115.86")
    event = EventFactory(
        reference="E15",
        title="Workshop on return",
        when="2004-05",
        place=place,
        venue="Town hall",
        description="On “return”.",
        url="https://example.org/return",
        themes=[ThemeFactory(name="Return")],
    )
    assert told(event) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Workshop on return",
        "url": "http://testserver/activities/E15/",
        "identifier": "E15",
        "description": "On “return”.",
        "startDate": "2004-05",
        "endDate": "2004-05",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Town hall",
            "address": {"@type": "PostalAddress", "addressLocality": "Perth", "addressCountry": "AU"},
            "geo": {"@type": "GeoCoordinates", "latitude": -31.95, "longitude": 115.86},
        },
        "about": ["Return"],
        "sameAs": "https://example.org/return",
    }


def test_what_is_not_known_is_not_told(told):
    assert told(EventFactory(when="", description="")).keys() == {
        *("@context", "@type", "name", "url", "identifier", "eventStatus", "eventAttendanceMode")
    }


ALONE = SimpleNamespace(parts=[], links=[], bodies=[], themes=[])


def alone(**fields):
    """What is told of an activity that nothing lies around."""
    return activity(EventFactory(**fields), ALONE, absolute=str)


@pytest.mark.parametrize(
    ("when", "begins", "ends"),
    [
        ("2002-02-26/2002-02-28", "2002-02-26", "2002-02-28"),
        ("2002-02-26", "2002-02-26", "2002-02-26"),
        ("2002-11/2003", "2002-11", "2003"),
        ("2004~", "2004", "2004"),
        ("2004-09?", "2004-09", "2004-09"),
        ("2004-21", "2004", "2004"),
        ("2004-24", None, None),
    ],
)
def test_dates_are_told_as_exactly_as_they_are_known(when, begins, ends):
    data = alone(when=when)
    assert (data.get("startDate"), data.get("endDate")) == (begins, ends)


@pytest.mark.parametrize(
    ("status", "told_as"),
    [("planned", "Scheduled"), ("held", "Scheduled"), ("postponed", "Postponed"), ("cancelled", "Cancelled")],
)
def test_whether_it_takes_place_is_told(status, told_as):
    assert alone(status=status)["eventStatus"] == f"https://schema.org/Event{told_as}"


@pytest.mark.parametrize(("format", "told_as"), [("online", "Online"), ("hybrid", "Mixed")])
def test_how_people_came_together_is_told(format, told_as):
    assert alone(format=format)["eventAttendanceMode"] == f"https://schema.org/{told_as}EventAttendanceMode"


def test_a_country_as_a_whole_and_a_venue_alone_are_places(told):
    fiji = CountryFactory(name="Fiji", alpha2="FJ")
    assert told(EventFactory(place=PlaceFactory(city="", country=fiji)))["location"] == {
        "@type": "Place",
        "name": "Fiji",
        "address": {"@type": "PostalAddress", "addressCountry": "FJ"},
    }
    assert told(EventFactory(venue="Town hall"))["location"] == {"@type": "Place", "name": "Town hall"}


def test_those_who_took_part_are_told_by_what_they_did(told):
    event = EventFactory(bodies=[BodyFactory(name="Senior Officials", slug="senior-officials")])
    for role, participant in (
        ("co_chair", CountryFactory(name="Indonesia", alpha2="ID")),
        ("contributor", AgencyFactory(name="UNHCR", slug="unhcr")),
        ("host", AgencyFactory(name="Police", slug="police", kind="police")),
        ("observer", CountryFactory(name="Austria", alpha2="AT")),
    ):
        InvolvementFactory(event=event, participant=participant, role=role)
    data = told(event)
    assert data["organizer"] == [
        {"@type": "GovernmentOrganization", "name": "Indonesia", "url": "http://testserver/countries/ID/"},
        {"@type": "GovernmentOrganization", "name": "Police", "url": "http://testserver/agencies/police/"},
        {"@type": "Organization", "name": "Senior Officials", "url": "http://testserver/bodies/senior-officials/"},
    ]
    assert [each["name"] for each in data["contributor"]] == ["UNHCR"]
    assert [each["name"] for each in data["attendee"]] == ["Austria"]


def test_what_it_was_part_of_and_what_was_part_of_it_are_told(told):
    event = EventFactory(series=SeriesFactory(name="Targeting", slug="targeting"))
    whole, part = EventFactory(title="The whole"), EventFactory(title="A part")
    EventLinkFactory(from_event=event, to_event=whole, kind="part_of")
    EventLinkFactory(from_event=part, to_event=event, kind="part_of")
    EventLinkFactory(from_event=EventFactory(draft=True), to_event=event, kind="part_of")
    EventLinkFactory(from_event=event, to_event=EventFactory(), kind="follows")
    data = told(event)
    assert [each["name"] for each in data["superEvent"]] == ["Targeting", "The whole"]
    assert [each["name"] for each in data["subEvent"]] == ["A part"]


def test_nothing_is_asked_of_the_database_for_it(django_assert_num_queries):
    event = EventFactory(place=PlaceFactory())
    event = type(event).objects.select_related("place__country", "series").get()
    with django_assert_num_queries(0):
        activity(event, ALONE, absolute=str)
