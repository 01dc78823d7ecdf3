"""Files: rows in CSV, XLSX, ODS and JSON on the way in, in CSV, XLSX and JSON on the way out."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from ..problems import UnreadableFile
from . import kinds, limits, sheets
from .csv import CsvTable, csv_lines
from .json import JsonTable, json_lines
from .workbooks import workbook_blocks

__all__ = [
    "FORMATS",
    "CsvTable",
    "JsonTable",
    "begun",
    "csv_lines",
    "json_lines",
    "public_columns",
    "table_of",
    "tables_of",
    "workbook_blocks",
]


class Format(NamedTuple):
    """A kind of file that records are written in: its media type, and what gives its pieces, texts or bytes.

    `pieces(resource, records, columns=None)` takes a resource's instance, whose session says for whose eyes the file
    is, a query set, and the names of the columns; all where not said.
    """

    media_type: str
    pieces: Callable


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", csv_lines),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook_blocks),
    "json": Format("application/json", json_lines),
}


def table_of(path, resource, *, within=None):
    """The table of the rows of a record type in a file of any kind, which is told by its content.

    path      of the file
    resource  the class of the record type's resource, or an instance
    within    the limits of what is read; the usual ones, which the settings give, where not said

    Raises UnreadableFile.
    """
    path, within = Path(path), within or limits.usual()
    kind = kind_of(path)
    if kind in sheets.BOOKS:
        return sheets.table_of_type(path, kind, resource, within)
    if kind == kinds.JSON:
        return JsonTable(path, resource.type, resource.declared, within=within)
    return CsvTable(path, resource.declared, within=within)


def tables_of(path, resources, *, within=None):
    """The tables of a workbook with a sheet for each of several record types: {type: table}, in the types' order.

    Raises UnreadableFile, also for a file that is no workbook.
    """
    path, within = Path(path), within or limits.usual()
    kind = kind_of(path)
    if kind not in sheets.BOOKS:
        raise UnreadableFile("This file does not say of which type its records are: only the sheets of a workbook do.")
    return sheets.tables_of_types(path, kind, resources, within)


def kind_of(path):
    """The kind of a file. Raises UnreadableFile, also where there is none."""
    try:
        return kinds.kind_of(path)
    except OSError as error:
        raise UnreadableFile(f"The file {path} cannot be read: {error.strerror or error}.") from None


def begun(pieces):
    """The pieces of a file, the first of which is made at once: what cannot be written is known before any is sent.

    Whoever closes them, closes what they are read from.

    Raises Unwritable.
    """
    sent = from_the_first(pieces)
    next(sent)
    return sent


def from_the_first(pieces):
    with closing(pieces):
        first = next(pieces)
        yield
        yield first
        yield from pieces


def public_columns(resource):
    """The names of the columns that everybody may see."""
    return [name for name, column in resource.columns.items() if not column.private]
