"""Pages of countries, agencies and bodies. Whom the public does not see has none."""

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from .models import Agency, Body, Country, Membership, Name
from .querysets import published_activities

# A page lists this many activities, and leads to the list of all.
MOST_LISTED = 50


@require_safe
def countries(request):
    found = Country.objects.visible().with_activities().with_activities_held().order_by("region", "name")
    return render(request, "participants/countries.html", {"section": "countries", "countries": found})


@require_safe
def country(request, alpha2):
    """What a country did, was the place of and belongs to; an alpha-2 in small letters leads to its address."""
    found = get_object_or_404(Country.objects.visible(), alpha2=alpha2.upper())
    if alpha2 != found.alpha2:
        return redirect(found, permanent=True)
    held = found.places.events().published().latest_first().with_list_details()
    context = {
        "section": "countries",
        "country": found,
        "agencies": found.agencies.visible(),
        "held": held[: MOST_LISTED + 1],
    }
    return render(request, "participants/country.html", context | record_of(found))


@require_safe
def agencies(request):
    found = Agency.objects.visible().with_activities().select_related("country")
    return render(request, "participants/agencies.html", {"section": "agencies", "agencies": found})


@require_safe
def agency(request, slug):
    """What an agency did and belongs to."""
    found = get_object_or_404(Agency.objects.visible().select_related("country"), slug=slug)
    relatives = Agency.objects.visible().filter(Q(pk=found.parent_id) | Q(parent=found))
    context = {"section": "agencies", "agency": found, "relatives": relatives}
    return render(request, "participants/agency.html", context | record_of(found))


def record_of(participant):
    """What the pages of countries and agencies have in common."""
    parts = participant.involvements.model.objects.published().of([participant])
    return {
        "parts": list(parts.with_names().with_events().by_role_and_date()[: MOST_LISTED + 1]),
        "most_listed": MOST_LISTED,
        "memberships": participant.memberships.select_related("body"),
        "names": other_names(participant),
    }


@require_safe
def bodies(request):
    found = Body.objects.annotate(activities=published_activities(), members=members_now())
    return render(request, "participants/bodies.html", {"section": "bodies", "bodies": found})


@require_safe
def body(request, slug):
    """What a body is, who belongs to it, what it did and what it was asked to do."""
    found = get_object_or_404(Body.objects.select_related("parent", "predecessor"), slug=slug)
    events = found.events.published().earliest_first().with_list_details()
    context = {
        "section": "bodies",
        "body": found,
        "names": other_names(found),
        "relatives": Body.objects.filter(Q(parent=found) | Q(predecessor=found)),
        "memberships": found.memberships.select_related("member"),
        "events": events[: MOST_LISTED + 1],
        "most_listed": MOST_LISTED,
        "outcomes": found.outcomes_addressed.published().select_related("event"),
    }
    return render(request, "participants/body.html", context)


def members_now():
    """The number of members that each body has now, as an expression to annotate with."""
    memberships = Membership.objects.filter(body=OuterRef("pk"), left="").order_by()
    number = memberships.values("body").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)


def other_names(owner):
    """By which other names the record knows somebody."""
    return owner.known_names.filter(kind=Name.Kind.OTHER)
