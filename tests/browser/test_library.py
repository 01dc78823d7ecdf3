"""The library in a real browser: its pages with documents on them, for everybody and on every screen."""

import pytest
from playwright.sync_api import expect

from events.models import Event
from library.models import Collection
from participants.models import Participant
from tests.browser.conftest import follow
from tests.browser.looking import at, wrong_with
from tests.factories import DocumentFactory, DocumentVersionFactory

WORDS = "Each Party takes back its nationals within {} days of the request.\n\nIt bears the cost of their travel."


@pytest.fixture
def papers(live):
    """Documents of every sort in the Returns Project repository."""
    returns = Collection.objects.get(slug="returns-project-repository")
    thailand, australia = Participant.objects.get(alpha2="TH"), Participant.objects.get(alpha2="AU")
    for number, days in enumerate(("fifteen", "thirty"), start=1):
        document = DocumentFactory(
            reference=f"D{number}",
            title=f"Return of nationals, model {number}",
            kind="draft_paragraph",
            language="en",
            issued="2004-05",
            country=thailand,
            authors=[australia],
            collection=returns,
            event=Event.objects.get(reference="E15"),
            description="What an agreement on return can say.",
            text=WORDS.format(days),
        )
        DocumentVersionFactory(document=document)
        DocumentVersionFactory(document=document)
    DocumentFactory(reference="D3", kind="return_documentation", collection=returns)


PAGES = {
    "library": "/library/",
    "filtered": "/library/?kind=draft_paragraph&country=TH&year=2004",
    "none found": "/library/?kind=draft_paragraph&year=1999",
    "document": "/library/documents/D1/",
    "collection": "/library/collections/returns-project-repository/",
    "compared": "/library/compare/?document=D1&document=D2",
    "activity": "/activities/E15/",
    "country": "/countries/AU/",
}


def test_nothing_is_wrong_with_its_pages(papers, open_page, tmp_path):
    page = open_page(reduced_motion="reduce")
    assert wrong_with(page, at(page, PAGES), tmp_path) == {}


def test_two_texts_are_found_and_compared(papers, open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    follow(page, page.get_by_role("link", name="Library", exact=True))
    follow(page, page.get_by_role("link", name="Returns Project repository").first)
    for choice in page.get_by_role("checkbox").all():
        choice.check()
    follow(page, page.get_by_role("button", name="Compare"))
    expect(page.locator(".words mark")).to_have_text(["thirty", "fifteen"])
