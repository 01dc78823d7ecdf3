"""Bring a data package into an empty record."""

import json
import sys

from django.core.management.base import BaseCommand

from exchange import packages
from exchange.problems import UnreadableFile
from exchange.progress import on_terminal

from .import_records import IN_ERROR, UNREADABLE, reason_of


class Command(BaseCommand):
    help = (
        "Bring what export_all wrote into an empty record, in one transaction or not at all. Sums and version are "
        "checked before, and what comes of it is compared with the package before it counts."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", help="the folder or the .zip file")
        parser.add_argument("--with-changes", action="store_true", help="bring the history too")
        parser.add_argument("--reason", default="", type=reason_of, help="why, for a history that begins anew")
        parser.add_argument("--json", action="store_true", help="print what was brought in as JSON")

    def handle(self, path, with_changes, reason, json, **options):
        try:
            with on_terminal(quiet=json) as progress:
                restored = packages.restore(path, with_changes=with_changes, reason=reason, progress=progress)
        except UnreadableFile as error:
            self.stderr.write(str(error))
            sys.exit(UNREADABLE)
        except packages.NotRestored as refusal:
            for problem in refusal.problems:
                self.stderr.write(f"{refusal.type}, {problem}")
            self.stderr.write("Nothing was written.")
            sys.exit(IN_ERROR)
        if json:
            self.print_json(restored)
        else:
            self.print_words(restored)

    def print_json(self, restored):
        self.stdout.write(json.dumps(restored._asdict(), ensure_ascii=False, indent=2))

    def print_words(self, restored):
        counts = [f"{rows} {type.replace('_', ' ')}" for type, rows in restored.rows.items()]
        if restored.changes:
            counts.append(f"{restored.changes} changes in {restored.batches} batches")
        self.stdout.write(f"Brought in: {', '.join(counts)}.")
        if restored.unknown_users:
            names = ", ".join(restored.unknown_users)
            self.stdout.write(f"Not known here, so that what they changed has no author now: {names}.")
