"""The line of time that stands on every page."""

from datetime import date

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from pyroaring import BitMap

from events import facets
from events.drawing.timerule import TimeRule
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def drawn(tag="time_rule", **context):
    return Template("{% load events %}{% " + tag + " %}").render(Context({"request": HttpRequest()} | context))


def over(*events):
    """The rule of a page that is about some events."""
    return TimeRule.over(facets.current(), BitMap(event.pk for event in events))


@pytest.fixture
def conferences():
    return [
        EventFactory(conference=True, reference=f"C{number}", title=f"Conference of {when}", when=when)
        for number, when in enumerate(["2002-02-26/2002-02-28", "2003-04-28/2003-04-30", "2009-04"], start=1)
    ]


def test_it_spans_the_published_record_and_leads_to_the_conferences(conferences):
    EventFactory(when="2011-05")
    EventFactory(when="2019", draft=True)
    EventFactory(conference=True, reference="C9", when="2005", draft=True)
    rule = drawn()
    for year in range(2002, 2012):
        assert f">{year}</text>" in rule
    assert ">2012<" not in rule
    assert 'href="/activities/C1/" aria-label="Conference I: Conference of 2002-02' in rule
    assert ">III</text>" in rule
    assert ">IV</text>" not in rule
    assert "C9" not in rule


def test_it_takes_no_query_where_the_page_knows_the_facets(conferences, django_assert_num_queries):
    request = HttpRequest()
    alone = drawn(request=request)
    with django_assert_num_queries(0):
        assert drawn(request=request) == alone


def test_an_empty_record_has_the_bare_line():
    assert "<line" in drawn()
    assert "<text" not in drawn()


def test_pages_for_errors_have_the_bare_line_without_a_query(conferences, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "<text" not in drawn("bare_time_rule")


def test_a_page_about_an_activity_marks_it_with_its_date(conferences):
    rule = drawn("time_rule event=event", event=EventFactory(kind="meeting", when="2004-12"))
    assert 'class="here meeting"' in rule
    assert ">December 2004</text>" in rule
    assert 'class="here' not in drawn("time_rule event=event", event=EventFactory(when=""))


def test_a_conference_is_marked_in_its_own_place(conferences):
    rule = drawn("time_rule event=event", event=conferences[1])
    assert rule.count('aria-current="page"') == 1
    assert 'class="here' not in rule


@pytest.mark.parametrize(("when", "side"), [("2004-12", "right"), ("2008-12", "left"), ("2002-09-28/2002-12-03", None)])
def test_words_stand_where_there_is_room_for_them(conferences, when, side):
    assert TimeRule.of(event=EventFactory(when=when)).here["side"] == side


def test_a_page_about_several_activities_marks_each_that_can_be_told_apart(conferences):
    events = [EventFactory(when=when) for when in ("2004-05", "2004-05", "2005", "")]
    keys = BitMap(event.pk for event in [*events, conferences[0]])
    assert drawn("time_rule keys=keys", keys=keys).count('class="small"') == 2


def test_more_activities_than_the_line_has_room_for_are_shown_as_the_time_that_they_span(conferences):
    events = [EventFactory(when=f"{year}-{month:02}") for year in range(2003, 2009) for month in range(1, 13)]
    rule = over(*events)
    assert rule.marks == []
    assert rule.span == {"start": 12.5, "width": 75}


def test_so_are_a_great_many(conferences, monkeypatch):
    monkeypatch.setattr("events.drawing.timerule.MOST_TOLD_APART", 2)
    rule = over(*(EventFactory(when=f"{year}") for year in range(2003, 2009)))
    assert (rule.marks, rule.span) == ([], {"start": 12.5, "width": 75})


def test_a_numeral_stands_only_where_it_has_room():
    for when in ("2002-02", "2002-06", "2003-01", "2009-04"):
        EventFactory(conference=True, when=when)
    EventFactory(when="2024")
    rooms = [each["room"] for each in TimeRule.of().conferences]
    assert rooms == ["wide", "wide", "", ""]
    beside_the_third = TimeRule.of(event=EventFactory(when="2003-02")).conferences
    assert [each["room"] for each in beside_the_third] == ["wide", None, None, ""]


def test_without_conferences_the_line_holds_what_the_page_is_about():
    assert ">2004</text>" in drawn("time_rule event=event", event=EventFactory(when="2004-12"))


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((date(2004, 1, 1), date(2005, 12, 31)), 'x="25.0%" y="10" width="25.0%"'),
        ((None, date(2003, 12, 31)), 'x="0%" y="10" width="25.0%"'),
        ((date(2008, 1, 1), None), 'x="75.0%" y="10" width="25.0%"'),
        ((date(2030, 1, 1), date(2031, 1, 1)), 'x="100%" y="10" width="0%"'),
    ],
)
def test_a_list_marks_its_range(conferences, span, expected):
    assert expected in drawn("time_rule span=span", span=span)
