"""The document of Word."""

import io

import pytest
from docx import Document

from summaries.printed import Printed, PrintedEntry, PrintedSection
from summaries.writing import word

from .. import printing


@pytest.fixture(scope="module")
def document():
    return Document(io.BytesIO(word.write(printing.SOURCE)))


def test_styles_say_what_each_paragraph_is(document):
    assert [paragraph.style.name for paragraph in document.paragraphs] == [
        *("Title", "Subtitle", "List Bullet", "Heading 1", "Body Text", "List Bullet", "List Bullet")
    ]


def test_a_numbered_entry_gets_no_second_number():
    edition = Printed(["Summary"], [PrintedSection("", [PrintedEntry("3. May 2004: Workshop, Perth.")])])
    numbered = Document(io.BytesIO(word.write(edition))).paragraphs[-1]
    assert (numbered.style.name, numbered.text) == ("List Paragraph", "3. May 2004: Workshop, Perth.")


def test_the_title_of_an_entry_is_a_link_to_its_activity(document):
    (link,) = document.paragraphs[-1].hyperlinks
    assert (link.text, link.address) == ("Workshop on return, Perth", "https://record.example/activities/E9/")
    assert document.paragraphs[2].hyperlinks == []


def test_it_says_what_it_is_and_in_which_language(document):
    about = document.core_properties
    assert (about.title, about.author, about.language) == (
        "Bali Process Summary of activities",
        "Bali Process",
        "en-GB",
    )
    assert about.created.isoformat() == "2009-10-31T00:00:00+00:00"
    assert 'w:lang w:val="en-GB"' in document.styles.element.xml


def test_pages_are_numbered_by_word(document):
    assert 'w:instr="PAGE"' in document.sections[0].footer.paragraphs[0]._p.xml
