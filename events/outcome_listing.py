"""The list of outcomes: one page of what is found, by the body that is to act on them, the oldest first."""

from itertools import accumulate, groupby

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

PAGE = 25


class OutcomeListing:
    """A page of the outcomes that a filter set finds. Raises EmptyPage where there is no such page.

    `numbers` says how many are found for each body, by its primary key, in the order of the list; the last, None, is
    for those that are addressed to nobody.
    """

    def __init__(self, filterset):
        self.all = filterset.queryset.count()
        found = dict(filterset.qs.order_by().values_list("addressed_to").annotate(Count("pk")))
        self.numbers = {pk: found[pk] for pk in (*(body.pk for body in filterset.bodies), None) if pk in found}
        self.page = self._page(filterset.qs, filterset.page_number)

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

    def _page(self, outcomes, number):
        paginator = Paginator(outcomes, PAGE)
        paginator.count = self.found
        number = paginator.validate_number(number)
        start = (number - 1) * PAGE
        return Page(list(self._read(outcomes, start)) if self.found else [], number, paginator)

    def _read(self, outcomes, start):
        """The outcomes from one on: only those for the bodies of the page have to be put in order."""
        ends = dict(zip(self.numbers, accumulate(self.numbers.values()), strict=True))
        bodies = [body for body, end in ends.items() if end > start and end - self.numbers[body] < start + PAGE]
        start -= ends[bodies[0]] - self.numbers[bodies[0]]
        theirs = Q(addressed_to__in=bodies) | Q(addressed_to=None) if None in bodies else Q(addressed_to__in=bodies)
        return outcomes.filter(theirs).with_events().by_body_and_age()[start : start + PAGE]
