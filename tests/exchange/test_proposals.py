"""Proposals wait for the one who made them, and for a day."""

import os
import time

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

from exchange import proposals
from exchange.parts import Part
from exchange.problems import UnreadableFile
from exchange.proposals import NoProposal, Proposal

somebody, somebody_else = (get_user_model()(pk=number) for number in (1, 2))


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path
    return tmp_path / "proposals"


def keep(text=None, **said):
    proposal = Proposal(owner=1, type="events", title="Trying", origin="import", back="/admin/", **said)
    return proposals.keep(proposal, SimpleUploadedFile("rows.csv", text.encode()) if text else None)


def test_what_is_kept_is_found_again_with_what_was_said_of_it():
    found = proposals.find(keep("title,kind\nPorts,workshop\n", reason="To try").name, "events", somebody)
    assert (found.title, found.origin, found.back, found.reason) == ("Trying", "import", "/admin/", "To try")
    (part,) = found.read_parts()
    assert [cells for _number, cells in part.table.rows()] == [["Ports", "workshop"]]


def test_parts_are_found_again_as_they_were():
    rows, found_by = [{"city": "Denpasar", "country": "ID"}], [{"city": "Densapar", "country": "ID"}]
    parts = [Part("places", rows, found_by=found_by, exact=True), Part("events", deleting=[{"reference": "E1"}])]
    found = proposals.find(keep(parts=[part.as_json() for part in parts]).name, "events", somebody)
    assert [part.as_json() for part in found.read_parts()] == [part.as_json() for part in parts]


def test_the_folder_is_its_owners_alone(folder):
    keep("a,b")
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "find",
    [
        lambda name: proposals.find(name, "events", somebody_else),
        lambda name: proposals.find(name, "countries", somebody),
        lambda name: proposals.find("0" * 32, "events", somebody),
        lambda name: proposals.find("../" + name, "events", somebody),
        lambda name: proposals.find("", "events", somebody),
    ],
    ids=["another's", "another type's", "no name of one", "out of the folder", "blank"],
)
def test_a_name_leads_nowhere_that_is(find):
    with pytest.raises(NoProposal, match="waits no longer"):
        find(keep("a,b").name)


def test_what_is_forgotten_is_found_no_more(folder):
    proposal = keep("a,b")
    proposal.forget()
    with pytest.raises(NoProposal, match="has been done"):
        proposals.find(proposal.name, "events", somebody)
    assert not any(folder.iterdir())


def test_a_proposal_is_found_for_a_day(monkeypatch):
    proposal = keep("a,b")
    tomorrow = time.time() + proposals.KEPT_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: tomorrow)
    with pytest.raises(NoProposal, match="a day has passed"):
        proposals.find(proposal.name, "events", somebody)


def test_what_has_waited_a_day_is_swept_away_with_the_next(folder):
    keep("old")
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    keep("new")
    assert sorted(path.suffix for path in folder.iterdir()) == [".json", ".upload"]
    assert next(folder.glob("*.upload")).read_text() == "new"


def test_a_file_that_cannot_be_read_is_not_kept(folder):
    proposal = keep('title,kind\n"Ports,workshop\n')
    with pytest.raises(UnreadableFile, match="is not sound CSV"):
        proposal.check()
    assert not any(folder.iterdir())
