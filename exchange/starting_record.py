"""The starting record: what a new installation has from the first, added to what is there and never over it."""

from django.conf import settings
from django.db import transaction

from records.models import Batch, Change, Counter

from . import registry
from .files import CsvTable
from .plans import NotApplied, plan
from .problems import UnreadableFile

FOLDER = settings.BASE_DIR / "fixtures"


class NotLoaded(Exception):
    """A file of the starting record cannot be added, and nothing was. The message says why, a line for each problem."""


def load(folder=FOLDER):
    """Add what the record lacks of the starting record, in one transaction and one batch.

    A record that is there is not changed, and one that was there once, and was deleted or given another key, is not
    brought back. Returns {type: number of records added}. Raises NotLoaded.
    """
    batch = Batch(origin=Batch.Origin.STARTING_RECORD)
    added = {}
    with transaction.atomic():
        Counter.lock()
        for type in registry.types():
            path = folder / f"{type}.csv"
            if path.exists():
                added[type] = add_missing(registry.resource_of(type), path, batch)
    return added


def add_missing(resource_class, path, batch):
    """Add the missing records of a file, and return their number. Raises NotLoaded."""
    try:
        missing = plan(resource_class.type, MissingRows(resource_class, path))
        missing.apply(batch)
    except NotApplied as refusal:
        raise NotLoaded("\n".join(f"{path.name}, {problem}" for problem in refusal.problems)) from refusal
    except UnreadableFile as error:
        raise NotLoaded(f"{path.name}: {error}") from error
    return missing.new


class MissingRows(CsvTable):
    """The rows of a file whose records are not there, under their key or as the same but for it, and never were.

    Rows that cannot be told apart from those are among them, for a plan to say what is wrong with them.
    """

    def __init__(self, resource_class, path):
        super().__init__(path, resource_class.declared)
        self.key = resource_class.key
        lines = []
        plan(resource_class.type, CsvTable(path, resource_class.declared), watch=lines.append)
        absent = [line for line in lines if (line.is_new or line.record is None) and not line.twins]
        keys = {line.number: resource_class.key_of(line.cells) for line in absent}
        before = Change.objects.filter(type=resource_class.type, previous_key__in=filter(None, keys.values()))
        once = set(before.values_list("previous_key", flat=True))
        self.numbers = {number for number, key in keys.items() if key not in once}

    def rows(self):
        return ((number, cells) for number, cells in super().rows() if number in self.numbers)

    def line(self, number, cells):
        line = super().line(number, cells)
        if not (line.problems or any(line.cells.get(name) for name in self.key)):
            line.refuse(self.key[0], "Rows of the starting record need their key: what was deleted is known by it.")
        return line


def is_empty():
    """Whether there is nothing in the record and never was."""
    if Change.objects.exists():
        return False
    return not any(registry.resource_of(type).model._base_manager.exists() for type in registry.types())
