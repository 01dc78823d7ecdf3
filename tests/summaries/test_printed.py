"""What is printed of an edition."""

import pytest

from events.models import Event
from records.dates import PartialDate
from summaries.models import Edition, Entry, Section
from summaries.printed import PrintedEntry, of_edition
from tests import factories

from . import printing, scoring

SCATTERED = """SUMMARY OF ACTIVITIES

• May 2004: Workshop on return,
Perth.
• June 2004: Seminar, Bangkok.

Page 1 of 2

What nobody understood stands here as well.

Activities since Bali II

• July 2005: Workshop, Manila.
"""


def words_printed(printed):
    words = list(printed.title)
    for section in printed.sections:
        words += [section.heading, *(block.text for block in section.blocks)]
    return printing.words_of(" ".join(words))


@pytest.mark.django_db
@pytest.mark.skipif(not scoring.SOURCE_TEXT.exists(), reason="the summary of 2002 to 2009 is not beside the project")
def test_the_summary_of_2002_to_2009_is_printed_word_for_word(knowledge, tmp_path):
    text = scoring.SOURCE_TEXT.read_text(encoding="utf-8")
    edition = printing.keep(text, knowledge, tmp_path)
    event = factories.EventFactory(title="Corrected", when="2003-01")
    edition.entries.update(event=event)
    printed = of_edition(edition)
    assert words_printed(printed) == printing.words_of(text)
    for format in ("txt", "html", "docx", "pdf"):
        document = printing.read_back(printed, format, tmp_path, knowledge)
        assert printing.words_of(document.text) == printing.words_of(text)
        assert len(document.entries) == 37


@pytest.mark.django_db
def test_what_was_not_understood_stands_where_it_stood_but_for_numbers_of_pages(knowledge, tmp_path):
    edition = printing.keep(SCATTERED, knowledge, tmp_path)
    section = edition.sections.first()
    Entry.objects.create(reference="N99", edition=edition, section=section, number=9, text="Not of the source.")
    printed = of_edition(edition)
    assert [[(block.kind, block.text) for block in section.blocks] for section in printed.sections] == [
        [
            ("entry", "May 2004: Workshop on return, Perth."),
            ("entry", "June 2004: Seminar, Bangkok."),
            ("note", "What nobody understood stands here as well."),
        ],
        [("entry", "July 2005: Workshop, Manila.")],
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("format", ["txt", "html", "docx", "pdf"])
def test_a_source_without_a_title_gets_no_word_that_it_has_not(format, knowledge, tmp_path):
    text = "• May 2004: Workshop on return, Perth.\n• June 2004: Seminar, Bangkok.\n"
    printed = of_edition(printing.keep(text, knowledge, tmp_path))
    assert printed.name == "source"
    document = printing.read_back(printed, format, tmp_path, knowledge)
    assert printing.words_of(document.text) == printing.words_of(text)


@pytest.mark.django_db
def test_a_composed_edition_is_printed_from_its_sections_and_entries():
    edition = composed(2)
    Section.objects.filter(number=2).update(note="One.\n\nTwo.")
    printed = of_edition(edition)
    assert printing.shape_of(printed) == (
        "Summary of activities",
        [("", [], ["Activity 1"]), ("Since Bali I", ["One.", "Two."], ["Activity 2"])],
    )
    assert printed.date == "2009-10"


@pytest.mark.django_db
def test_an_entry_leads_to_its_activity_once_that_is_published(settings):
    settings.SITE_ADDRESS = "https://record.example"
    edition = composed(2)
    Event.objects.filter(entries__number=1).update(publication="published")
    published, draft = (section.entries[0] for section in of_edition(edition).sections)
    assert published.address == f"https://record.example/activities/{published.reference}/"
    assert (draft.address, draft.reference) == ("", "")


@pytest.mark.django_db
@pytest.mark.parametrize("count", [2, 30])
def test_any_number_of_entries_takes_two_queries(count, django_assert_num_queries):
    edition = composed(count)
    with django_assert_num_queries(2):
        of_edition(edition)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("May 2004: Workshop, Perth. Agreed.", ("May 2004: ", "Workshop, Perth", ". Agreed.")),
        ("Establishment of a website", ("", "Establishment of a website", "")),
        ("26–28 February 2002: Conference.", ("26–28 February 2002: ", "Conference", ".")),
        ("May 2004 was a good month.", ("", "May 2004 was a good month", ".")),
        ("", ("", "", "")),
    ],
)
def test_a_text_is_a_date_a_title_and_the_rest(text, pieces):
    assert PrintedEntry(text).pieces == pieces


def composed(count):
    """A composed edition of so many entries, the first of them above the first heading."""
    edition = Edition.objects.create(reference="S1", title="Summary of activities", date=PartialDate("2009-10"))
    sections = [Section.objects.create(edition=edition, number=1)]
    sections.append(Section.objects.create(edition=edition, number=2, heading="Since Bali I"))
    for number in range(1, count + 1):
        Entry.objects.create(
            reference=f"N{number}",
            edition=edition,
            section=sections[number > 1],
            number=number,
            text=f"• Activity {number}",
            event=factories.EventFactory(publication="draft"),
        )
    return edition
