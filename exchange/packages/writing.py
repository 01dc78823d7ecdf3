"""Writing a package: all types, and the history where it is asked for, of one moment."""

import json
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.contrib.auth import get_user_model
from django.db import transaction

from records.models import LOCK, Batch, Change, Counter

from .. import registry
from ..cells import ChoiceCell, WholeNumberCell, YesNoCell
from ..files import csv_lines
from ..problems import Unwritable
from ..progress import SILENT, WRITING
from ..resources import CHUNK
from .attachments import write_files

MANIFEST = "datapackage.json"
BATCHES, CHANGES = "batches", "changes"
# Rises whenever files of before can no longer be read as they are.
SCHEMA_VERSION = 1
SUM = "sha256:"


def write(path, *, with_changes=False, progress=SILENT):
    """Write the whole record into a new folder or, where the path ends with .zip, a file; return the manifest.

    All is of one moment: writers wait. What is half written is taken away again. Raises Unwritable.
    """
    path = Path(path)
    try:
        with target(path) as create, transaction.atomic():
            Counter.lock()
            entries = [write_table(create, type, progress) for type in registry.types()]
            if with_changes:
                entries += [
                    write_lines_of(create, BATCHES, Batch.objects.select_related("by").order_by("pk"), progress),
                    write_lines_of(create, CHANGES, Change.objects.order_by("pk"), progress),
                ]
            manifest = manifest_of(entries, write_files(create, with_changes, progress))
            with create(MANIFEST) as file:
                file.write(json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n")
    except OSError as error:
        raise Unwritable(f"{path} cannot be written: {error.strerror or error}.") from None
    return manifest


@contextmanager
def target(path):
    """Yields what opens each file of a package; the package stands at its path once all is written, not before."""
    if path.suffix.lower() == ".zip":
        with zip_target(path) as create:
            yield create
    else:
        with folder_target(path) as create:
            yield create


@contextmanager
def zip_target(path):
    handle, waiting = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
            yield lambda name: archive.open(member_of(name), "w", force_zip64=True)
        os.replace(waiting, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(waiting)


def member_of(name):
    """A zip file's member, of always the same time, so that the same record makes the same file."""
    member = ZipInfo(name)
    member.compress_type = ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member


@contextmanager
def folder_target(path):
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise Unwritable(f"{path} is there already, and is no empty folder.")
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}-"))
    try:
        yield lambda name: made(waiting / name).open("wb")
        os.replace(waiting, path)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def made(path):
    """A path within a folder that is there."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    return path


class Summed:
    """Writes pieces to a file, and keeps how many bytes they are and their sum."""

    def __init__(self, file):
        self.file = file
        self.bytes, self.sum = 0, sha256()

    def write(self, text):
        piece = text.encode()
        self.file.write(piece)
        self.sum.update(piece)
        self.bytes += len(piece)

    def as_entry(self):
        return {"bytes": self.bytes, "hash": SUM + self.sum.hexdigest()}


def write_table(create, type, progress):
    """Write all records of a type as CSV; return the manifest's entry of the file."""
    resource = registry.resource_of(type)()
    rows = resource.records().count()
    progress.begin(WRITING, rows, type)
    with create(f"{type}.csv") as file:
        summed = Summed(file)
        for text in csv_lines(resource, resource.records()):
            summed.write(text)
            progress.advance(min(CHUNK, rows - progress.rows))
    return {
        "name": type,
        "title": resource.title().capitalize(),
        "path": f"{type}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **summed.as_entry(),
        "rows": rows,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema_of(resource),
    }


def schema_of(resource):
    """The columns of a type as a Frictionless table schema."""
    schema = {"fields": [field_of(column) for column in resource.columns.values()], "missingValues": [""]}
    if len(resource.key) == 1 or all(resource.columns[name].required for name in resource.key):
        schema["primaryKey"] = list(resource.key)
    return schema


def field_of(column):
    cell = column.widget
    field = {"name": column.name, "type": "string", "description": column.help}
    if isinstance(cell, YesNoCell):
        field |= {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}
    elif cell.numeric:
        field["type"] = "integer" if isinstance(cell, WholeNumberCell) else "number"
    constraints = {"required": True} if column.required else {}
    if isinstance(cell, ChoiceCell):
        constraints["enum"] = cell.values
    return field | ({"constraints": constraints} if constraints else {})


def write_lines_of(create, name, records, progress):
    """Write records of the history as JSON, one a line; return the manifest's entry of the file."""
    progress.begin(WRITING, records.count(), name)
    with create(f"{name}.jsonl") as file:
        summed = Summed(file)
        rows = 0
        for record in records.iterator(chunk_size=CHUNK):
            summed.write(json.dumps(as_json(record), ensure_ascii=False) + "\n")
            rows += 1
            progress.advance()
    return {
        "name": name,
        "path": f"{name}.jsonl",
        "format": "jsonl",
        "mediatype": "application/jsonl",
        "encoding": "utf-8",
        **summed.as_entry(),
        "rows": rows,
    }


def as_json(record):
    """A batch or a change as JSON. Users are named; changes have no number of their own, their order is all."""
    fields = (field for field in record._meta.concrete_fields if field.name != "id" or isinstance(record, Batch))
    return {field.name: member_of_json(record, field) for field in fields}


def member_of_json(record, field):
    if field.related_model is get_user_model():
        user = getattr(record, field.name)
        return user and user.get_username()
    value = getattr(record, field.attname)
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def manifest_of(entries, files):
    return {
        "profile": "data-package",
        "name": "bali-process-record",
        "title": "The record of the Bali Process",
        "description": "All records, drafts and notes of staff included: not for the public.",
        "schema_version": SCHEMA_VERSION,
        "counters": dict(Counter.objects.exclude(name=LOCK).order_by("name").values_list("name", "value")),
        "resources": entries,
        "files": files,
    }
