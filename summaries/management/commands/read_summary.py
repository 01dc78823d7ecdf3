"""Read a summary of activities, keep it as an edition, and accept what it says of activities."""

import json
import sys

from django.core.management.base import BaseCommand

from exchange.plans import NotApplied
from exchange.problems import UnreadableFile
from summaries.accepting import accept_sound
from summaries.keeping import ReadBefore, keep, read_file
from summaries.models import Entry

NOT_APPLIED, UNREADABLE = 1, 2


class Command(BaseCommand):
    help = (
        "Read a Summary of Activities, show its sections and entries as rows of events, and keep it as an edition. "
        "Nothing else in the record is touched unless --accept is said."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the summary: .txt, .md, .docx, .html or text .pdf")
        parser.add_argument("--dry-run", action="store_true", help="say what was read, and write nothing")
        parser.add_argument("--accept", action="store_true", help="make activities of all entries without doubts")
        parser.add_argument("--json", action="store_true", help="print what was read as JSON")

    def handle(self, file, dry_run, accept, json, **options):
        try:
            document = read_file(file)
        except UnreadableFile as error:
            self.stop(UNREADABLE, str(error))
        said = [] if dry_run else self.keep(document, file)
        if accept and not dry_run:
            said += self.accept(document.edition)
        if json:
            self.print_json(document)
        else:
            self.print_words(document)
        for sentence in said:
            (self.stderr if json else self.stdout).write(sentence)

    def keep(self, document, file):
        """Keep a document as an edition, unless the file was read before; return sentences that say so."""
        try:
            edition = keep(document, file)
        except ReadBefore as before:
            document.edition = before.edition.reference
            return [str(before)]
        return [f"Kept as {edition.reference}, with {counted(len(document.entries))}."]

    def accept(self, edition):
        """Accept the entries of an edition that wait and have no doubts; return sentences that say what that did."""
        waiting = Entry.objects.filter(edition__reference=edition).waiting()
        sure = {entry.pk: entry for entry in waiting.without_doubts()}
        doubtful = waiting.count() - len(sure)
        try:
            done, refused = accept_sound(list(sure.values()), reason=f"All without doubts of {edition}")
        except NotApplied as refusal:
            self.stop(NOT_APPLIED, *map(str, refusal.problems))
        said = [f"Accepted {counted(len(sure) - len(refused))}: {done}."]
        if doubtful:
            has, waits = ("has", "waits") if doubtful == 1 else ("have", "wait")
            said.append(f"{counted(doubtful)} {has} doubts and {waits} for somebody to decide.")
        for pk, problems in refused.items():
            said += [f"Not accepted: {sure[pk].heading}: {problem.message}" for problem in problems]
        return said

    def stop(self, code, *sentences):
        for sentence in sentences:
            self.stderr.write(sentence)
        sys.exit(code)

    def print_json(self, document):
        self.stdout.write(json.dumps(document.as_json(), ensure_ascii=False, indent=2))

    def print_words(self, document):
        self.stdout.write(document.title)
        for section in document.sections:
            self.stdout.write(f"\n{section.heading or '(no heading)'}: {len(section.entries)} entries")
            for entry in section.entries:
                self.print_entry(entry)
        for start, end in document.unread:
            self.stdout.write(f"\nNot understood: {document.text[start:end]}")

    def print_entry(self, entry):
        row = entry.row
        place = ", ".join(filter(None, [row["city"], row["country"]]))
        known = f"  = {row['reference']}" if row["reference"] else ""
        self.stdout.write(
            f"  {row['when'] or 'undated'}  {row['kind']}  {row['title']}  ({place or 'no place'}){known}"
        )
        for doubt in entry.doubts:
            self.stdout.write(f"      ? {doubt}")


def counted(number):
    return f"{number} {'entry' if number == 1 else 'entries'}"
