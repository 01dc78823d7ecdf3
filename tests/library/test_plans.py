"""A plan of action as it stood at a date."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.models import Review
from library.plans import PlanAt
from records.dates import PartialDate
from tests.factories import ActionItemFactory, CountryFactory, EventFactory, InstrumentFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return InstrumentFactory(plan=True, agreed="2002-09")


def at(plan, date=""):
    return PlanAt(plan, PartialDate.parse(date))


def numbers(items):
    return [getattr(item, "item", item).number for item in items]


def add(plan, number, **fields):
    return ActionItemFactory(plan=plan, number=number, **fields)


def review(plan, item=None, when="", status="", **fields):
    event = EventFactory(when=when) if "event" not in fields else fields.pop("event")
    return ReviewFactory(plan=plan, item=item, event=event, status=status, **fields)


def test_items_stand_in_the_order_of_their_numbers_as_people_count(plan):
    for number in ("10", "2.10", "", "2", "2.9", "II"):
        add(plan, number)
    assert numbers(at(plan).items) == ["II", "2", "2.9", "2.10", "10", ""]


@pytest.mark.parametrize(
    ("date", "there", "dropped", "to_come"),
    [
        ("2002-09", ["1", "2"], [], 1),
        ("March 2003", ["1", "2", "3"], [], 0),
        ("2003", ["1", "3"], ["2"], 0),
        ("2003-06", ["1", "2", "3"], [], 0),
        ("", ["1", "3"], ["2"], 0),
        ("August 2002", [], [], 3),
    ],
)
def test_what_was_added_later_or_taken_out_by_then_is_not_in_it(plan, date, there, dropped, to_come):
    add(plan, "1")
    add(plan, "2", dropped="2003")
    add(plan, "3", added="2003-03")
    then = at(plan, date)
    assert (numbers(then.items), numbers(then.dropped), then.to_come) == (there, dropped, to_come)
    assert then.is_agreed == (date != "August 2002")


def test_what_is_yet_to_come_is_not_in_it_now(plan):
    add(plan, "1", added="2199")
    add(plan, "2", dropped="2199")
    then = at(plan)
    assert (numbers(then.items), then.to_come) == (["2"], 1)


@pytest.mark.parametrize(
    ("date", "status"), [("2002-12", None), ("2003-03", "under_way"), ("2004", "done"), ("", "done")]
)
def test_an_item_stands_where_the_latest_review_up_to_then_found_it(plan, date, status):
    item = add(plan, "1")
    review(plan, item, "2003-03", Review.Status.UNDER_WAY)
    review(plan, item, event=None, as_of="2004-06", status=Review.Status.DONE)
    review(plan, item, "2004-07")
    review(plan, None, "2004-08", Review.Status.GIVEN_UP)
    (each,) = at(plan, date).items
    assert (each.review and each.review.status) == status


def test_a_review_holds_for_its_own_date_before_that_of_its_event(plan):
    review(plan, when="2005", as_of="2003-03")
    assert len(at(plan, "2003-03").reviews) == 1


def test_reviews_stand_in_order_and_those_of_no_known_date_are_told_of_now_alone(plan):
    late, undated, early = review(plan, when="2004"), review(plan, when=""), review(plan, when="2003")
    assert at(plan).reviews == [undated, early, late]
    then = at(plan, "2003")
    assert (then.reviews, then.later) == ([early], 2)


def test_reviews_by_what_is_not_public_are_not_told_of(plan):
    item = add(plan, "1")
    review(plan, item, status="done", event=EventFactory(draft=True))
    then = at(plan)
    assert (then.reviews, then.later, then.items[0].review) == ([], 0, None)


def test_items_are_counted_by_how_far_they_are(plan):
    for status in ("done", "open", "done", ""):
        review(plan, add(plan, "1"), "2003", status)
    assert at(plan).numbers == [(Review.Status.OPEN, 1), (Review.Status.DONE, 2), (None, 1)]


def test_as_many_queries_for_thirty_items_as_for_one(plan):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            then = at(plan)
            assert [lead.name for each in then.items for lead in each.item.leads.all()]
            assert all(each.event for each in then.reviews)
        return len(captured)

    def grow(count):
        for number in range(count):
            review(plan, add(plan, str(number), leads=[CountryFactory()]), "2003", "done")

    grow(1)
    few = asked()
    grow(29)
    assert asked() == few == 3
