"""What a list is filtered by, in words."""

import pytest
from django.http import QueryDict

from events.filters import EventListFilterSet
from events.models import Event
from events.phrases import phrase_of
from tests.factories import (
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
def record():
    EventFactory(
        place=PlaceFactory(city="Bangkok", country=CountryFactory(alpha2="TH", name="Thailand")),
        series=SeriesFactory(slug="targeting", name="Targeting"),
        bodies=[BodyFactory(slug="experts", name="Experts’ Group")],
        themes=[ThemeFactory(slug="fraud", name="Fraud")],
    )
    for alpha2, name in (("FJ", "Fiji"), ("NR", "Nauru")):
        InvolvementFactory(participant=CountryFactory(alpha2=alpha2, name=name))
    EventFactory(conference=True, reference="C1", when="2002")
    EventFactory(conference=True, reference="C2", when="2003")


PHRASES = {
    "": "",
    "sort=latest&page=1&colour=red": "",
    "kind=workshop&year=20x4": "",
    "kind=workshop&kind=meeting&until=2004": "workshops and meetings until 2004",
    "kind=ministerial&kind=training&kind=other": "conferences, training and other activities",
    "q=passports+lost": "that mention “passports lost”",
    "q=the": "",
    "kind=workshop&concerning=TH": "workshops that concern Thailand",
    "reference=E1&reference=E2": "with the reference E1 or E2",
    "country=TH&city=bangkok": "held in Thailand in the city of Bangkok",
    "participant=FJ&participant=NR": "with Fiji or Nauru",
    "participant=FJ&role=host&role=chair": "with Fiji as host or chair",
    "role=co_chair": "with a recorded co-chair",
    "body=experts&theme=fraud&series=targeting": "of Experts’ Group on Fraud in the series Targeting",
    "period=C2": "since conference II",
    "period=C1&period=none": "since conference I or in no period",
    "period=none": "in no period",
    "year=2004": "in 2004",
    "since=may+2004&until=2009-04": "since May 2004 until April 2009",
}


def test_what_is_asked_for_is_said_in_words(record):
    published = Event.objects.published()
    assert {query: phrase_of(EventListFilterSet(QueryDict(query), published)) for query in PHRASES} == PHRASES
