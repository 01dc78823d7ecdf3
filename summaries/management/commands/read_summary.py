"""Read a summary of activities, and say what it holds."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError

from exchange.problems import UnreadableFile
from summaries.extraction import extract
from summaries.knowledge import Knowledge
from summaries.reading import read

UNREADABLE = 2


class Command(BaseCommand):
    help = "Read a Summary of Activities, and show its sections and entries as rows of events. Nothing is written."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the summary: .txt, .md, .docx, .html or text .pdf")
        parser.add_argument("--dry-run", action="store_true", help="say what was read, and write nothing")
        parser.add_argument("--json", action="store_true", help="print what was read as JSON")

    def handle(self, file, dry_run, json, **options):
        if not dry_run:
            raise CommandError("Say --dry-run: for now a summary is only read, and nothing is kept.")
        try:
            found = extract(file)
        except UnreadableFile as error:
            self.stderr.write(str(error))
            sys.exit(UNREADABLE)
        document = read(found.text, Knowledge.from_record(), found.hints)
        if json:
            self.print_json(document)
        else:
            self.print_words(document)

    def print_json(self, document):
        self.stdout.write(json.dumps(document.as_json(), ensure_ascii=False, indent=2))

    def print_words(self, document):
        self.stdout.write(document.title)
        for section in document.sections:
            self.stdout.write(f"\n{section.heading or '(no heading)'}: {len(section.entries)} entries")
            for entry in section.entries:
                row = entry.row
                place = ", ".join(filter(None, [row["city"], row["country"]]))
                self.stdout.write(
                    f"  {row['when'] or 'undated'}  {row['kind']}  {row['title']}  ({place or 'no place'})"
                )
                for doubt in entry.doubts:
                    self.stdout.write(f"      ? {doubt}")
        for start, end in document.unread:
            self.stdout.write(f"\nNot understood: {document.text[start:end]}")
