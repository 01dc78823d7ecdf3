import pytest
from django.core.checks import run_checks
from django.db import connection


def ids():
    return [message.id for message in run_checks()]


def test_this_machine_is_recent_enough():
    assert "baliprocess.E001" not in ids()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="is about SQLite")
def test_an_old_sqlite_is_refused(monkeypatch):
    monkeypatch.setattr(connection.Database, "sqlite_version_info", (3, 34, 1))

    assert "baliprocess.E001" in ids()
