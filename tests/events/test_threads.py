"""Threads: an event between those that it is linked to."""

import datetime

import pytest

from events.models import Event, EventLink, Outcome
from events.threads import Thread, lapse_of, length_of, time_between
from records.dates import PartialDate
from tests.factories import EventFactory, EventLinkFactory


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("2004-05", "2004-12", "7 months"),
        ("2004-12", "2007-12", "3 years"),
        ("2004-12", "2007-10", "about 3 years"),
        ("2004-01", "2005-01", "1 year"),
        ("2004-01", "2005-02", "13 months"),
        ("2004-05", "2004-05", "the same month"),
        ("2004", "2004-12", "the same year"),
        ("2004", "2007-01", "3 years"),
        ("2004-05-03", "2004-05-21", "18 days"),
        ("2004-05-03", "2004-05-04", "1 day"),
        ("2004-05-03", "2004-09-01", "4 months"),
        ("2004-21", "2004-12", "about 9 months"),
    ],
)
def test_the_time_between_is_said_as_exactly_as_both_are_known(first, second, words):
    assert time_between(PartialDate(first), PartialDate(second)) == words


def test_a_longer_gap_is_drawn_longer():
    lengths = [length_of(months) for months in (0, 3, 7, 12, 24, 60)]
    assert lengths == sorted(set(lengths))


@pytest.mark.django_db
def test_a_thread_goes_in_order_of_time_and_ends_with_what_is_undated():
    event = EventFactory(when="2004-12")
    later, earlier, undated = (EventFactory(when=when) for when in ("2007", "2004-05", ""))
    for other in (later, undated, earlier):
        EventLinkFactory(from_event=other, to_event=event)
    thread = Thread.of(event, EventLink.objects.all())
    assert thread.events == [earlier, event, later, undated]
    assert [step.gap for step in thread.steps] == ["7 months", "3 years", "", ""]


@pytest.mark.django_db
def test_who_is_linked_twice_stands_in_the_thread_once():
    event, other = EventFactory(), EventFactory()
    EventLinkFactory(from_event=event, to_event=other, kind="follows")
    EventLinkFactory(from_event=other, to_event=event, kind="reviews")
    thread = Thread.of(event, EventLink.objects.all())
    assert [step.words for step in thread.steps if step.event == other] == ["Follows on from · Reviewed it"]
    assert thread.across


TODAY = datetime.date(2010, 3, 10)


@pytest.mark.parametrize(
    ("when", "taken_up", "status", "words"),
    [
        ("2009-08", None, "open", "for 7 months"),
        ("2004", None, "open", "for 6 years"),
        ("2010-03", None, "open", "since this month"),
        ("", None, "open", ""),
        ("2011", None, "open", ""),
        ("2009-02", None, "done", ""),
        ("2009-02", "2009-04", "taken_up", "after 2 months"),
        ("2009-02", "2009-02", "taken_up", "in the same month"),
        ("2009-02", "2008-04", "taken_up", ""),
        ("2009-02", "", "taken_up", ""),
        ("2009-08", "2009-10", "open", "for 7 months"),
    ],
)
def test_how_long_an_outcome_is_open_or_waited_is_said(when, taken_up, status, words):
    where = None if taken_up is None else Event(when=taken_up, publication="published")
    assert lapse_of(Outcome(event=Event(when=when), status=status, taken_up_at=where), TODAY) == words


def test_a_draft_that_took_an_outcome_up_is_not_counted_with():
    draft = Event(when="2009-04", publication="draft")
    assert lapse_of(Outcome(event=Event(when="2009-02"), status="taken_up", taken_up_at=draft), TODAY) == ""


@pytest.mark.django_db
def test_of_many_links_those_next_in_time_are_shown():
    event = EventFactory(when="2010")
    for number in range(20):
        EventLinkFactory(from_event=EventFactory(when=f"{2000 + number}-02"), to_event=event)
    thread = Thread.of(event, EventLink.objects.all())
    assert (len(thread.steps), thread.left_out) == (12, 9)
    assert [step.event.when for step in thread.steps[:2]] == ["2004-02", "2005-02"]
    assert event in thread.events
