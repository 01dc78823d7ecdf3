"""Changes: what each record that was written leaves in the history, and who else hears of it."""

from typing import NamedTuple

from records.fields import text_of
from records.inserting import insert
from records.models import Change

# Why what was erased (exchange.erasing) stays away.
NOT_BACK = "What it said of a person was erased, so it cannot be brought back."
# Who is told of all that is written, within its transaction.
_listeners = []


class Difference(NamedTuple):
    """What a write did to one record: its row before and after, as in `resource`; None where there was or is none."""

    resource: object
    pk: int
    before: dict | None
    after: dict | None


def listen(listener):
    """Let a callable be told of everything that is written: it gets lists of differences, within the transaction.

    What it is told of stands in the database already; what was deleted does no more.
    """
    _listeners.append(listener)


def add_changes(batch, differences):
    """Add the changes that differences leave to a batch, which is saved with the first, and tell whoever listens.

    Where nothing differs, nothing is saved.
    """
    if not differences:
        return
    if batch.pk is None:
        batch.save()
    insert(Change, [cells_of(batch, *each) for each in differences])
    for listener in _listeners:
        listener(differences)


def cells_of(batch, resource, pk, before, after):
    """What a change has in its columns; no erasure yet."""
    key = resource.key_of(before if after is None else after)
    previous_key = "" if before is None else resource.key_of(before)
    return batch.pk, resource.type, key, previous_key, compact(before), compact(after), None


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
    """A row without its blank cells, as the text that changes keep."""
    return None if row is None else text_of({name: cell for name, cell in row.items() if cell})
