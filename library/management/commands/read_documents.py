"""Take the words out of the files of documents."""

from django.core.management.base import BaseCommand

from library import reading
from library.models import DocumentVersion


class Command(BaseCommand):
    help = "Take the words out of the files of documents that wait for it, for the search: after import_all, all do."

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="of all files anew, also of those that were read")

    def handle(self, again, **options):
        waiting = DocumentVersion.objects.order_by("pk")
        if again:
            waiting.update(reading=DocumentVersion.Reading.WAITING)
        keys = list(waiting.filter(reading=DocumentVersion.Reading.WAITING).values_list("pk", flat=True))
        counts = dict.fromkeys(DocumentVersion.Reading.values, 0)
        for pk in keys:
            version = DocumentVersion.objects.defer("text").get(pk=pk)
            reading.read(version)
            version.refresh_from_db(fields=["reading"])
            counts[version.reading] += 1
        self.stdout.write(
            f"{counts['read']} files were read, {counts['nothing']} have no words, "
            f"{counts['unreadable']} could not be read."
        )
