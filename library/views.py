"""Pages of documents and collections. Each shows what its reader may read, and nothing of the rest."""

from django.core.paginator import EmptyPage, Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.models import Event
from events.parameters import refuse_too_many
from participants.models import Participant

from . import holdings, linked_data
from .comparing import Comparison
from .filters import DocumentFilterSet
from .models import Collection, Document
from .readers import reader_of
from .stock import Stock

PAGE = 25
# The page of a collection lists this many of its documents, and leads to the list of all.
MOST_LISTED = 50


@require_safe
def documents(request):
    """What the library holds: the ways in, and its documents, filtered; 400 for what cannot be understood."""
    refuse_too_many(request.GET)
    reader = reader_of(request)
    readable = Document.objects.visible_to(reader)
    filterset = DocumentFilterSet(request.GET, readable.latest_first(), restricted=reads_restricted(reader))
    total, found = filterset.count()
    page = page_of(filterset, found)
    context = {
        "section": "library",
        "filterset": filterset,
        "facets": filterset.facets,
        "restricted": reads_restricted(reader),
        "total": total,
        "page": page,
        "can_compare": can_compare(page),
        "ways": None if filterset.active else holdings.ways_in(readable),
    }
    return render(request, "library/documents.html", context, status=200 if filterset.is_valid() else 400)


def page_of(filterset, found):
    """The page of a list that is asked for, of so many found. Raises Http404 for one that is out of range."""
    paginator = Paginator(filterset.qs.with_list_details(), PAGE)
    paginator.count = found
    try:
        return paginator.page(filterset.page_number)
    except EmptyPage:
        raise Http404("There is no such page.") from None


def can_compare(documents):
    """Whether there are two with words among the documents of a list."""
    return sum(document.has_words for document in documents) > 1


def reads_restricted(reader):
    """Whether somebody may read documents that are not open to everybody."""
    return reader.has_perm("library.view_members_documents") or reader.has_perm("library.view_document")


@require_safe
def document(request, reference):
    """All that the record says of one document. To whom it is not open, it is as if it were not there."""
    readable = Document.objects.visible_to(reader_of(request))
    found = get_object_or_404(readable.select_related("country", "collection", "event"), reference=reference)
    context = {
        "section": "library",
        "document": found,
        "authors": with_pages(found.authors.all()),
        "events": list(events_of(found)),
        "of_event": found.event,
        "collection": published(found.collection),
        "versions": list(found.versions.order_by("-number").defer("text")),
        "instruments": found.instruments.published(),
        "address": request.build_absolute_uri(found.get_absolute_url()),
    }
    told = linked_data.document(
        found, authors=context["authors"], versions=context["versions"], absolute=request.build_absolute_uri
    )
    return render(request, "library/document.html", context | {"linked_data": told})


def events_of(document):
    """The published activities that a document is of, or was discussed at, in order."""
    concerned = Q(pk=document.event_id) | Q(documents_discussed=document)
    return Event.objects.published().filter(concerned).distinct().earliest_first().select_related("place__country")


def published(record):
    """A record that another refers to, if the public may see it."""
    return record if record is not None and record.is_published else None


def with_pages(participants):
    """Participants, and of each whether it has a page, as `seen`."""
    return list(
        participants.annotate(seen=Exists(Participant.objects.visible().filter(pk=OuterRef("pk")))).order_by("name")
    )


@require_safe
def collections(request):
    readable = Document.objects.visible_to(reader_of(request))
    found = Collection.objects.published().with_documents(readable).select_related("custodian")
    return render(request, "library/collections.html", {"section": "library", "collections": found})


@require_safe
def collection(request, slug):
    """What a collection is, and what is in it by country, kind and year."""
    found = get_object_or_404(
        Collection.objects.published().select_related("custodian", "event__place__country"), slug=slug
    )
    reader = reader_of(request)
    readable = Document.objects.visible_to(reader).filter(collection=found)
    documents = list(readable.latest_first().with_list_details()[:MOST_LISTED])
    context = {
        "section": "library",
        "collection": found,
        "event": published(found.event),
        "restricted": reads_restricted(reader),
        "stock": Stock.of(readable),
        "documents": documents,
        "can_compare": can_compare(documents),
        "most_listed": MOST_LISTED,
    }
    return render(request, "library/collection.html", context)


@require_safe
def compare(request):
    """Two texts side by side, with what differs marked."""
    comparison = Comparison.of(request.GET.getlist("document"), Document.objects.visible_to(reader_of(request)))
    context = {"section": "library", "comparison": comparison}
    return render(request, "library/compare.html", context, status=200 if comparison.is_possible else 400)
