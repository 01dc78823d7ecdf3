"""Pages of activities, series and themes. Each starts from what is published."""

from django.core.paginator import EmptyPage
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .filters import EventListFilterSet
from .listing import Listing
from .models import Event, EventLink, Involvement, Outcome, Series, Theme
from .periods import Periods

# A page of something lists this many of its activities, and leads to the list of all.
MOST_LISTED = 50

WORDS_OF_LINKS_TO = {
    EventLink.Kind.FOLLOWS: "Led to",
    EventLink.Kind.REVIEWS: "Reviewed by",
    EventLink.Kind.PREPARES: "Prepared by",
    EventLink.Kind.REPORTS_TO: "Reported to by",
    EventLink.Kind.PART_OF: "Included",
}


@require_safe
def activities(request):
    """The list of activities, filtered; 400 where the address asks for what cannot be understood."""
    filterset = EventListFilterSet(request.GET, Event.objects.published().earliest_first())
    context = {
        "section": "activities",
        "filterset": filterset,
        "listing": listing_of(filterset),
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
    event = get_object_or_404(events.select_related("place__country", "series"), reference=reference)
    periods = Periods.among(events)
    related = related_events(event, periods)
    parts = list(event.involvements.with_names().by_role())
    links = links_of(event)
    context = {
        "section": "activities",
        "event": event,
        "parts": parts,
        "attended": any(part.role == Involvement.Role.ATTENDEE for part in parts),
        "period": periods.of(event),
        "conferences": periods.conferences,
        "neighbours": neighbours(event, [other for other in related if event.series_id == other.series_id]),
        "opened": [other for other in related if periods.of(other) == event],
        "links": links,
        "linked": [other for _words, other in links],
        "address": request.build_absolute_uri(event.get_absolute_url()),
    }
    return render(request, "events/activity.html", context | outcomes_of(event))


def related_events(event, periods):
    """Published events of the same series, and those of the period that the event opened, in one query."""
    related = Q(series=event.series_id) if event.series_id else Q(pk__in=[])
    if event in periods.conferences:
        related |= periods.opened_by(event.reference)
    return Event.objects.published().filter(related).select_related("place__country").earliest_first()


def neighbours(event, series):
    """The events before and after an event in its series: by number where it has one, otherwise by date."""
    if not event.series_id:
        return {}
    ordered = sorted(series, key=lambda other: (other.number_in_series is None, other.number_in_series or 0))
    position = ordered.index(event)
    return {
        "before": ordered[position - 1] if position else None,
        "after": ordered[position + 1] if position + 1 < len(ordered) else None,
    }


def links_of(event):
    """What an event has to do with others that are published: (words, the other event), the earliest first."""
    links = EventLink.objects.published().filter(Q(from_event=event) | Q(to_event=event))
    found = [
        (link.get_kind_display(), link.to_event)
        if link.from_event_id == event.pk
        else (WORDS_OF_LINKS_TO[link.kind], link.from_event)
        for link in links.select_related("from_event__place__country", "to_event__place__country")
    ]
    return sorted(found, key=lambda pair: (pair[1].starts_on is None, pair[1].starts_on or 0, pair[1].pk))


def outcomes_of(event):
    """What came of an event, and what came of others and was taken up at it."""
    outcomes = Outcome.objects.published().filter(Q(event=event) | Q(taken_up_at=event))
    outcomes = list(outcomes.select_related("event", "addressed_to", "taken_up_at"))
    return {
        "outcomes": [outcome for outcome in outcomes if outcome.event_id == event.pk],
        "taken_up": [outcome for outcome in outcomes if outcome.taken_up_at_id == event.pk],
    }


@require_safe
def all_series(request):
    context = {"section": "series", "headings": Series.objects.with_activities()}
    return render(request, "events/all_series.html", context)


@require_safe
def one_series(request, slug):
    return heading(request, get_object_or_404(Series.objects.with_activities(), slug=slug), "series")


@require_safe
def themes(request):
    return render(request, "events/themes.html", {"section": "themes", "headings": Theme.objects.with_activities()})


@require_safe
def theme(request, slug):
    return heading(request, get_object_or_404(Theme.objects.with_activities(), slug=slug), "theme")


def heading(request, heading, parameter):
    """The page of a series or theme; `parameter` is how the list of activities is filtered by it."""
    events = heading.events.published().earliest_first().with_list_details()
    context = {
        "section": "series" if parameter == "series" else "themes",
        "heading": heading,
        "parameter": parameter,
        "events": events[: MOST_LISTED + 1],
        "most_listed": MOST_LISTED,
    }
    return render(request, "events/heading.html", context)
