"""Rows of events and of what belongs to them."""

import pytest

from events.resources import (
    EventLinkResource,
    EventResource,
    OutcomeResource,
    PlaceResource,
    SeriesResource,
    ThemeResource,
)
from tests.exchange.record import bring_in, problems, row_of, rows_of
from tests.factories import (
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

COLUMNS = {
    PlaceResource: "city, country, latitude, longitude",
    SeriesResource: "slug, name, description",
    ThemeResource: "slug, name, description",
    EventResource: "reference, title, kind, when, status, format, scope, venue, city, country, alongside, bodies, "
    "themes, series, number_in_series, chairs, co_chairs, hosts, coordinators, organisers, partners, contributors, "
    "trainers, attendees, observers, description, url, sources, note, publication",
    EventLinkResource: "from, to, kind",
    OutcomeResource: "reference, event, kind, text, addressed_to, status, taken_up_at",
}


@pytest.mark.parametrize("resource", COLUMNS)
def test_rows_have_their_columns_in_order_each_with_its_help(resource):
    columns = resource().columns
    assert ", ".join(columns) == COLUMNS[resource]
    assert all(column.help for column in columns.values())


def test_an_event_is_written_with_all_that_belongs_to_it():
    korea = CountryFactory(alpha2="KR", name="Republic of Korea", names=["ROK"])
    place = PlaceFactory(city="Seoul", country=korea)
    event = EventFactory(
        reference="E5", title="Workshop", when="2004~", place=place, series=SeriesFactory(name="Targeting"),
        number_in_series=3, bodies=[BodyFactory(name="Zeta"), BodyFactory(name="alpha")],
        themes=[ThemeFactory(name="Law")],
    )  # fmt: skip
    InvolvementFactory(
        event=event, participant=korea, role="host", recorded_as=korea.known_names.get(text="ROK"), remark="a; b"
    )
    InvolvementFactory(event=event, participant=korea, role="chair")
    row = row_of("events", "E5")
    assert {name: cell for name, cell in row.items() if cell} == {
        "reference": "E5", "title": "Workshop", "kind": "workshop", "when": "2004~", "status": "held",
        "format": "in_person", "scope": "regional", "city": "Seoul", "country": "KR", "bodies": "alpha; Zeta",
        "themes": "Law", "series": "Targeting", "number_in_series": "3", "hosts": "ROK [a; b]",
        "chairs": "Republic of Korea", "publication": "published",
    }  # fmt: skip


def test_links_and_outcomes_are_written_with_references():
    first, second = EventFactory(reference="E1"), EventFactory(reference="E2")
    EventLinkFactory(from_event=second, to_event=first, kind="follows")
    OutcomeFactory(
        reference="O1", event=first, text="Do", taken_up_at=second, addressed_to=BodyFactory(name="Ministers")
    )
    assert rows_of("event_links") == [{"from": "E2", "to": "E1", "kind": "follows"}]
    assert rows_of("outcomes") == [
        {
            "reference": "O1", "event": "E1", "kind": "recommendation", "text": "Do", "addressed_to": "Ministers",
            "status": "open", "taken_up_at": "E2",
        }
    ]  # fmt: skip


def test_an_event_moves_to_the_place_of_its_new_country():
    korea, place = (
        CountryFactory(alpha2="KR", name="Korea"),
        PlaceFactory(city="Seoul", country=CountryFactory(alpha2="XX")),
    )
    EventFactory(reference="E1", title="A", place=place)
    bring_in("events", [{"reference": "E1", "title": "A", "kind": "", "country": "Korea"}])
    row = row_of("events", "E1")
    assert (row["city"], row["country"]) == ("Seoul", "KR")
    assert korea.places.get().city == "Seoul"


def test_a_slug_leads_to_a_series_and_a_name_comes_before_it():
    SeriesFactory(name="Law", slug="targeting")
    SeriesFactory(name="Targeting", slug="second")
    bring_in("events", [{"reference": "E1", "title": "A", "kind": "other", "series": "targeting"}])
    bring_in("events", [{"reference": "E2", "title": "B", "kind": "other", "series": "SECOND"}])
    assert [row["series"] for row in rows_of("events")] == ["Targeting", "Targeting"]


def test_events_that_nothing_knows_are_refused_with_the_nearest():
    EventFactory(reference="E100")
    rows = [{"event": "E10", "kind": "decision", "text": "T"}, {"event": "E1OO", "kind": "decision", "text": "U"}]
    assert problems("outcomes", rows) == [(2, "event"), (3, "event")]
    assert problems("event_links", [{"from": "E100", "to": "E101", "kind": "reviews"}]) == [(2, "to")]


def test_a_place_of_an_unknown_country_is_refused():
    assert problems("places", [{"city": "Suva", "country": "Fiji"}]) == [(2, "country")]
    assert problems("places", [{"city": "Suva", "country": ""}]) == [(2, "country")]
