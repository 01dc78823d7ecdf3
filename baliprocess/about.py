"""What the record can say of itself: how complete it is, and when it last changed."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q

from events.models import Event, Involvement, Outcome
from records.models import Change
from records.points import FIRST_YEAR

Role = Involvement.Role
ATTENDING = (Role.ATTENDEE, Role.OBSERVER)
LEADING = tuple(role for role in Role if role not in ATTENDING)
TO_THE_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Measure(NamedTuple):
    """Of how many activities something is known; `query` finds these in their list, `lacking` the others."""

    words: str
    number: int
    total: int
    query: str = ""
    lacking: str = ""

    @property
    def without(self):
        return self.total - self.number

    @property
    def share(self):
        """The part of all in whole per cent: 0 only where there is none, 100 only where there are all."""
        if self.number in (0, self.total):
            return 100 if self.number else 0
        return min(max(round(100 * self.number / self.total), 1), 99)


def completeness():
    """What is known of how many published activities, in one query: Measures; none where nothing is published."""
    parts = Involvement.objects.filter(event=OuterRef("pk"))
    known = Event.objects.published().aggregate(
        total=Count("pk"),
        dated=Count("starts_on"),
        to_the_day=Count("pk", filter=Q(when__regex=TO_THE_DAY)),
        placed=Count("place"),
        of_a_body=Count("pk", filter=Exists(Event.bodies.through.objects.filter(event=OuterRef("pk")))),
        led=Count("pk", filter=Exists(parts.in_roles(LEADING))),
        attended=Count("pk", filter=Exists(parts.in_roles(ATTENDING))),
        with_outcomes=Count("pk", filter=Exists(Outcome.objects.filter(event=OuterRef("pk")))),
        described=Count("pk", filter=~Q(description="")),
        sourced=Count("pk", filter=~Q(sources="")),
    )
    total = known["total"]
    measures = [
        Measure("a date", known["dated"], total, urlencode({"since": FIRST_YEAR}), lacking="date"),
        Measure("a date to the day", known["to_the_day"], total),
        Measure("a place", known["placed"], total, lacking="place"),
        Measure("the body that it was an activity of", known["of_a_body"], total, lacking="body"),
        Measure("who was behind it", known["led"], total, in_roles(LEADING)),
        Measure("who attended or observed", known["attended"], total, in_roles(ATTENDING)),
        Measure("what it was about", known["described"], total),
        Measure("what came of it", known["with_outcomes"], total),
        Measure("where this is known from", known["sourced"], total, lacking="source"),
    ]
    return measures if total else []


def in_roles(roles):
    return urlencode([("role", role.value) for role in roles])


def last_changed():
    """When something that is public now of the activities was last changed; None where it never was.

    Changes of what is not published count for nothing, so that nobody sees from outside when drafts are worked on.
    """
    published = Event.objects.published()
    of_events = Q(type="events", key__in=published.values("reference"))
    of_outcomes = Q(type="outcomes", key__in=Outcome.objects.published().values("reference"))
    changes = Change.objects.filter(of_events | of_outcomes).order_by("-pk")
    return changes.values_list("batch__at", flat=True).first()
