"""Lineages: what an event built on and what built on it, to any depth."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import lineage
from events.lineage import Lineage
from events.models import EventLink
from tests.factories import EventFactory, EventLinkFactory

pytestmark = pytest.mark.django_db


def chain(length):
    """Events of which each follows on the one before, in order of time."""
    events = [EventFactory(when=f"{1900 + number}", title=f"Step {number}") for number in range(length)]
    EventLink.objects.bulk_create(
        EventLink(from_event=later, to_event=earlier, kind="follows") for earlier, later in pairwise(events)
    )
    return events


def events_of(entries):
    return [entry["event"] for entry in entries]


@pytest.mark.parametrize("kind", ["follows", "reviews"])
def test_what_follows_on_an_event_or_reviews_it_built_on_it(kind):
    first, second = EventFactory(), EventFactory()
    EventLinkFactory(from_event=second, to_event=first, kind=kind)
    assert events_of(Lineage(second).earlier) == [first]
    assert events_of(Lineage(first).later) == [second]
    assert Lineage(first).earlier == Lineage(second).later == []


@pytest.mark.parametrize("kind", ["prepares", "reports_to", "part_of"])
def test_an_event_built_on_what_prepared_it_reported_to_it_or_was_part_of_it(kind):
    first, second = EventFactory(), EventFactory()
    EventLinkFactory(from_event=first, to_event=second, kind=kind)
    assert events_of(Lineage(second).earlier) == [first]
    assert events_of(Lineage(first).later) == [second]


def test_a_lineage_goes_to_any_depth_over_links_of_all_kinds_in_order_of_time():
    report, conference, group, review, undated = (
        EventFactory(when=when) for when in ("2009-02", "2009-04", "2009-07", "2010", "")
    )
    EventLinkFactory(from_event=report, to_event=conference, kind="reports_to")
    EventLinkFactory(from_event=group, to_event=conference, kind="follows")
    EventLinkFactory(from_event=review, to_event=group, kind="reviews")
    EventLinkFactory(from_event=undated, to_event=group, kind="follows")
    assert events_of(Lineage(report).later) == [conference, group, review, undated]
    assert events_of(Lineage(review).earlier) == [report, conference, group]


def test_what_else_built_on_the_same_is_no_part_of_it():
    conference, one, other = EventFactory(), EventFactory(), EventFactory()
    for event in (one, other):
        EventLinkFactory(from_event=event, to_event=conference)
    assert Lineage(one).number == 2


def test_each_entry_says_by_which_links_it_belongs():
    first, second, third = chain(3)
    EventLinkFactory(from_event=third, to_event=first, kind="reviews")
    (entry_of_first, entry_of_second) = Lineage(third).earlier
    assert sorted(entry_of_first["links"], key=str) == [("Led to", second), ("Reviewed it", third)]
    assert entry_of_second["links"] == [("Led to", third)]


def test_a_draft_in_the_middle_of_a_chain_cuts_it():
    first, second, third, fourth, fifth = chain(5)
    second.publication = "draft"
    second.save()
    assert events_of(Lineage(fifth).earlier) == [third, fourth]
    assert Lineage(first).number == 1


def test_circles_end():
    events = [EventFactory(when=f"200{number}") for number in range(4)]
    for one, other in pairwise([*events, events[0]]):
        EventLinkFactory(from_event=one, to_event=other, kind="reviews")
    found = Lineage(events[0])
    assert events_of(found.earlier) == events_of(found.later) == events[1:]
    assert found.number == 4


def test_a_chain_of_sixty_takes_as_many_queries_as_one_of_two():
    def queries(event):
        with CaptureQueriesContext(connection) as captured:
            found = Lineage(event)
            found.nearest(25)
            assert found.earlier[0]["links"]
        return len(captured)

    short, long = chain(2), chain(60)
    assert queries(long[-1]) == queries(short[-1]) == 3
    assert events_of(Lineage(long[-1]).earlier) == long[:-1]


def test_of_more_than_a_page_shows_the_nearest_are_found(monkeypatch):
    monkeypatch.setattr(lineage, "MOST", 5)
    events = chain(20)
    found = Lineage(events[10])
    assert events_of(found.earlier) == events[5:10]
    assert events_of(found.later) == events[11:16]
    assert found.is_cut == {"earlier": True, "later": True}
    assert Lineage(events[5]).is_cut == {"earlier": False, "later": True}


def test_the_nearest_are_drawn_with_the_links_between_them():
    events = chain(9)
    thread, pairs = Lineage(events[4]).nearest(2)
    assert thread.events == events[2:7]
    assert sorted(pairs, key=lambda pair: pair[0].when) == list(pairwise(events[2:7]))
