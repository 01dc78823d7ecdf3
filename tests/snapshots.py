"""Records that many tests begin with: made once, the way users make them, and then put back as they were."""

from django.apps import apps
from django.db import connection

PACKAGES = ("records", "exchange", "search", "participants", "events", "library", "summaries")
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
    """All rows of the record: {(table, columns): rows}."""
    found = {}
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        for model in models():
            table = quoted(model._meta.db_table)
            columns = tuple(quoted(field.column) for field in model._meta.local_concrete_fields)
            cursor.execute(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608 - a table of ours
            if rows := cursor.fetchall():
                found[table, columns] = rows
    return found


def put_back(found):
    with connection.cursor() as cursor:
        for (table, columns), rows in found.items():
            marks = ", ".join(["%s"] * len(columns))
            insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - a table of ours
            cursor.executemany(insert, rows)


def models():
    return [
        model
        for package in PACKAGES
        for model in apps.get_app_config(package).get_models(include_auto_created=True)
        if not model._meta.proxy
    ]
