"""Write a workbook to be filled in with records."""

from django.core.management.base import BaseCommand, CommandError

from exchange import registry
from exchange.files.templates import write_template


class Command(BaseCommand):
    help = (
        "Write an XLSX workbook to be filled in, which import_records takes: headings with help, drop-downs, examples; "
        "of one type of record, or with a sheet for each."
    )

    def add_arguments(self, parser):
        parser.add_argument("type", nargs="?", choices=registry.types(), help="the type of records; all where not said")
        parser.add_argument("--output", required=True, help="the file to write")

    def handle(self, type, output, **options):
        types = [type] if type else registry.types()
        try:
            write_template(output, [registry.resource_of(type)() for type in types])
        except OSError as error:
            raise CommandError(f"The file {output} cannot be written: {error.strerror}.") from None
