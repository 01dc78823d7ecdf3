"""Writing: what the lines of a plan do, and the changes that they leave, together."""

from .changes import add_changes
from .deletions import delete
from .lines import CHANGED, DELETED, NEW


def write_lines(resource, lines, batch):
    """Save what the lines of a chunk do, and one change of each in the batch, which is saved with the first.

    Must be called inside a transaction that holds the record's lock.
    """
    kept = [line for line in lines if line.status in (NEW, CHANGED)]
    for side, side_lines in resource.side_lines(kept):
        write_lines(side, side_lines, batch)
    if kept:
        resource.save(kept)
        add_changes(batch, [(resource, line.old or None, line.old | line.after) for line in kept])
    gone = [line.record for line in lines if line.status == DELETED]
    if gone:
        delete(gone, batch)
