"""Charts: events on one line of time, in lanes."""

from events.drawing.chart import MOST_MARKS, Chart, Entry, Lane, lanes_of_kinds
from events.models import Event


def events(*dates, kind="workshop"):
    return [Event(pk=place, when=when, kind=kind) for place, when in enumerate(dates, start=1)]


def lane(*dates):
    return Lane("Host", "participant=AU&role=host", [Entry(event) for event in events(*dates)])


def test_a_mark_stands_where_its_date_is():
    [drawn] = Chart([lane("2002", "2005")]).lanes
    assert [mark.at for mark in drawn.marks] == [12.5, 87.5]


def test_marks_that_would_cover_each_other_stand_in_rows():
    [drawn] = Chart([lane("2002", "2004-05", "2004-05", "2009")]).lanes
    first, second, third, last = [mark.y for mark in drawn.marks]
    assert first == second == last < third < drawn.height


def test_a_crowded_lane_is_counted_by_year():
    [drawn] = Chart([lane(*["2004-05"] * MOST_MARKS, "2004-12/2005-01", "2005")]).lanes
    assert not drawn.marks
    assert [(bar.year, bar.number) for bar in drawn.bars] == [(2004, MOST_MARKS + 1), (2005, 2)]
    most, few = drawn.bars
    assert most.height > few.height
    assert most.height < drawn.height


def test_what_is_undated_is_said_and_not_drawn():
    chart = Chart([lane("2004", ""), lane("", "")])
    assert chart.undated == 2
    assert [drawn.number for drawn in chart.lanes] == [1, 0]
    assert chart.is_drawn


def test_nothing_is_drawn_where_nothing_is_dated():
    assert not Chart([lane("")]).is_drawn
    assert not Chart([]).is_drawn


def test_all_years_are_named_while_there_is_room():
    assert len(Chart([lane("2002", "2009")]).named_years) == 8
    years = [year.number for year in Chart([lane("2002", "2024")]).named_years]
    assert years == [2002, 2006, 2010, 2014, 2018, 2022]


def test_more_lanes_are_drawn_lower():
    few, many = Chart([lane("2002")] * 4), Chart([lane("2002")] * 5)
    assert few.lanes[0].height > many.lanes[0].height


def test_each_kind_has_a_lane_in_the_order_of_kinds():
    shown = [*events("2004", kind="workshop"), *events("2005", "2006", kind="ministerial")]
    lanes = lanes_of_kinds(shown, "theme=fraud")
    assert [(each.label, each.query, len(each.entries)) for each in lanes] == [
        ("Conferences", "theme=fraud&kind=ministerial", 2),
        ("Workshops", "theme=fraud&kind=workshop", 1),
    ]
    assert Chart(lanes).kinds == ["ministerial", "workshop"]
