"""Changes: what each record that was written leaves in the history."""

from records.models import Change

# Why what was erased (exchange.erasing) stays away.
NOT_BACK = "What it said of a person was erased, so it cannot be brought back."


def add_changes(batch, differences):
    """Add changes to a batch, which is saved with the first; where nothing differs, nothing is saved.

    Takes (resource, row before, row after) for each record; None stands for the row of a record that is not there.
    """
    if differences and batch.pk is None:
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


def runs_of(changes):
    """Lists of the changes, in their order, that were made together: of one type, deleted or not, a record once."""
    run, keys = [], set()
    for change in changes:
        kind = change.type, change.after is None
        if run and (kind != (run[0].type, run[0].after is None) or change.key in keys):
            yield run
            run, keys = [], set()
        run.append(change)
        keys.add(change.key)
    if run:
        yield run


def compact(row):
    """A row without its blank cells, as changes keep it."""
    return None if row is None else {name: cell for name, cell in row.items() if cell}
