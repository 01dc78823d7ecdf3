"""Restoring a package: bringing it into an empty record, whole or not at all."""

import json
import shutil
import tempfile
import zlib
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, is_zipfile

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction

from records.folding import one_line
from records.models import Batch, Change, Counter

from .. import registry
from ..files import CsvTable, csv_lines, limits
from ..plans import NotApplied, plan
from ..problems import UnreadableFile
from ..progress import CHECKING, COMPARING, SILENT, WRITING
from ..resources import CHUNK, chunked
from ..sources import source_of
from ..starting_record import is_empty
from .attachments import NAMED, brought_in, check_files
from .writing import BATCHES, CHANGES, MANIFEST, SCHEMA_VERSION, SUM, made

BLOCK = 1 << 20
NOT_EMPTY = "The record is not empty: a package is brought into an empty one alone."
# What lines of a history raise that were not written by this software.
UNFIT = (AttributeError, KeyError, TypeError, ValueError, FieldDoesNotExist, ValidationError, DataError, IntegrityError)


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


def restore(path, *, with_changes=False, reason="", progress=SILENT):
    """Bring a package into an empty record, in one transaction; what comes of it is compared with it before it counts.

    with_changes  bring the history of the package; otherwise one batch says that all this was brought in, and why

    Returns what was brought in. Raises UnreadableFile where the package is not whole, or the record not empty, and
    NotRestored where its rows are refused.
    """
    with opened(Path(path)) as package, package.kept(with_changes), transaction.atomic():
        Counter.lock()
        if not is_empty():
            raise UnreadableFile(NOT_EMPTY)
        batch = Batch(origin=Batch.Origin.IMPORT, reason=reason, **package.source)
        restored = Restored({type: bring_in(type, table, batch, progress) for type, table in package.tables().items()})
        if with_changes:
            forget(batch)
            restored = bring_in_history(package, restored, progress)
        for letter, number in package.manifest["counters"].items():
            Counter.raise_to(letter, number)
        package.compare(progress)
    return restored


def bring_in(type, table, batch, progress):
    """Bring in the rows of a type; return how many they are. Raises NotRestored."""
    try:
        progress.begin(CHECKING, progress.count(table, type), type)
        planned = plan(type, table, watch=progress.note)
        progress.begin(WRITING, planned.rows, type)
        planned.apply(batch, watch=progress.note)
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
    """Unpack the files of a package; what stands in other folders than that of its files is none of it."""
    try:
        with ZipFile(path) as archive:
            for member in archive.infolist():
                is_own = member.filename == Path(member.filename).name or NAMED.fullmatch(member.filename)
                if is_own and not member.is_dir():
                    with archive.open(member) as source, made(folder / member.filename).open("wb") as copy:
                        shutil.copyfileobj(source, copy)
    except (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        raise UnreadableFile(f"The package {path} cannot be unpacked: {error}.") from None


class Package:
    """A package in a folder; `path` is what people call it."""

    def __init__(self, folder, path):
        self.folder = folder
        self.path = path
        try:
            self.manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
            self.entries = {entry["name"]: entry for entry in self.manifest["resources"]}
        except OSError:
            raise UnreadableFile(f"{path} is no package: it has no {MANIFEST}.") from None
        except (ValueError, KeyError, TypeError, RecursionError):
            raise UnreadableFile(f"The {MANIFEST} of {path} cannot be read.") from None

    @property
    def source(self):
        """What a batch remembers of it. The sum of a folder is that of its manifest, which holds all sums."""
        return source_of(self.path if self.path.is_file() else self.folder / MANIFEST, self.path.name)

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
        check_files(self.folder, self.files)

    @property
    def files(self):
        """What the manifest says of the files of records; a package that was written before there were any has none."""
        files = self.manifest.get("files", [])
        if not isinstance(files, list):
            raise UnreadableFile(f"The {MANIFEST} does not say which files records have.")
        return files

    @contextmanager
    def kept(self, with_changes):
        """A block before which the package is checked, and in which the files of its records are kept here."""
        self.check(with_changes)
        if not is_empty():
            raise UnreadableFile(NOT_EMPTY)
        with brought_in(self.folder, self.files):
            yield

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

    def compare(self, progress):
        """Refuse a record that does not go out as it came in."""
        for type in registry.types():
            resource = registry.resource_of(type)()
            rows = resource.records().count()
            progress.begin(COMPARING, rows, type)
            found = sha256()
            for text in csv_lines(resource, resource.records()):
                found.update(text.encode())
                progress.advance(min(CHUNK, rows - progress.rows))
            if SUM + found.hexdigest() != self.entries[type]["hash"]:
                raise UnreadableFile(f"What came of the package’s {type} differs from them, so nothing was written.")


def forget(batch):
    """Take a batch that was only made on the way out of the history."""
    if batch.pk:
        Change.objects.filter(batch=batch)._raw_delete(connection.alias)
        Batch.objects.filter(pk=batch.pk)._raw_delete(connection.alias)


def bring_in_history(package, restored, progress):
    """Bring in the batches and changes of a package; return what was brought in, with them. Raises UnreadableFile."""
    users = {user.get_username(): user.pk for user in get_user_model()._default_manager.all()}
    unknown, batches, changes = set(), 0, 0
    try:
        progress.begin(WRITING, what=BATCHES)
        for lines in chunked(package.lines(BATCHES), CHUNK):
            unknown |= {line["by"] for line in lines} - users.keys() - {None}
            batches += keep_batches([values_of(Batch, line, users) for line in lines])
            progress.advance(len(lines))
        progress.begin(WRITING, what=CHANGES)
        for lines in chunked(package.lines(CHANGES), CHUNK):
            changes += len(Change.objects.bulk_create([Change(**values_of(Change, line, users)) for line in lines]))
            progress.advance(len(lines))
        connection.check_constraints([Change._meta.db_table])
    except UNFIT as error:
        raise UnreadableFile(f"The history of the package cannot be read: {one_line(str(error))}.") from None
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Batch, Change]):
            cursor.execute(statement)
    return restored._replace(batches=batches, changes=changes, unknown_users=tuple(sorted(unknown)))


def keep_batches(values):
    """Save batches with these values, and return how many. Their time is set again after they have set their own."""
    batches = Batch.objects.bulk_create([Batch(**each) for each in values])
    for batch, each in zip(batches, values, strict=True):
        batch.at = each["at"]
    Batch.objects.bulk_update(batches, ["at"])
    return len(batches)


def values_of(model, line, users):
    """The values of a batch's or a change's fields, as its line of JSON says; a user that is not known here is None."""
    values = {}
    for name, value in line.items():
        field = model._meta.get_field(name)
        is_user = field.related_model is get_user_model()
        values[field.attname] = users.get(value) if is_user else field.to_python(value)
    return values
