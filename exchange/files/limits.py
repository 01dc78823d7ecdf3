"""Limits: how much a file may hold. docs/operations.md names the settings that say so."""

from typing import NamedTuple

from django.conf import settings

from ..problems import UnreadableFile


class Limits(NamedTuple):
    """The most rows and columns that are read of a file, and the most characters of a cell; None for any number."""

    rows: int | None = None
    columns: int | None = None
    cell: int | None = None

    def check_rows(self, number):
        """Raise UnreadableFile for more rows than are allowed."""
        if self.rows is not None and number > self.rows:
            raise UnreadableFile(f"The file has more than {self.rows:,} rows, which are the most at once: split it.")

    def check_columns(self, number):
        """Raise UnreadableFile for more columns than are allowed."""
        if self.columns is not None and number > self.columns:
            raise UnreadableFile(f"The heading has {number:,} columns, and {self.columns:,} are the most.")


ENDLESS = Limits()


def usual():
    """The limits of files that people bring, as the settings say."""
    return Limits(settings.IMPORT_MAX_ROWS, settings.IMPORT_MAX_COLUMNS, settings.IMPORT_MAX_CELL_LENGTH)
