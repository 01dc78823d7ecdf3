"""Bring the rows of a file into the record, or none of them."""

import json
import sys
from argparse import ArgumentTypeError

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from exchange import registry
from exchange.files import CsvTable
from exchange.lines import SAME
from exchange.plans import NotApplied, plan
from exchange.problems import UnreadableFile
from records.models import Batch

GOOD, IN_ERROR, UNREADABLE = 0, 1, 2


class Command(BaseCommand):
    help = "Bring the rows of a CSV file into the record. Either all are good and are written, or none is."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the CSV file")
        parser.add_argument("--type", required=True, choices=registry.types(), help="the type of its records")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
        parser.add_argument("--reason", default="", type=reason_of, help="why, for the history")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, file, type, dry_run, reason, json, **options):
        try:
            outcome = Outcome(type, CsvTable(file, registry.resource_of(type).declared), dry_run, reason, json)
        except UnreadableFile as error:
            self.stderr.write(str(error))
            sys.exit(UNREADABLE)
        if json:
            self.print_json(outcome)
        else:
            self.print_words(outcome)
        if outcome.errors:
            sys.exit(IN_ERROR)

    def print_json(self, outcome):
        self.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2))

    def print_words(self, outcome):
        for problem in outcome.errors:
            self.stderr.write(str(problem))
        for note in outcome.notes:
            self.stdout.write(note)
        plan = outcome.plan
        counts = f"{plan.rows} rows: {plan.new} new, {plan.changed} changed, {plan.same} the same"
        if outcome.errors:
            self.stdout.write(f"{counts}, {len(outcome.errors)} errors. Nothing was written.")
        elif outcome.batch:
            self.stdout.write(f"{counts}. Written as batch {outcome.batch.pk}.")
        else:
            self.stdout.write(f"{counts}. Nothing was written.")


def reason_of(text):
    """The reason as a batch keeps it. Raises ArgumentTypeError for one that it cannot keep."""
    try:
        return Batch._meta.get_field("reason").clean(text, None)
    except ValidationError as error:
        raise ArgumentTypeError(" ".join(error.messages)) from None


class Outcome:
    """What became of a file: its plan, and the batch when it was applied."""

    def __init__(self, type, table, dry_run, reason, keep_changes):
        self.changes, self.notes, self.batch = [], [], None
        self.keep_changes = keep_changes
        self.key_of = registry.resource_of(type).key_of
        self.plan = plan(type, table, watch=self.note)
        self.errors = self.plan.errors
        if self.plan.is_good and self.plan.changes_something and not dry_run:
            self.apply(reason)

    def apply(self, reason):
        self.changes, self.notes = [], []
        try:
            self.batch = self.plan.apply(Batch(origin=Batch.Origin.IMPORT, reason=reason), watch=self.note)
        except NotApplied as refusal:
            self.errors = refusal.problems

    def note(self, line):
        self.notes += line.notes
        if self.keep_changes and not line.problems and line.status != SAME:
            fields = {column: list(cells) for column, cells in line.fields.items()}
            self.changes.append({"row": line.number, "key": self.key_of(line.old | line.after), "fields": fields})

    def as_json(self):
        plan = self.plan
        return {
            "type": plan.type,
            "rows": plan.rows,
            "new": plan.new,
            "changed": plan.changed,
            "same": plan.same,
            "deleted": plan.deleted,
            "errors": [problem.as_json() for problem in self.errors],
            "changes": self.changes,
            "applied": self.batch is not None,
            "batch": self.batch and self.batch.pk,
            "notes": self.notes,
        }
