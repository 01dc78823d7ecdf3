"""Gatherings: the published activities of a body, a series or a theme, as the page of it tells of them.

Numbers are those of sets in memory; queries are for what is listed and drawn alone.
"""

from functools import cached_property

from . import lines
from .drawing.chart import lanes_of_kinds
from .models import Event
from .positions import gap_of, with_gaps

# A page lists this many, and leads to the list of all.
MOST_LISTED = 50


class Gathering:
    """The published activities that have a value of a facet: of a body, a theme or, in its own order, a series."""

    def __init__(self, facet, record, facets):
        self.facet, self.record, self.facets = facet, record, facets
        self.keys = facets.values[facet][record.pk]
        self.query = f"{facet}={record.slug}"
        self.order = facets.orders["series" if facet == "series" else "earliest"]

    @property
    def number(self):
        return len(self.keys)

    @property
    def is_cut(self):
        return self.number > MOST_LISTED

    @property
    def lanes(self):
        return lanes_of_kinds(self.keys, self.query, self.facets)

    @cached_property
    def listed(self):
        """The keys of the first of them."""
        return [key for _rank, key in self.order.page(self.keys, 0, MOST_LISTED)]

    @property
    def entries(self):
        """The first of them, each with its line and, in a series, the gap before it in words."""
        made, series = lines.lines_of(self.listed) if self.listed else {}, self._of_series
        for key in self.listed:
            if key in made:
                event = series.get(key)
                yield {"line": self._told(made[key], event), "gap": event.gap if event else ""}

    @property
    def gap(self):
        """Which numbers of a series have no activity on record, in a sentence; blank where none lacks."""
        if self.facet != "series":
            return ""
        numbers = [rank[1] for rank, _key in self.order.page(self.keys, 0, self.number)]
        return gap_of({*numbers} - {0}, unnumbered=numbers.count(0))

    def _told(self, line, event):
        if self.facet == "body":
            return lines.without(line, self.record.name)
        return lines.numbered(line, event.number_in_series) if event and event.number_in_series else line

    @cached_property
    def _of_series(self):
        """The listed events of a series, with the gap before each: {primary key: event}."""
        if self.facet != "series" or not self.listed:
            return {}
        events = Event.objects.published().in_bulk(self.listed)
        return {event.pk: event for event in with_gaps([events[key] for key in self.listed if key in events])}
