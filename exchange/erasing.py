"""Erasing: what the record says of a person is taken out of it, and out of its history, for good.

The records are deleted, and in all their changes the cells of personal columns give way to a mark. Each such change
names the batch that erased it, which says when that was done and by whom. What was erased cannot be brought back: it is
kept back from undo, restore and replay.
"""

from django.db import transaction

from records.models import Batch, Change, Counter

from . import applying, proposals
from .deletions import delete
from .resources import CHUNK, chunked, matching

ERASED = "[erased]"


def personal_columns(resource):
    """The names of a type's columns that say something of a person."""
    return [name for name, column in resource.declared.items() if column.personal]


def erase(resource, keys, *, by=None):
    """Erase the records of a type with these keys, whether they are there or were deleted, from all that is kept.

    Returns the batch that says so; None where there is nothing to erase. What waits to be confirmed and may hold rows
    of the type is forgotten. Raises ProtectedError while others refer to one.
    """
    for proposal in proposals.waiting_with(resource.type):
        applying.leave(proposal)
    with transaction.atomic():
        Counter.lock()
        batch = Batch(by=by, origin=Batch.Origin.ERASURE)
        delete(list(matching(resource().records(), resource.key_attribute(), keys)), batch)
        for chunk in chunked(matching(Change.objects.filter(type=resource.type, erasure=None), "key", keys), CHUNK):
            batch.save()
            erase_from(chunk, personal_columns(resource), batch)
    return batch if batch.pk else None


def erase_from(changes, columns, batch):
    for change in changes:
        change.before, change.after = (without(row, columns) for row in (change.before, change.after))
        change.erasure = batch
    Change.objects.bulk_update(changes, ["before", "after", "erasure"])


def without(row, columns):
    """A row, as changes keep it, with the mark in place of what some columns say."""
    return row and {name: ERASED if name in columns else cell for name, cell in row.items()}
