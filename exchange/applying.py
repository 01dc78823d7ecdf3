"""Applying: a proposal is written while its maker waits or, where it is long, by a task whose standing a page shows."""

from contextlib import contextmanager
from itertools import chain, islice

from django.conf import settings
from django.db import transaction

from records.models import Counter

from . import proposals, standings
from .parts import apply
from .plans import NotApplied, refusals
from .progress import READING
from .proposals import NoProposal
from .standings import DONE, Standing
from .undoing import renew


def is_long(proposal):
    """Whether a proposal has more rows than are written while one waits. Raises UnreadableFile."""
    most = settings.IMPORT_AT_ONCE_ROWS
    rows = chain.from_iterable(chain(part.rows.rows(), part.deleting) for part in proposal.read_parts())
    return sum(1 for _row in islice(rows, most + 1)) > most


@contextmanager
def taken_up(name, type, by):
    """A block that alone works on a user's proposal: yields it, with its standing. Raises NoProposal."""
    with standings.at_work(name):
        proposal = proposals.find(name, type, by)
        standing = standings.read(name) or Standing.of(proposal)
        standing.begin(READING)
        yield proposal, standing


def write(proposal, standing, *, by, reason, shown):
    """Do what a proposal that was taken up says, in one transaction, and forget it; return the batch.

    shown  the fingerprint of the plan that was shown

    Raises NotApplied where nothing was written, and the proposal waits on; NoProposal where it was written already.
    """
    batch = proposal.as_batch(by, reason)
    try:
        with refusals(), transaction.atomic():
            Counter.lock()
            if standing.was_written:
                raise NoProposal
            proposal = proposals.find(proposal.name, proposal.type, by)
            renew(proposal, by)
            apply(proposal.read_parts(), batch, shown=shown, progress=standing)
    except NotApplied:
        # The database may have gone after it wrote, before it could say so.
        if not standing.was_written:
            raise
    standing.conclude(DONE)
    proposal.forget()
    return batch


def begin(proposal, *, by, reason, shown):
    """Let a task write a proposal: at once, or when a worker comes to it. Nothing is begun that has been begun."""
    from .tasks import write_proposal

    standing = standings.standing_of(proposal.name, proposal.type, by)
    if standing and not standing.is_over:
        return
    standing = Standing.of(proposal)
    standing.keep()
    try:
        write_proposal.enqueue(proposal.name, proposal.type, by.pk, reason, shown)
    except Exception:
        standing.forget()
        raise


def leave(proposal):
    """Forget a proposal, whether it waits, was refused or was broken off; what was written stays told of.

    Whoever works on it ends first.
    """
    with standings.at_work(proposal.name):
        proposal.forget()
        standing = standings.read(proposal.name)
        if not (standing and (standing.stage == DONE or standing.was_written)):
            Standing.of(proposal).forget()
