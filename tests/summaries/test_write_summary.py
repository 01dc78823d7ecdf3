"""The command that writes an edition."""

import pytest
from django.core.management import CommandError, call_command

from summaries.reading import read

from . import printing

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(knowledge):
    return printing.keep(read("Summary\n\n• May 2004: Targeting workshop, Bangkok.\n", knowledge))


def test_an_edition_is_written_by_its_reference(edition, tmp_path):
    call_command("write_summary", "S1", "--format", "txt", "--output", str(tmp_path / "a.txt"))
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "Summary\n\n• May 2004: Targeting workshop, Bangkok.\n"


def test_an_edition_that_is_not_there_is_named_with_those_that_are(edition, tmp_path):
    with pytest.raises(CommandError, match=r"no edition “S2”\. Those that there are: S1"):
        call_command("write_summary", "S2", "--format", "pdf", "--output", str(tmp_path / "a.pdf"))


def test_a_file_that_cannot_be_written_is_said(edition, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("write_summary", "S1", "--format", "csv", "--output", str(tmp_path / "no" / "a.csv"))
