"""What the library holds, in all, of an activity, or of a country or agency: told in one query on the page of it."""

from itertools import starmap
from typing import NamedTuple

from django.db.models import CharField, Count, F, IntegerField, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from search.following import Following

from .models import Collection, Document, DocumentVersion, Instrument, ReportedFigure, Review, Uptake
from .models.uptake import UptakeStatus


class Holding(NamedTuple):
    """Something that the library has of it: what sort, by which code and name, and what is said of it."""

    sort: str
    code: str
    name: str
    kind: str
    detail: str
    number: int | None

    def in_order(self):
        """What stands for its place in a list: by name, figures in the order of what countries made of it."""
        statuses = UptakeStatus.values
        status = statuses.index(self.kind) if self.kind in statuses else len(statuses)
        return self.name, self.code, status, self.detail

    @property
    def address(self):
        page = {"document": "document", "collection": "collection"}.get(self.sort, "instrument")
        return reverse(f"library:{page}", args=[self.code])

    @property
    def kind_in_words(self):
        return KINDS[self.sort](self.kind).label if self.kind and self.sort in KINDS else ""

    @property
    def media_type_in_words(self):
        return DocumentVersion.MediaType(self.detail).label if self.detail else ""


KINDS = {
    "document": Document.Kind,
    "instrument": Instrument.Kind,
    "figure": UptakeStatus,
    "uptake": UptakeStatus,
    "review": Review.Status,
}


def ways_in(documents):
    """The collections, with how many of the documents are in each, and the instruments: {sort: [Holding]}."""
    return by_sort(
        rows("collection", Collection.objects.published().with_documents(documents), "slug", "name", number="number"),
        rows("instrument", Instrument.objects.published(), "slug", "name", "kind"),
    )


def of_event(event, reader):
    """What came of an activity or was discussed at it, as {sort: [Holding]}; documents are those that a reader may see.

    document    with the type and size of its last file
    collection, instrument
    figure      of an instrument: how many countries made what of it
    review      of an instrument: how far it was carried out, and of which item
    """
    if event.pk not in _events.now():
        return {}
    documents = Document.objects.visible_to(reader).of_events([event])
    figures = ReportedFigure.objects.published().filter(event=event)
    reviews = Review.objects.published().filter(event=event)
    last = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    return by_sort(
        rows("document", documents, "reference", "title", "kind", last_of(last, "media_type"), last_of(last, "size")),
        rows("collection", Collection.objects.published().filter(event=event), "slug", "name"),
        rows("instrument", Instrument.objects.published().filter(event=event), "slug", "name", "kind"),
        rows("figure", figures, *OF_INSTRUMENT, "status", number="count"),
        rows("review", reviews, *OF_PLAN, "status", Coalesce("item__number", NONE)),
    )


def of_participant(participant, reader):
    """What is by, or about, a country or agency, as {sort: [Holding]}; documents are those that a reader may see.

    by, about   one holding, the number of documents
    collection  which it keeps
    instrument  which it developed
    uptake      of an instrument: what it made of it, as of which date (a partial date, as `detail`)
    """
    if participant.pk not in _participants.now():
        return {}
    documents = Document.objects.visible_to(reader)
    found = by_sort(
        number_of("by", documents.by_any_of([participant])),
        number_of("about", documents.filter(country=participant)),
        rows("collection", Collection.objects.published().filter(custodian=participant), "slug", "name"),
        rows("instrument", Instrument.objects.published().filter(developed_by=participant), "slug", "name", "kind"),
        rows("uptake", Uptake.objects.published().filter(country=participant), *OF_INSTRUMENT, "status", "as_of"),
    )
    return {sort: held for sort, held in found.items() if sort not in ("by", "about") or held[0].number}


NONE = Value("", TextField())
NOTHING = Value(None, IntegerField())
OF_INSTRUMENT = ("instrument__slug", "instrument__name")
OF_PLAN = ("plan__slug", "plan__name")


def rows(sort, records, code, name, kind=NONE, detail=NONE, number=NOTHING):
    """Records as rows of a holding each."""
    cells = (as_text(cell) for cell in (code, name, kind, detail))
    number = Cast(F(number) if isinstance(number, str) else number, IntegerField())
    return records.order_by().values_list(Value(sort, CharField()), *cells, number)


def number_of(sort, documents):
    """How many documents there are, as one row."""
    blank = dict.fromkeys(("code", "name_", "kind_", "detail"), NONE)
    counted = documents.order_by().values(sort=Value(sort, CharField()), **blank).annotate(number=Count("pk"))
    return counted.values_list("sort", *blank, "number")


def as_text(cell):
    return Cast(F(cell) if isinstance(cell, str) else cell, TextField())


def last_of(versions, field):
    return Subquery(versions.values(field)[:1])


def by_sort(first, *others):
    """The rows of several query sets, in one query: {sort: [Holding]}."""
    found = {}
    for holding in sorted(starmap(Holding, first.union(*others, all=True)), key=Holding.in_order):
        found.setdefault(holding.sort, []).append(holding)
    return found


# --- Of whom and what there is anything, so that pages of others need not ask -----------------------------------------


def keys_of_events():
    """The keys of the activities that the library holds something of, for some reader or none, in one query."""
    models = (Document, Collection, Instrument, ReportedFigure, Review)
    return keys_in(*((model, "event") for model in models), (Document.discussed_at.through, "event"))


def keys_of_participants():
    """Likewise of participants."""
    by = (Document.authors.through, "participant"), (Instrument.developed_by.through, "participant")
    return keys_in(*by, (Document, "country"), (Collection, "custodian"), (Uptake, "country"))


def keys_in(*columns):
    first, *others = (model.objects.order_by().values_list(column) for model, column in columns)
    return {key for (key,) in first.union(*others)} - {None}


_events = Following("documents", made=keys_of_events, changed=lambda held, written: keys_of_events())
_participants = Following("documents", made=keys_of_participants, changed=lambda held, written: keys_of_participants())
