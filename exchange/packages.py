"""Packages: the whole record in a folder or a zip file, as a Frictionless data package, and back into an empty record.

A package holds a CSV file for each record type, where it is asked for also who changed what (`batches.jsonl` and
`changes.jsonl`), and `datapackage.json`, which names them all with their columns, rows and sums.
"""

import json
import os
import shutil
import tempfile
import zlib
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo, is_zipfile

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction

from records.models import LOCK, Batch, Change, Counter

from . import registry
from .cells import ChoiceCell, WholeNumberCell, YesNoCell
from .files import CsvTable, csv_lines, limits
from .plans import NotApplied, plan
from .problems import UnreadableFile, Unwritable
from .resources import CHUNK, chunked
from .starting_record import is_empty

MANIFEST = "datapackage.json"
BATCHES, CHANGES = "batches", "changes"
# Rises whenever files of before can no longer be read as they are.
SCHEMA_VERSION = 1
BLOCK = 1 << 20
SUM = "sha256:"
# What lines of a history raise that were not written by this software.
UNFIT = (AttributeError, KeyError, TypeError, FieldDoesNotExist, ValidationError, DataError, IntegrityError)


# --- Out --------------------------------------------------------------------------------------------------------------


def write(path, *, with_changes=False):
    """Write the whole record into a new folder or, where the path ends with .zip, a file; return the manifest.

    All is of one moment: writers wait. What is half written is taken away again. Raises Unwritable.
    """
    path = Path(path)
    try:
        with target(path) as create, transaction.atomic():
            Counter.lock()
            entries = [write_table(create, type) for type in registry.types()]
            if with_changes:
                entries += [
                    write_lines_of(create, BATCHES, Batch.objects.select_related("by").order_by("pk")),
                    write_lines_of(create, CHANGES, Change.objects.order_by("pk")),
                ]
            manifest = manifest_of(entries)
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
        yield lambda name: (waiting / name).open("wb")
        os.replace(waiting, path)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


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


def write_table(create, type):
    """Write all records of a type as CSV; return the manifest's entry of the file."""
    resource = registry.resource_of(type)()
    with create(f"{type}.csv") as file:
        summed = Summed(file)
        for text in csv_lines(resource, resource.records()):
            summed.write(text)
    return {
        "name": type,
        "title": resource.title().capitalize(),
        "path": f"{type}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **summed.as_entry(),
        "rows": resource.records().count(),
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


def write_lines_of(create, name, records):
    """Write records of the history as JSON, one a line; return the manifest's entry of the file."""
    with create(f"{name}.jsonl") as file:
        summed = Summed(file)
        rows = 0
        for record in records.iterator(chunk_size=CHUNK):
            summed.write(json.dumps(as_json(record), ensure_ascii=False) + "\n")
            rows += 1
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


def manifest_of(entries):
    return {
        "profile": "data-package",
        "name": "bali-process-record",
        "title": "The record of the Bali Process",
        "description": "All records, drafts and notes of staff included: not for the public.",
        "schema_version": SCHEMA_VERSION,
        "counters": dict(Counter.objects.exclude(name=LOCK).order_by("name").values_list("name", "value")),
        "resources": entries,
    }


# --- In ---------------------------------------------------------------------------------------------------------------


class NotRestored(NotApplied):
    """Raised where rows of a package are in error; nothing was written. `type` says of which type they are."""

    def __init__(self, type, problems):
        super().__init__(problems)
        self.type = type


class Restored(NamedTuple):
    """What was brought in: {type: rows}, how many batches and changes, and which of their authors nobody is here."""

    rows: dict
    batches: int = 0
    changes: int = 0
    unknown_users: tuple = ()


def restore(path, *, with_changes=False, reason=""):
    """Bring a package into an empty record, in one transaction; what comes of it is compared with it before it counts.

    with_changes  bring the history of the package; otherwise one batch says that all this was brought in, and why

    Returns what was brought in. Raises UnreadableFile where the package is not whole, or the record not empty, and
    NotRestored where its rows are refused.
    """
    with opened(Path(path)) as package, transaction.atomic():
        package.check(with_changes)
        Counter.lock()
        if not is_empty():
            raise UnreadableFile("The record is not empty: a package is brought into an empty one alone.")
        batch = Batch(origin=Batch.Origin.IMPORT, reason=reason)
        restored = Restored({type: bring_in(type, table, batch) for type, table in package.tables().items()})
        if with_changes:
            forget(batch)
            restored = bring_in_history(package, restored)
        for letter, number in package.manifest["counters"].items():
            Counter.raise_to(letter, number)
        package.compare()
    return restored


def bring_in(type, table, batch):
    """Bring in the rows of a type; return how many they are. Raises NotRestored."""
    try:
        planned = plan(type, table)
        planned.apply(batch)
    except NotApplied as refusal:
        raise NotRestored(type, refusal.problems) from None
    return planned.rows


@contextmanager
def opened(path):
    """The Package in a folder or a zip file, which is unpacked into a temporary folder. Raises UnreadableFile."""
    with ExitStack() as stack:
        folder = path
        if path.is_file() and is_zipfile(path):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="package-")))
            unpack(path, folder)
        yield Package(folder, path)


