"""Pages of outcomes: what waits to be taken up, and what became of each. They are as public as their events."""

from django.core.paginator import EmptyPage
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from . import linked_data
from .models import Outcome
from .outcome_filters import ALL, WAITING, OutcomeListFilterSet
from .outcome_listing import OutcomeListing
from .parameters import refuse_too_many
from .threads import Step, Thread
from .views import MOST_LISTED

# So many of the meetings that could have taken an outcome up are named.
MOST_MEETINGS = 5


@require_safe
def outcomes(request):
    """The list of outcomes, filtered; 400 where the address asks for too much, or for what cannot be understood."""
    refuse_too_many(request.GET)
    filterset = OutcomeListFilterSet(request.GET, Outcome.objects.published())
    try:
        listing = OutcomeListing(filterset)
    except EmptyPage:
        raise Http404("There is no such page.") from None
    context = {
        "section": "outcomes",
        "filterset": filterset,
        "listing": listing,
        "lists": [(WAITING, "Open recommendations"), (ALL, "All outcomes")],
    }
    return render(request, "events/outcomes.html", context, status=200 if filterset.is_valid() else 400)


@require_safe
def outcome(request, reference):
    """What was said, to whom, what became of it, and what came where it was taken up."""
    found = get_object_or_404(Outcome.objects.published().with_events(), reference=reference)
    taken_up_at = found.publicly_taken_up_at
    there = [event for event in (found.event, taken_up_at) if event]
    beside = list(Outcome.objects.filter(event__in=there).exclude(pk=found.pk).with_events())
    context = {
        "section": "outcomes",
        "outcome": found,
        "came": found.event,
        "taken_up_at": taken_up_at,
        "thread": Thread.through(Step(found.event, "It came of this"), taken_up_at and Step(taken_up_at, "Took it up")),
        "beside": [other for other in beside if other.event_id == found.event_id],
        "came_there": [other for other in beside if other.event_id != found.event_id],
        "meetings": [] if taken_up_at else meetings_since(found),
        "most_listed": MOST_LISTED,
        "address": request.build_absolute_uri(found.get_absolute_url()),
        "linked_data": linked_data.outcome(found, absolute=request.build_absolute_uri),
    }
    return render(request, "events/outcome.html", context)


def meetings_since(outcome):
    """The first of the activities of the body that is to act on an outcome, since this came; none where undated."""
    event, body = outcome.event, outcome.addressed_to
    if not body or not event.when:
        return []
    later = body.events.published().filter(Q(starts_on__gte=event.starts_on) & ~Q(pk=event.pk))
    return list(later.briefly().earliest_first()[:MOST_MEETINGS])
