"""Inserting: many rows of a table at once, which is far quicker than by its model."""

from itertools import chain

from django.db import connection

# So many rows go into one statement where a statement says them all.
MOST_ROWS = 500


def insert(model, rows):
    """Insert rows, a list of tuples which hold what the last columns of the model's table are to have, in their order.

    A key that the database gives is left out. Values stand as the database takes them: nothing is derived, and a
    RowField has its text. Rows with keys must stand in the order of these: SQLite writes what it searches to its file
    after each statement, and each time that a key is lower than the one before.
    """
    if rows:
        fields = model._meta.concrete_fields[-len(rows[0]) :]
        columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
        into = f"{connection.ops.quote_name(model._meta.db_table)} ({columns})"
        with connection.cursor() as cursor:
            (copy_rows if connection.vendor == "postgresql" else say_rows)(cursor, into, rows)


def copy_rows(cursor, into, rows):
    """As a stream of rows: neither are they said in SQL, nor does PostgreSQL parse them as such."""
    with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def say_rows(cursor, into, rows):
    marks = f"({', '.join(['%s'] * len(rows[0]))})"
    for start in range(0, len(rows), MOST_ROWS):
        said = rows[start : start + MOST_ROWS]
        cursor.execute(
            f"INSERT INTO {into} VALUES {', '.join([marks] * len(said))}",  # noqa: S608 - names of columns and marks
            list(chain.from_iterable(said)),
        )
