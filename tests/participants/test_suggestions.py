"""Fields suggest whom a text means: by any known name, the surest first, with what tells one from another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AgencyFactory,
    BodyFactory,
    CountryFactory,
    EventFactory,
    InvolvementFactory,
    PlaceFactory,
    SeriesFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggested(admin_client):
    """What is suggested for a text: for a field of a model of `events`."""

    def suggested(text, field="participant", model="involvement", **more):
        asked = {"app_label": "events", "model_name": model, "field_name": field, "term": text} | more
        return admin_client.get("/admin/autocomplete/", asked).json()["results"]

    return suggested


def texts(results):
    return [result["text"] for result in results]


def test_what_is_called_so_comes_first_then_what_begins_so_then_what_holds_it(suggested):
    CountryFactory(name="Republic of Korea", names=["ROK"])
    AgencyFactory(name="Brokers’ Office")
    AgencyFactory(name="Rokel Trust")
    assert texts(suggested("rok")) == ["Republic of Korea", "Rokel Trust", "Brokers’ Office"]


@pytest.mark.parametrize("text", ["viet nam", "Vietnam", "VIÊT-NAM", "vn", "socialist viet"])
def test_a_country_is_found_by_any_name_or_code(suggested, text):
    CountryFactory(name="Viet Nam", alpha2="VN", names=["Socialist Republic of Viet Nam"])
    CountryFactory(name="Fiji", alpha2="FJ")
    assert texts(suggested(text)) == ["Viet Nam"]


def test_codes_are_found_by_their_beginning_alone(suggested):
    AgencyFactory(name="Interpol", slug="police-organisation")
    assert texts(suggested("organisation")) == []
    assert texts(suggested("police-org")) == ["Interpol"]


def test_what_folds_to_nothing_finds_nothing(suggested):
    CountryFactory()
    assert suggested("…") == []


def test_a_suggestion_says_code_kind_and_the_name_that_was_meant(suggested):
    police = AgencyFactory(name="Sri Lanka Police", kind="police", acronym="SLP", names=["Sri Lankan National Police"])
    name = police.known_names.get(text="Sri Lankan National Police")
    (found,) = suggested("sri lankan")
    assert found == {
        "id": str(police.pk),
        "text": "Sri Lanka Police",
        "code": "SLP",
        "kind": "Police",
        "also": "Sri Lankan National Police",
        "name": {"id": str(name.pk), "text": "Sri Lankan National Police"},
    }
    assert "also" not in suggested("sri lanka police")[0]


def test_a_code_that_was_meant_is_no_name_to_be_recorded_under(suggested):
    CountryFactory(name="Fiji", alpha2="FJ", alpha3="FJI")
    (found,) = suggested("fji")
    assert (found["also"], found.get("name")) == ("FJI", None)


def test_names_as_recorded_are_those_of_the_participant_that_is_chosen(suggested):
    fiji = CountryFactory(name="Fiji", names=["Viti"])
    CountryFactory(name="Samoa", names=["Viti Sister"])
    assert texts(suggested("viti", "recorded_as")) == ["Viti", "Viti Sister", "Fiji", "Samoa"]
    assert texts(suggested("viti", "recorded_as", participant=fiji.pk)) == ["Viti", "Fiji"]
    assert texts(suggested("", "recorded_as", participant=fiji.pk)) == ["Fiji", "Viti"]
    assert suggested("viti", "recorded_as")[0]["owner"] == {"id": str(fiji.pk), "text": "Fiji"}


def test_bodies_are_found_by_their_short_name(suggested):
    BodyFactory(name="Ad Hoc Experts’ Group", short_name="AHEG")
    (found,) = suggested("aheg", "bodies", "event")
    assert (found["text"], found["code"], found["kind"]) == ("Ad Hoc Experts’ Group", "AHEG", "Body")


@pytest.mark.parametrize("text", ["E17", "target", "denpasar", "viti 2004", "2004 targeting"])
def test_events_are_found_by_reference_title_place_and_year(suggested, text):
    fiji = CountryFactory(name="Fiji", names=["Viti"])
    place = PlaceFactory(city="Denpasar", country=fiji)
    EventFactory(reference="E17", title="Targeting workshop", when="2004-05", place=place)
    EventFactory(reference="E2", title="Ports", when="2005")
    (found,) = suggested(text, "to_event", "eventlink")
    assert (found["text"], found["kind"]) == ("E17 Targeting workshop", "Workshop · May 2004 · Denpasar, Fiji")


def test_places_are_found_by_city_and_country_with_near_ones(suggested):
    fiji = CountryFactory(name="Fiji", alpha2="FJ")
    PlaceFactory(city="Nadi", country=fiji)
    PlaceFactory(city="Hanoi")
    (found,) = suggested("nadi, fiji", "place", "event")
    assert (found["text"], found["code"]) == ("Nadi, Fiji", "FJ")
    assert texts(suggested("naddi, fiji", "place", "event")) == ["Nadi, Fiji"]


def test_series_are_found_without_regard_to_accents_and_punctuation(suggested):
    SeriesFactory(name="Séries: targeting")
    assert texts(suggested("series-targeting", "series", "event")) == ["Séries: targeting"]


def test_many_suggestions_ask_as_often_as_one(suggested):
    fields = [
        ("participant", "involvement"),
        ("recorded_as", "involvement"),
        ("to_event", "eventlink"),
        ("place", "event"),
        ("bodies", "event"),
        ("series", "event"),
    ]

    def add():
        country = CountryFactory()
        EventFactory(title="Country", series=SeriesFactory(name=f"Country {country.pk}"))
        InvolvementFactory(participant=country)
        PlaceFactory(country=country)
        BodyFactory(name=f"Country {country.pk}")

    def number_of_queries(field, model):
        with CaptureQueriesContext(connection) as queries:
            assert suggested("country", field, model)
        return len(queries)

    add()
    few = {each: number_of_queries(*each) for each in fields}
    for _ in range(15):
        add()
    assert {each: number_of_queries(*each) for each in fields} == few


def test_before_anything_is_typed_themes_stand_by_name(suggested):
    for name in ("Visas", "Ports"):
        ThemeFactory(name=name)
    assert texts(suggested("", field="themes", model="event")) == ["Ports", "Visas"]
