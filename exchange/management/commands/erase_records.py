"""Erase records from the record and its history."""

import sys

from django.core.management.base import BaseCommand
from django.db.models import ProtectedError

from exchange import registry
from exchange.erasing import erase, personal_columns


class Command(BaseCommand):
    help = (
        "Erase records that say something of a person, whether they are there or were deleted: from the record and "
        "from its history, where a mark stays. It cannot be taken back. Ends with 2 where there is nothing to erase."
    )

    def add_arguments(self, parser):
        erasable = [type for type in registry.types() if personal_columns(registry.resource_of(type))]
        parser.add_argument("type", choices=erasable)
        parser.add_argument("keys", nargs="+", metavar="key", help="the key of a record, such as C4")

    def handle(self, type, keys, **options):
        resource = registry.resource_of(type)
        try:
            batch = erase(resource, keys)
        except ProtectedError as error:
            self.stderr.write(error.args[0])
            sys.exit(2)
        if batch is None:
            self.stderr.write(f"There is nothing to erase: no {resource.title()} are, or were, {', '.join(keys)}.")
            sys.exit(2)
        self.stdout.write(f"Erased, with batch {batch.pk}.")
