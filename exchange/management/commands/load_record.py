"""Load the starting record."""

from django.core.management.base import BaseCommand, CommandError

from exchange import starting_record
from exchange.plans import NotApplied
from exchange.problems import UnreadableFile


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
        except UnreadableFile as error:
            raise CommandError(str(error)) from None
        except NotApplied as refusal:
            raise CommandError("\n".join(str(problem) for problem in refusal.problems)) from None
        if verbosity:
            self.stdout.write(said(added))


def said(added):
    """What was added, in a sentence."""
    counts = [f"{count} {type.replace('_', ' ')}" for type, count in added.items() if count]
    return f"Added {', '.join(counts)}." if counts else "Nothing was missing of the starting record."
