"""Finding: what somebody asks for, in all that the public sees.

What is called as somebody asks stands above what mentions it. Within both, types stand in their order, countries first,
and what is latest stands first.
"""

from functools import cached_property
from math import ceil

from exchange.registry import resource_of

from . import registry
from .engines import engine
from .excerpts import beginning, excerpt, marked
from .models import Indexed
from .queries import Query

PER_PAGE = 25
# Nobody reads further: a list that is filtered shows all.
MOST_LISTED = 1000
SHOWN = ("key", "type", "record", "code", "address", "when", "line", "title", "names", "named", "text")


def find(text, type=None):
    """What a text finds, or what it finds of one type. Raises LookupError for a type that is not in the index."""
    return Found(Query(text), type and registry.documents_of(type))


def records(text, type):
    """The primary keys of the records of a type that a text finds; None where it asks for nothing. One query."""
    query = Query(text)
    return engine().records(query, registry.documents_of(type).number) if query else None


def begun(text, most=8):
    """What is called as a text that somebody is typing: at most so many. Two queries."""
    query = Query(text, is_typed=True)
    return hits(query, engine().keys(query, in_title=True, limit=most)) if query else []


class Found:
    """What a query finds, of all types or of one (`documents`)."""

    def __init__(self, query, documents=None):
        self.query = query
        self.documents = documents
        self.number = documents and documents.number

    @cached_property
    def counts(self):
        """How many of each type are found: {documents: number}, in the order of the types. One query."""
        numbers = engine().counts(self.query) if self.query else {}
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
        return hits(self.query, self.keys(begin + PER_PAGE)[begin:])

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
    """One record that was found: its fields are those of `Indexed`, and `label` is what one of its type is called."""

    def __init__(self, query, indexed):
        self.query = query
        self.indexed = indexed
        self.more = ""

    def __getattr__(self, name):
        if name in SHOWN:
            return getattr(self.indexed, name)
        raise AttributeError(name)

    @property
    def documents(self):
        """What the index holds of the type."""
        return registry.documents_of(self.indexed.type)

    @property
    def reference(self):
        """What it is referred to by; blank where its address is made of a name instead."""
        return self.code if resource_of(self.indexed.type).key_attribute() == "reference" else ""

    @cached_property
    def heading(self):
        """What it is called, with the words of the query marked."""
        return marked(self.indexed.title, self.query)

    @cached_property
    def excerpt(self):
        """Where the words of the query stand in it, marked: in its text, a name or its files; else how it begins."""
        indexed = self.indexed
        texts = (indexed.text, indexed.names.replace("\n", " · "), indexed.named.replace("\n", " · "), self.more)
        found = (excerpt(text, self.query) for text in texts if text)
        return next(filter(None, found), "") or beginning(indexed.text)

    @property
    def may_be_in_files(self):
        """Whether what was asked for may stand in its files alone."""
        indexed = self.indexed
        return not any(
            excerpt(text, self.query) for text in (indexed.title, indexed.text, indexed.names, indexed.named)
        )


def hits(query, keys):
    """The Hits of keys, in their order. Two queries, where something is found in files alone."""
    rows = Indexed.objects.only(*SHOWN).in_bulk(keys)
    found = [Hit(query, rows[key]) for key in keys if key in rows]
    in_files = [hit.key for hit in found if hit.may_be_in_files]
    texts = dict(Indexed.objects.filter(pk__in=in_files).values_list("pk", "more")) if in_files else {}
    for hit in found:
        hit.more = texts.get(hit.key, "")
    return found
