"""Drawings of the record at a glance."""

import pytest

from events import facets
from events.drawing.glance import drawing_of, offsets
from events.drawing.timeline import Timeline
from tests.factories import CountryFactory, EventFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def drawn():
    return drawing_of(Timeline.of(facets.current()))


@pytest.fixture
def record():
    EventFactory(reference="C1", conference=True, when="2002-02-26/2002-02-28")
    EventFactory(reference="C2", conference=True, when="2009-04")
    place = PlaceFactory(city="Perth", country=CountryFactory(name="Australia"))
    EventFactory(reference="E1", when="2004-05", place=place)
    EventFactory(reference="E2", when="2004-12-28/2005-01-04", kind="meeting", place=None)
    EventFactory(reference="E3", when="", kind="milestone")


def test_without_a_date_nothing_is_drawn():
    EventFactory(when="")
    assert drawn() == {}


def test_without_a_conference_nothing_divides_the_lanes():
    EventFactory(when="2004")
    lanes = drawn()["lanes"]
    assert len(lanes.lanes) == 1
    assert lanes.spans == lanes.conferences == []


def test_lanes_hold_a_mark_for_each_dated_activity_with_the_name_of_its_place(record):
    lanes = drawn()["lanes"]
    assert [(lane["kind"].value, len(lane["marks"])) for lane in lanes.lanes] == [("meeting", 1), ("workshop", 1)]
    words = [mark["words"] for lane in lanes.lanes for mark in lane["marks"]]
    assert words == ["no place", "Perth"]
    assert [each["numeral"] for each in lanes.conferences] == ["I", "II"]
    assert [(span["number"], span["words"]) for span in lanes.spans] == [(2, "2 since I"), (0, "0")]


def test_a_cancelled_conference_stands_in_a_lane_and_bounds_no_period(record):
    EventFactory(conference=True, when="2006", status="cancelled")
    lanes = drawn()["lanes"]
    assert {lane["kind"]: len(lane["marks"]) for lane in lanes.lanes}["ministerial"] == 1
    assert len(lanes.conferences) == 2


def test_marks_of_a_lane_stand_below_its_head_and_above_its_foot(record):
    for _ in range(12):
        EventFactory(when="2004-05")
    lanes = drawn()["lanes"]
    heights = [mark["y"] for lane in lanes.lanes for mark in lane["marks"]]
    assert min(heights) > lanes.HEAD
    assert max(heights) < lanes.foot < lanes.height


def test_the_months_has_a_row_for_each_year_and_marks_in_their_months(record):
    EventFactory(reference="E5", when="2004-05")
    months = drawn()["months"]
    assert [row["year"] for row in months.rows] == [2002, 2004, 2005, 2009]
    marks = {mark["event"].reference: mark for mark in months.marks}
    assert set(marks) == {"C1", "C2", "E1", "E2", "E5"}
    assert marks["E1"]["at"] == marks["E5"]["at"] == months.letters[4]["at"]
    assert marks["E1"]["dx"] != marks["E5"]["dx"]


@pytest.mark.parametrize("number", range(1, 9))
def test_marks_of_one_month_stand_side_by_side(number):
    assert len(set(offsets(number))) == number


def test_too_many_activities_are_drawn_as_bars_of_their_numbers(record, monkeypatch):
    monkeypatch.setattr("events.drawing.timeline.MOST_DRAWN", 3)
    EventFactory.create_batch(3, when="2005")
    bars = drawn()["bars"]
    numbers = {lane["kind"]: [bar["number"] for bar in lane["bars"]] for lane in bars.lanes}
    assert numbers == {"meeting": [1, 1], "workshop": [1, 3]}
    heights = [bar["height"] for lane in bars.lanes for bar in lane["bars"]]
    assert heights == [pytest.approx(bars.BAR / 3, abs=0.1)] * 3 + [bars.BAR]
    assert [each["numeral"] for each in bars.conferences] == ["I", "II"]
    assert all(bar["start"] >= 0 and bar["start"] + bar["width"] <= 100 for lane in bars.lanes for bar in lane["bars"])
