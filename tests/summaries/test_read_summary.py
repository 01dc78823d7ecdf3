"""The command that reads a summary."""

import json

import pytest
from django.core.management import CommandError, call_command

from exchange.starting_record import load
from summaries.knowledge import Knowledge

from . import scoring


@pytest.fixture
def summary(tmp_path):
    path = tmp_path / "summary.txt"
    path.write_text("Summary\n\n• May 2004: Targeting workshop, Bangkok.\n", encoding="utf-8")
    return path


@pytest.mark.django_db
def test_a_dry_run_prints_what_was_read_and_writes_nothing(summary, capsys, django_assert_num_queries):
    load()
    with django_assert_num_queries(6):
        call_command("read_summary", str(summary), "--dry-run", "--json")
    printed = json.loads(capsys.readouterr().out)
    assert printed["sections"][0]["entries"][0]["row"]["country"] == "TH"


@pytest.mark.django_db
def test_a_person_sees_rows_and_doubts(summary, capsys):
    call_command("read_summary", str(summary), "--dry-run")
    printed = capsys.readouterr().out
    assert "2004-05  workshop  Targeting workshop" in printed
    assert "“Bangkok”" in printed


def test_without_dry_run_nothing_is_done(summary):
    with pytest.raises(CommandError, match="--dry-run"):
        call_command("read_summary", str(summary))


def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path, capsys):
    (tmp_path / "summary.odt").write_bytes(b"x")
    with pytest.raises(SystemExit) as stop:
        call_command("read_summary", str(tmp_path / "summary.odt"), "--dry-run")
    assert stop.value.code == 2
    assert ".docx" in capsys.readouterr().err


@pytest.mark.django_db
def test_knowledge_is_what_the_record_holds():
    load()
    held, wanted = Knowledge.from_record(), scoring.starting_knowledge()
    assert held.names.keys() == wanted.names.keys()
    assert {place.city for places in held.places.values() for place in places} >= {"Bangkok", "Seoul"}
    assert (held.root, len(held.events), len(held.series)) == ("bali-process", 37, 1)
