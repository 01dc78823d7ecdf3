"""The page of an activity, which is put together without templates: whatever people wrote stands there as text."""

import re

import pytest

from tests.factories import (
    AgencyFactory,
    BodyFactory,
    CountryFactory,
    EventFactory,
    EventLinkFactory,
    InvolvementFactory,
    OutcomeFactory,
    PlaceFactory,
    SeriesFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
# Each stands for a field, so that a failure says which.
TYPED = re.compile(r"<x-[a-z]+")


def typed(field):
    """What somebody wrote into a field, who means harm."""
    return f"\"'&<x-{field}>"


def event(**fields):
    written = {field: typed(field) for field in ("title", "venue", "alongside", "description", "sources")}
    return EventFactory(**{"when": "2004-05", **written, **fields})


def test_whatever_people_wrote_is_text(client):
    series = SeriesFactory(name=typed("series"))
    shown = event(
        place=PlaceFactory(city=typed("city"), country=CountryFactory(name=typed("country"))),
        url="https://example.org/?a=<x-url>&b='",
        series=series,
        bodies=[BodyFactory(name=typed("body"))],
        themes=[ThemeFactory(name=typed("theme"))],
    )
    beside = event(title=typed("beside"), series=series, when="2005", place=PlaceFactory(city=typed("elsewhere")))
    agency = AgencyFactory(name=typed("agency"), country=CountryFactory(name=typed("parent")))
    formerly = agency.known_names.create(text=typed("formerly"), kind="other")
    InvolvementFactory(event=shown, participant=agency, recorded_as=formerly, remark=typed("remark"))
    EventLinkFactory(from_event=event(title=typed("linked"), when="2006"), to_event=shown)
    OutcomeFactory(
        event=shown, text=typed("outcome"), addressed_to=BodyFactory(name=typed("asked")), taken_up_at=beside
    )
    OutcomeFactory(event=beside, text=typed("put"), taken_up_at=shown)
    page = client.get(shown.get_absolute_url()).content.decode()
    assert TYPED.findall(page) == []
    told = {re.sub(r"&lt;x-", "", each) for each in re.findall(r"&lt;x-[a-z]+", page)}
    assert told >= {
        *("title", "venue", "alongside", "description", "sources", "url", "city", "country", "series", "body", "theme"),
        *("beside", "elsewhere", "agency", "formerly", "parent", "remark", "linked", "outcome", "asked", "put"),
    }


def test_what_came_of_it_and_was_put_to_it_is_text_in_the_lists_of_outcomes_too(client):
    outcome = OutcomeFactory(event=event(), text=typed("outcome"), addressed_to=BodyFactory(name=typed("asked")))
    pages = [client.get(address).content.decode() for address in ("/outcomes/", outcome.get_absolute_url())]
    assert [TYPED.findall(page) for page in pages] == [[], []]
    assert all("&lt;x-outcome&gt;" in page for page in pages)
