"""Which editions tell of an activity: as of what was written last, though pages of others ask for nothing."""

import pytest

from exchange.plans import plan
from records.models import Batch
from summaries import citations
from tests.factories import EditionFactory, EntryFactory, EventFactory, SectionFactory

pytestmark = pytest.mark.django_db(transaction=True)
PRINTED = {"edition": "S4", "section": "1", "number": "1"}


def write(type, *rows, **options):
    return plan(type, list(rows), **options).apply(Batch(origin=Batch.Origin.IMPORT))


@pytest.fixture
def event():
    return EventFactory(reference="E7")


@pytest.fixture
def section():
    """The section of a draft of an edition, after whatever is kept of others was read."""
    section = SectionFactory(
        number=1, edition=EditionFactory(reference="S4", title="Summary", issued="2010", draft=True)
    )
    citations.of_event(EventFactory())
    return section


def cited(event):
    return [entry.reference for entry in citations.of_event(event)]


def publish(publication="published"):
    write("editions", {"reference": "S4", "title": "Summary", "publication": publication})


def test_an_activity_is_cited_from_when_the_edition_is_published_until_it_is_taken_back(event, section):
    EntryFactory(reference="N7", section=section, event=event)
    assert cited(event) == []
    publish()
    assert cited(event) == ["N7"]
    publish("draft")
    assert cited(event) == []


def test_an_entry_that_is_found_to_tell_of_an_activity_cites_it_at_once(event, section):
    EntryFactory(reference="N7", section=section, event=None)
    publish()
    assert cited(event) == []
    write("entries", {"reference": "N7", **PRINTED, "event": "E7"})
    assert cited(event) == ["N7"]
    write("entries", {"reference": "N7", **PRINTED, "event": ""})
    assert cited(event) == []


def test_an_activity_that_no_edition_tells_of_costs_no_query_but_for_the_version(
    event, section, django_assert_num_queries
):
    publish()
    citations.of_event(event)
    with django_assert_num_queries(1):
        assert cited(event) == []
