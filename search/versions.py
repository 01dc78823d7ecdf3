"""Versions of the record, and what was made anew in the index since one of them.

The version is the number that each transaction which writes the record raises first: whoever has read it, and what was
touched since the version that he had, has missed nothing of what was committed by then. He must read in this order: the
version, what was touched, and then the records.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection
from django.db.models import Max

from records.inserting import insert
from records.models import LOCK, Counter

from .models import Standing, Touched

# So many touched records are remembered; somebody who has missed more had better read everything again.
REMEMBERED = 10_000


# Written out, because every page asks for it: making the same query by the model takes as long as all of an empty page.
VERSION = f"SELECT value FROM {Counter._meta.db_table} WHERE name = %s"  # noqa: S608 - the name of a table

_read = ContextVar("what was read for a page", default=None)


def latest():
    """The version of the record. One query."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION, [LOCK])
        found = cursor.fetchone()
    return found[0] if found else 0


def current():
    """The version of the record; for a page, what it was when it was first asked for."""
    read = _read.get()
    if read is None:
        return latest()
    if not read:
        read.append(latest())
    return read[0]


@contextmanager
def read_once():
    """What is done within is one page, of which nothing is older than the version that is read first, and once."""
    before = _read.set([])
    try:
        yield
    finally:
        _read.reset(before)


def touched_since(version, type):
    """The primary keys of the records of a type that were made anew in the index, or left it, since a version.

    None where that was too long ago to be remembered. Two queries.
    """
    found = set(Touched.objects.filter(version__gt=version, type=type).values_list("record", flat=True))
    return found if Standing.get(Standing.FORGOTTEN) <= version else None


def all_touched_since(version, most):
    """Likewise those of all types, as pairs of a type and a primary key; None where they are more than `most`."""
    pairs = Touched.objects.filter(version__gt=version).values_list("type", "record").distinct()
    found = set(pairs[: most + 1])
    return found if len(found) <= most and Standing.get(Standing.FORGOTTEN) <= version else None


def touch(type, records):
    """Remember that records of a type were touched. Must be called while the record is locked."""
    version = latest()
    insert(Touched, [(version, type, record) for record in records])
    forget()


def forget():
    """Forget what was touched longest ago, where it is more than is remembered."""
    last = Touched.objects.aggregate(last=Max("pk"))["last"] or 0
    old = Touched.objects.filter(pk__lte=last - REMEMBERED)
    if version := old.aggregate(version=Max("version"))["version"]:
        Standing.set(Standing.FORGOTTEN, version)
        old.delete()


def forget_all():
    """Forget all that was touched: everything is new."""
    Touched.objects.all().delete()
    Standing.set(Standing.FORGOTTEN, latest())
