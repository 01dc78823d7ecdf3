"""The list of outcomes: one page of what is found, by the body that is to act on them, the oldest first."""

from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Count

PAGE = 25


class OutcomeListing:
    """A page of the outcomes that a filter set finds. Raises EmptyPage where there is no such page.

    `numbers` says how many are found for each body, by its primary key; None is for those that are addressed to nobody.
    """

    def __init__(self, filterset):
        self.all = filterset.queryset.count()
        self.numbers = dict(filterset.qs.order_by().values_list("addressed_to").annotate(Count("pk")))
        self.page = self._page(filterset)

    @property
    def found(self):
        return sum(self.numbers.values())

    @property
    def groups(self):
        """The outcomes of the page for each body, and how many there are for it on all pages."""
        return [
            {"body": body, "number": self.numbers[body and body.pk], "outcomes": list(outcomes)}
            for body, outcomes in groupby(self.page, key=lambda outcome: outcome.addressed_to)
        ]

    def _page(self, filterset):
        outcomes = filterset.qs.with_events().by_body_and_age()
        paginator = Paginator(outcomes, PAGE)
        paginator.count = self.found
        number = paginator.validate_number(filterset.page_number)
        start = (number - 1) * PAGE
        return Page(list(outcomes[start : start + PAGE]) if self.found else [], number, paginator)
