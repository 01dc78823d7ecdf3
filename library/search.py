"""What the search index holds of the library: what everybody may read, with the words of its files."""

from django.db.models import Q

from events.models import Event
from participants.models import Body, Participant
from participants.search import NAMES, AgencyDocuments, CountryDocuments, names_of
from search.documents import Belongs, Document, Documents, Rests, Shown, rank_of_day

from . import models

TITLES = frozenset({"title", "publication"})
HEADINGS = frozenset({"name", "publication"})


class LibraryDocuments(Documents):
    def finds(self, **those):
        """The keys of those that the public sees and that are found by one of the fields, as a query set."""
        found = Q()
        for field, keys in those.items():
            found |= Q(**{f"{field}__in": keys})
        return self.visible().filter(found).order_by().values_list("pk", flat=True)


class PaperDocuments(LibraryDocuments):
    """Documents of the library."""

    type = "documents"
    label = "Documents"
    one = "Document"
    model = models.Document
    number = 25

    def documents(self, records):
        records = list(records.order_by("pk").select_related("event", "collection").prefetch_related("authors"))
        whose = {each.pk: [*(author.pk for author in each.authors.all()), each.country_id] for each in records}
        names = names_of({key for keys in whose.values() for key in keys if key})
        files = words_of_files([each.pk for each in records])
        for each in records:
            named = [each.get_kind_display()]
            named += [name for key in whose[each.pk] for name in names.get(key, ())]
            named += [str(other) for other in (each.collection,) if other and other.is_published]
            named += [other.title for other in (each.event,) if other and other.is_published]
            yield Document(
                record=each.pk,
                code=each.reference,
                address=each.get_absolute_url(),
                title=each.title,
                named=tuple(dict.fromkeys(named)),
                text="\n".join(filter(None, [each.description, each.text])),
                more=files.get(each.pk, ""),
                when=str(each.issued),
                rank=rank_of_day(each.issued_on),
            )


def words_of_files(documents):
    """The words of the last file of each document: {primary key: text}. One query."""
    versions = models.DocumentVersion.objects.published().latest().filter(document__in=documents)
    return dict(versions.values_list("document", "text"))


class CollectionDocuments(LibraryDocuments):
    type = "collections"
    label = "Collections"
    one = "Collection"
    model = models.Collection
    number = 36

    def documents(self, records):
        records = list(records.order_by("pk"))
        names = names_of({each.custodian_id for each in records if each.custodian_id})
        for each in records:
            yield Document(
                record=each.pk,
                code=each.slug,
                address=each.get_absolute_url(),
                title=each.name,
                named=names.get(each.custodian_id, ()),
                text=each.description,
                when=str(each.began),
            )


class InstrumentDocuments(LibraryDocuments):
    """Instruments, with the items of those that are plans."""

    type = "instruments"
    label = "Instruments"
    one = "Instrument"
    model = models.Instrument
    number = 38

    def documents(self, records):
        records = list(records.order_by("pk").prefetch_related("developed_by"))
        developers = {each.pk: [other.pk for other in each.developed_by.all()] for each in records}
        names = names_of({key for keys in developers.values() for key in keys})
        bodies = names_of({each.body_id for each in records if each.body_id}, "body")
        items = items_of(developers)
        for each in records:
            named = [each.get_kind_display()]
            named += [name for key in developers[each.pk] for name in names.get(key, ())]
            named += bodies.get(each.body_id, ())
            yield Document(
                record=each.pk,
                code=each.slug,
                address=each.get_absolute_url(),
                title=each.name,
                named=tuple(dict.fromkeys(named)),
                text="\n".join(filter(None, [each.description, *items.get(each.pk, ())])),
                when=str(each.agreed),
                rank=rank_of_day(each.agreed_on),
            )


def items_of(plans):
    """The texts of the items of plans: {primary key: [text]}. One query."""
    found = {}
    for plan, text in models.ActionItem.objects.filter(plan__in=plans).order_by("pk").values_list("plan", "text"):
        found.setdefault(plan, []).append(text)
    return found


papers, collections, instruments = PaperDocuments(), CollectionDocuments(), InstrumentDocuments()
PaperDocuments.rests = (
    Belongs(models.DocumentVersion, "document"),
    Rests(Participant, lambda keys: papers.finds(authors=keys, country=keys), NAMES),
    Rests(Event, lambda keys: papers.finds(event=keys), TITLES),
    Rests(models.Collection, lambda keys: papers.finds(collection=keys), HEADINGS),
)
CollectionDocuments.rests = (Rests(Participant, lambda keys: collections.finds(custodian=keys), NAMES),)
InstrumentDocuments.rests = (
    Belongs(models.ActionItem, "plan"),
    Rests(Participant, lambda keys: instruments.finds(developed_by=keys), NAMES),
    Rests(Body, lambda keys: instruments.finds(body=keys), NAMES),
)

SHOWING = (
    Shown(models.Document, frozenset({"authors", "country", "access", "publication"})),
    Shown(models.Collection, frozenset({"custodian", "publication"})),
    Shown(models.Instrument, frozenset({"developed_by", "publication"})),
    Shown(models.Uptake),
    Shown(models.ActionItem),
)


def let_the_library_show_participants():
    """What everybody may read shows those whom it is by and about."""
    for documents in (CountryDocuments, AgencyDocuments):
        documents.rests = (*documents.rests, *SHOWING)
