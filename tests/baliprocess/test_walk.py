"""A walk through the whole site, over the starting record with much beside it that nobody may see."""

import pytest

from events.models import Event, Series, Theme
from exchange import starting_record
from participants.models import Agency, Body, Country
from tests import snapshots
from tests.factories import (
    AgencyFactory,
    ContactPointFactory,
    CountryFactory,
    EventFactory,
    EventLinkFactory,
    InvolvementFactory,
    OutcomeFactory,
    PlaceFactory,
    SeriesFactory,
    ThemeFactory,
)
from tests.kept import kept
from tests.walk import Walk

# What it goes through, others test part by part.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]

CANARY = "Zyxquark"


def plant():
    """Tie what is not published, each part of it with a word of its own, to as much as can be of what is."""
    country = CountryFactory(alpha2="XX", name=f"{CANARY}land", names=[f"{CANARY} Islands"])
    agency = AgencyFactory(
        slug="canary", name=f"{CANARY} Police", acronym="ZYXQ", country=Country.objects.get(alpha2="AU")
    )
    words = ("title", "venue", "alongside", "description", "sources", "note")
    for number, publication in enumerate(("draft", "in_review")):
        hidden = EventFactory(
            **{name: f"{CANARY} {name}" for name in words},
            reference=f"{CANARY}-{number}",
            publication=publication,
            kind="workshop",
            when="2004-06",
            url=f"https://{CANARY}.example/",
            place=PlaceFactory(city=f"{CANARY}ville {number}", country=country),
            series=Series.objects.first(),
            number_in_series=4 + number,
            themes=[*Theme.objects.all(), ThemeFactory(slug=f"canary-{number}", name=f"{CANARY} theme {number}")],
            bodies=Body.objects.all(),
        )
        for participant in (agency, country, *Country.objects.filter(alpha2__in=["AU", "ID", "TH", "NZ"])):
            InvolvementFactory(event=hidden, participant=participant, role="chair", remark=CANARY)
        for event in Event.objects.published():
            EventLinkFactory(from_event=event, to_event=hidden)
            EventLinkFactory(from_event=hidden, to_event=event, kind="part_of")
            OutcomeFactory(event=event, text="Of a published one", taken_up_at=hidden)
        for body in Body.objects.all():
            OutcomeFactory(event=hidden, text=CANARY, addressed_to=body, taken_up_at=Event.objects.get(reference="E1"))
    EventFactory(
        draft=True,
        conference=True,
        when="2005",
        title=f"{CANARY} conference",
        reference=f"{CANARY}-C",
        series=SeriesFactory(name=CANARY),
    )
    for member in Country.objects.visible():
        ContactPointFactory(
            participant=member, name=CANARY, position=CANARY, email=f"{CANARY}@example.org", phone=f"{CANARY}"
        )
    ContactPointFactory(participant=country, name=CANARY, public=True)
    for parent in Agency.objects.visible():
        AgencyFactory(name=f"{CANARY} unit of {parent}", parent=parent)
    Event.objects.update(note=f"{CANARY} said so")


def test_every_link_leads_somewhere_and_nothing_leads_to_what_is_not_published(client):
    snapshots.put("starting record", starting_record.load)
    plant()
    with kept():
        walk = Walk(client)
    assert walk.broken == {}
    assert walk.lost == []
    assert [address for address, text in walk.texts.items() if CANARY.lower() in text.lower()] == []
    published = [event.get_absolute_url() for event in Event.objects.published()]
    visible = [country.get_absolute_url() for country in Country.objects.visible()]
    assert walk.answers.keys() >= {*published, *visible, "/about/", "/data/events.csv", "/sitemap-themes.xml"}
