"""The command that reads a summary."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from events.models import Event
from exchange.plans import NotApplied
from exchange.problems import Problem
from exchange.starting_record import load
from records.models import Batch
from summaries.knowledge import Knowledge
from summaries.models import Edition, Entry
from tests import snapshots

from . import scoring

ENTRIES = """• May 2004: Targeting workshop, Bangkok.
• June 2004: Workshop on visas, Atlantis.
"""


@pytest.fixture
def summary(tmp_path):
    path = tmp_path / "summary.txt"
    path.write_text(f"Summary\n\n{ENTRIES}", encoding="utf-8")
    return str(path)


@pytest.fixture
def read_summary(summary, capsys):
    """A callable that runs the command; it returns what was printed, JSON as what it means."""

    def run(*options):
        call_command("read_summary", summary, *options)
        printed = capsys.readouterr().out
        return json.loads(printed) if "--json" in options else printed

    return run


def test_a_dry_run_prints_what_was_read_and_writes_nothing(names, read_summary, django_assert_num_queries):
    batches = Batch.objects.count()
    with django_assert_num_queries(7):
        printed = read_summary("--dry-run", "--accept", "--json")
    assert printed["sections"][0]["entries"][0]["row"]["country"] == "TH"
    assert printed["edition"] is None
    assert Batch.objects.count() == batches


def test_a_person_sees_rows_and_doubts(names, read_summary):
    printed = read_summary("--dry-run")
    assert "2004-05  workshop  Targeting workshop" in printed
    assert "“Atlantis”" in printed


def test_what_is_read_is_kept_and_nothing_else_is_touched(names, read_summary):
    assert read_summary("--json")["edition"] == "S1"
    assert Entry.objects.filter(edition__reference="S1").count() == 2
    assert not Event.objects.exists()


def test_the_same_file_again_is_said_to_be_and_kept_once(names, read_summary, capsys):
    assert "Kept as S1, with 2 entries." in read_summary()
    assert "This file was read before: it is kept as S1." in read_summary()
    assert read_summary("--json")["edition"] == "S1"
    assert Edition.objects.count() == 1


def test_what_has_no_doubts_is_accepted_and_the_rest_waits(names, read_summary):
    printed = read_summary("--accept")
    assert "Accepted 1 entry: 1 new and 1 changed." in printed
    assert "1 entry has doubts and waits for somebody to decide." in printed
    assert [(event.title, event.publication) for event in Event.objects.all()] == [("Targeting workshop", "draft")]
    assert "Accepted 0 entries: no rows." in read_summary("--accept")
    assert Event.objects.count() == 1
    assert "Targeting workshop  (Bangkok, TH)  = E1" in read_summary("--dry-run")


def test_what_cannot_be_accepted_is_named(names, read_summary):
    read_summary()
    entry = Entry.objects.get(number=1)
    entry.proposal["hosts"] = "Nobody"
    entry.save()
    assert "Not accepted: Targeting workshop: No country or agency is known as “Nobody”." in read_summary("--accept")
    assert Entry.objects.waiting().count() == 2


def test_where_nothing_can_be_accepted_the_reason_is_told(names, summary, monkeypatch, capsys):
    def refuse(*args, **kwargs):
        raise NotApplied([Problem(1, "", "", "The database refused the rows.")])

    monkeypatch.setattr("summaries.management.commands.read_summary.accept_sound", refuse)
    with pytest.raises(SystemExit) as stop:
        call_command("read_summary", summary, "--accept")
    assert stop.value.code == 1
    assert "The database refused the rows." in capsys.readouterr().err


def test_what_is_not_understood_is_shown(names, summary, capsys):
    path = Path(summary)
    path.write_text(f"{path.read_text()}\n~~~~~~~~~~\n")
    call_command("read_summary", summary, "--dry-run")
    assert "Not understood: ~~~~~~~~~~" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path, capsys):
    (tmp_path / "summary.odt").write_bytes(b"x")
    with pytest.raises(SystemExit) as stop:
        call_command("read_summary", str(tmp_path / "summary.odt"), "--dry-run")
    assert stop.value.code == 2
    assert ".docx" in capsys.readouterr().err


@pytest.mark.django_db
def test_knowledge_is_what_the_record_holds():
    snapshots.put("starting record", load)
    held, wanted = Knowledge.from_record(), scoring.starting_knowledge()
    assert held.names.keys() == wanted.names.keys()
    assert {place.city for places in held.places.values() for place in places} >= {"Bangkok", "Seoul"}
    assert (held.root, len(held.events), len(held.series)) == ("bali-process", 37, 1)
