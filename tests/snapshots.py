"""Records that many tests begin with: made once, the way users make them, and then put back as they were."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction

TAKEN = {}


def put(name, make):
    """Have the record that `make` makes, which a name tells from others.

    Where nothing is there yet, it is made only the first time in each process; then its rows are written as they were,
    which takes a tenth.
    """
    if taken():
        make()
    elif name in TAKEN:
        put_back(TAKEN[name])
    else:
        make()
        TAKEN[name] = taken()


def taken():
    """All rows of the record and of what is made of it: {model: rows}."""
    found = {}
    with connection.cursor() as cursor:
        for model in models():
            table, columns = written_as(model)
            cursor.execute(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608 - a table of ours
            if rows := cursor.fetchall():
                found[model] = rows
    return found


@transaction.atomic  # Rows may refer to those of a later table.
def put_back(found):
    with connection.cursor() as cursor:
        for model, rows in found.items():
            table, columns = written_as(model)
            marks = ", ".join(["%s"] * len(columns))
            insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - a table of ours
            cursor.executemany(insert, rows)
        # The next record has a key above theirs.
        for statement in connection.ops.sequence_reset_sql(no_style(), list(found)):
            cursor.execute(statement)


def models():
    """The models of our own packages."""
    return [
        model
        for package in apps.get_app_configs()
        if Path(package.path).parent == settings.BASE_DIR
        for model in package.get_models(include_auto_created=True)
        if not model._meta.proxy
    ]


def written_as(model):
    """A model's table and columns, but for columns that the database derives by itself."""
    columns = [field.column for field in model._meta.local_concrete_fields]
    return connection.ops.quote_name(model._meta.db_table), [connection.ops.quote_name(column) for column in columns]
