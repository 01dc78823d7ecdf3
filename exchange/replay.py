"""Replay: doing again, in an empty record, all that was ever done to it."""

from itertools import groupby

from django.db import transaction

from records.models import Batch

from . import registry
from .changes import runs_of
from .plans import plan
from .tables import RowTable


def replay(changes):
    """Do again what changes did, in their order: from the first one on, in an empty record, they make it what it is.

    Takes changes with their batches, each of which becomes a new batch of the same origin and reason; records that were
    erased are left out from beginning to end. All is done or nothing. Raises NotApplied where a change cannot follow on
    what is there.
    """
    with transaction.atomic():
        told = (change for change in changes if change.erasure_id is None)
        for batch, of_batch in groupby(told, key=lambda change: change.batch):
            again = Batch(by=batch.by, origin=batch.origin, reason=batch.reason)
            for run in runs_of(of_batch):
                again_planned = deletion_of if run[0].after is None else plan_of
                again_planned(run[0].type, run).apply(again)


def deletion_of(type, changes):
    """The plan of deleting once more what changes of one type deleted."""
    filled = registry.resource_of(type).filled
    return plan(type, deleting=[filled(change.before) for change in changes])


def plan_of(type, changes):
    """The plan of making and changing once more what changes of one type made and changed."""
    filled = registry.resource_of(type).filled
    rows = [filled(change.after) for change in changes]
    found_by = [filled(change.before or change.after) for change in changes]
    return plan(type, RowTable(rows, found_by), exact=True)
