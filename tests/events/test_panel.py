"""The facets beside the list, as visitors use them: each value with its number, to be added and taken away again."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AgencyFactory,
    BodyFactory,
    CountryFactory,
    EventFactory,
    InvolvementFactory,
    PlaceFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def facets(client):
    """A callable that reads the facets of a page: {facet: {value: (number, query it leads to, whether chosen)}}."""

    def read(address, status=200):
        response = client.get(address)
        assert response.status_code == status
        found = {}
        for name, rows in re.findall(r'<details id="of-(\w+)".*?</summary>(.*?)</details>', response.text, re.DOTALL):
            found[name] = dict(map(value, re.findall(r"<li.*?</li>", rows)))
        return found

    return read


def value(row):
    words, number = re.search(r'<span[^>]*>([^<]+)</span> <span class="number">(\d+)</span>', row).groups()
    link = re.search(r'href="\?([^"]*)"', row)
    return words, (int(number), link and link[1].replace("&amp;", "&"), "aria-current" in row)


def test_each_value_says_how_many_are_found_of_it_and_leads_to_them(facets):
    EventFactory.create_batch(2, kind="workshop")
    EventFactory(kind="meeting", draft=True)
    EventFactory(kind="meeting")
    kinds = facets("/activities/")["kind"]
    assert kinds["Workshop"] == (2, "kind=workshop", False)
    assert kinds["Meeting"] == (1, "kind=meeting", False)


def test_what_nothing_is_found_of_stays_without_a_link(facets):
    EventFactory(kind="workshop")
    assert facets("/activities/")["kind"]["Seminar"] == (0, None, False)


def test_numbers_are_those_under_the_other_facets(facets):
    fraud, returns = ThemeFactory(name="Fraud", slug="fraud"), ThemeFactory(name="Returns", slug="returns")
    EventFactory(kind="workshop", themes=[fraud])
    EventFactory(kind="workshop", themes=[fraud, returns])
    EventFactory(kind="meeting", themes=[returns])
    read = facets("/activities/?kind=workshop")
    assert read["kind"]["Workshop"] == (2, "", True)
    assert read["kind"]["Meeting"] == (1, "kind=workshop&kind=meeting", False)
    assert read["theme"] == {
        "Fraud": (2, "kind=workshop&theme=fraud", False),
        "Returns": (1, "kind=workshop&theme=returns", False),
    }


def test_values_can_be_taken_away_one_by_one(facets):
    EventFactory(kind="workshop", when="2004")
    kinds = facets("/activities/?kind=workshop&kind=meeting&year=2004&page=1&colour=red&sort=latest")["kind"]
    assert kinds["Meeting"] == (0, "kind=workshop&year=2004&sort=latest", True)
    assert kinds["Workshop"] == (1, "kind=meeting&year=2004&sort=latest", True)


def test_a_participant_and_a_role_are_counted_in_one(facets):
    fiji, nauru = CountryFactory(alpha2="FJ", name="Fiji"), CountryFactory(alpha2="NR", name="Nauru")
    event = EventFactory()
    InvolvementFactory(event=event, participant=fiji, role="host")
    InvolvementFactory(event=event, participant=nauru, role="chair")
    assert {name: each[0] for name, each in facets("/activities/?role=host")["participant"].items()} == {
        "Fiji": 1,
        "Nauru": 0,
    }
    roles = facets("/activities/?participant=fiji")["role"]
    assert (roles["Host"][:2], roles["Chair"][0]) == ((1, "participant=FJ&role=host"), 0)


def test_the_part_of_an_agency_is_counted_for_its_country_once(facets):
    fiji = CountryFactory(alpha2="FJ", name="Fiji")
    event = EventFactory()
    for participant in (fiji, AgencyFactory(name="Police", country=fiji)):
        InvolvementFactory(event=event, participant=participant)
    assert {name: each[0] for name, each in facets("/activities/")["participant"].items()} == {"Fiji": 1, "Police": 1}


def test_a_long_facet_is_cut_to_what_most_are_found_of_and_what_is_chosen(client):
    for number in range(30):
        EventFactory.create_batch(
            1 + number % 2, themes=[ThemeFactory(name=f"Theme {number:02}", slug=f"theme-{number}")]
        )
    shown = re.search(
        r'<details id="of-theme".*?<details id="more', client.get("/activities/?theme=theme-0").text, re.DOTALL
    )
    rows = re.findall(r"<span>(Theme \d\d)</span>", shown[0])
    assert rows == ["Theme 00", *(f"Theme {number:02}" for number in range(1, 19, 2))]
    assert "20 more" in client.get("/activities/").text


def test_very_many_values_are_left_to_be_typed(client):
    for number in range(120):
        EventFactory(place=PlaceFactory(city=f"City {number:03}"))
    page = client.get("/activities/")
    assert "20 others have fewer" in page.text
    assert page.text.count("city=city") == 100
    assert client.get("/activities/?city=City 119").status_code == 200


def test_a_bar_for_each_year_leads_to_it_and_leaves_the_other_times_out(client):
    EventFactory.create_batch(2, when="2004")
    EventFactory(when="2006", kind="meeting")
    page = client.get("/activities/?since=2005&kind=meeting").text
    assert 'href="?kind=meeting&amp;year=2006" aria-label="2006: 1 activity"' in page
    assert "2004:" not in page
    assert 'href="?" aria-label="2004: 2 activities" aria-current="true"' in client.get("/activities/?year=2004").text


def test_what_is_lacking_can_be_looked_for(client, facets):
    EventFactory(when="", bodies=[BodyFactory()], sources="A page", place=PlaceFactory())
    EventFactory()
    lacking = facets("/activities/")["lacking"]
    assert {words: each[0] for words, each in lacking.items()} == {"Date": 1, "Place": 1, "Body": 1, "Source": 1}
    assert "1 of 2 activities: without a recorded date" in re.sub(
        "<.+?>", "", client.get("/activities/?lacking=date").text
    )


def test_facets_of_what_cannot_be_understood_lead_to_what_can(facets):
    EventFactory(kind="workshop")
    kinds = facets("/activities/?year=20x4&role=guest&kind=meeting", status=400)["kind"]
    assert kinds["Workshop"] == (1, "kind=meeting&kind=workshop", False)
    assert kinds["Meeting"] == (0, "", True)


def test_names_are_shown_as_text(client):
    EventFactory(themes=[ThemeFactory(name="<b>Fraud</b>", slug="fraud")], place=PlaceFactory(city='"><i>'))
    page = client.get("/activities/?city=%22><i>&participant=<u>").text
    assert not re.search("<(b|i|u)>", page)


def test_the_list_takes_as_many_queries_for_thirty_as_for_one(client):
    def grow(number):
        for _ in range(number):
            event = EventFactory(place=PlaceFactory(), bodies=[BodyFactory()], themes=[ThemeFactory()])
            InvolvementFactory(event=event, participant=AgencyFactory(country=CountryFactory()))

    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    InvolvementFactory(participant=CountryFactory(alpha2="FJ"), role="host")
    addresses = ("/activities/", "/activities/?participant=FJ&role=host&q=workshop&kind=workshop")
    grow(1)
    for_one = [queries(address) for address in addresses]
    grow(29)
    assert [queries(address) for address in addresses] == for_one
    # Four of them read the facets, which are kept where they can be.
    assert max(for_one) <= 4 + 5
