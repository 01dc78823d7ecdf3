"""Write the records of a type as CSV, XLSX or JSON."""

import sys
from contextlib import closing
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from exchange import registry
from exchange.files import FORMATS
from exchange.problems import Unwritable


class Command(BaseCommand):
    help = "Write all records of a type, sorted by key: what import_records takes."

    def add_arguments(self, parser):
        parser.add_argument("type", choices=registry.types(), help="the type of the records")
        parser.add_argument("--output", help="the file to write; the standard output where none is named")
        parser.add_argument(
            "--format", choices=list(FORMATS), help="the format; that of the output's name where not said, or else CSV"
        )

    def handle(self, type, output, format, **options):
        resource = registry.resource_of(type)()
        format = format or format_of(output)
        try:
            with closing(FORMATS[format].pieces(resource, resource.records())) as pieces:
                write(map(as_bytes, pieces), output)
        except Unwritable as error:
            raise CommandError(str(error)) from None


def write(pieces, output):
    if not output:
        sys.stdout.buffer.writelines(pieces)
        return
    try:
        with Path(output).open("wb") as file:
            file.writelines(pieces)
    except OSError as error:
        raise CommandError(f"The file {output} cannot be written: {error.strerror}.") from None


def format_of(output):
    """The format that a file's name ends with; CSV where it ends with none."""
    ending = Path(output or "").suffix.lower().lstrip(".")
    return ending if ending in FORMATS else "csv"


def as_bytes(piece):
    return piece.encode() if isinstance(piece, str) else piece
