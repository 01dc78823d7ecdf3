"""The numbers of activities on pages of many countries, agencies, bodies, series and themes, against a plain look."""

from collections import Counter

import pytest
from django.test import RequestFactory

from events.models import Event, Series, Theme
from events.views import headings
from participants.activities import counted
from participants.models import Agency, Body, Country
from tests.events.scan import scan
from tests.factories import (
    AgencyFactory,
    BodyFactory,
    CountryFactory,
    EventFactory,
    InvolvementFactory,
    PlaceFactory,
    SeriesFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_a_page():
    return RequestFactory().get("/countries/")


@pytest.fixture(autouse=True)
def record():
    """Activities with parts of countries and of their agencies, twice in one, and one that is a draft."""
    countries = [CountryFactory(alpha2=alpha2) for alpha2 in ("AU", "KR", "TH")]
    agencies = [AgencyFactory(country=country) for country in countries[:2]]
    bodies, themes, series = BodyFactory.create_batch(2), ThemeFactory.create_batch(2), SeriesFactory()
    for number in range(5):
        place = PlaceFactory(country=countries[number % 2]) if number else None
        event = EventFactory(place=place, draft=number == 4, series=series if number % 3 else None)
        event.bodies.set(bodies[: number % 3])
        event.themes.set(themes[:1])
        InvolvementFactory(event=event, participant=countries[0], role="host")
        InvolvementFactory(event=event, participant=agencies[number % 2], role="host")
        InvolvementFactory(event=event, participant=agencies[number % 2], role="chair")


def looked_through(facet):
    """How many published events have each value of a facet: {code: number}."""
    return Counter(code for event in scan() for code in getattr(event, facet))


@pytest.mark.parametrize(
    ("model", "relation"), [(Country, "participant"), (Agency, "participant"), (Country, "country"), (Body, "body")]
)
def test_numbers_are_those_of_a_look_through_the_tables(request_of_a_page, model, relation):
    found = counted(request_of_a_page, model.objects.all(), activities=relation)
    numbers = looked_through(relation)
    assert {each.code: each.activities for each in found} == {each.code: numbers[each.code] for each in found}
    assert any(each.activities for each in found)


@pytest.mark.parametrize(("model", "facet"), [(Series, "series"), (Theme, "theme")])
def test_series_and_themes_are_listed_where_they_have_any(request_of_a_page, model, facet):
    found = headings(request_of_a_page, facet, model)
    assert {each.slug: each.activities for each in found} == looked_through(facet)


def test_without_any_activity_all_have_none(request_of_a_page):
    Event.objects.all().delete()
    assert {each.activities for each in counted(request_of_a_page, Country.objects.all(), activities="country")} == {0}
    assert headings(request_of_a_page, "theme", Theme) == []
