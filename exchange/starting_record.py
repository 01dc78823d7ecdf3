"""The starting record: what a new installation has from the first, added to what is there and never over it."""

from django.conf import settings
from django.db import transaction

from records.models import Batch, Change, Counter

from . import registry
from .files import CsvTable
from .plans import plan
from .tables import RowTable, as_table

FOLDER = settings.BASE_DIR / "fixtures"


def load(folder=FOLDER):
    """Add what the record lacks of the starting record, in one transaction and one batch.

    A record that is there is not changed, and one that was there once, and was deleted or given another key, is not
    brought back. Returns {type: number of records added}. Raises NotApplied when a row cannot be added, UnreadableFile.
    """
    batch = Batch(origin=Batch.Origin.STARTING_RECORD)
    added = {}
    with transaction.atomic():
        Counter.lock()
        for type in registry.types():
            path = folder / f"{type}.csv"
            if path.exists():
                missing = plan(type, missing_rows(registry.resource_of(type), path))
                missing.apply(batch)
                added[type] = missing.new
    return added


def missing_rows(resource_class, path):
    """The rows of a file whose records are not there, under their key or as the same but for it, and never were."""
    table = as_table(CsvTable(path, resource_class.declared), resource_class)
    lines = []
    plan(resource_class.type, table, watch=lines.append)
    new = [line for line in lines if line.is_new]
    twins = resource_class().twins(new)
    keys = {line.number: resource_class.key_of(line.cells) for line in new if line.number not in twins}
    before = Change.objects.filter(type=resource_class.type, previous_key__in=keys.values())
    once = set(before.values_list("previous_key", flat=True))
    return RowTable([line.cells for line in new if keys.get(line.number, "") and keys[line.number] not in once])


def is_empty():
    """Whether there is nothing in the record and never was."""
    if Change.objects.exists():
        return False
    return not any(registry.resource_of(type).model._base_manager.exists() for type in registry.types())