def unpack(path, folder):
    """Unpack the files of a package; what stands in folders of their own is none of it."""
    try:
        with ZipFile(path) as archive:
            for member in archive.infolist():
                if member.filename == Path(member.filename).name and not member.is_dir():
                    with archive.open(member) as source, (folder / member.filename).open("wb") as copy:
                        shutil.copyfileobj(source, copy)
    except (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        raise UnreadableFile(f"The package {path} cannot be unpacked: {error}.") from None


class Package:
    """A package in a folder; `path` is what people call it."""

    def __init__(self, folder, path):
        self.folder = folder
        try:
            self.manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
            self.entries = {entry["name"]: entry for entry in self.manifest["resources"]}
        except OSError:
            raise UnreadableFile(f"{path} is no package: it has no {MANIFEST}.") from None
        except (ValueError, KeyError, TypeError, RecursionError):
            raise UnreadableFile(f"The {MANIFEST} of {path} cannot be read.") from None

    def check(self, with_changes):
        """Refuse another version, missing and unknown files, and files that are not what they were."""
        version = self.manifest.get("schema_version")
        if version != SCHEMA_VERSION:
            raise UnreadableFile(f"The package is of schema version {version}, and {SCHEMA_VERSION} is read here.")
        history = [BATCHES, CHANGES]
        if with_changes and not self.entries.keys() >= set(history):
            raise UnreadableFile("The package holds no changes: it was written without them.")
        for name in [*registry.types(), *(history if with_changes else ())]:
            if name not in self.entries:
                raise UnreadableFile(f"The package holds no {name}.")
        unknown = self.entries.keys() - {*registry.types(), *history}
        if unknown:
            raise UnreadableFile(f"The package holds what is not known here: {', '.join(sorted(unknown))}.")
        self.check_counters()
        for name in self.entries:
            self.check_sum(name)

    def check_counters(self):
        counters = self.manifest.get("counters")
        if not isinstance(counters, dict) or not all(isinstance(number, int) for number in counters.values()):
            raise UnreadableFile(f"The {MANIFEST} does not say which references were given.")

    def check_sum(self, name):
        try:
            with self.file(name).open("rb") as file:
                found = sha256()
                while block := file.read(BLOCK):
                    found.update(block)
        except OSError:
            raise UnreadableFile(f"The package lacks its file {self.file(name).name}.") from None
        if SUM + found.hexdigest() != self.entries[name].get("hash"):
            raise UnreadableFile(f"The file {self.file(name).name} of the package is not what it was: its sum differs.")

    def file(self, name):
        """The path of a file, which stands in the package's own folder whatever the manifest says."""
        return self.folder / Path(str(self.entries[name].get("path"))).name

    def tables(self):
        """The tables of all types, in the order of loading."""
        return {
            type: CsvTable(self.file(type), registry.resource_of(type).declared, within=limits.ENDLESS)
            for type in registry.types()
        }

    def lines(self, name):
        """What the lines of a file of JSON hold."""
        with self.file(name).open(encoding="utf-8") as file:
            yield from map(json.loads, file)

    def compare(self):
        """Refuse a record that does not go out as it came in."""
        for type in registry.types():
            resource = registry.resource_of(type)()
            found = sha256()
            for text in csv_lines(resource, resource.records()):
                found.update(text.encode())
            if SUM + found.hexdigest() != self.entries[type]["hash"]:
                raise UnreadableFile(f"What came of the package’s {type} differs from them, so nothing was written.")


def forget(batch):
    """Take a batch that was only made on the way out of the history."""
    if batch.pk:
        Change.objects.filter(batch=batch)._raw_delete(connection.alias)
        Batch.objects.filter(pk=batch.pk)._raw_delete(connection.alias)


def bring_in_history(package, restored):
    """Bring in the batches and changes of a package; return what was brought in, with them."""
    users = {user.get_username(): user.pk for user in get_user_model()._default_manager.all()}
    unknown, batches, changes = set(), 0, 0
    for lines in chunked(package.lines(BATCHES), CHUNK):
        unknown |= {line["by"] for line in lines} - users.keys() - {None}
        batches += keep(Batch, lines, users)
    for lines in chunked(package.lines(CHANGES), CHUNK):
        changes += keep(Change, lines, users)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Batch, Change]):
            cursor.execute(statement)
    return restored._replace(batches=batches, changes=changes, unknown_users=tuple(sorted(unknown)))


def keep(model, lines, users):
    """Save batches or changes as their lines say, and return how many. Raises UnreadableFile for other lines."""
    try:
        values = [values_of(model, line, users) for line in lines]
        made = model.objects.bulk_create([model(**each) for each in values])
        if model is Batch:  # which sets its own time when it is made
            for batch, each in zip(made, values, strict=True):
                batch.at = each["at"]
            Batch.objects.bulk_update(made, ["at"])
    except UNFIT as error:
        raise UnreadableFile(f"The history of the package cannot be read: {error}.") from None
    return len(made)


def values_of(model, line, users):
    """The values of a batch's or a change's fields, as its line of JSON says; a user that is not known here is None."""
    values = {}
    for name, value in line.items():
        field = model._meta.get_field(name)
        is_user = field.related_model is get_user_model()
        values[field.attname] = users.get(value) if is_user else field.to_python(value)
    return values
