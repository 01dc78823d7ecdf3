"""Take away the files that no document has or had."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from library import store


class Command(BaseCommand):
    help = (
        "Take away the files of documents that neither a version nor any change in the history names: those that were "
        "sent and then not saved. Young ones stay, as somebody may be about to save them."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and leave it")
        parser.add_argument("--hours", type=int, default=24, help="how old a file must be to go (24)")

    def handle(self, dry_run, hours, **options):
        before = timezone.now() - timedelta(hours=hours)
        try:
            found = list(store.kept())
        except FileNotFoundError:
            found = []
        except NotImplementedError:
            raise CommandError("The storage of documents cannot be listed.") from None
        named = store.needed() | store.of_the_past()
        going = [sum for sum in found if sum not in named and store.kept_since(sum) < before]
        for sum in [] if dry_run else going:
            store.drop(sum)
        missing = sorted(store.needed() - set(found))
        for sum in missing:
            self.stderr.write(f"The file {sum}, which a version names, is not kept here.")
        verb = "would go" if dry_run else "went"
        self.stdout.write(f"{len(going)} of {len(found)} files {verb}; {len(missing)} are missing.")
