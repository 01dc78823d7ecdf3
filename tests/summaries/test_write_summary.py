"""The command that writes an edition."""

import pytest
from django.core.management import CommandError, call_command

from summaries.models import Edition
from tests import factories

from . import printing

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(knowledge, tmp_path):
    return printing.keep("Summary\n\n• May 2004: Targeting workshop, Bangkok.\n", knowledge, tmp_path)


def test_an_edition_is_written_by_its_reference(edition, tmp_path):
    call_command("write_summary", "S1", "--format", "txt", "--output", str(tmp_path / "a.txt"))
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "Summary\n\n• May 2004: Targeting workshop, Bangkok.\n"


def test_the_next_edition_is_written_up_to_a_date_and_not_kept(tmp_path):
    factories.EventFactory(title="Targeting workshop", kind="workshop", when="2004-05", publication="published")
    factories.EventFactory(title="Later", kind="workshop", when="2010-05", publication="published")
    path = tmp_path / "next.txt"
    call_command("write_summary", "--compose", "--until", "December 2009", "--format", "txt", "--output", str(path))
    written = path.read_text(encoding="utf-8")
    assert "May 2004: Targeting workshop" in written
    assert "Later" not in written
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--compose", "--until", "some day"], "some day"),
        (["S1", "--until", "2009"], "--until goes with --compose"),
        ([], "one of the arguments"),
    ],
)
def test_what_cannot_be_meant_is_said(arguments, message, tmp_path):
    with pytest.raises(CommandError, match=message):
        call_command("write_summary", *arguments, "--format", "txt", "--output", str(tmp_path / "a.txt"))


def test_an_edition_that_is_not_there_is_named_with_those_that_are(edition, tmp_path):
    with pytest.raises(CommandError, match=r"no edition “S2”\. Those that there are: S1"):
        call_command("write_summary", "S2", "--format", "pdf", "--output", str(tmp_path / "a.pdf"))


def test_a_file_that_cannot_be_written_is_said(edition, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("write_summary", "S1", "--format", "csv", "--output", str(tmp_path / "no" / "a.csv"))
