"""What belongs to the site as a whole: its first page, its data, its health."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Value
from django.db.models.fields import CharField
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from events import facets, lines
from events.drawing.glance import drawing_of
from events.drawing.timeline import Timeline
from events.filters import EventFilterSet
from events.models import Event
from events.outcome_filters import OutcomeFilterSet
from exchange import registry
from exchange.files import FORMATS, begun, public_columns
from exchange.problems import Unwritable
from exchange.sessions import Session
from library import filters
from records.addresses import address_of
from records.folding import fold

from . import licence, linked_data
from .about import completeness, last_changed
from .not_found import nearest_to

LATEST = 6
WAYS_IN = 6
WAYS = {
    "country": ("Places", "participants:countries", "participants:country"),
    "body": ("Bodies", "participants:bodies", "participants:body"),
    "theme": ("Themes", "events:themes", "events:theme"),
    "series": ("Series", "events:all_series", "events:series"),
}
PLAIN = "text/plain; charset=utf-8"
# What the public calls events.
PUBLIC_TITLES = {"events": "Activities", "event_links": "Links between activities"}
# Types that have a list of their own among the pages.
LISTS = {
    "events": "events:activities",
    "countries": "participants:countries",
    "agencies": "participants:agencies",
    "bodies": "participants:bodies",
    "series": "events:all_series",
    "themes": "events:themes",
    "outcomes": "events:outcomes",
    "collections": "library:collections",
    "instruments": "library:instruments",
    "documents": "library:documents",
    "editions": "summaries:editions",
}

# What takes the filters of its list.
FILTERSETS = {"events": EventFilterSet, "outcomes": OutcomeFilterSet, **filters.FILTERSETS}


@require_safe
def home(request):
    """What the process is, its record in figures and in time, what was latest and is coming, and the ways in."""
    known = facets.of(request)
    timeline = Timeline.of(known)
    context = {
        "figures": figures(known),
        "conferences": known.periods.conferences,
        "timeline": timeline,
        "workshops": timeline.tally.busiest(Event.Kind.WORKSHOP),
        "drawing": drawing_of(timeline),
        "ways": [way(facet, known) for facet in WAYS],
    }
    return render(request, "home.html", context | latest_and_coming(known, timezone.localdate()))


def figures(known):
    """The published record in numbers."""
    of_kind = known.values["kind"]
    return {
        "activities": len(known.events),
        "dated": len(known.events - known.undated),
        "placed": len(known.events - known.values["lacking"]["place"]),
        "conferences": len(of_kind[Event.Kind.MINISTERIAL]),
        "workshops": len(of_kind[Event.Kind.WORKSHOP]),
        "countries": len(known.values["country"].sets),
    }


def latest_and_coming(known, today):
    """The lines of the latest activities that are no plans, and of the next planned ones that are not over."""
    planned = known.values["status"][Event.Status.PLANNED] & (known.since(today) | known.undated)
    coming = first_of(known.orders["earliest"], planned)
    latest = first_of(known.orders["latest"], known.events - planned)
    made = lines.lines_of([*coming, *latest])
    for numeral, conference in known.periods.numbered:
        if conference.pk in made:
            made[conference.pk] = lines.with_numeral(made[conference.pk], numeral)
    return {
        "latest": [made[key] for key in latest if key in made],
        "coming": [made[key] for key in coming if key in made],
    }


def first_of(order, keys):
    return [key for _rank, key in order.page(keys, 0, LATEST)]


def way(facet, known):
    """One of the ways in: its title and address, how many there are, and those with most activities."""
    title, index, page = WAYS[facet]
    numbers = known.values[facet].numbers
    named = ((known.known[facet][key], number) for key, number in numbers.items())
    most = sorted(named, key=lambda pair: (-pair[1], fold(pair[0].name)))
    return {
        "title": title,
        "address": reverse(index),
        "number": len(numbers),
        "first": [
            {"name": each.name, "address": address_of(page, each.code), "activities": number}
            for each, number in most[:WAYS_IN]
        ],
    }


# --- Data -------------------------------------------------------------------------------------------------------------


@require_safe
def data(request):
    """What can be taken away: each type of record, its columns in words, and how many records are public."""
    types = public_types()
    context = {
        "section": "data",
        "types": types,
        "licence": licence,
        "linked_data": linked_data.dataset(types, request.build_absolute_uri),
    }
    return render(request, "data.html", context)


def public_types():
    """Each type of record, activities first, with its title, its columns and the number of records that are public."""
    session = Session(public=True)
    types = sorted(registry.types(), key=lambda type: type != "events")
    resources = [registry.resource_of(type)(session) for type in types]
    numbers = numbers_of(resources)
    return [
        {
            "type": resource.type,
            "title": PUBLIC_TITLES.get(resource.type) or resource.title().capitalize(),
            "list": LISTS.get(resource.type),
            "number": numbers.get(resource.type, 0),
            "columns": [resource.columns[name] for name in public_columns(resource)],
        }
        for resource in resources
    ]


def numbers_of(resources):
    """How many records of each type are public, in one query: {type: number}; types without any are left out."""
    first, *others = (
        resource.model._base_manager.filter(pk__in=resource.public_records().values("pk"))
        .order_by()
        .values(type=Value(resource.type, CharField()))
        .annotate(number=Count("pk"))
        .values_list("type", "number")
        for resource in resources
    )
    return dict(first.union(*others, all=True))


@require_safe
def data_file(request, type, format="csv"):
    """What the public may see of a type's records, as CSV, XLSX or JSON; with the filters of its list, if any."""
    try:
        resource = registry.resource_of(type)(Session(public=True))
        media_type, pieces = FORMATS[format]
    except LookupError:
        raise Http404("There is no such type of record, or no such file of it.") from None
    records = resource.public_records()
    if type in FILTERSETS:
        filterset = FILTERSETS[type](request.GET, records)
        if not filterset.is_valid():
            return HttpResponse(reasons(filterset.form), status=400, content_type=PLAIN)
        records = filterset.qs
    try:
        content = begun(pieces(resource, records, columns=public_columns(resource)))
    except Unwritable as error:
        return HttpResponse(f"{error}\n", status=400, content_type=PLAIN)
    headers = {"Content-Disposition": f'attachment; filename="bali-process-{type}.{format}"'}
    return StreamingHttpResponse(content, content_type=media_type, headers=headers)


