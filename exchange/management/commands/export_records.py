"""Write the records of a type as CSV, XLSX or JSON."""

import os
import sys
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
        pieces = map(as_bytes, FORMATS[format].pieces(resource, resource.records()))
        try:
            if not output:
                print_out(pieces)
                return
            with Path(output).open("wb") as file:
                file.writelines(pieces)
        except OSError as error:
            raise CommandError(f"The file {output} cannot be written: {error.strerror}.") from None
        except Unwritable as error:
            raise CommandError(str(error)) from None


def format_of(output):
    """The format that a file's name ends with; CSV where it ends with none."""
    ending = Path(output or "").suffix.lower().lstrip(".")
    return ending if ending in FORMATS else "csv"


def as_bytes(piece):
    return piece.encode() if isinstance(piece, str) else piece


def print_out(pieces):
    """Write bytes to the standard output until there are none left, or nobody reads on, as with `| head`."""
    try:
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered goes nowhere, so that ending does not fail on it again.
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
