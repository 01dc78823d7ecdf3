"""The list of activities: years, conferences between the periods, pages."""

import pytest
from django.http import QueryDict

from events.filters import EventListFilterSet
from events.listing import Listing
from events.models import Event
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def conferences():
    return [
        EventFactory(conference=True, reference=f"C{number}", when=when)
        for number, when in enumerate(["2002-02-26/2002-02-28", "2003-04", "2009-04"], start=1)
    ]


def listing(query=""):
    return Listing(EventListFilterSet(QueryDict(query), Event.objects.published().earliest_first()))


def outline(query=""):
    """The sections of a list in short: `II` a conference, `(II)` one that is not found, `2003: …` a year."""
    words = []
    for section in listing(query).sections:
        if "conference" in section:
            words.append(section["numeral"] if section["found"] else f"({section['numeral']})")
        else:
            since = f", {section['number']} since {section['since']}" if "since" in section else ""
            words.append(f"{section['year']}: {len(section['lines'])}{since}")
    return words


def events(*dates, **details):
    return [EventFactory(when=when, **details) for when in dates]


def test_conferences_divide_the_list_and_years_are_said_again_after_them(conferences):
    events("2001", "2002-09", "2003-03", "2003-05", "2003-11", "2004", "")
    assert outline() == [
        "2001: 1",
        "I",
        "2002: 1, 2 since the first conference",
        "2003: 1",
        "II",
        "2003: 2, 3 since the second conference",
        "2004: 1",
        "III",
        "None: 1",
    ]


def test_the_latest_first_has_the_same_in_reverse(conferences):
    events("2001", "2002-09", "2003-03", "2003-05", "2004", "")
    assert outline("sort=latest") == [
        "III",
        "2004: 1, 2 since the second conference",
        "2003: 1",
        "II",
        "2003: 1, 2 since the first conference",
        "2002: 1",
        "I",
        "2001: 1",
        "None: 1",
    ]


def test_conferences_that_a_filter_leaves_out_stand_between_the_periods_for_orientation(conferences):
    events("2002-09", "2004", "2010")
    earliest = ["(I)", "2002: 1, 1 since the first conference", "(II)"]
    earliest += ["2004: 1, 1 since the second conference", "(III)", "2010: 1, 1 since the third conference"]
    assert outline("kind=workshop") == earliest
    assert listing("kind=workshop").orientation
    latest = ["2010: 1, 1 since the third conference", "(III)", "2004: 1, 1 since the second conference", "(II)"]
    assert outline("kind=workshop&sort=latest") == [*latest, "2002: 1, 1 since the first conference", "(I)"]


def test_before_what_is_found_stands_the_conference_of_its_period_alone(conferences):
    events("2010")
    assert outline("kind=workshop") == ["(III)", "2010: 1, 1 since the third conference"]


def test_after_what_is_found_stands_no_later_conference(conferences):
    events("2002-09")
    assert outline("kind=workshop") == ["(I)", "2002: 1, 1 since the first conference"]
    assert outline("kind=workshop&sort=latest") == ["2002: 1, 1 since the first conference", "(I)"]


def test_the_undated_end_the_list_without_a_conference(conferences):
    events("2002-09", "", "")
    assert outline("kind=workshop") == ["(I)", "2002: 1, 1 since the first conference", "None: 2"]
    assert outline("kind=workshop&sort=latest") == ["2002: 1, 1 since the first conference", "(I)", "None: 2"]


def test_a_conference_stands_on_the_page_of_the_entry_after_it(conferences):
    events(*["2002-09"] * 25, "2003-05")
    assert outline("kind=workshop&page=1") == ["(I)", "2002: 25, 25 since the first conference"]
    assert outline("kind=workshop&page=2") == ["(II)", "2003: 1, 1 since the second conference"]
    events("2002-10")
    assert outline("kind=workshop&page=2") == ["2002: 1", "(II)", "2003: 1, 1 since the second conference"]


def test_a_conference_on_the_page_before_is_not_said_again(conferences):
    events(*["2002-09"] * 23, "2003-05")
    assert outline("page=1")[-1] == "II"
    assert outline("page=2") == ["2003: 1, 1 since the second conference", "III"]


def test_a_conference_that_was_cancelled_is_an_entry_like_others(conferences):
    EventFactory(conference=True, when="2005", status="cancelled")
    events("2004", "2006")
    assert outline() == ["I", "II", "2004: 1, 2 since the second conference", "2005: 1", "2006: 1", "III"]


def test_what_began_with_a_conference_stands_beside_it_once(conferences):
    events("2003-04", "2003-05")
    assert sorted(outline()).count("II") == 1
    assert "(II)" not in outline()


def test_in_order_of_title_the_list_is_one(conferences):
    events("2003", "2004")
    sections = listing("sort=title").sections
    assert [list(section) for section in sections] == [["lines"]]
    assert len(sections[0]["lines"]) == 5


def test_nothing_found_is_no_section(conferences):
    for query in ("kind=seminar", "kind=seminar&sort=title", "kind=nonsense"):
        assert outline(query) == []


def test_the_undated_are_counted(conferences):
    events("2003", "")
    assert listing("year=2003").undated == 1
