"""Undoing: what takes a batch back, as parts to be planned and applied, made of its changes with the last one first.

Each step finds the record as the step after it left it, so that whatever order things were done in, it can be gone
back. What something later touched is kept back, and so is what cannot be as it was because of others; the rest is
offered.
"""

from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from records.folding import fold
from records.models import Batch, Change, Counter

from . import registry
from .cells import parts_of
from .changes import NOT_BACK, runs_of
from .columns import ReferenceColumn
from .deletions import collected, referring
from .lines import CHANGED, DELETED, NEW
from .parts import Different, Part
from .plans import NotApplied
from .resources import CHUNK, chunked
from .tables import HEADING_ROW
from .versions import found_by_rows


class Undo(NamedTuple):
    """What takes a batch back: its parts, and the records of the batch that are kept back, in its order."""

    parts: list
    kept_back: list

    def as_json(self):
        """What a proposal keeps of it."""
        return {
            "parts": [part.as_json() for part in self.parts],
            "kept_back": [kept_back.as_json() for kept_back in self.kept_back],
        }


class KeptBack(NamedTuple):
    """A record that stays as it is, why, and the later batch that is the reason, where one is."""

    type: str
    key: str
    name: str
    why: str
    batch: int | None = None

    def __str__(self):
        return f"{self.type} {self.key}: {self.why}"

    def as_json(self):
        return self._asdict()


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
    tied    the cells that let go of those of the same type to which it refers since the change; blank for none
    """

    __slots__ = ("now", "record", "row", "tied", "verb")

    def __init__(self, record, resource, change):
        self.record, self.verb = record, change.verb
        self.now = resource.key_row(change.before if change.after is None else change.after)
        self.row, self.tied = None, {}
        if self.verb == DELETED:
            self.row = resource.filled(change.before)
        elif self.verb == CHANGED:
            needed, fields = dict.fromkeys([*resource.key, *resource.required]), change.fields
            self.row = {name: change.before.get(name, "") for name in [*needed, *fields]}
            if ties := [name for name in own_references(resource) if fields.get(name, ("", ""))[1]]:
                self.tied = {name: change.after.get(name, "") for name in needed} | dict.fromkeys(ties, "")


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


def renew(proposal, by):
    """Raise Different where a proposal that takes a batch back would do something else by now; it then does that."""
    if proposal.undoes is None:
        return
    undo = undo_of(Batch.objects.get(pk=proposal.undoes), by).as_json()
    if {"parts": proposal.parts, "kept_back": proposal.kept_back} != undo:
        proposal.parts, proposal.kept_back = undo["parts"], undo["kept_back"]
        proposal.save()
        raise Different


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
            for record, change in moved:
                if change.erasure_id:
                    record.keep_back(NOT_BACK, change.erasure_id)
            self.runs.append((resource, [Step(record, resource, change) for record, change in moved]))
            self.last = run[-1].pk
        self.runs = list(joined(self.runs))
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
        later = later.values_list(
            "type", "key", "previous_key", "batch", "batch__undoes", Q(after__isnull=True), named=True
        )
        for _together, run in groupby(later.iterator(chunk_size=500), key=itemgetter(3, 5)):
            moved = [(self.at.pop((change.type, change.previous_key or change.key), None), change) for change in run]
            for record, change in moved:
                in_its_place = self.at.get((change.type, change.key))
                if record:
                    record.note_later(change.batch, change.batch__undoes, self.said(change))
                if in_its_place:
                    what = f"Batch {change.batch} gave its key to another."
                    in_its_place.note_later(change.batch, change.batch__undoes, what)
            self.put([(record, change) for record, change in moved if record])

    def said(self, change):
        if change.batch__undoes == self.batch.pk:
            return f"Batch {change.batch} took it back already."
        return f"Batch {change.batch} {'deleted' if change[5] else 'changed'} it later."

    @property
    def kept_back(self):
        return [record.kept_back for record in self.records if record.kept_back]

    def forget_done(self):
        for record in self.records:
            record.is_done = False


def joined(runs):
    """The runs, with those of new records alone, or of deleted ones, that follow on each other made one of each type.

    A long file makes places and events by turns. As they all were there together, they go and come in the order of
    loading.
    """
    for verb, stretch in groupby(runs, key=only_verb):
        if verb not in (NEW, DELETED):
            yield from stretch
            continue
        of_types = {}
        for resource, steps in stretch:
            of_types.setdefault(resource.type, (resource, []))[1].extend(steps)
        types = registry.types() if verb == NEW else reversed(registry.types())
        yield from (of_types[type] for type in types if type in of_types)


def only_verb(run):
    """What all steps of a run do, in a word; blank where they do several things."""
    verbs = {step.verb for step in run[1]}
    return verbs.pop() if len(verbs) == 1 else ""


class Trial:
    """Goes back with a batch in the record, step by step, and keeps back what is refused; `parts` are those done.

    Must be made in a transaction that holds the record's lock, and is rolled back. The last part is planned alone:
    nothing comes after it.
    """

    def __init__(self, past, by):
        self.by = by
        self.batch = Batch(by=by, origin=Batch.Origin.UNDO)
        self.given_up = GivenUp(past.last)
        self.parts = []
        self.waiting = None
        for resource, steps in reversed(past.runs):
            for phase, of_phase in phases(steps):
                self.finish()
                self.begin(phase, resource, of_phase)

    def begin(self, phase, resource, steps):
        """Plan the part of those steps that can be gone back with."""
        steps = left(steps)
        if phase is deleting:
            keep_needed(resource, steps)
        else:
            self.given_up.keep_misled(resource, steps)
        while steps := left(steps):
            part = phase(resource, steps)
            planned = part.plan(self.by)
            if planned.is_good:
                self.parts.append(part)
                self.waiting = planned, steps
                return
            for problem in planned.errors:
                keep_refused(steps, problem)

    def finish(self):
        """Do the part that was planned last."""
        if self.waiting is None:
            return
        (planned, steps), self.waiting = self.waiting, None
        try:
            planned.apply(self.batch)
        except NotApplied as refusal:
            self.parts.pop()
            for problem in refusal.problems:
                keep_refused(steps, problem)
        for step in steps:
            step.record.is_done = True


# --- The parts of a run, in their order -------------------------------------------------------------------------------


def phases(steps):
    """What is done to go back with changes that were made together: pairs of what makes a part, and its steps.

    What was new goes before others get back what it has, such as a name; who came to refer to it, lets go before.
    """
    of_verb = {verb: [step for step in steps if step.verb == verb] for verb in (NEW, CHANGED, DELETED)}
    tied = [step for step in of_verb[CHANGED] if step.tied] if of_verb[NEW] else []
    todo = (letting_go, tied), (deleting, of_verb[NEW]), (putting_back, of_verb[CHANGED]), (remaking, of_verb[DELETED])
    return [(phase, of_phase) for phase, of_phase in todo if of_phase]


def letting_go(resource, steps):
    return Part(resource.type, [step.tied for step in steps], exact=True)


def deleting(resource, steps):
    return Part(resource.type, deleting=[step.now for step in steps])


def putting_back(resource, steps):
    return Part(resource.type, [step.row for step in steps], found_by=[step.now for step in steps], exact=True)


def remaking(resource, steps):
    return Part(resource.type, [step.row for step in steps], exact=True)


def own_references(resource):
    """The columns that refer to other records of the same type."""
    for name, column in resource.declared.items():
        if isinstance(column, ReferenceColumn):
            target = resource.model_field(column.attribute or name).related_model
            if target._meta.concrete_model is resource.model._meta.concrete_model:
                yield name


# --- What is kept back ------------------------------------------------------------------------------------------------


def left(steps):
    """The steps whose records are not kept back."""
    return [step for step in steps if not step.record.kept_back]


def keep_refused(steps, problem):
    """Keep back the record of the step that a problem is of, or those of all where it is of no single one."""
    number = problem.row - HEADING_ROW - 1
    for step in steps if number < 0 else steps[number : number + 1]:
        step.record.keep_back(problem.message)


def keep_needed(resource, steps):
    """Keep back those records, to be deleted, that others refer to or would go along with; then those they refer to."""
    bound = resource()
    for chunk in chunked(steps, None if resource.whole else CHUNK):
        found = found_by_rows(bound, [step.now for step in chunk])
        going = {step: record for step in chunk if (record := found.get(resource.key_of(step.now)))}
        while going and (others := referring(collected(list(going.values())), going.values())):
            for step in [step for step, record in going.items() if record.pk in others]:
                step.record.keep_back(referred_to(others[going.pop(step).pk]))


def referred_to(others):
    names = sorted({f"the {other._meta.verbose_name} “{other}”" for other in others})
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    verb = "refers" if len(names) == 1 else "refer"
    shown = ", ".join(names[:2]) if more else " and ".join(names)
    return f"{shown[0].upper()}{shown[1:]}{more} {verb} to it."


SINCE = 0  # in place of a batch: its owner came by the name since, so no cell of before meant that


class GivenUp:
    """The names that something gave up since a change: a cell of before would mean another by them, or nothing."""

    def __init__(self, since):
        self.since = since

    def keep_misled(self, resource, steps):
        """Keep back those records that would get back cells which mean no longer what they meant."""
        referring = [name for name, column in resource.declared.items() if column.widget.refers]
        for step in steps:
            for name in step.row.keys() - resource.declared.keys():
                step.record.keep_back(f"It had a column {name}, which is no more.")
            parts = (part for name in referring for part in parts_of(step.row.get(name, "")))
            for text in (part.partition("[")[0].strip() for part in parts):
                if batch := self.batches.get(fold(text)):
                    step.record.keep_back(f"“{text}” is the name of something else, or of nothing, since.", batch)

    @cached_property
    def batches(self):
        """The names that their owners had then and have no more: {folded name: the batch in which}. One query."""
        types = [type for type in registry.types() if registry.resource_of(type).named_by]
        owners = {}
        for change in Change.objects.filter(type__in=types, pk__gt=self.since).order_by("pk").iterator(chunk_size=500):
            was, now = (change.type, change.previous_key or change.key), (change.type, change.key)
            if was != now:
                for of_name in owners.values():
                    if was in of_name:
                        of_name[now] = of_name.pop(was)
            before, after = (names_in(change.type, row) for row in (change.before, change.after))
            for name in before - after:
                of_name = owners.setdefault(name, {})
                of_name[now] = SINCE if of_name.get(now) == SINCE else change.batch_id
            for name in after - before:
                of_name = owners.setdefault(name, {})
                of_name[now] = None if of_name.get(now, SINCE) != SINCE else SINCE
        return {name: batch for name, of_name in owners.items() for batch in of_name.values() if batch}


def names_in(type, row):
    """The folded names by which cells of others refer to the record of a row."""
    columns = registry.resource_of(type).named_by
    return {fold(text) for column in columns for text in parts_of((row or {}).get(column, ""))}
