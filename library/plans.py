"""A plan of action as it stood at a date: its items then, and what reviews had found of them by then."""

import re
from collections import Counter
from functools import cached_property
from typing import NamedTuple

from django import forms
from django.utils import timezone

from records.dates import UNDATED
from records.forms import PartialDateFormField

from .models import ActionItem, Review

PARTS = re.compile(r"([0-9]+)")


class DateForm(forms.Form):
    """At which date a plan is asked for; blank for now."""

    on = PartialDateFormField(
        required=False, label="As it stood at the end of", help_text="A date as far as it matters: 2003, March 2003."
    )


class ItemAt(NamedTuple):
    """An item with its reviews up to a date, in order; `review` is the last that says how far it is, or None."""

    item: ActionItem
    reviews: list

    @property
    def review(self):
        return next((review for review in reversed(self.reviews) if review.status), None)


class PlanAt:
    """A plan at the end of a partial date, or, where that is blank, as it stands now. Three queries make it.

    items    those in the plan, each an ItemAt, in the order of their numbers
    dropped  those taken out of it by then
    to_come  how many were added later
    reviews  all by then, in order; those of no known date are among them where the plan is asked for as it stands now
    later    how many came later, or at a time that is not known
    """

    def __init__(self, plan, on=UNDATED):
        self.plan = plan
        self.on = on
        self.day, self.today = on.ends_on, timezone.localdate()
        self.is_agreed = not (self.day and plan.agreed and plan.agreed.starts_on > self.day)
        reviews = Review.objects.published().filter(plan=plan).select_related("event__place__country", "item")
        reviews = sorted(reviews, key=in_order)
        self.reviews = [review for review in reviews if self._is_by_then(review.when)]
        self.later = len(reviews) - len(self.reviews)
        items = sorted(plan.items.select_related("body").prefetch_related("leads"), key=by_number)
        added = [item for item in items if self.is_agreed and not self._is_later(item.added)]
        self.to_come = len(items) - len(added)
        self.dropped = [item for item in added if self._is_over(item.dropped)]
        self.items = [self._at(item) for item in added if item not in self.dropped]

    @cached_property
    def numbers(self):
        """How many items stand at each status, in their order; the last is None, for those that no review tells of."""
        counted = Counter(each.review and each.review.status for each in self.items)
        return [(status, counted[status]) for status in [*Review.Status, None] if counted[status]]

    @cached_property
    def listed(self):
        """All items that are told of: those in the plan, and those taken out of it."""
        return [*(each.item for each in self.items), *self.dropped]

    @property
    def events(self):
        """The events that reviewed it."""
        return [review.event for review in self.reviews if review.event_id]

    def _at(self, item):
        return ItemAt(item, [review for review in self.reviews if review.item_id == item.pk])

    def _is_by_then(self, date):
        return not self.day or bool(date and date.ends_on <= self.day)

    def _is_later(self, date):
        return bool(date and date.starts_on > (self.day or self.today))

    def _is_over(self, date):
        return bool(date and (date.ends_on <= self.day if self.day else date.starts_on <= self.today))


def in_order(review):
    """The order of reviews: by date, the undated first, as they tell the least of how it stands now."""
    return bool(review.when), review.when.ends_on, review.when.starts_on, review.pk


def by_number(item):
    """The order of items: 2 before 10, and 2.1 after 2; those without a number last, as they were entered."""
    parts = [(int(part), "") if part.isdecimal() else (0, part) for part in PARTS.split(item.number) if part]
    return not item.number, parts, item.pk
