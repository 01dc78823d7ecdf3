"""The public pages of editions: as printed, linked to what the public may see, and to nothing else."""

import gzip
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from summaries.keeping import keep
from summaries.models import Edition
from summaries.reading import read
from tests.factories import EditionFactory, EntryFactory, EventFactory, SectionFactory

from . import scoring

pytestmark = pytest.mark.django_db
FORMATS = ("txt", "docx", "pdf", "csv")


@pytest.fixture
def edition():
    """A published edition of one section with one entry, of a published activity."""
    edition = EditionFactory(title="Summary of 2004", date="2004", issued="2005-02", publication="published")
    section = SectionFactory(edition=edition, heading="Activities since Bali I", note="Two meetings are left out.")
    event = EventFactory(reference="E7", title="Workshop on visas")
    EntryFactory(section=section, event=event, reference="N7", text="May 2004: Workshop on visas, Perth. It was held.")
    return edition


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def address(edition):
    return f"/summary/{edition.reference}/"


# --- What is seen -----------------------------------------------------------------------------------------------------


def test_an_edition_stands_as_it_was_printed_each_entry_linked_to_its_activity(client, edition):
    content = page(client, address(edition))
    assert "<h1>Summary of 2004</h1>" in content
    assert 'id="heading-1">Activities since Bali I</h2>' in content
    assert "Two meetings are left out." in content
    assert "and issued in <time" in content
    assert (
        '<li id="N7"><strong>May 2004: </strong><a href="/activities/E7/">Workshop on visas, Perth</a>. It was held.'
        in (content)
    )
    for format in FORMATS:
        assert f'href="/summary/{edition.reference}.{format}"' in content
    assert '"@type":"Report"' in content.replace(": ", ":")


def test_the_contents_of_an_edition_lead_to_its_sections(client, edition):
    SectionFactory(edition=edition, number=9999, heading="Since Bali II")
    content = page(client, address(edition))
    assert '<a href="#section-2">Since Bali II' in content
    assert '<section id="section-2"' in content


def test_drafts_and_their_files_are_not_found(client):
    draft = EntryFactory(section__edition__draft=True).edition
    in_review = EditionFactory(publication="in_review")
    for edition in (draft, in_review):
        assert client.get(address(edition)).status_code == 404
        assert client.get(f"/summary/{edition.reference}.txt").status_code == 404
    assert "No edition is published yet." in page(client, "/summary/")
    assert draft.reference not in page(client, "/sitemap-editions.xml")


def test_an_entry_of_an_activity_that_is_not_public_is_printed_without_a_link(client, edition):
    secret = EventFactory(reference="E99", title="Secret name", draft=True)
    EntryFactory(section=edition.sections.get(), event=secret, text="June 2004: Talks.", doubts=["Secret doubt"])
    Edition.objects.filter(pk=edition.pk).update(note="Secret note")
    content = page(client, address(edition))
    assert "June 2004: </strong>Talks." in content
    assert "E99" not in content
    assert "Secret" not in content
    assert "Secret" not in client.get(f"/summary/{edition.reference}.csv").content.decode()


@pytest.mark.parametrize("format", FORMATS)
def test_an_edition_is_taken_away_as_a_file(format, client, edition):
    response = client.get(f"/summary/{edition.reference}.{format}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{edition.reference}.{format}"'
    assert response.content


@pytest.mark.parametrize("format", ["html", "exe", "json"])
def test_there_are_no_other_files(format, client, edition):
    assert client.get(f"/summary/{edition.reference}.{format}").status_code == 404


def test_editions_are_listed_newest_first(client, edition):
    EditionFactory(title="Summary of 2009", date="2009", publication="published")
    content = page(client, "/summary/")
    assert content.index("Summary of 2009") < content.index("Summary of 2004")
    assert "1 entry · issued" in content


def test_the_page_of_an_activity_cites_the_editions_that_tell_of_it(client, edition):
    EntryFactory(event=edition.entries.get().event, section__edition__draft=True)
    content = page(client, "/activities/E7/")
    assert f'<a href="/summary/{edition.reference}/#N7">The edition up to 2004</a>' in content
    assert content.count("/summary/S") == 1
    assert "In the Summary of Activities" not in page(client, EventFactory().get_absolute_url())


# --- How it holds up --------------------------------------------------------------------------------------------------


def test_pages_of_editions_ask_as_much_for_many_entries_as_for_one(client, edition):
    def queries(*addresses):
        counts = []
        for each in addresses:
            with CaptureQueriesContext(connection) as captured:
                page(client, each)
            counts.append(len(captured))
        return counts

    pages = ("/summary/", address(edition), "/activities/E7/")
    first = queries(*pages)
    for _ in range(30):
        EntryFactory(section=edition.sections.get())
        EntryFactory(
            section__edition=EditionFactory(publication="published"), event=edition.entries.get(reference="N7").event
        )
    assert queries(*pages) == first


@pytest.mark.skipif(not scoring.SOURCE_TEXT.exists(), reason="the Summary of Activities is not beside the project")
def test_the_whole_summary_of_2002_to_2009_is_one_light_page(client, knowledge):
    text = scoring.SOURCE_TEXT.read_text(encoding="utf-8")
    edition = keep(read(text, knowledge), scoring.SOURCE_TEXT)
    for entry in edition.entries.all():
        entry.event = EventFactory()
        entry.save()
    Edition.objects.update(publication="published")
    content = page(client, address(edition))
    assert len(gzip.compress(content.encode())) < 30_000
    assert content.count('<a href="/activities/E') == 37
    words = re.sub(r"<[^>]+>", "", content)
    assert "People Smuggling: Threat Assessment and Risk Analysis, Kuala Lumpur. The workshop convened" in words


def test_an_edition_is_issued_on_a_day(client):
    assert "and issued on <time" in page(client, address(EditionFactory(issued="2005-02-03")))
