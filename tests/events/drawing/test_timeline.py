"""The record at a glance."""

import pytest

from events import facets
from events.drawing.timeline import Tally, Timeline
from tests.factories import CountryFactory, EventFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def timeline():
    return Timeline.of(facets.current())


@pytest.fixture
def record():
    EventFactory(reference="C1", conference=True, when="2002-02-26/2002-02-28")
    EventFactory(reference="C2", conference=True, when="2009-04")
    place = PlaceFactory(city="Perth", country=CountryFactory(name="Australia"))
    EventFactory(reference="E1", when="2004-05", place=place)
    EventFactory(reference="E2", when="2004-12-28/2005-01-04", kind="meeting", place=None)
    EventFactory(reference="E3", when="", kind="milestone")
    EventFactory(reference="E4", when="2030", draft=True)


def table(tally):
    return {
        row["year"]: {cell["kind"].value: cell["number"] for cell in row["cells"]} | {"all": row["number"]}
        for row in tally.rows
    }


EXPECTED = {
    2002: {"ministerial": 1, "meeting": 0, "workshop": 0, "milestone": 0, "all": 1},
    2004: {"ministerial": 0, "meeting": 1, "workshop": 1, "milestone": 0, "all": 2},
    2005: {"ministerial": 0, "meeting": 1, "workshop": 0, "milestone": 0, "all": 1},
    2009: {"ministerial": 1, "meeting": 0, "workshop": 0, "milestone": 0, "all": 1},
    None: {"ministerial": 0, "meeting": 0, "workshop": 0, "milestone": 1, "all": 1},
}


def test_the_table_counts_an_activity_in_each_year_that_it_touches(record):
    tally = timeline().tally
    assert table(tally) == EXPECTED
    assert tally.total == 5
    assert [(each["kind"], each["number"]) for each in tally.totals][1] == ("meeting", 1)


def test_of_too_many_activities_the_table_says_the_same_and_none_is_drawn(
    record, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr("events.drawing.timeline.MOST_DRAWN", 3)
    known = facets.current()
    with django_assert_num_queries(0):
        found = Timeline.of(known)
    assert table(found.tally) == EXPECTED
    assert found.drawn is None


def test_the_busiest_year_is_named_where_one_stands_out():
    assert Tally([("workshop", 2004, 2004, 7), ("workshop", 2003, 2003, 2)]).busiest("workshop") == {
        "year": 2004,
        "number": 7,
    }
    assert Tally([("workshop", 2004, 2004, 2), ("workshop", 2003, 2003, 2)]).busiest("workshop") is None
    assert Tally([("workshop", 2004, 2004, 1)]).busiest("workshop") is None
    assert Tally([("workshop", None, None, 5)]).busiest("workshop") is None
