"""Writing: records and their changes, together."""

from records.models import Change

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


def add_changes(batch, differences):
    """Add changes to a batch, which is saved when it has none yet.

    Takes (resource, row before, row after) for each record; None stands for the row of a record that is not there.
    """
    if batch.pk is None:
        batch.save()
    Change.objects.bulk_create(
        [change_of(batch, resource, before, after) for resource, before, after in differences], batch_size=500
    )


def change_of(batch, resource, before, after):
    return Change(
        batch=batch,
        type=resource.type,
        key=resource.key_of(before if after is None else after),
        previous_key="" if before is None else resource.key_of(before),
        before=compact(before),
        after=compact(after),
    )


def compact(row):
    """A row without its blank cells, as changes keep it."""
    return None if row is None else {name: cell for name, cell in row.items() if cell}
