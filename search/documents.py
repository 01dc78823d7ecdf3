"""Documents: what the index holds of a record, and what it rests on."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from exchange import registry

from .models import HIGHEST_RANK, Indexed, key_of

FIRST_DAY = datetime.date(1900, 1, 1)


@dataclass(slots=True)
class Document:
    """What the index holds of one record; its fields are those of `Indexed`, and `rank` places it within its type."""

    record: int
    code: str
    address: str
    title: str
    names: str = ""
    text: str = ""
    more: str = ""
    when: str = ""
    line: str = ""
    rank: int = 0

    def indexed(self, documents):
        fields = {name: getattr(self, name) for name in self.__slots__ if name != "rank"}
        key = key_of(documents.number, min(self.rank, HIGHEST_RANK), self.record)
        return Indexed(key=key, type=documents.type, **fields)


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
        visible = set(documents.visible().order_by().values_list("pk", flat=True))
        return visible ^ set(Indexed.objects.filter(type=documents.type).values_list("record", flat=True))


class Documents:
    """What the index holds of the records of one type.

    type    the name of the record type
    label   what people call several
    model   whose records they are
    number  places the type among others, from 1 to 60: the higher, the nearer the top
    rests   on which other records the documents rest (`Rests`, `Belongs`), and whose changes may show or hide their
            own (`Shown`, where there are few of them)
    """

    type = ""
    label = ""
    model = None
    number = 1
    rests = ()

    def visible(self):
        """The records that the public sees, as a query set."""
        return self.model._default_manager.published()

    def documents(self, records):
        """Documents of a query set of at most some hundred records, in a number of queries that is always the same."""
        raise NotImplementedError(f"{type(self).__name__} does not say what the index holds of a record")


def rank_of_day(day):
    """The rank of what happened on a day, above that of what happened earlier; nothing is below what has no date."""
    return (day - FIRST_DAY).days + 1 if day else 0
