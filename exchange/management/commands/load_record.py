"""Load the starting record."""

from django.core.management.base import BaseCommand, CommandError

from exchange import starting_record


class Command(BaseCommand):
    help = (
        "Add what the record lacks of the starting record. It never changes a record that is there, nor brings back "
        "one that was deleted, so it may be run again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="only when there is no record at all")

    def handle(self, if_empty, verbosity, **options):
        if if_empty and not starting_record.is_empty():
            return
        try:
            added = starting_record.load()
        except starting_record.NotLoaded as refusal:
            raise CommandError(str(refusal)) from None
        if verbosity:
            self.stdout.write(said(added))


def said(added):
    """What was added, in a sentence."""
    counts = [f"{count} {type.replace('_', ' ')}" for type, count in added.items() if count]
    return f"Added {', '.join(counts)}." if counts else "Nothing was missing of the starting record."
