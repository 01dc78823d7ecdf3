"""Versions of the record, and what was made anew in the index since one of them.

The version is the number that each transaction which writes the record raises first: whoever has read it, and what was
touched since the version that he had, has missed nothing of what was committed by then. He must read in this order: the
version, what was touched, and then the records.
"""

from django.db.models import Max

from records.models import LOCK, Counter

from .models import Touched

# So many touched records are remembered; somebody who has missed more had better read everything again.
REMEMBERED = 10_000
FORGOTTEN = "touched"


def current():
    """The version of the record. One query."""
    return Counter.last(LOCK)


def touched_since(version, type):
    """The primary keys of the records of a type that were made anew in the index, or left it, since a version.

    None where that was too long ago to be remembered. Two queries.
    """
    found = set(Touched.objects.filter(version__gt=version, type=type).values_list("record", flat=True))
    return found if Counter.last(FORGOTTEN) <= version else None


def touch(type, records):
    """Remember that records of a type were touched. Must be called while the record is locked."""
    version = current()
    Touched.objects.bulk_create(
        [Touched(version=version, type=type, record=record) for record in records], batch_size=500
    )
    forget()


def forget():
    """Forget what was touched longest ago, where it is more than is remembered."""
    last = Touched.objects.aggregate(last=Max("pk"))["last"] or 0
    old = Touched.objects.filter(pk__lte=last - REMEMBERED)
    if version := old.aggregate(version=Max("version"))["version"]:
        Counter.raise_to(FORGOTTEN, version)
        old.delete()


def forget_all():
    """Forget all that was touched: everything is new."""
    Touched.objects.all().delete()
    Counter.raise_to(FORGOTTEN, current())
