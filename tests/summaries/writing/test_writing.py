"""An edition is written, and read again it is the same: its words, and what each of them is."""

import pytest
from hypothesis import given, settings

from summaries.printed import Printed, PrintedEntry, PrintedNote, PrintedSection
from summaries.writing import FORMATS

from .. import printing

READ_AGAIN = ["txt", "html", "docx", "pdf"]


@pytest.mark.parametrize("format", ["txt", "html", "docx"])
@given(edition=printing.editions())
@settings(max_examples=settings.default.max_examples // 4)
def test_what_is_written_is_read_again_the_same(format, edition, knowledge, tmp_path_factory):
    document = printing.read_back(edition, format, tmp_path_factory.getbasetemp(), knowledge)
    assert printing.shape_of_document(document) == printing.shape_of(edition)
    assert document.unread == []


@pytest.mark.parametrize("format", READ_AGAIN)
def test_an_edition_is_read_again_from_each_format(format, knowledge, tmp_path):
    document = printing.read_back(printing.SOURCE, format, tmp_path, knowledge)
    assert printing.shape_of_document(document) == printing.shape_of(printing.SOURCE)
    assert document.unread == []


@pytest.mark.parametrize("format", READ_AGAIN)
def test_numbers_stand_for_bullets_and_notes_may_stand_between_entries(format, knowledge, tmp_path):
    blocks = [PrintedEntry("1. May 2004: Workshop on visas, Bangkok."), PrintedEntry("2. June 2004: Seminar, Perth.")]
    edition = Printed(["Summary"], [PrintedSection("Activities in 2004", blocks)])
    document = printing.read_back(edition, format, tmp_path, knowledge)
    assert [entry.text for entry in document.entries] == [block.text for block in blocks]
    assert [entry.row["when"] for entry in document.entries] == ["2004-05", "2004-06"]


@pytest.mark.parametrize("format", READ_AGAIN)
def test_markup_is_nothing_but_text(format, tmp_path):
    text = printing.HOSTILE + "and \0 \x1b \ufeff \uffff end"
    edition = Printed(
        [text], [PrintedSection(text, [PrintedNote(text), PrintedEntry(text, "E1", 'https://x.example/"<>&')])]
    )
    path = tmp_path / f"edition.{format}"
    path.write_bytes(FORMATS[format].write(edition))
    # Lines may be broken within what is no word, and a PDF has them all.
    written = "".join(printing.words_of(printing.extract(path).text))
    assert written == "".join((printing.HOSTILE + "and end").split()) * 4


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_edition_gives_the_same_bytes_anywhere(format, tmp_path, monkeypatch):
    first = FORMATS[format].write(printing.SOURCE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert FORMATS[format].write(printing.SOURCE) == first


@pytest.mark.parametrize("format", FORMATS)
def test_an_edition_without_a_date_or_an_entry_is_written(format):
    assert FORMATS[format].write(Printed(["Summary"], [PrintedSection("Activities since Bali I")]))
