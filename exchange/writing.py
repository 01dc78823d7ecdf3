"""Writing: what the lines of a plan do, and the changes that they leave, together."""

from .changes import Difference, add_changes
from .deletions import delete
from .lines import CHANGED, DELETED, DUPLICATE, NEW, SAME


def count(batch, type, counts):
    """Let a batch remember how many rows of a type did what, together with those that it has of the type already."""
    kept = batch.counts.get(type, {})
    said = {status: kept.get(status, 0) + counts[status] for status in (NEW, CHANGED, SAME, DUPLICATE, DELETED)}
    if any(said.values()):
        batch.counts[type] = {status: number for status, number in said.items() if number}
        if batch.pk:
            batch.save(update_fields=["counts"])


def write_lines(resource, lines, batch):
    """Save what the lines of a chunk do, and one change of each in the batch, which is saved with the first.

    Must be called inside a transaction that holds the record's lock.
    """
    kept = [line for line in lines if line.status in (NEW, CHANGED)]
    for side, side_lines in resource.side_lines(kept):
        write_lines(side, side_lines, batch)
    if kept:
        resource.save(kept)
        add_changes(
            batch, [Difference(resource, line.record.pk, line.old or None, line.old | line.after) for line in kept]
        )
    gone = [line.record for line in lines if line.status == DELETED]
    if gone:
        delete(gone, batch)
