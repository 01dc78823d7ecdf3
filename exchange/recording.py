"""Recording: the changes of what is saved by other means than a plan, such as a form of the admin."""

from contextlib import contextmanager

from django.db import transaction

from records.models import Batch, Counter

from . import registry
from .changes import add_changes
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
    def __init__(self, batch):
        self.batch = batch
        self.before = {}
        self.watched = {}

    def watch(self, records):
        """Read the rows of records, which are of one model, as they stand in the database before they are saved."""
        records = list(records)
        resource = resource_of_records(records)
        if resource is None:
            return
        rows = resource().rows_of(record.pk for record in records if record.pk is not None)
        for record in records:
            self.watched.setdefault((resource.type, id(record)), (resource, record, rows.get(record.pk)))

    def delete(self, records):
        """Delete records with what cannot be without them."""
        delete(list(records), self.batch)

    def finish(self):
        """Write the changes of what was watched."""
        differences = []
        for type in registry.types():
            differences += self.differences(type)
        if differences:
            add_changes(self.batch, differences)

    def differences(self, type):
        watched = [entry for (of_type, _identity), entry in self.watched.items() if of_type == type]
        if not watched:
            return []
        resource = watched[0][0]()
        rows = resource.rows_of(record.pk for _resource, record, _before in watched if record.pk is not None)
        once = {record.pk: (resource, before, rows[record.pk]) for _, record, before in watched if record.pk in rows}
        return [each for each in once.values() if each[1] != each[2]]


def resource_of_records(records):
    """The resource of records of one model, or None where it is no record type."""
    return registry.resource_for(type(records[0])) if records else None
