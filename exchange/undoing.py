"""Undoing: what takes a batch back, as parts to be planned and applied, made of its changes with the last one first.

Each step finds the record as the step after it left it, so that whatever order things were done in, it can be gone
back. What something later touched is kept back, and so is what cannot be as it was because of others; the rest is
offered.
"""

from typing import NamedTuple

from django.db import transaction

from records.models import Change, Counter

from . import registry
from .changes import runs_of


class Undo(NamedTuple):
    """What takes a batch back: its parts, and the records of the batch that are kept back, in its order."""

    parts: list
    kept_back: list


class KeptBack(NamedTuple):
    """A record that stays as it is, why, and the later batch that is the reason, where one is."""

    type: str
    key: str
    name: str
    why: str
    batch: int | None = None


class Again(Exception):
    """A record was gone back with before it was found that it has to be kept back."""


class Touched:
    """A record that the batch did something to, under the key that it has, or had last.

    later  the batches that did something to it since, but for those that were taken back: pairs of their primary key
           and what they did
    """

    def __init__(self, type, name):
        self.type = type
        self.name = name
        self.key = ""
        self.later = []
        self.newest = None
        self.kept_back = None
        self.is_done = False

    def note_later(self, batch, undoes, what):
        """Note what a later batch did. One that takes back the last one leaves things as they were before both."""
        if self.newest == batch:
            return
        self.newest = batch
        if self.later and self.later[-1][0] == undoes:
            self.later.pop()
        else:
            self.later.append((batch, what))

    def keep_back(self, why, batch=None):
        """Keep it back. Raises Again when something was done to it already."""
        if self.kept_back is None:
            self.kept_back = KeptBack(self.type, self.key, self.name, why, batch)
            if self.is_done:
                raise Again


class Step:
    """One change to be gone back with.

    now     the cells by which its record is found
    row     the cells that it gets back, all of them where it was deleted; None where it was new
    tied    {column: ""} of those cells that refer to records of the same type, and to which it refers now
    """

    __slots__ = ("now", "record", "row", "tied")

    def __init__(self, record, resource, change):
        self.record = record
        self.now = resource.key_row(change.before if change.after is None else change.after)
        self.row, self.tied = None, {}
        if change.after is None:
            self.row = resource.filled(change.before)
        elif change.before is not None:
            fields = change.fields
            needed = dict.fromkeys([*resource.key, *resource.required])
            self.row = {name: change.before.get(name, "") for name in [*needed, *fields]}
            self.tied = {name: "" for name in own_references(resource) if fields.get(name, ("", ""))[1]}


def undo_of(batch, by=None):
    """The Undo of a batch, by the rights of a user; None is an administrator. Nothing is written.

    It is found by trying, in a transaction that is rolled back: what is refused is kept back, with the reason.
    """
    past = Past(batch)
    while True:
        try:
            with transaction.atomic():
                Counter.lock()
                parts = Trial(past, by).parts
                transaction.set_rollback(True)
            return Undo(parts, past.kept_back)
        except Again:
            past.forget_done()


class Past:
    """What a batch did, and what was done since to the same records.

    runs  pairs of a resource and the steps of changes that were made together, in the order of the batch
    """

    def __init__(self, batch):
        self.batch = batch
        self.runs = []
        self.records = {}
        self.at = {}
        self.last = 0
        for run in runs_of(batch.changes.order_by("pk").iterator(chunk_size=500)):
            resource = registry.resource_of(run[0].type)
            moved = [(self.record(change, resource), change) for change in run]
            self.put(moved)
            self.runs.append((resource, [Step(record, resource, change) for record, change in moved]))
            self.last = run[-1].pk
        for type in {resource.type for resource, _steps in self.runs}:
            self.follow(registry.resource_of(type))
        for record in self.records:
            if record.later:
                record.keep_back(record.later[-1][1], record.later[-1][0])

    def record(self, change, resource):
        """The record of one of the batch's own changes."""
        record = self.at.pop((change.type, change.previous_key or change.key), None)
        if record is None:
            record = Touched(change.type, resource.name_of(change.after or change.before))
            self.records[record] = None
        return record

    def put(self, moved):
        """Let records, with changes of theirs that were made together, be found under the keys that they have now."""
        for record, change in moved:
            record.key = change.key
            self.at[change.type, change.key] = record

    def follow(self, resource):
        """Follow the records of a type through what was done later to them. One query."""
        later = Change.objects.filter(type=resource.type, pk__gt=self.last).order_by("pk")
        if resource.key_attribute():  # which never changes
            later = later.filter(key__in=self.batch.changes.filter(type=resource.type).order_by().values("key"))
        later = later.select_related("batch").defer("before").iterator(chunk_size=500)
        for run in runs_of(later, whole=False):
            moved = [(self.at.pop((change.type, change.previous_key or change.key), None), change) for change in run]
            for record, change in moved:
                in_its_place = self.at.get((change.type, change.key))
                if record:
                    record.note_later(change.batch_id, change.batch.undoes_id, self.said(change))
                if in_its_place:
                    what = f"Batch {change.batch_id} gave its key to another."
                    in_its_place.note_later(change.batch_id, change.batch.undoes_id, what)
            self.put([(record, change) for record, change in moved if record])

    def said(self, change):
        if change.batch.undoes_id == self.batch.pk:
            return f"Batch {change.batch_id} took it back already."
        return f"Batch {change.batch_id} {'deleted' if change.after is None else 'changed'} it later."

    @property
    def kept_back(self):
        return [record.kept_back for record in self.records if record.kept_back]

    def forget_done(self):
        for record in self.records:
            record.is_done = False
