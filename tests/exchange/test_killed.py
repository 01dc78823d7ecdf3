"""Whatever ends an import before its time, the record is as it was or as planned, never between."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import OperationalError, connection

from exchange.parts import Part, apply
from exchange.plans import NotApplied
from exchange.progress import WRITING, Progress
from records.models import Batch

from .apart import state
from .record import bring_in

pytestmark = pytest.mark.django_db(transaction=True)

ROWS, KILLS = 600, 20


@pytest.fixture
def apart(tmp_path):
    """Runs tests.exchange.apart on a database that other processes can reach; gives what it found out."""

    def run(*arguments):
        settings = {"DATABASE_URL": reachable(tmp_path), "VAR_DIRECTORY": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-m", "tests.exchange.apart", *map(str, arguments)],
            env=os.environ | settings | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def reachable(folder):
    """The address of the database of this test; of a copy where it is in memory, as SQLite's is."""
    if connection.vendor == "postgresql":
        return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    path = folder / "record.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{path}"


@pytest.fixture
def file(tmp_path):
    """Writes a file of so many events, called as one says."""

    def write(count, name="Workshop"):
        path = tmp_path / f"{name}.csv"
        rows = [f"{name} {number},workshop,2004-05,Perth,AU,Indonesia\n" for number in range(count)]
        path.write_text("".join(["title,kind,when,city,country,hosts\n", *rows]))
        return path

    return write


def test_a_process_that_is_killed_leaves_the_record_as_it_was_or_as_planned(apart, file):
    found = apart("killed", file(ROWS), KILLS)
    assert found.keys() <= {"before", "planned"}
    assert sum(found.values()) == KILLS
    assert found["before"] > KILLS / 4


# --- Two at once ------------------------------------------------------------------------------------------------------


def test_the_same_file_twice_at_once_is_new_once_and_then_all_the_same(apart, file):
    path = file(100)
    found = apart("together", path, path)
    assert found["codes"] == [0, 0]
    assert len(found["events"]) == len({title for _reference, title in found["events"]}) == 100
    assert found["changes"] == 100


def test_two_files_at_once_get_references_of_their_own(apart, file):
    found = apart("together", file(100, "Workshop"), file(100, "Seminar"))
    assert found["codes"] == [0, 0]
    assert sorted(int(reference[1:]) for reference, _title in found["events"]) == list(range(1, 201))
    assert found["changes"] == 200


# --- The database gives way -------------------------------------------------------------------------------------------


class Midway(Progress):
    """Does something when half of the rows are written."""

    def __init__(self, action):
        self.action = action

    def note(self, *_line):
        super().note()
        if self.stage == WRITING and self.rows == self.total // 2:
            self.action()


def refusal_of(midway):
    """What is said of rows in the midst of whose writing something happens. The record stays as it was."""
    bring_in("events", [{"reference": "E1", "title": "First", "kind": "ministerial"}])
    was = state()
    rows = [
        {"title": f"Workshop {number}", "kind": "workshop", "when": "", "city": "", "country": ""}
        for number in range(1200)
    ]
    with pytest.raises(NotApplied) as refusal:
        apply([Part("events", [{"reference": "E1", "title": "Changed"}, *rows])], batch(), progress=Midway(midway))
    assert state() == was
    return refusal.value.problems[0].message


def batch():
    return Batch(origin=Batch.Origin.IMPORT)


def test_a_database_that_stops_leaves_the_record_as_it_was():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite is no server that could stop")

    def stop():
        with psycopg.connect(reachable(None), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])

    assert "nothing was written" in refusal_of(stop)


def test_a_disk_that_is_full_leaves_the_record_as_it_was():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's disk is not the tests' to fill")

    def pragma(text):
        with connection.cursor() as cursor:
            return cursor.execute(f"PRAGMA {text}").fetchone()[0]

    try:
        said = refusal_of(lambda: pragma(f"max_page_count = {pragma('page_count')}"))
    finally:
        pragma("max_page_count = 1073741823")
    assert (
        said == "The database could not write the rows, and nothing was written: database or disk is full. Try again."
    )


def test_what_fails_at_its_very_end_leaves_the_record_as_it_was(monkeypatch):
    def full():
        raise OperationalError("could not extend file: No space left on device")

    with monkeypatch.context() as broken:
        said = refusal_of(lambda: broken.setattr(connection, "_commit", full))
    assert "nothing was written: could not extend file: No space left on device. Try again." in said
