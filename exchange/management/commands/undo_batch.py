"""Take a batch back."""

import json
import sys

from django.core.management.base import BaseCommand
from django.db import transaction

from exchange.lines import SAME
from exchange.parts import PlanOfParts, apply
from exchange.plans import NotApplied
from exchange.progress import on_terminal
from exchange.undoing import undo_of
from records.models import Batch, Counter

from .import_records import GOOD, IN_ERROR, UNREADABLE, change_of, reason_of


class Command(BaseCommand):
    help = (
        "Take back what a batch did, and leave that in the history as a batch of its own. Records that something "
        "touched later, or that others refer to, are named and stay as they are; the rest is taken back. Ends with 1 "
        "where nothing could be taken back, with 2 where there is no such batch."
    )

    def add_arguments(self, parser):
        parser.add_argument("batch", type=int, help="the number of the batch")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
        parser.add_argument("--reason", default="", type=reason_of, help="why, for the history")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, batch, dry_run, reason, json, **options):
        found = Batch.objects.filter(pk=batch).first()
        if found is None:
            self.stderr.write(f"There is no batch {batch}.")
            sys.exit(UNREADABLE)
        with on_terminal(quiet=json) as progress:
            outcome = Outcome(found, dry_run, reason, json, progress)
        if json:
            self.print_json(outcome)
        else:
            self.print_words(outcome)
        sys.exit(outcome.code) if outcome.code else None

    def print_json(self, outcome):
        self.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2))

    def print_words(self, outcome):
        for kept_back in outcome.kept_back:
            self.stdout.write(str(kept_back))
        for problem in outcome.errors:
            self.stderr.write(str(problem))
        kept = f", {len(outcome.kept_back)} kept back" if outcome.kept_back else ""
        done = f"Written as batch {outcome.batch.pk}." if outcome.batch else "Nothing was written."
        self.stdout.write(f"{outcome.said}{kept}. {done}")


class Outcome:
    """What became of taking a batch back: its plan, what is kept back, and the batch when it was applied."""

    def __init__(self, undone, dry_run, reason, keep_changes, progress):
        self.undone, self.keep_changes, self.progress = undone, keep_changes, progress
        self.changes, self.errors, self.batch = [], [], None
        with transaction.atomic():
            Counter.lock()
            undo = undo_of(undone)
            self.kept_back = undo.kept_back
            self.plan = PlanOfParts(undo.parts, watch=self.note, progress=progress)
            self.said = self.plan.in_words
            if undo.parts and not dry_run:
                self.apply(undo.parts, Batch(origin=Batch.Origin.UNDO, reason=reason, undoes=undone))

    def apply(self, parts, batch):
        try:
            apply(parts, batch, progress=self.progress)
            self.batch = batch
        except NotApplied as refusal:
            self.errors = refusal.problems

    def note(self, part, line):
        if self.keep_changes and line.status != SAME:
            self.changes.append({"type": part.type} | change_of(line, part.resource.key_of))

    @property
    def code(self):
        return GOOD if self.plan.changes_something and not self.errors else IN_ERROR

    def as_json(self):
        return {
            "undoes": self.undone.pk,
            **{status: self.plan.counts[status] for status in ("new", "changed", "deleted")},
            "kept_back": [kept_back.as_json() for kept_back in self.kept_back],
            "errors": [problem.as_json() for problem in self.errors],
            "changes": self.changes,
            "applied": self.batch is not None,
            "batch": self.batch and self.batch.pk,
        }
