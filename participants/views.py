"""Pages of countries, agencies and bodies. Whom the public does not see has none."""

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from records.prepared import Prepared

from . import activities, linked_data, memberships
from .models import Agency, Body, ContactPoint, Country, Membership, Name, Participant
from .querysets import those_visible

# A page lists this many activities, and leads to the list of all.
MOST_LISTED = 50

# Who has a code and belongs to whoever has it, and what they have by their keys: among all that is recorded.
COUNTRIES = Prepared(lambda codes: Participant.objects.filter(Q(alpha2__among=codes) | Q(country__alpha2__among=codes)))
AGENCIES = Prepared(
    lambda slugs: (
        Agency.objects.filter(Q(slug__among=slugs) | Q(parent__slug__among=slugs) | Q(children__slug__among=slugs))
        .select_related("country")
        .distinct()
    )
)
MEMBERSHIPS = Prepared(lambda keys: Membership.objects.filter(member__pk__among=keys).select_related("body"))
OTHER_NAMES = Prepared(lambda keys: Name.objects.filter(participant__pk__among=keys, kind=Name.Kind.OTHER))
CONTACTS = Prepared(
    lambda keys: ContactPoint.objects.filter(public=True, participant__pk__among=keys).select_related(
        "participant__country"
    )
)


@require_safe
def countries(request):
    found = Country.objects.visible().order_by("region", "name")
    found = activities.counted(request, found, activities="participant", held="country")
    return render(request, "participants/countries.html", {"section": "countries", "countries": found})


@require_safe
def country(request, alpha2):
    """What a country did, was the place of and belongs to; an alpha-2 in small letters leads to its address."""
    code = alpha2.upper()
    family = those_visible(COUNTRIES([code]))
    found = next((each for each in family if each.alpha2 == code), None)
    if not found:
        raise Http404("There is no such country.")
    if alpha2 != found.alpha2:
        return redirect(found, permanent=True)
    agencies = [each for each in family if each != found]
    record = record_of(found, request, agencies)
    context = {
        "section": "countries",
        "country": found,
        "agencies": agencies,
        "linked_data": linked_data.country(found, names=record["names"], absolute=request.build_absolute_uri),
    }
    return render(request, "participants/country.html", context | record)


@require_safe
def agencies(request):
    found = Agency.objects.visible().select_related("country").order_by("kind", "name")
    found = activities.counted(request, found, activities="participant")
    return render(request, "participants/agencies.html", {"section": "agencies", "agencies": found})


@require_safe
def agency(request, slug):
    """What an agency did and belongs to."""
    family = those_visible(AGENCIES([slug]))
    found = next((each for each in family if each.slug == slug), None)
    if not found:
        raise Http404("There is no such agency.")
    relatives = [each for each in family if each != found]
    record = record_of(found, request)
    told = linked_data.agency(
        found,
        parent=next((other for other in relatives if other.pk == found.parent_id), None),
        names=record["names"],
        memberships=record["memberships"],
        absolute=request.build_absolute_uri,
    )
    context = {"section": "agencies", "agency": found, "relatives": relatives, "linked_data": told}
    return render(request, "participants/agency.html", context | record)


def record_of(participant, request, agencies=()):
    """What the pages of countries and agencies have in common; `agencies` are those of a country."""
    belongs_to = MEMBERSHIPS([participant.pk])
    return {
        "memberships": belongs_to,
        "membership": memberships.in_words(belongs_to),
        "names": OTHER_NAMES([participant.pk]),
        "contacts": by_time(CONTACTS([participant.pk, *(agency.pk for agency in agencies)])),
        "address": request.build_absolute_uri(participant.get_absolute_url()),
    }


def by_time(contacts):
    """Those who are there, and those whose time is over: `present` and `past`; nothing for none."""
    there = {
        "present": [each for each in contacts if not each.is_past],
        "past": [each for each in contacts if each.is_past],
    }
    return there if contacts else {}


@require_safe
def bodies(request):
    found = activities.counted(request, Body.objects.annotate(members=members_now()), activities="body")
    return render(request, "participants/bodies.html", {"section": "bodies", "bodies": found})


@require_safe
def body(request, slug):
    """What a body is, who belongs to it, what it did and what it was asked to do."""
    family = list(Body.objects.family_of(slug))
    found = next((each for each in family if each.slug == slug), None)
    if not found:
        raise Http404("There is no such body.")
    members = list(found.memberships.select_related("member"))
    names = found.known_names.filter(kind=Name.Kind.OTHER)
    parent = next((each for each in family if each.pk == found.parent_id), None)
    context = {
        "section": "bodies",
        "body": found,
        "names": names,
        "parent": parent,
        "predecessor": next((each for each in family if each.pk == found.predecessor_id), None),
        "children": [each for each in family if each.parent_id == found.pk],
        "successors": [each for each in family if each.predecessor_id == found.pk],
        "members": [membership for membership in members if not membership.left],
        "former_members": [membership for membership in members if membership.left],
        "most_listed": MOST_LISTED,
        "outcomes": found.outcomes_addressed.published().select_related("event", "taken_up_at"),
        "linked_data": linked_data.body(
            found, parent=parent, names=names, memberships=members, absolute=request.build_absolute_uri
        ),
    }
    return render(request, "participants/body.html", context)


def members_now():
    """The number of members that each body has now, as an expression to annotate with."""
    present = Membership.objects.filter(body=OuterRef("pk"), left="").order_by()
    number = present.values("body").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)
