"""Write the whole record as a data package."""

import json

from django.core.management.base import BaseCommand, CommandError

from exchange import packages
from exchange.problems import Unwritable
from exchange.progress import on_terminal


class Command(BaseCommand):
    help = (
        "Write the whole record, drafts and notes included, into a new folder or a .zip file, as a data package: a CSV "
        "file for each type, and datapackage.json with columns, rows and sums. It is what import_all takes."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", help="the folder, new or empty, or a file that ends with .zip")
        parser.add_argument("--with-changes", action="store_true", help="with the history: who changed what and why")
        parser.add_argument("--json", action="store_true", help="print what was written as JSON")

    def handle(self, path, with_changes, json, **options):
        try:
            with on_terminal(quiet=json) as progress:
                manifest = packages.write(path, with_changes=with_changes, progress=progress)
        except Unwritable as error:
            raise CommandError(str(error)) from None
        if json:
            self.print_json(path, manifest)
        else:
            counts = ", ".join(f"{entry['rows']} {entry['name'].replace('_', ' ')}" for entry in manifest["resources"])
            self.stdout.write(f"Written to {path}: {counts}.")

    def print_json(self, path, manifest):
        written = [{name: entry[name] for name in ("name", "rows", "bytes", "hash")} for entry in manifest["resources"]]
        said = {"path": path, "schema_version": manifest["schema_version"], "files": written}
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
