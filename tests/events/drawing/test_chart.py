"""Charts: events on one line of time, in lanes."""

import pytest
from pyroaring import BitMap

from events import facets
from events.drawing.chart import MOST_MARKS, Chart, Lane, lanes_of_kinds
from events.drawing.chart_as_svg import svg_of
from tests.factories import EventFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def keys(*dates, **details):
    return BitMap(event.pk for event in (EventFactory(when=when, **details) for when in dates))


def lane(*dates):
    return Lane("Host", "participant=AU&role=host", keys(*dates))


def chart(*lanes):
    return Chart(lanes, facets.current())


def test_a_mark_stands_where_its_date_is():
    [drawn] = chart(lane("2002", "2005")).lanes
    assert [mark.at for mark in drawn.marks] == [12.5, 87.5]


def test_marks_that_would_cover_each_other_stand_in_rows():
    [drawn] = chart(lane("2002", "2004-05", "2004-05", "2009")).lanes
    first, second, third, last = [mark.y for mark in drawn.marks]
    assert first == second == last < third < drawn.height


def test_a_mark_says_what_when_and_where(django_assert_num_queries):
    places = PlaceFactory(city="Nuku’alofa", country__name="Tonga & more"), None
    drawn = chart(*(Lane("Host", "role=host", keys("2004-05", place=place, title="<A>")) for place in places))
    page = svg_of(drawn, key=True)
    assert "<title>&lt;A&gt;, May 2004, Nuku’alofa, Tonga &amp; more</title>" in page
    assert "<title>&lt;A&gt;, May 2004</title>" in page
    assert "?role=host" not in page


def test_a_crowded_lane_is_counted_by_year():
    [drawn] = chart(lane(*["2004-05"] * MOST_MARKS, "2004-12/2005-01", "2005")).lanes
    assert not drawn.marks
    assert [(bar.year, bar.number) for bar in drawn.bars] == [(2004, MOST_MARKS + 1), (2005, 2)]
    most, few = drawn.bars
    assert most.height > few.height
    assert most.height < drawn.height


def test_a_bar_leads_to_what_it_counts():
    page = svg_of(chart(lane(*["2004-05"] * (MOST_MARKS + 1))), key=True)
    assert 'href="/activities/?participant=AU&amp;role=host&amp;year=2004"><title>41 in 2004</title>' in page


def test_what_is_undated_is_said_and_not_drawn():
    drawn = chart(lane("2004", ""), lane("", ""))
    assert drawn.undated == 3
    assert [each.number for each in drawn.lanes] == [1, 0]
    assert drawn.is_drawn
    assert "Not drawn: three undated." in svg_of(drawn, key=True)


def test_nothing_is_drawn_where_nothing_is_dated():
    assert svg_of(chart(lane("")), key=True) == ""
    assert not chart().is_drawn


def test_all_years_are_named_while_there_is_room():
    assert len(chart(lane("2002", "2009")).named_years) == 8
    years = [year.number for year in chart(lane("2002", "2024")).named_years]
    assert years == [2002, 2006, 2010, 2014, 2018, 2022]


def test_more_lanes_are_drawn_lower():
    each = lane("2002")
    assert chart(*[each] * 4).lanes[0].height > chart(*[each] * 5).lanes[0].height


def test_each_kind_has_a_lane_in_the_order_of_kinds():
    shown = keys("2004") | keys("2005", "2006", kind="ministerial")
    lanes = lanes_of_kinds(shown, "theme=fraud", facets.current())
    assert [(each.label, each.query, len(each.keys)) for each in lanes] == [
        ("Conferences", "theme=fraud&kind=ministerial", 2),
        ("Workshops", "theme=fraud&kind=workshop", 1),
    ]
    assert chart(*lanes).kinds == ["ministerial", "workshop"]
