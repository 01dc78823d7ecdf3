"""Bundles: tables of several record types, brought in together or not at all."""

from functools import partial

from django.db import transaction

from records.models import Counter

from .plans import NotApplied, plan


class NotBroughtIn(NotApplied):
    """Raised where rows of one type are in error; nothing was written. `type` says which, `plans` what was planned."""

    def __init__(self, type, problems, plans):
        super().__init__(problems)
        self.type = type
        self.plans = plans


def bring_in(tables, batch, *, by=None, watch=None, dry_run=False):
    """Plan and apply tables, {type: table} in the order of loading, in one transaction and one batch.

    Rows of a type may refer to those of the types before it, so each type is written before the next is planned; a dry
    run takes everything back at its end. `watch` is called with each type and line that is planned. Returns the plans,
    {type: plan}. Raises NotBroughtIn, and UnreadableFile for a table that cannot be read.
    """
    plans = {}
    with transaction.atomic():
        Counter.lock()
        for type, table in tables.items():
            plans[type] = planned = plan(type, table, by=by, watch=watch and partial(watch, type))
            try:
                planned.apply(batch)
            except NotApplied as refusal:
                raise NotBroughtIn(type, refusal.problems, plans) from None
        if dry_run:
            transaction.set_rollback(True)
    return plans
