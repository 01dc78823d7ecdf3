"""The command that takes a batch back."""

import json

import pytest
from django.core.management import call_command

from exchange.plans import NotApplied
from exchange.problems import Problem
from records.models import Batch

from .record import bring_in, exports

pytestmark = pytest.mark.django_db


@pytest.fixture
def undo_batch(capsys):
    """Runs undo_batch; returns the exit code and what was said on either output."""

    def run(batch, *options):
        code = 0
        try:
            call_command("undo_batch", str(batch), *options)
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return code, json.loads(said.out) if "--json" in options and said.out else said.out, said.err

    return run


def event(reference, **cells):
    return {"reference": reference, "title": f"Meeting {reference}", "kind": "meeting"} | cells


def test_a_batch_is_taken_back_and_that_is_said(record, undo_batch):
    before = exports()
    batch = bring_in("events", [event("E3"), event("E4")])
    code, said, _ = undo_batch(batch.pk, "--reason", "Of another meeting")
    undo = Batch.objects.first()
    assert (code, said) == (0, f"2 deleted. Written as batch {undo.pk}.\n")
    assert (undo.origin, undo.undoes, undo.by, undo.reason) == ("undo", batch, None, "Of another meeting")
    assert exports() == before
    code, said, _ = undo_batch(batch.pk)
    assert code == 1
    assert said == (
        f"events E3: Batch {undo.pk} took it back already.\nevents E4: Batch {undo.pk} took it back already.\n"
        "no rows, 2 kept back. Nothing was written.\n"
    )


def test_what_is_kept_back_is_said_and_the_rest_taken_back(record, undo_batch):
    batch = bring_in("events", [event("E3"), event("E4")])
    later = bring_in("events", [event("E4", venue="Hall")])
    code, said, _ = undo_batch(batch.pk)
    assert code == 0
    assert said.startswith(f"events E4: Batch {later.pk} changed it later.\n1 deleted, 1 kept back. Written as batch ")


def test_a_dry_run_says_as_json_what_would_be_done(record, undo_batch):
    batch = bring_in("events", [event("E3"), event("E4")])
    later = bring_in("events", [event("E4", venue="Hall")])
    code, said, _ = undo_batch(batch.pk, "--dry-run", "--json")
    assert code == 0
    assert said["changes"][0]["fields"]["title"] == ["Meeting E3", None]
    del said["changes"]
    assert said == {
        "undoes": batch.pk,
        "new": 0,
        "changed": 0,
        "deleted": 1,
        "kept_back": [
            {
                "type": "events",
                "key": "E4",
                "name": "Meeting E4",
                "why": f"Batch {later.pk} changed it later.",
                "batch": later.pk,
            }
        ],
        "errors": [],
        "applied": False,
        "batch": None,
    }
    assert Batch.objects.first() == later


def test_what_the_database_refuses_is_said_and_nothing_is_written(record, undo_batch, monkeypatch):
    batch = bring_in("events", [event("E3")])

    def refused(*_arguments, **_options):
        raise NotApplied([Problem(1, "", "", "The disk is full.")])

    monkeypatch.setattr("exchange.management.commands.undo_batch.apply", refused)
    code, said, reason = undo_batch(batch.pk)
    assert (code, said, reason) == (1, "1 deleted. Nothing was written.\n", "row 1: The disk is full.\n")


def test_no_batch_is_taken_back_that_is_not_there(undo_batch):
    assert undo_batch(99) == (2, "", "There is no batch 99.\n")
