"""Finding: what somebody asks for, in all that the public sees.

What is called as somebody asks stands above what mentions it. Within both, types stand in their order, countries first,
and what is latest stands first; but what is called so and no more comes before all others of the first page.
"""

from functools import cached_property
from math import ceil

from exchange.registry import resource_of
from records.folding import fold
from records.prepared import Prepared

from . import postings, registry
from .engines import engine
from .excerpts import beginning, excerpt, is_marked, marked
from .models import Indexed
from .queries import Query

PER_PAGE = 25
# Nobody reads further: a list that is filtered shows all.
MOST_LISTED = 1000
SHOWN = ("key", "type", "record", "code", "address", "when", "title", "names", "named", "text")
ROWS = Prepared(lambda keys: Indexed.objects.filter(key__among=keys).values_list(*SHOWN))


def find(text, type=None):
    """What a text finds, or what it finds of one type. Raises LookupError for a type that is not in the index."""
    return Found(Query(text), type and registry.documents_of(type))


def records(text, type):
    """The primary keys of the records of a type that a text finds; None where it asks for nothing. One query."""
    query = Query(text)
    return postings.records(query, registry.documents_of(type).number) if query else None


def begun(text, most=8):
    """What is called as a text that somebody is typing: at most so many. Two queries."""
    query = Query(text, is_typed=True)
    return first_its_own(query, hits(query, engine().keys(query, in_title=True, limit=most))) if query else []


class Found:
    """What a query finds, of all types or of one (`documents`)."""

    def __init__(self, query, documents=None):
        self.query = query
        self.documents = documents
        self.number = documents and documents.number

    @cached_property
    def counts(self):
        """How many of each type are found: {documents: number}, in the order of the types. One query."""
        numbers = postings.counts(self.query) if self.query else {}
        of_types = {documents: numbers.get(documents.number, 0) for documents in registry.all_documents()}
        return {documents: number for documents, number in of_types.items() if number}

    @property
    def all(self):
        """How many are found of all types."""
        return sum(self.counts.values())

    @property
    def total(self):
        """How many are found of the type that was asked for, or of all."""
        return self.counts.get(self.documents, 0) if self.documents else self.all

    @property
    def pages(self):
        """How many pages can be looked at."""
        return ceil(min(self.total, MOST_LISTED) / PER_PAGE)

    def page(self, number=1):
        """The Hits of a page. At most four queries."""
        begin = (number - 1) * PER_PAGE
        found = hits(self.query, self.keys(begin + PER_PAGE)[begin:])
        return first_its_own(self.query, found) if number == 1 else found

    def keys(self, most):
        """The keys of the first so many, those first that are called as was asked."""
        if not self.query:
            return []
        ask = engine()
        called = ask.keys(self.query, in_title=True, number=self.number, limit=most)
        if len(called) == most:
            return called
        first = set(called)
        others = ask.keys(self.query, number=self.number, limit=most + len(called))
        return [*called, *(key for key in others if key not in first)][:most]


class Hit:
    """One record that was found: its fields are those of `Indexed`, `more` only where nothing else has the words."""

    def __init__(self, query, row):
        self.query = query
        for column, value in zip(SHOWN, row, strict=True):
            setattr(self, column, value)
        self.more = ""

    @property
    def documents(self):
        """What the index holds of the type."""
        return registry.documents_of(self.type)

    @property
    def reference(self):
        """What it is referred to by; blank where its address is made of a name instead."""
        return self.code if resource_of(self.type).key_attribute() == "reference" else ""

    @cached_property
    def heading(self):
        """What it is called, with the words of the query marked."""
        return marked(self.title, self.query)

    @property
    def excerpt(self):
        """Where the words of the query stand in it, marked: in its text, a name or its files; else how it begins."""
        return self.own_excerpt or (self.more and excerpt(self.more, self.query)) or beginning(self.text)

    @cached_property
    def own_excerpt(self):
        """The same but for its files; nothing where the words are in none of its texts."""
        texts = (self.text, self.names.replace("\n", " · "), self.named.replace("\n", " · "))
        found = (excerpt(text, self.query) for text in texts if text)
        return next(filter(None, found), "")

    @property
    def may_be_in_files(self):
        """Whether what was asked for may stand in its files alone."""
        return not self.own_excerpt and not is_marked(self.heading)


def first_its_own(query, found):
    """The Hits of a first page: what is called exactly as somebody asks, then the others as they stood."""
    asked = fold(query.text)
    return sorted(found, key=lambda hit: fold(hit.title) != asked)


def hits(query, keys):
    """The Hits of keys, in their order. Two queries, where something is found in files alone; none for no keys."""
    if not keys:
        return []
    rows = {row[0]: row for row in ROWS(keys)}
    found = [Hit(query, rows[key]) for key in keys if key in rows]
    in_files = [hit.key for hit in found if hit.may_be_in_files]
    texts = dict(Indexed.objects.filter(pk__in=in_files).values_list("pk", "more")) if in_files else {}
    for hit in found:
        hit.more = texts.get(hit.key, "")
    return found
