"""Write an edition of the Summary of Activities, or the next one, as a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from records.dates import InvalidDate, PartialDate
from summaries.composing import compose
from summaries.models import Edition
from summaries.printed import of_edition
from summaries.writing import FORMATS


class Command(BaseCommand):
    help = (
        "Write an edition of the Summary of Activities as plain text, web page, Word, PDF, or CSV of its entries; or "
        "what the next would be, composed from the published activities, of which nothing is kept."
    )

    def add_arguments(self, parser):
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("edition", metavar="ID", nargs="?", help="the reference of the edition, such as S1")
        which.add_argument("--compose", action="store_true", help="compose the next edition")
        parser.add_argument("--until", metavar="DATE", help="the last day that it reports; today where not said")
        parser.add_argument("--format", required=True, choices=FORMATS, help="the format")
        parser.add_argument("--output", required=True, help="the file to write")

    def handle(self, edition, until, format, output, **options):
        if edition and until:
            raise CommandError("--until goes with --compose: an edition reports as far as it does.")
        printed = of_edition(edition_of(edition)) if edition else compose(date_of(until)).printed
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


def date_of(text):
    """The date that was typed, or None where none was. Raises CommandError."""
    try:
        return PartialDate.parse(text or "") or None
    except InvalidDate as refusal:
        raise CommandError(str(refusal)) from None
