"""Pages of activities, series and themes. Each starts from what is published."""

from collections import Counter

from django.core.exceptions import TooManyFieldsSent
from django.core.paginator import EmptyPage
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from . import linked_data
from .drawing.graph import Graph
from .filters import EventListFilterSet
from .lineage import MOST as MOST_FOUND
from .lineage import Lineage
from .listing import Listing
from .models import Event, EventLink, Involvement, Outcome, Series, Theme
from .panel import Panel
from .periods import Periods
from .positions import Position, by_number, gap_of, with_gaps
from .threads import Thread

# A page of something lists this many of its activities, and leads to the list of all.
MOST_LISTED = 50
# The drawing of a thread has so many activities each way, and a line of its lists names so many links.
MOST_DRAWN, MOST_LINKS = 25, 4
# So many values are more than people ask for at once, and each is said on the page with the address without it.
MOST_VALUES = 100


@require_safe
def activities(request):
    """The list of activities, filtered; 400 where the address asks for too much, or for what cannot be understood."""
    if sum(len(values) for _name, values in request.GET.lists()) > MOST_VALUES:
        raise TooManyFieldsSent(f"A list is filtered by {MOST_VALUES} values at most.")
    filterset = EventListFilterSet(request.GET, Event.objects.published().earliest_first())
    context = {
        "section": "activities",
        "filterset": filterset,
        "listing": listing_of(filterset),
        "panel": Panel(filterset),
        "conferences": filterset.periods.conferences,
    }
    return render(request, "events/activities.html", context, status=200 if filterset.is_valid() else 400)


def listing_of(filterset):
    """The page of a list that is asked for. Raises Http404 for one that is out of range."""
    try:
        return Listing(filterset)
    except EmptyPage:
        raise Http404("There is no such page.") from None


@require_safe
def activity(request, reference):
    """All that the record says of one activity."""
    events = Event.objects.published()
    event = get_object_or_404(
        events.select_related("place__country", "series").prefetch_related("bodies", "themes"), reference=reference
    )
    periods = Periods.among(events.briefly())
    parts = list(event.involvements.with_names().by_role())
    links = list(links_of(event))
    thread = Thread.of(event, links)
    context = {
        "section": "activities",
        "event": event,
        "parts": parts,
        "attended": any(part.role == Involvement.Role.ATTENDEE for part in parts),
        "period": periods.of(event),
        "conferences": periods.conferences,
        "thread": thread,
        "address": request.build_absolute_uri(event.get_absolute_url()),
        "most_listed": MOST_LISTED,
        "linked_data": linked_data.activity(event, parts=parts, links=links, absolute=request.build_absolute_uri),
    }
    return render(
        request, "events/activity.html", context | surroundings(event, periods, thread) | outcomes_of(event, periods)
    )


def links_of(event):
    """The links of an event with others that are published."""
    links = EventLink.objects.published().filter(Q(from_event=event) | Q(to_event=event))
    return links.select_related("from_event__place__country", "to_event__place__country")


def surroundings(event, periods, thread):
    """Where an event stands in its series and period, and what of the period that it opened, in one query."""
    opener = event if event in periods.conferences else periods.of(event)
    related = Q(series=event.series_id) if event.series_id else Q(pk__in=[])
    if opener:
        related |= periods.opened_by(opener.reference)
    found = list(Event.objects.published().filter(related).briefly().earliest_first())
    of_period = [other for other in found if opener and periods.of(other) == opener]
    in_series = Position.in_series(event, found)
    around = {"in_series": in_series, "beside_in_series": in_series and in_series.besides(thread.events)}
    if opener == event:
        return around | {
            "opened": of_period,
            "kinds_opened": Counter(Event.Kind(other.kind) for other in of_period).most_common(),
            "in_period": Position.among(event, periods.conferences),
        }
    return around | {"in_period": Position.among(event, of_period)}


@require_safe
def thread(request, reference):
    """All that an activity built on and all that built on it, to any depth, as a drawing and as lists."""
    event = get_object_or_404(Event.objects.published().briefly(), reference=reference)
    lineage = Lineage(event)
    steps, pairs = lineage.nearest(MOST_DRAWN)
    context = {
        "section": "activities",
        "event": event,
        "lineage": lineage,
        "most_found": MOST_FOUND,
        "most_links": MOST_LINKS,
        "graph": Graph(steps.steps, pairs),
    }
    return render(request, "events/thread.html", context)


def outcomes_of(event, periods):
    """What came of an event, and what came of others and was put to it, in one query.

    Put to an event is what it took up; to a conference also what those of its period asked of the bodies that it is of.
    """
    published = Outcome.objects.published()
    outcomes = published.filter(Q(event=event) | Q(taken_up_at=event))
    if event in periods.conferences:
        before = Position.among(event, periods.conferences).before
        outcomes |= published.asked_of(event.bodies.all(), since=before, until=event)
    found = list(outcomes.select_related("event", "addressed_to", "taken_up_at"))
    return {
        "outcomes": [outcome for outcome in found if outcome.event_id == event.pk],
        "put": [outcome for outcome in found if outcome.event_id != event.pk],
    }


@require_safe
def all_series(request):
    context = {"section": "series", "headings": Series.objects.with_activities()}
    return render(request, "events/all_series.html", context)


@require_safe
def one_series(request, slug):
    """The activities of a series, in its order, with the numbers that the record lacks and long times without one."""
    series = get_object_or_404(Series.objects.with_activities(), slug=slug)
    events = by_number(series.events.published().earliest_first().with_list_details())
    return heading(request, series, "series", list(with_gaps(events)), gap=gap_of(events))


@require_safe
def themes(request):
    return render(request, "events/themes.html", {"section": "themes", "headings": Theme.objects.with_activities()})


@require_safe
def theme(request, slug):
    theme = get_object_or_404(Theme.objects.with_activities(), slug=slug)
    return heading(request, theme, "theme", list(theme.events.published().earliest_first().with_list_details()))


def heading(request, heading, parameter, events, **further):
    """The page of a series or theme; `parameter` is how the list of activities is filtered by it."""
    context = {
        "section": "series" if parameter == "series" else "themes",
        "heading": heading,
        "parameter": parameter,
        "events": events,
        "most_listed": MOST_LISTED,
    }
    return render(request, "events/heading.html", context | further)
