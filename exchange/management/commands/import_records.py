"""Bring the rows of a file into the record, or none of them."""

import json
import sys
from argparse import ArgumentTypeError
from pathlib import Path
from shutil import copyfileobj

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from exchange import registry
from exchange.decisions import NEW, REST
from exchange.decisions import SAME as AS_BEFORE
from exchange.files import FORMATS, table_of, tables_of
from exchange.files.mended import copy_to_mend
from exchange.lines import SAME
from exchange.models import UnknownName
from exchange.parts import Part, PlanOfParts, apply
from exchange.plans import NotApplied, plan
from exchange.problems import UnreadableFile, Unwritable
from exchange.progress import CHECKING, SILENT, WRITING, on_terminal
from exchange.sources import imported_before, source_of
from records.models import Batch

GOOD, IN_ERROR, UNREADABLE = 0, 1, 2
ANSWERS = {"refuse": {}, NEW: {REST: NEW}, AS_BEFORE: {REST: AS_BEFORE}}
NUMBERS = ("type", "rows", "new", "changed", "same", "deleted", "duplicate", "likely")
DECIDE = "Give rows the key of the record that they are of, or say for all of them: --likely new, or --likely same."


class Command(BaseCommand):
    help = (
        "Bring the rows of a CSV, XLSX, ODS or JSON file into the record. Either all are good and are written, or none "
        "is. Without a type, the file is a workbook with a sheet for each type, which is called as it."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the file, whose kind is told by its content")
        parser.add_argument("--type", choices=registry.types(), help="the type of its records")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
        parser.add_argument("--reason", default="", type=reason_of, help="why, for the history")
        parser.add_argument(
            "--likely",
            choices=ANSWERS,
            default="refuse",
            help="what to do with rows without a key that are probably there already, or that say other things of the "
            "same as an earlier row: refuse them (the default), take all for new, or all for the same, which changes "
            "the record that is most alike and leaves the later of two rows out",
        )
        parser.add_argument(
            "--errors",
            metavar="FILE",
            help="where rows are refused, write a copy of the file that says why, to be mended and brought again; "
            "CSV, XLSX or JSON by its name, otherwise as the file is",
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, file, type, dry_run, reason, likely, errors, json, **options):
        try:
            table = table_of(file, registry.resource_of(type)) if type else tables_of(file, registered())
            batch = Batch(origin=Batch.Origin.IMPORT, reason=reason, **source_of(file))
            before = imported_before(batch.sha256)
            with on_terminal(quiet=json) as progress:
                decisions = ANSWERS[likely]
                outcome = (Outcome if type else WorkbookOutcome)(type, table, dry_run, batch, json, decisions, progress)
        except UnreadableFile as error:
            self.stderr.write(str(error))
            sys.exit(UNREADABLE)
        if not dry_run:
            outcome.remember_unknown_names(batch.file)
        if before:
            outcome.notes.insert(0, before)
        if json:
            self.print_json(outcome)
        else:
            self.print_words(outcome)
        if outcome.is_refused and errors:
            self.write_copy(outcome.parts, errors)
        if outcome.is_refused:
            sys.exit(IN_ERROR)

    def write_copy(self, parts, path):
        """Write the copy of the file that says what is wrong with each row."""
        format = Path(path).suffix.lower().lstrip(".")
        try:
            format, copy = copy_to_mend(parts, format=format if format in FORMATS else None)
            with copy, open(path, "wb") as file:
                copyfileobj(copy, file)
        except (OSError, Unwritable) as error:
            raise CommandError(f"The copy {path} cannot be written: {error}") from None
        self.stderr.write(
            f"What is wrong with each row stands in {path}, as {format.upper()}: mend it, and bring that."
        )

    def print_json(self, outcome):
        self.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2))

    def print_words(self, outcome):
        for problem in [*outcome.errors, *outcome.questions]:
            self.stderr.write(str(problem))
        for note in outcome.notes:
            self.stdout.write(note)
        if outcome.errors:
            self.stdout.write(f"{outcome.counts()}, {len(outcome.errors)} errors. Nothing was written.")
        elif outcome.questions:
            self.stdout.write(f"{outcome.counts()}. Nothing was written. {DECIDE}")
        elif outcome.batch:
            self.stdout.write(f"{outcome.counts()}. Written as batch {outcome.batch.pk}.")
        else:
            self.stdout.write(f"{outcome.counts()}. Nothing was written.")


def registered():
    return [registry.resource_of(type) for type in registry.types()]


def reason_of(text):
    """The reason as a batch keeps it. Raises ArgumentTypeError for one that it cannot keep."""
    try:
        return Batch._meta.get_field("reason").clean(text, None)
    except ValidationError as error:
        raise ArgumentTypeError(" ".join(error.messages)) from None


