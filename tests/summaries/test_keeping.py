"""What was read is kept, and the record alone says where each word of it stands."""

from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from events.models import Event
from exchange.plans import NotApplied
from records.models import Batch, Change
from summaries.keeping import ReadBefore, keep, read_file
from summaries.models import Edition
from summaries.reading import left_out
from tests.exchange.record import undone
from tests.exchange.strategies import examples_that_undo
from tests.factories import PersonFactory

from . import scoring

SUMMARY = """Summary of Activities

Activities since Bali I
(Others met, too.)

• September 2003: Legislation workshop, Bangkok. Hosted by Thailand. Participants agreed on model laws.
• May 2004: Targeting workshop, Bangkok, following on from the legislation workshop in Bangkok.
"""


def spans_of(edition):
    """The spans of all that the record says of an edition's text, in order."""
    spans = [*edition.title_spans]
    for section in edition.sections.all():
        spans += [section.heading_span, *section.note_spans]
        spans += [entry.span for entry in section.entries.all()]
    return sorted(filter(None, spans))


def test_an_edition_has_the_text_its_sections_and_its_entries(kept):
    edition = kept(SUMMARY)
    assert (edition.reference, edition.title, str(edition.date)) == ("S1", "Summary of Activities", "2004-05")
    assert edition.text == SUMMARY.strip()
    (section,) = edition.sections.all()
    assert (section.number, section.heading, section.note) == (1, "Activities since Bali I", "(Others met, too.)")
    assert [edition.text[slice(*span)] for span in (section.heading_span, *section.note_spans)] == [
        section.heading,
        section.note,
    ]
    first, second = edition.entries.in_order()
    assert (first.reference, first.number, first.state, first.event) == ("N1", 1, "open", None)
    assert first.text == edition.text[slice(*first.span)]
    assert first.proposal["hosts"] == "Thailand"
    assert edition.text[slice(*first.fields["hosts"]["span"])] == "Thailand"
    assert first.outcomes[0]["kind"] == "agreement"
    assert (second.links[0]["kind"], second.links[0]["entry"]) == ("follows", first.span)
    assert not Event.objects.exists()


def test_the_batch_says_which_file_it_was(kept):
    edition = kept(SUMMARY)
    batch = Batch.objects.latest("pk")
    assert (batch.origin, batch.file, batch.sha256) == ("summary", edition.file, edition.sha256)
    assert edition.sha256 == sha256(SUMMARY.encode()).hexdigest()


def test_the_same_file_is_kept_once(kept, tmp_path):
    edition = kept(SUMMARY)
    path = tmp_path / "the-same.txt"
    path.write_text(SUMMARY)
    changes = Change.objects.count()
    with pytest.raises(ReadBefore, match="S1") as refusal:
        keep(read_file(path), path)
    assert refusal.value.edition == edition
    assert Change.objects.count() == changes


def test_who_may_not_add_editions_keeps_none(names, tmp_path):
    path = tmp_path / "summary.txt"
    path.write_text(SUMMARY)
    with pytest.raises(NotApplied, match="no right to add editions"):
        keep(read_file(path), path, by=PersonFactory(role="Viewer"))
    assert not Edition.objects.exists()


def test_a_summary_without_a_title_is_called_by_its_file(names, tmp_path):
    path = tmp_path / "upload.txt"
    path.write_text("• May 2004: Targeting workshop, Bangkok.")
    assert keep(read_file(path), path, name="Activities 2004.txt").title == "Activities 2004"


def test_as_many_queries_for_thirty_entries_as_for_one(kept):
    asked = []
    for count in (1, 30):
        with CaptureQueriesContext(connection) as captured:
            kept("Summary\n\n" + "\n".join(f"• May {2000 + number}: Workshop, Bangkok." for number in range(count)))
        asked.append(len(captured))
    assert asked[0] == asked[1]


PIECES = ["•", "1.", "May 2004:", "workshop", "Bangkok.", "Activities since Bali I", "\n", "\n\n", "\x0c", "\r\n", " "]


texts = st.lists(st.sampled_from(PIECES) | st.text(st.characters(exclude_characters="\0"), max_size=8), max_size=30)


@examples_that_undo
@given(words=texts)
def test_no_character_of_any_text_is_lost(names, tmp_path_factory, words):
    path = tmp_path_factory.mktemp("texts") / "summary.txt"
    path.write_bytes(" ".join(["Words", *words]).encode("utf-8", "replace"))
    with undone():
        edition = keep(read_file(path), path)
        spans = spans_of(edition)
        unread = map(list, left_out(edition.text, spans))
        held = "".join(edition.text[slice(*span)] for span in sorted([*spans, *unread]))
        assert "".join(held.split()) == "".join(edition.text.split())


@pytest.mark.skipif(not scoring.SOURCE_TEXT.exists(), reason="the summary of 2002 to 2009 is not beside the project")
def test_of_the_summary_of_2002_to_2009_nothing_is_left_unread(names):
    edition = keep(read_file(scoring.SOURCE_TEXT), scoring.SOURCE_TEXT)
    assert edition.entries.count() == 37
    assert left_out(edition.text, spans_of(edition)) == []
