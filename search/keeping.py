"""Keeping the index true: what was written is made anew in it, in the same transaction."""

from hashlib import blake2b
from importlib import import_module
from pathlib import Path

from django.db import transaction

from exchange.resources import CHUNK, chunked
from records.inserting import insert
from records.models import Counter
from records.publication import Publication

from . import registry, spelling, versions
from .documents import among
from .models import Indexed, Standing

# The modules of this package that say what stands in the index.
OWN = ("search.documents", "search.lexemes", "search.models", "search.words")


def keep(differences):
    """Make anew what rests on records that were written. Is told of them within their transaction."""
    written = Written(differences)
    if written.public:
        for documents in registry.all_documents():
            renew(documents, written.touches(documents))


def renew(documents, keys):
    """Make the documents of records anew: of those that the public sees, by their primary keys.

    Must be called inside a transaction that holds the record's lock.
    """
    for chunk in chunked(sorted(keys), CHUNK):
        Indexed.objects.filter(among("record", chunk), type=documents.type).delete()
        put(documents, documents.visible().filter(among("pk", chunk)))
        versions.touch(documents.type, chunk)


def put(documents, records):
    """Put the documents of records, a query set, into the index, where they are not."""
    made = list(documents.documents(records))
    insert(Indexed, sorted(document.cells(documents) for document in made))
    spelling.learn(made)
    return len(made)


def rebuild(progress=None):
    """Make the whole index anew, in one transaction; return {type: number of records in it}.

    progress  called with a type and the number of its records that are in the index by now
    """
    with transaction.atomic():
        Counter.lock()
        Indexed.objects.all().delete()
        spelling.forget()
        numbers = {}
        for documents in registry.all_documents():
            numbers[documents.type] = 0
            keys = documents.visible().order_by().values_list("pk", flat=True)
            for chunk in chunked(sorted(set(keys)), CHUNK):
                numbers[documents.type] += put(documents, documents.visible().filter(among("pk", chunk)))
                if progress:
                    progress(documents.type, numbers[documents.type])
        versions.forget_all()
        Standing.set(Standing.FORM, form())
    return numbers


def is_current():
    """Whether the index was made by the code that is running, rather than by none or another."""
    return Standing.get(Standing.FORM) == form()


def form():
    """A number that is another where the code is that makes documents, or their lexemes."""
    modules = {type(documents).__module__ for documents in registry.all_documents()}
    made_by = {module for documents in registry.all_documents() for module in documents.made_by}
    digest = blake2b(digest_size=7)
    for name in sorted({*modules, *made_by, *OWN}):
        digest.update(Path(import_module(name).__file__).read_bytes())
    return int.from_bytes(digest.digest(), "big")


class Written:
    """What was written, of which the public may see something."""

    def __init__(self, differences):
        self.public = [each for each in differences if is_public(each)]

    def of(self, model):
        """The differences of records of a model, or of its proxies."""
        return (each for each in self.public if issubclass(each.resource.model, model))

    def keys(self, model, columns=None):
        """The primary keys of the records of a model in whose rows one of the columns differs."""
        return {each.pk for each in self.of(model) if columns is None or differ(each, columns)}

    def rows(self, model):
        """The rows of the records of a model, before and after."""
        return (row for each in self.of(model) for row in (each.before, each.after) if row)

    def shows_alone(self, model):
        """Whether all that the public sees of the records of a model is new to it: that hides nothing."""
        return not any(is_seen(each.before) for each in self.of(model))

    def touches(self, documents):
        """The primary keys of the records of a type whose documents may no longer be true."""
        touched = self.keys(documents.model)
        return touched.union(*(rest.touched(documents, self) for rest in documents.rests))


def differ(difference, columns):
    before, after = difference.before or {}, difference.after or {}
    return any(before.get(column, "") != after.get(column, "") for column in columns)


def is_public(difference):
    """Whether the public sees, or saw, what differs: drafts are nothing to it."""
    return is_seen(difference.before) or is_seen(difference.after)


def is_seen(row):
    """Whether the public sees something of a row; None is that of no record."""
    return row is not None and row.get("publication", Publication.PUBLISHED) == Publication.PUBLISHED