class Outcome:
    """What became of a file: its plan, and the batch when it was applied."""

    def __init__(self, type, table, dry_run, batch, keep_changes, decisions, progress=SILENT):
        self.changes, self.notes, self.batch = [], [], None
        self.keep_changes = keep_changes
        self.progress = progress
        self.key_of = registry.resource_of(type).key_of
        self.parts = [Part(type, table, decisions=decisions)]
        progress.begin(CHECKING, progress.count(table, type), type)
        self.plan = plan(type, table, decisions=decisions, watch=self.note)
        self.errors, self.questions = self.plan.errors, self.plan.questions
        if self.plan.is_good and self.plan.changes_something and not dry_run:
            self.apply(batch)

    @property
    def is_refused(self):
        return bool(self.errors or self.questions)

    def apply(self, batch):
        self.changes, self.notes = [], []
        self.progress.begin(WRITING, self.plan.rows, self.plan.type)
        try:
            self.batch = self.plan.apply(batch, watch=self.note)
        except NotApplied as refusal:
            self.errors = refusal.problems

    def note(self, line):
        self.progress.note(line)
        self.notes += line.notes
        if self.keep_changes and not line.problems and line.status != SAME:
            self.changes.append(change_of(line, self.key_of))

    def remember_unknown_names(self, file):
        UnknownName.objects.remember(self.plan.errors, self.plan.type, file)

    def counts(self):
        return counts_of(self.plan)

    def as_json(self):
        return {
            **numbers_of(self.plan),
            "errors": [problem.as_json() for problem in self.errors],
            "questions": [problem.as_json() for problem in self.questions],
            "changes": self.changes,
            "applied": self.batch is not None,
            "batch": self.batch and self.batch.pk,
            "notes": self.notes,
        }


class WorkbookOutcome:
    """What became of a workbook with a sheet a type: the plans of its sheets, up to the first with errors."""

    def __init__(self, _type, tables, dry_run, batch, keep_changes, decisions, progress=SILENT):
        self.changes, self.notes, self.batch = {type: [] for type in tables}, [], None
        self.keep_changes = keep_changes
        self.progress = progress
        self.parts = [Part(type, table, decisions=decisions) for type, table in tables.items()]
        planned = PlanOfParts(self.parts, watch=self.note, progress=progress)
        self.plans = planned.plans
        self.errors = [SheetProblem(self.plans[-1].type, problem) for problem in planned.errors]
        self.questions = [SheetProblem(each.type, problem) for each in self.plans for problem in each.questions]
        if planned.is_good and planned.changes_something and not dry_run:
            self.apply(batch)

    @property
    def is_refused(self):
        return bool(self.errors or self.questions)

    def apply(self, batch):
        try:
            apply(self.parts, batch, progress=self.progress)
            self.batch = batch if batch.pk else None
        except NotApplied as refusal:
            self.errors = refusal.problems

    def note(self, part, line):
        self.notes += [f"{part.type}: {note}" for note in line.notes]
        if self.keep_changes and not line.problems and line.status != SAME:
            self.changes[part.type].append(change_of(line, part.resource.key_of))

    def remember_unknown_names(self, file):
        for planned in self.plans:
            UnknownName.objects.remember(planned.errors, planned.type, file)

    def counts(self):
        return "\n".join(f"{planned.type}: {counts_of(planned)}" for planned in self.plans)

    def as_json(self):
        return {
            "types": [numbers_of(planned) | {"changes": self.changes[planned.type]} for planned in self.plans],
            "errors": [problem.as_json() for problem in self.errors],
            "questions": [problem.as_json() for problem in self.questions],
            "applied": self.batch is not None,
            "batch": self.batch and self.batch.pk,
            "notes": self.notes,
        }


class SheetProblem:
    """A problem of a row in one of several sheets."""

    def __init__(self, type, problem):
        self.type = type
        self.problem = problem

    def __str__(self):
        return f"{self.type}, {self.problem}"

    def as_json(self):
        return {"type": self.type} | self.problem.as_json()


def counts_of(planned):
    """How many rows do what; what is rare is said where there is some."""
    said = f"{planned.rows} rows: {planned.new} new, {planned.changed} changed, {planned.same} the same"
    rare = {"alike with an earlier row and left out": planned.duplicate, "probably there already": planned.likely}
    return ", ".join([said, *(f"{count} {words}" for words, count in rare.items() if count)])


def numbers_of(planned):
    return {name: getattr(planned, name) for name in NUMBERS}


def change_of(line, key_of):
    """What a line does to its record, as JSON."""
    fields = {column: list(cells) for column, cells in line.fields.items()}
    return {"row": line.number, "key": key_of(line.old | line.after), "fields": fields}
