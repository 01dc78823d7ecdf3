"""Show what changed in the record."""

import json
from datetime import UTC

from django.core.management.base import BaseCommand

from exchange import registry
from records.models import Batch, Change


class Command(BaseCommand):
    help = "Show the changes of the record, oldest first: who, when, from where, why, and each column before and after."

    def add_arguments(self, parser):
        parser.add_argument("--type", choices=registry.types(), help="of this record type alone")
        parser.add_argument("--key", help="of the record with this key, now or once, such as E17 or “Seoul / KR”")
        parser.add_argument("--batch", type=int, help="of this batch alone")
        parser.add_argument("--json", action="store_true", help="print a JSON list")

    def handle(self, type, key, batch, json, **options):
        changes = Change.objects.select_related("batch__by").order_by("pk")
        if type:
            changes = changes.filter(type=type)
        if key:
            changes = changes.of_key(key)
        if batch is not None:
            changes = changes.filter(batch__in=Batch.objects.filter(pk=batch))
        if json:
            self.print_json(changes)
        elif not self.print_words(changes):
            self.stderr.write("There is no such change.")

    def print_json(self, changes):
        self.stdout.write("[", ending="")
        for position, change in enumerate(changes.iterator(chunk_size=500)):
            self.stdout.write(",\n " if position else "\n ", ending="")
            self.stdout.write(json.dumps(as_json(change), ensure_ascii=False), ending="")
        self.stdout.write("\n]")

    def print_words(self, changes):
        """Print the changes; return whether there were any."""
        change = None
        for change in changes.iterator(chunk_size=500):
            batch = change.batch
            why = f": {batch.reason}" if batch.reason else ""
            who = batch.by or "a command"
            self.stdout.write(f"{batch.at:%Y-%m-%d %H:%M} {batch} by {who} ({batch.get_origin_display()}){why}")
            self.stdout.write(f"  {change.type} {change.key} {change.verb}")
            for column, (before, after) in change.fields.items():
                self.stdout.write(f"    {column}: {before or '–'} → {after or '–'}")
        return change is not None


def as_json(change):
    batch = change.batch
    return {
        "batch": batch.pk,
        "type": change.type,
        "key": change.key,
        "before": change.before,
        "after": change.after,
        "at": batch.at.astimezone(UTC).isoformat(),
        "by": batch.by and batch.by.get_username(),
        "origin": batch.origin,
        "reason": batch.reason,
    }
