"""Write the records of a type as CSV."""

import os
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from exchange import registry
from exchange.files import csv_lines


class Command(BaseCommand):
    help = "Write all records of a type as CSV, sorted by key: what import_records takes."

    def add_arguments(self, parser):
        parser.add_argument("type", choices=registry.types(), help="the type of the records")
        parser.add_argument("--output", help="the file to write; the standard output where none is named")

    def handle(self, type, output, **options):
        resource = registry.resource_of(type)()
        lines = csv_lines(resource, resource.records())
        if not output:
            print_out(lines)
            return
        try:
            with Path(output).open("w", encoding="utf-8", newline="") as file:
                file.writelines(lines)
        except OSError as error:
            raise CommandError(f"The file {output} cannot be written: {error.strerror}.") from None


def print_out(lines):
    """Write texts to the standard output until there are none left, or nobody reads on, as with `| head`."""
    try:
        for text in lines:
            sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered goes nowhere, so that ending does not fail on it again.
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
