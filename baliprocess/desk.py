"""The desk: what waits for whoever of the staff opens the record office."""

from collections import defaultdict

from django.db.models import CharField, Count, Q, Value
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Outcome
from events.querysets import FACTS, FOLLOW_UPS
from exchange import registry
from exchange.files import FORMATS
from exchange.models import UnknownName
from records.models import Batch, Change
from records.publication import Publication

SHOWN = 5

TITLES = {Publication.DRAFT: "Drafts", Publication.IN_REVIEW: "In review"}
ABSENT = {Publication.DRAFT: "There is no draft.", Publication.IN_REVIEW: "Nothing waits to be published."}


def waiting(user):
    """How many activities are not published yet, of which somebody may do something about it; else None."""
    if not user.has_perm("events.change_event"):
        return None
    return unpublished().count()


def unpublished():
    return Event.objects.exclude(publication=Publication.PUBLISHED)


def context(site, request):
    """All that the first page shows: of what waits, what whoever asks can act on; then the record itself."""
    user, numbers = request.user, counted(site)
    reads = user.has_perm("events.view_event")
    edits, publishes = user.has_perm("events.change_event"), user.has_perm("events.publish_event")
    queues = [queue(Publication.DRAFT, numbers), queue(Publication.IN_REVIEW, numbers)]
    planned = Event.objects.filter(status=Event.Status.PLANNED).select_related("place__country").earliest_first()
    today = timezone.localdate()
    return {
        "is_first_page": True,
        "today": today,
        "edits": edits,
        "reads": reads,
        "queues": (queues[::-1] if publishes else queues) if reads else [],
        "missing": missing(numbers) if edits else [],
        "follow_ups": follow_ups(numbers) if user.has_perm("events.change_outcome") else [],
        "unknown": UnknownName.objects.all()[:SHOWN] if edits else [],
        "unknown_number": numbers.get("unknown", 0),
        "overdue": planned.filter(ends_on__lt=today)[:SHOWN] if edits else [],
        "coming": planned.exclude(ends_on__lt=today)[:SHOWN] if reads else [],
        "batches": latest_batches() if user.has_perm("records.view_batch") else [],
        "types": types(site, request, numbers),
    }


def types(site, request, numbers):
    """The record types that somebody may see: what they are called, how many there are, and what can be done there."""
    entries = []
    for type, admin in admins(site).items():
        if not admin.has_view_permission(request):
            continue
        entries.append(
            {
                "type": type,
                "title": admin.opts.verbose_name_plural,
                "number": numbers.get(type, 0),
                "list_url": admin.url("changelist"),
                "add_url": admin.url("add") if admin.has_add_permission(request) else None,
                "import_url": admin.url("import") if admin.may_import(request) else None,
                "template_url": admin.url("template") if admin.may_import(request) else None,
                "exports": [(format.upper(), admin.export_url(format)) for format in FORMATS],
            }
        )
    return entries


def admins(site):
    """The admin of each record type: {type: admin}."""
    return {type: site.get_model_admin(registry.resource_of(type).model) for type in registry.types()}


def counted(site):
    """How many there are of all that the first page counts, in one query: {what: number}; none may be left out."""
    wanted = {type: admin.model._default_manager.all() for type, admin in admins(site).items()}
    wanted |= {
        publication: Event.objects.filter(publication=publication)
        for publication in (Publication.DRAFT.value, Publication.IN_REVIEW.value)
    }
    wanted |= {fact: Event.objects.lacking(fact) for fact in FACTS}
    wanted |= {which: Outcome.objects.to_follow_up(which, timezone.localdate()) for which in FOLLOW_UPS}
    wanted["unknown"] = UnknownName.objects.all()
    first, *others = (
        records.order_by()
        .values(what=Value(what, CharField()))
        .annotate(number=Count("pk", distinct=True))
        .values_list("what", "number")
        for what, records in wanted.items()
    )
    return dict(first.union(*others, all=True))


def queue(publication, numbers):
    """Activities that stand at one step before publication: how many, the latest five, and where all are."""
    return {
        "title": TITLES[publication],
        "absent": ABSENT[publication],
        "number": numbers.get(publication, 0),
        "events": Event.objects.filter(publication=publication)
        .select_related("place__country")
        .order_by("-pk")[:SHOWN],
        "url": events_list(publication__exact=publication),
    }


def missing(numbers):
    """What activities lack: how many lack it, what, and the list of them."""
    return [(numbers[fact], fact, events_list(missing=fact)) for fact in FACTS if numbers.get(fact)]


def follow_ups(numbers):
    """Outcomes of which nobody has said what became: how many, which, and the list of them."""
    outcomes = reverse("admin:events_outcome_changelist")
    return [
        (numbers[which], words, f"{outcomes}?follow_up={which}")
        for which, words in FOLLOW_UPS.items()
        if numbers.get(which)
    ]


def events_list(**query):
    return reverse("admin:events_event_changelist", query=query)


def latest_batches():
    """The latest batches, each with what it did to how many records of each type, in words: `done`."""
    batches = list(Batch.objects.select_related("by")[:SHOWN])
    by_type = (
        Change.objects.filter(batch__in=[batch.pk for batch in batches])
        .order_by()
        .values("batch", "type")
        .annotate(
            new=Count("pk", filter=Q(before__isnull=True)),
            deleted=Count("pk", filter=Q(after__isnull=True)),
            changed=Count("pk", filter=Q(before__isnull=False, after__isnull=False)),
        )
    )
    done = defaultdict(dict)
    for row in by_type:
        done[row["batch"]][row["type"]] = ", ".join(
            f"{row[verb]} {verb}" for verb in ("new", "changed", "deleted") if row[verb]
        )
    for batch in batches:
        of_types = done[batch.pk]
        batch.done = [
            (registry.resource_of(type).title(), of_types[type]) for type in registry.types() if type in of_types
        ]
    return batches
