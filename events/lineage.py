"""Lineages: all that an event built on and all that built on it, to any depth, however long the chains are."""

from collections import defaultdict
from functools import cached_property

from django.db import connection

from records.publication import Publication

from .models import Event, EventLink
from .threads import Step, Thread, place_in_time, words_of

Kind = EventLink.Kind

# Whether a link says that its first event built on its second one, or the second on the first.
BUILT_ON = (Kind.FOLLOWS, Kind.REVIEWS)
LED_TO = (Kind.PREPARES, Kind.REPORTS_TO, Kind.PART_OF)
# So many events each way are found, the nearest first: more than a page shows.
MOST = 100

# From an event, step by step, to published events, the nearest first. `UNION` leaves out what is reached already, so
# that circles end, and the limit ends a search through more than is shown.
REACHED = """
    {name} (id) AS (
        SELECT CAST(%s AS bigint)
        UNION
        SELECT {other}
        FROM {name}
        JOIN {links} link
            ON (link.from_event_id = {name}.id AND link.kind IN ({forward}))
            OR (link.to_event_id = {name}.id AND link.kind IN ({backward}))
        WHERE EXISTS (SELECT 1 FROM {events} event WHERE event.id = {other} AND event.publication = '{published}')
    )"""
OTHER = "CASE WHEN link.from_event_id = {name}.id THEN link.to_event_id ELSE link.from_event_id END"


class Lineage:
    """What an event built on (`earlier`) and what built on it (`later`), in order of time, in three queries.

    `is_cut` says for each of these whether there is more than is found here: the MOST nearest are. An event is in both
    where links go round in a circle.
    """

    def __init__(self, event):
        self.event = event
        reached = reached_from(event)
        self.is_cut = {side: len(pks) > MOST for side, pks in reached.items()}
        known = {pk for pks in reached.values() for pk in pks[:MOST]}
        self._events = {each.pk: each for each in Event.objects.published().filter(pk__in=known).briefly()}
        self._events[event.pk] = event
        self._nearest = {
            side: [self._events[pk] for pk in pks[:MOST] if pk in self._events] for side, pks in reached.items()
        }
        self.links = list(self._links())

    @cached_property
    def earlier(self):
        """The events that it built on, each with what it led to: `{"event": …, "links": [(words, event), …]}`."""
        return self._entries("earlier", lambda earlier, later: earlier)

    @cached_property
    def later(self):
        """The events that built on it, each with what it built on itself."""
        return self._entries("later", lambda earlier, later: later)

    @property
    def number(self):
        """How many events there are in all, the one that it is of among them."""
        return len(self._events)

    def nearest(self, number):
        """The thread of the event and of so many at most of the nearest to it each way, and its pairs.

        A pair is an event and one that built on it.
        """
        events = {self.event, *self._nearest["earlier"][:number], *self._nearest["later"][:number]}
        pairs = [ends_of(link) for link in self.links if {link.from_event, link.to_event} <= events]
        return Thread.through(*map(Step, events)), pairs

    def _entries(self, side, end):
        links = defaultdict(list)
        for link in self.links:
            event = end(*ends_of(link))
            links[event].append(words_of(link, event))
        return [{"event": event, "links": links[event]} for event in sorted(self._nearest[side], key=place_in_time)]

    def _links(self):
        events = self._events
        links = EventLink.objects.filter(from_event__in=events, to_event__in=events).order_by("pk")
        for link in links:
            link.from_event, link.to_event = events[link.from_event_id], events[link.to_event_id]
            yield link


def ends_of(link):
    """The event that was built on and the one that built on it."""
    return (link.to_event, link.from_event) if link.kind in BUILT_ON else (link.from_event, link.to_event)


def reached_from(event):
    """The primary keys of the events that an event built on (`earlier`) and that built on it (`later`), in one query.

    The nearest come first, and of each no more than one beyond MOST.
    """
    onward, back = quoted(BUILT_ON), quoted(LED_TO)
    earlier, later = reaching("earlier", onward, back), reaching("later", back, onward)
    nearest = "SELECT '{0}', id FROM (SELECT id FROM {0} LIMIT %s) AS nearest_{0}"
    sql = f"WITH RECURSIVE {earlier}, {later} {nearest.format('earlier')} UNION ALL {nearest.format('later')}"
    found = {"earlier": [], "later": []}
    with connection.cursor() as cursor:
        cursor.execute(sql, [event.pk, event.pk, MOST + 2, MOST + 2])  # beside the event itself, one beyond
        for side, pk in cursor.fetchall():
            if pk != event.pk:
                found[side].append(pk)
    return found


def reaching(name, forward, backward):
    """The part of a query that makes a table of this name of what links lead to, of some kinds in each direction."""
    return REACHED.format(
        name=name,
        forward=forward,
        backward=backward,
        other=OTHER.format(name=name),
        links=EventLink._meta.db_table,
        events=Event._meta.db_table,
        published=Publication.PUBLISHED.value,
    )


def quoted(kinds):
    return ", ".join(f"'{kind.value}'" for kind in kinds)
