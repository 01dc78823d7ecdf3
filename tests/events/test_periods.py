"""Periods: from one ministerial conference to the next."""

import pytest

from events.models import Event
from events.periods import Periods
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def conferences():
    return [
        EventFactory(conference=True, reference=f"C{number}", when=when)
        for number, when in enumerate(["2002-02-26/2002-02-28", "2003-04-28/2003-04-30", "2009-04"], start=1)
    ]


def period_of(event):
    conference = Periods.among(Event.objects.all()).of(event)
    return conference and conference.reference


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2001", None),
        ("2002", None),
        ("2002-02-26", None),
        ("2002-02-27", "C1"),
        ("2002-09", "C1"),
        ("2003-04-28", "C1"),
        ("2003-04-29/2003-05-01", "C2"),
        ("2009-04-01", "C2"),
        ("2009-04-02", "C3"),
        ("2150", "C3"),
        ("", None),
    ],
)
def test_an_event_belongs_to_the_last_conference_that_had_begun_before_it(conferences, when, expected):
    event = EventFactory(when=when)
    assert period_of(event) == expected
    opened = Event.objects.filter(Periods.among(Event.objects.all()).opened_by(expected or "none"))
    assert event in opened


def test_a_conference_is_a_boundary_and_belongs_to_none(conferences):
    assert [period_of(conference) for conference in conferences] == [None] * 3
    without = Event.objects.filter(Periods.among(Event.objects.all()).opened_by("none"))
    assert set(without) == set(conferences)


def test_each_event_has_one_period_or_none(conferences):
    for when in ("2001", "2002-03", "2003-04-28", "2004", "2009-05", "2200", ""):
        if when != "2200":
            EventFactory(when=when)
    periods = Periods.among(Event.objects.all())
    found = [set(Event.objects.filter(periods.opened_by(name))) for name in ("C1", "C2", "C3", "none")]
    assert sum(map(len, found)) == Event.objects.count()
    assert set().union(*found) == set(Event.objects.all())


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_conferences_that_did_not_take_place_bound_nothing(conferences, status):
    EventFactory(conference=True, when="2005", status=status)
    assert period_of(EventFactory(when="2006")) == "C2"


def test_undated_conferences_bound_nothing(conferences):
    EventFactory(conference=True, when="")
    assert period_of(EventFactory(when="2010")) == "C3"


def test_the_public_sees_periods_of_published_conferences_alone(conferences):
    EventFactory(conference=True, reference="C9", when="2005", publication="draft")
    event = EventFactory(when="2006")
    assert period_of(event) == "C9"
    assert Periods.among(Event.objects.published()).of(event).reference == "C2"


def test_what_is_no_conference_opens_no_period(conferences):
    EventFactory(reference="E90")
    with pytest.raises(LookupError):
        Periods.among(Event.objects.all()).opened_by("E90")


def test_without_any_conference_nothing_has_a_period():
    event = EventFactory(when="2004")
    assert period_of(event) is None
    assert event in Event.objects.filter(Periods.among(Event.objects.all()).opened_by("none"))
