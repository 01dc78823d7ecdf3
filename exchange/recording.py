"""Recording: the changes of what is saved by other means than a plan, such as a form of the admin."""

from contextlib import contextmanager

from django.db import transaction

from records.models import Batch, Counter

from . import registry
from .changes import Difference, add_changes
from .deletions import delete


@contextmanager
def recording(*, by=None, origin=Batch.Origin.ADMIN, reason=""):
    """Record in one batch what happens to records within the block, in one transaction behind the record's lock.

    Yields a Recorder, which must be told of each record before it is saved. At the end the rows are read again, and
    each that differs leaves one change; when none differs there is no batch.
    """
    with transaction.atomic():
        Counter.lock()
        recorder = Recorder(Batch(by=by, origin=origin, reason=reason))
        yield recorder
        recorder.finish()


class Recorder:
    """Knows, of each record that it was told of, the row that it had.

    `watched` is {resource class: [(record, row before)]}.
    """

    def __init__(self, batch):
        self.batch = batch
        self.watched = {}

    def watch(self, records):
        """Read the rows of records, which are of one model, as they stand in the database before they are saved.

        Those without rows of their own, such as involvements, are left to the record that they belong to.
        """
        records = list(records)
        resource = registry.resource_for(type(records[0])) if records else None
        if resource is None:
            return
        rows = resource().rows_of(record.pk for record in records if record.pk is not None)
        self.watched.setdefault(resource, []).extend((record, rows.get(record.pk)) for record in records)

    def delete(self, records):
        """Delete records with what cannot be without them. Raises ProtectedError when others refer to one."""
        delete(list(records), self.batch)

    def finish(self):
        """Write the changes of what was watched."""
        resources = map(registry.resource_of, registry.types())
        add_changes(self.batch, [each for resource in resources for each in self.differences(resource)])

    def differences(self, resource_class):
        """What differs in the records of a type."""
        before = {}
        for record, row in self.watched.get(resource_class, ()):
            before.setdefault(record.pk, row)
        if not before:
            return []
        resource = resource_class()
        rows = resource.rows_of(before)
        return [Difference(resource, pk, before[pk], row) for pk, row in rows.items() if row != before[pk]]
