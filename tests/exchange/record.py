"""The record in the hands of a test: rows in, rows and files out, and an empty record."""

from contextlib import contextmanager

from django.db import transaction

from events.models import Involvement
from exchange import registry
from exchange.decisions import NEW, REST
from exchange.files import FORMATS, csv_lines, table_of
from exchange.plans import plan
from participants.models import Body, Name, Participant
from records.models import Batch, Change, Counter


def bring_in(type, rows, **options):
    """Plan and apply rows that are all good; return the batch, or None when all was the same."""
    planned = plan(type, rows, **options)
    assert not planned.errors, [str(problem) for problem in planned.errors]
    return planned.apply(Batch(origin=Batch.Origin.IMPORT))


def bring_in_each(type, rows):
    """Bring in made-up rows, each as a record of its own, be they as alike as they happen to be."""
    return bring_in(type, rows, decisions={REST: NEW})


def planned_lines(type, rows, **options):
    """The lines of a plan."""
    lines = []
    plan(type, rows, watch=lines.append, **options)
    return lines


def problems(type, rows, **options):
    """What is wrong with rows: pairs of a row's number and a column."""
    return [(problem.row, problem.column) for problem in plan(type, rows, **options).errors]


def rows_of(type):
    """All rows of a type as they stand, in the order of files."""
    resource = registry.resource_of(type)()
    return list(resource.rows(resource.in_order(resource.records())))


def row_of(type, key):
    """The row with a key, a text."""
    resource = registry.resource_of(type)
    return next(row for row in rows_of(type) if resource.key_of(row) == key)


def export(type):
    """The text of the CSV file of all records of a type."""
    resource = registry.resource_of(type)()
    return "".join(csv_lines(resource, resource.records()))


def exports():
    """The CSV files of all types: {type: text}."""
    return {type: export(type) for type in registry.types()}


def write_files(folder, format):
    """Write the files of all types into a folder."""
    for type in registry.types():
        resource = registry.resource_of(type)()
        pieces = FORMATS[format].pieces(resource, resource.records())
        (folder / type).write_bytes(b"".join(each.encode() if isinstance(each, str) else each for each in pieces))


def read_file(type, folder):
    """The table of a type's file in a folder."""
    return table_of(folder / type, registry.resource_of(type))


def empty_the_record():
    """Take every record, change and counter out of the database."""
    joined = [*(field.remote_field.through for field in listing()), Involvement]
    own = [registry.resource_of(type).model for type in reversed(registry.types())]
    for model in [*joined, Name, *own, Participant, Body, Change, Batch, Counter]:
        records = model._base_manager.all()
        records._raw_delete(records.db)


def listing():
    """The fields by which records of all types list others."""
    models = [registry.resource_of(type).model for type in registry.types()]
    return [field for model in models for field in model._meta.local_many_to_many]


@contextmanager
def undone():
    """A block of a test whose writing is undone at its end, so that each example of a property starts anew."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
