"""What takes long shows how far it is: on a terminal, and nowhere else."""

import pty
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.core.management import call_command

from exchange.progress import CHECKING, Progress

from .record import empty_the_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_terminal(monkeypatch):
    """Runs a command whose standard error is a terminal; gives the text that was shown there."""

    def run(*arguments):
        leader, follower = pty.openpty()
        with ThreadPoolExecutor(1) as pool:  # what nobody reads would block
            shown = pool.submit(read_all, leader)
            with open(follower, "w", buffering=1) as file, monkeypatch.context() as patched:
                patched.setattr(sys, "stderr", file)
                patched.setenv("TERM", "xterm")
                patched.setenv("COLUMNS", "120")
                call_command(*arguments)
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.result().decode())

    return run


def read_all(terminal):
    pieces = []
    with open(terminal, "rb", buffering=0) as file, suppress(OSError):  # which is how a terminal ends
        while piece := file.read(1 << 16):
            pieces.append(piece)
    return b"".join(pieces)


@pytest.fixture
def file(record, tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("reference,title,kind\nE1,First,ministerial\nE2,Second,workshop\nE3,Third,workshop\n")
    return str(path)


def test_both_passes_over_a_file_are_shown_on_a_terminal(file, on_terminal):
    shown = on_terminal("import_records", file, "--type", "events")
    for stage in ("Reading", "Checking", "Writing"):
        assert re.search(rf"{stage} events .*3 of 3 rows", shown)


def test_sheets_that_rest_on_each_other_are_tried_on_the_way(record, tmp_path, on_terminal):
    book = tmp_path / "all.xlsx"
    call_command("write_template", output=str(book))
    assert "Trying countries" in on_terminal("import_records", str(book))


@pytest.mark.parametrize("options", [["--json"], ["--json", "--dry-run"]])
def test_who_asks_for_json_is_shown_nothing_else(file, on_terminal, options):
    assert on_terminal("import_records", file, "--type", "events", *options) == ""


def test_nothing_is_shown_where_nobody_looks(file, capsys):
    call_command("import_records", file, "--type", "events")
    assert capsys.readouterr().err == ""


def test_the_whole_record_shows_how_far_it_is_on_its_way_out_and_back(record, tmp_path, on_terminal):
    path = str(tmp_path / "all")
    shown = on_terminal("export_all", path, "--with-changes")
    assert re.search(r"Writing events .*2 of 2 rows", shown)
    empty_the_record()
    shown = on_terminal("import_all", path, "--with-changes")
    assert re.search(r"Comparing events .*2 of 2 rows", shown)


def test_rows_are_told_now_and_then():
    told = []

    class Told(Progress):
        def show(self):
            told.append(self.rows)

    counted = Told()
    counted.begin(CHECKING, 1000)
    for _row in range(250):
        counted.note()
    counted.advance(500)
    assert told == [100, 200, 750]
