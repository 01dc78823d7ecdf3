"""The record at a glance."""

import pytest

from events import timeline as module
from events.models import Event
from events.periods import Periods
from events.timeline import Grid, Lanes, Tally, Timeline, offsets
from tests.factories import CountryFactory, EventFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def timeline():
    published = Event.objects.published()
    return Timeline.of(Periods.among(published), published.count())


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
    monkeypatch.setattr(module, "MOST_DRAWN", 3)
    with django_assert_num_queries(2):
        found = Timeline.of(Periods.among(Event.objects.published()), number=5)
    assert table(found.tally) == EXPECTED
    assert found.drawn is None
    assert found.scale is None


def test_the_busiest_year_is_named_where_one_stands_out():
    assert Tally([("workshop", 2004, 2004, 7), ("workshop", 2003, 2003, 2)]).busiest("workshop") == {
        "year": 2004,
        "number": 7,
    }
    assert Tally([("workshop", 2004, 2004, 2), ("workshop", 2003, 2003, 2)]).busiest("workshop") is None
    assert Tally([("workshop", 2004, 2004, 1)]).busiest("workshop") is None
    assert Tally([("workshop", None, None, 5)]).busiest("workshop") is None


def test_lanes_hold_a_mark_for_each_dated_activity_with_the_name_of_its_place(record):
    lanes = Lanes(timeline())
    assert [(lane["kind"].value, lane["number"]) for lane in lanes.lanes] == [("meeting", 1), ("workshop", 1)]
    words = [mark["words"] for lane in lanes.lanes for mark in lane["marks"]]
    assert words == ["no place", "Perth"]
    assert [each["numeral"] for each in lanes.conferences] == ["I", "II"]
    assert [(span["number"], span["words"]) for span in lanes.spans] == [(2, "2 since I"), (0, "0")]


def test_a_cancelled_conference_stands_in_a_lane_and_bounds_no_period(record):
    EventFactory(conference=True, when="2006", status="cancelled")
    lanes = Lanes(timeline())
    assert {lane["kind"]: lane["number"] for lane in lanes.lanes}["ministerial"] == 1
    assert len(lanes.conferences) == 2


def test_marks_of_a_lane_stand_below_its_head_and_above_its_foot(record):
    for _ in range(12):
        EventFactory(when="2004-05")
    lanes = Lanes(timeline())
    heights = [mark["y"] for lane in lanes.lanes for mark in lane["marks"]]
    assert min(heights) > lanes.HEAD
    assert max(heights) < lanes.foot < lanes.height


def test_the_grid_has_a_row_for_each_year_and_marks_in_their_months(record):
    EventFactory(reference="E5", when="2004-05")
    grid = Grid(timeline())
    assert [row["year"] for row in grid.rows] == [2002, 2004, 2005, 2009]
    marks = {mark["event"].reference: mark for mark in grid.marks}
    assert set(marks) == {"C1", "C2", "E1", "E2", "E5"}
    assert marks["E1"]["at"] == marks["E5"]["at"] == grid.months[4]["at"]
    assert marks["E1"]["dx"] != marks["E5"]["dx"]


@pytest.mark.parametrize("number", range(1, 9))
def test_marks_of_one_month_stand_side_by_side(number):
    assert len(set(offsets(number))) == number
