"""Documents: what the index holds of a record, and what it rests on."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from exchange import registry

from .lexemes import lexemes_of
from .models import HIGHEST_RANK, Indexed, key_of

FIRST_DAY = datetime.date(1900, 1, 1)


@dataclass(slots=True)
class Document:
    """What the index holds of one record: the fields of `Indexed`, of which `named` are several texts.

    rank  places it within its type: the higher, the nearer the top
    """

    record: int
    code: str
    address: str
    title: str
    names: str = ""
    named: Iterable = ()
    text: str = ""
    more: str = ""
    when: str = ""
    line: str = ""
    rank: int = 0

    def cells(self, documents):
        """Its values as `Indexed` has them, in the order of the columns."""
        key = key_of(documents.number, min(self.rank, HIGHEST_RANK), self.record)
        own = self.record, self.code, self.address, self.when, self.line, self.title, self.names
        return (key, documents.type, *own, "\n".join(self.named), self.text, self.more, lexemes_of(self))


class Rests(NamedTuple):
    """That documents rest on records of other types: those that `through` finds are made anew when these change.

    on       the model of those records
    through  takes their primary keys, gives those of the records whose documents name them
    columns  the columns of their rows that matter; None for all
    """

    on: type
    through: Callable
    columns: frozenset | None = None

    def touched(self, documents, written):
        """The primary keys of the records whose documents are no longer true after what was written."""
        keys = written.keys(self.on, self.columns)
        return self.through(keys) if keys else ()


class Belongs(NamedTuple):
    """That documents hold what records of another type say, which belong to them, and are deleted one by one.

    on      the model of those records
    column  the column of their rows that holds the code of the record that they belong to
    """

    on: type
    column: str

    def touched(self, documents, written):
        codes = {row[self.column] for row in written.rows(self.on)}
        attribute = registry.resource_for(documents.model).key_attribute()
        return documents.visible().filter(**{f"{attribute}__in": codes}).values_list("pk", flat=True) if codes else ()


class Shown(NamedTuple):
    """That whether the public sees a record may change with another: all are looked through when these change.

    on       the model of the others
    columns  the columns of their rows that matter; None for all
    """

    on: type
    columns: frozenset | None = None

    def touched(self, documents, written):
        """The primary keys of the records that the public sees and the index lacks, or the other way round."""
        if not written.keys(self.on, self.columns):
            return ()
        indexed = Indexed.objects.filter(type=documents.type).values_list("record", flat=True)
        if written.shows_alone(self.on):
            return lacking(documents, set(indexed))
        return set(documents.visible().order_by().values_list("pk", flat=True)) ^ set(indexed)


def lacking(documents, indexed):
    """The primary keys of the records that the public sees, but for those that are in the index.

    Only these are looked at: whether the public sees a record is much to ask, and mostly all of them are there.
    """
    others = set(documents.model._default_manager.order_by().values_list("pk", flat=True)) - indexed
    return documents.visible().filter(pk__in=others).order_by().values_list("pk", flat=True) if others else ()


class Documents:
    """What the index holds of the records of one type.

    type    the name of the record type
    label   what people call several
    one     what people call one
    model   whose records they are
    made_by further modules that say what stands in the documents: when they change, the index is made anew
    number  places the type among others, from 1 to 60: the higher, the nearer the top
    rests   on which other records the documents rest (`Rests`, `Belongs`), and whose changes may show or hide their
            own (`Shown`, where there are few of them)
    """

    type = ""
    label = ""
    one = ""
    model = None
    made_by = ()
    number = 1
    rests = ()

    def visible(self):
        """The records that the public sees, as a query set."""
        return self.model._default_manager.published()

    def documents(self, records):
        """Documents of a query set of at most some hundred records, in a number of queries that is always the same."""
        raise NotImplementedError(f"{type(self).__name__} does not say what the index holds of a record")


def among(field, keys):
    """That a field has one of some keys, to filter by; where hardly any other lies between them, one of those between.

    To ask for hundreds one by one takes longer than to find them.
    """
    keys = keys if isinstance(keys, list | set) else list(keys)
    if keys and max(keys) - min(keys) < 2 * len(keys):
        return Q(**{f"{field}__gte": min(keys), f"{field}__lte": max(keys)})
    return Q(**{f"{field}__in": keys})


def rank_of_day(day):
    """The rank of what happened on a day, above that of what happened earlier; nothing is below what has no date."""
    return (day - FIRST_DAY).days + 1 if day else 0
