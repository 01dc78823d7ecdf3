"""What the public does not see is in no way in the index: neither found, counted, offered nor shown."""

import pytest

from exchange.recording import recording
from library.models import DocumentVersion
from participants.models import ContactPoint
from search import registry
from search.find import begun, find, records
from search.loosening import loosened
from search.models import Indexed
from search.queries import Query
from search.spelling import meant
from tests.factories import (
    AgencyFactory,
    CollectionFactory,
    CountryFactory,
    DocumentFactory,
    DocumentVersionFactory,
    EditionFactory,
    EntryFactory,
    EventFactory,
    InvolvementFactory,
    OutcomeFactory,
    SeriesFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
CANARY = "Quokkafish"


def draft_event():
    EventFactory(title=CANARY, draft=True)


def event_in_review():
    EventFactory(title=CANARY, publication="in_review")


def note_of_an_event():
    EventFactory(note=CANARY)


def outcome_of_a_draft():
    OutcomeFactory(event=EventFactory(draft=True), text=CANARY)


def participant_of_a_draft():
    InvolvementFactory(event=EventFactory(draft=True), participant=AgencyFactory(name=CANARY))


def country_that_nothing_shows():
    CountryFactory(name=CANARY)


def series_of_a_draft():
    EventFactory(draft=True, series=SeriesFactory(name=CANARY))


def theme_of_a_draft():
    EventFactory(draft=True, themes=[ThemeFactory(name=CANARY)])


def contact():
    ContactPoint.objects.create(
        reference="A9", participant=InvolvementFactory().participant, name=CANARY, email=f"{CANARY}@example.org"
    )


def document_for_members():
    DocumentVersionFactory(document=DocumentFactory(members=True, title=CANARY, description=CANARY))


def document_for_the_secretariat():
    DocumentVersionFactory(document=DocumentFactory(secretariat=True, title=CANARY))


def draft_document():
    DocumentFactory(draft=True, title=CANARY)


def words_of_a_members_document():
    version = DocumentVersionFactory(document=DocumentFactory(members=True))
    DocumentVersion.objects.filter(pk=version.pk).update(text=CANARY)


def note_of_a_document():
    DocumentFactory(note=CANARY)


def draft_event_of_a_document():
    DocumentFactory(event=EventFactory(title=CANARY, draft=True))


def draft_collection_of_a_document():
    DocumentFactory(collection=CollectionFactory(name=CANARY, publication="draft"))


def draft_edition():
    EntryFactory(section__edition=EditionFactory(draft=True, title=CANARY), text=CANARY)


def note_of_an_edition():
    EditionFactory(note=CANARY)


SECRETS = [
    draft_event,
    event_in_review,
    note_of_an_event,
    outcome_of_a_draft,
    participant_of_a_draft,
    country_that_nothing_shows,
    series_of_a_draft,
    theme_of_a_draft,
    contact,
    document_for_members,
    document_for_the_secretariat,
    draft_document,
    words_of_a_members_document,
    note_of_a_document,
    draft_event_of_a_document,
    draft_collection_of_a_document,
    draft_edition,
    note_of_an_edition,
]


@pytest.mark.parametrize("hide", SECRETS, ids=lambda hide: hide.__name__)
def test_what_is_hidden_is_in_no_way_in_the_index(hide):
    hide()
    for text in (CANARY, CANARY[:6] + "*", f'"{CANARY}"', f"{CANARY} OR {CANARY}"):
        assert not find(text).all
        assert not find(text).page()
        assert not any(records(text, type) for type in registry.types())
    assert not begun(CANARY[:5])
    assert meant(Query("Quokafish")) == ""
    for row in Indexed.objects.values():
        assert not any(CANARY.lower() in str(cell).lower() for cell in row.values())


def test_the_canary_is_found_where_it_is_published():
    EventFactory(title=CANARY)
    assert find(CANARY).all == 1
    assert [hit.title for hit in begun(CANARY[:5])] == [CANARY]
    assert meant(Query("Quokafish")) == "quokkafish"


@pytest.mark.parametrize("text", ["quokafish OR workshp", "workshp -quokafish", "quokafish workshp"])
def test_what_was_withdrawn_is_not_even_offered_as_a_spelling(text):
    withdrawn = EventFactory(title=CANARY)
    EventFactory(title="Workshop")
    assert find(CANARY).all == 1
    with recording() as recorder:
        recorder.watch([withdrawn])
        withdrawn.publication = "draft"
        withdrawn.save()
    assert CANARY.lower() not in str(loosened(Query(text)))


PAGES = [
    *("/search/?q=quok*", "/search/?q=quokkafis", "/search/suggestions/?q=quok", "/opensearch.xml"),
    *("/quokkafis/", "/activities/E7/", "/activities/", "/activities/?participant=quokkafis", "/outcomes/"),
    *("/library/", "/agencies/", "/data/events.csv", "/data/outcomes.csv", "/data/agencies.csv", "/sitemap.xml"),
]


def test_what_was_withdrawn_stands_on_no_page(client):
    event = OutcomeFactory(event=EventFactory(title=CANARY, reference="E7"), text=CANARY).event
    InvolvementFactory(event=event, participant=AgencyFactory(name=f"Agency of {CANARY}"))
    document = DocumentFactory(title=f"Paper of {CANARY}")
    assert find(CANARY).all == 4
    with recording() as recorder:
        recorder.watch([event])
        event.publication = "draft"
        event.save()
        recorder.watch([document])
        document.access = "secretariat"
        document.save()
    assert [page for page in PAGES if CANARY.lower() in client.get(page).getvalue().decode().lower()] == []