def reasons(form):
    """What is wrong with a form, a line for each parameter."""
    return "".join(f"{name}: {' '.join(errors)}\n" for name, errors in form.errors.items())


# --- About the record -------------------------------------------------------------------------------------------------


@require_safe
def about(request):
    """What is in the record, where it is from, how complete it is, how it is written and how to cite it."""
    context = {
        "section": "about",
        "types": public_types(),
        "measures": completeness(),
        "changed": last_changed(),
        "periods": facets.of(request).periods,
        "licence": licence,
        "contact": settings.CONTACT_EMAIL,
        "address": request.build_absolute_uri(reverse("home")),
    }
    return render(request, "about.html", context)


@require_safe
def robots(request):
    """What search engines may read, and where the list of pages is."""
    context = {"sitemaps": request.build_absolute_uri(reverse("sitemaps"))}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request):
    """Where the picture of the site is, for those who ask at the root without having read a page."""
    return redirect(static("favicon.ico"))


# --- Errors ---------------------------------------------------------------------------------------------------------


@requires_csrf_token
def page_not_found(request, exception):
    """There is nothing at this address: what is nearest to it."""
    return render(request, "404.html", {"nearest": nearest_to(request.path)}, status=404)


# --- Health -----------------------------------------------------------------------------------------------------------


@never_cache
@require_safe
def healthz(request):
    """Whether the site and its database answer, for whatever watches over them."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("The database does not answer.", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
