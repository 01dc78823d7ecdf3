"""Pages of activities, series and themes. Each starts from what is published."""

from django.core.paginator import EmptyPage
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from records.prepared import Prepared

from . import activity_as_html, facets, linked_data
from .around import MOST_LISTED, Around
from .drawing.graph import Graph
from .filters import EventListFilterSet
from .gatherings import Gathering
from .lineage import MOST as MOST_FOUND
from .lineage import Lineage
from .listing import Listing
from .listing_as_html import found_in_words, html_of, in_use
from .models import Event, Series, Theme
from .panel import Panel
from .parameters import refuse_too_many

# The drawing of a thread has so many activities each way, and a line of its lists names so many links.
MOST_DRAWN, MOST_LINKS = 25, 4

ACTIVITIES = Prepared(
    lambda references: Event.objects.published().select_related("place").filter(reference__among=references).order_by()
)


@require_safe
def activities(request):
    """The list of activities, filtered; 400 where the address asks for too much, or for what cannot be understood."""
    refuse_too_many(request.GET)
    filterset = EventListFilterSet(request.GET)
    filterset.facets = facets.of(request)
    listing = listing_of(filterset)
    context = {
        "section": "activities",
        "filterset": filterset,
        "listing": listing,
        "sections": html_of(listing),
        "found_in_words": found_in_words(listing),
        "in_use": in_use(filterset),
        "panel": Panel(filterset),
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
    event = published(reference)
    around = Around(event, facets.of(request))
    absolute = request.build_absolute_uri
    context = {
        "section": "activities",
        "event": event,
        "around": around,
        "thread": around.thread,
        "html": activity_as_html.html_of(around),
        "address": absolute(event.get_absolute_url()),
        "most_listed": MOST_LISTED,
        "linked_data": linked_data.activity(event, around, absolute),
    }
    return render(request, "events/activity.html", context)


def published(reference):
    """The published activity with a reference. Raises Http404."""
    for event in ACTIVITIES([reference]):
        return event
    raise Http404("No published activity has this reference.")


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


@require_safe
def all_series(request):
    context = {"section": "series", "headings": headings(request, "series", Series)}
    return render(request, "events/all_series.html", context)


@require_safe
def one_series(request, slug):
    """The activities of a series, in its order, with the numbers that the record lacks and long times without one."""
    return heading(request, "series", get_object_or_404(Series.objects.all(), slug=slug))


@require_safe
def themes(request):
    return render(request, "events/themes.html", {"section": "themes", "headings": headings(request, "theme", Theme)})


def headings(request, facet, model):
    """The series or themes that have published activities, with their numbers as `activities`."""
    numbers = facets.of(request).values[facet].numbers
    found = list(model.objects.filter(pk__among=numbers))
    for each in found:
        each.activities = numbers[each.pk]
    return found


@require_safe
def theme(request, slug):
    return heading(request, "theme", get_object_or_404(Theme.objects.all(), slug=slug))


def heading(request, facet, record):
    """The page of a series or theme; none where the public sees no activity of it."""
    activities = Gathering(facet, record, facets.of(request))
    if not activities.number:
        raise Http404("No published activity is of it.")
    context = {
        "section": "series" if facet == "series" else "themes",
        "heading": record,
        "parameter": facet,
        "activities": activities,
        "most_listed": MOST_LISTED,
    }
    return render(request, "events/heading.html", context)
