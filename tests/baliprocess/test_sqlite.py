"""Connections to SQLite last from page to page, but never longer than is safe."""

import sqlite3
from contextlib import closing

import pytest

from baliprocess.settings import sqlite
from baliprocess.sqlite.base import DatabaseWrapper


@pytest.fixture
def made(tmp_path):
    """A callable that makes a file of a database which holds one text."""

    def make(name, text):
        with closing(sqlite3.connect(tmp_path / name)) as database, database:
            database.execute("CREATE TABLE kept (text)")
            database.execute("INSERT INTO kept VALUES (?)", [text])
        return tmp_path / name

    return make


@pytest.fixture
def connection(made, django_db_blocker):
    missing = dict.fromkeys(("USER", "PASSWORD", "HOST", "PORT"), "") | {"TIME_ZONE": None, "AUTOCOMMIT": True}
    settings = sqlite({"NAME": made("record.sqlite3", "of old"), "ATOMIC_REQUESTS": False, "TEST": {}} | missing)
    connection = DatabaseWrapper(settings, alias="alone")
    with django_db_blocker.unblock():
        yield connection
    connection.close()


def between_pages(connection):
    """What Django does when a page begins, and when it ends."""
    connection.close_if_unusable_or_obsolete()


def said(connection, sql="SELECT text FROM kept"):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if sql.startswith("SELECT") else None


def test_a_connection_that_read_is_there_for_the_next_page(connection):
    said(connection)
    opened = connection.connection
    between_pages(connection)
    assert said(connection) == [("of old",)]
    assert connection.connection is opened


def test_what_another_connection_wrote_is_read(connection):
    said(connection)
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other, other:
        other.execute("UPDATE kept SET text = 'of late'")
    between_pages(connection)
    assert said(connection) == [("of late",)]


def test_a_connection_that_wrote_is_closed(connection):
    said(connection, "UPDATE kept SET text = 'of late'")
    between_pages(connection)
    assert connection.connection is None
    assert said(connection) == [("of late",)]


def test_another_file_in_the_place_of_the_first_is_the_one_that_is_read(connection, made):
    said(connection)
    made("another.sqlite3", "of another").replace(connection.settings_dict["NAME"])
    between_pages(connection)
    assert said(connection) == [("of another",)]
