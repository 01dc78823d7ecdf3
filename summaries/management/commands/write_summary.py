"""Write an edition of the Summary of Activities as a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from summaries.models import Edition
from summaries.printed import of_edition
from summaries.writing import FORMATS


class Command(BaseCommand):
    help = "Write an edition of the Summary of Activities as plain text, web page, Word, PDF, or CSV of its entries."

    def add_arguments(self, parser):
        parser.add_argument("edition", metavar="ID", help="the reference of the edition, such as S1")
        parser.add_argument("--format", required=True, choices=FORMATS, help="the format")
        parser.add_argument("--output", required=True, help="the file to write")

    def handle(self, edition, format, output, **options):
        printed = of_edition(edition_of(edition))
        written = FORMATS[format].write(printed)
        try:
            Path(output).write_bytes(written)
        except OSError as error:
            raise CommandError(f"The file {output} cannot be written: {error.strerror}.") from None


def edition_of(reference):
    """The edition with a reference. Raises CommandError, which names those that there are."""
    try:
        return Edition.objects.get(reference=reference)
    except Edition.DoesNotExist:
        known = ", ".join(Edition.objects.newest_first().values_list("reference", flat=True)) or "none yet"
        raise CommandError(f"There is no edition “{reference}”. Those that there are: {known}.") from None
