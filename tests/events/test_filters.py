"""Activities by the parameters of an address: what each finds, and what it says to what it cannot take."""

from datetime import date

import pytest
from django.http import QueryDict

from events.filters import EventFilterSet, EventListFilterSet
from events.listing import Listing
from events.models import Event
from tests.factories import (
    AgencyFactory,
    BodyFactory,
    CountryFactory,
    EventFactory,
    InvolvementFactory,
    MembershipFactory,
    PlaceFactory,
    SeriesFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def filtered(query):
    return EventFilterSet(QueryDict(query), Event.objects.published().earliest_first())


def found(query):
    """The references of what a query finds."""
    filterset = filtered(query)
    assert filterset.is_valid(), filterset.errors
    return [event.reference for event in filterset.qs]


def refusal(query):
    """What is said to a malformed query, which finds nothing."""
    filterset = filtered(query)
    assert not filterset.is_valid()
    assert list(filterset.qs) == []
    return " ".join(str(error) for errors in filterset.errors.values() for error in errors)


@pytest.fixture
def australia():
    return CountryFactory(alpha2="AU", name="Australia", names=["Commonwealth of Australia"])


@pytest.fixture
def thailand():
    return CountryFactory(alpha2="TH", alpha3="THA", name="Thailand")


# --- Words, kind, headings --------------------------------------------------------------------------------------------


def test_without_parameters_all_that_is_published_is_found():
    EventFactory(reference="E1")
    EventFactory(draft=True)
    EventFactory(publication="in_review")
    assert found("") == found("q=&kind=&country=&participant=&year=&since=") == ["E1"]


def test_words_are_looked_for_in_texts_places_and_names():
    china = CountryFactory(alpha2="CN", name="China")
    event = EventFactory(
        reference="E7",
        title="Fraud",
        description="Of a document",
        venue="The Palace",
        place=PlaceFactory(city="Shenzhen", country=china),
    )
    iom = AgencyFactory(name="Organisation for Migration", acronym="IOM", names=["Migration Office"])
    InvolvementFactory(event=event, participant=iom, recorded_as=iom.known_names.get(text="Migration Office"))
    EventFactory(title="Another")
    said = ["fraud", "DOCUMENT fraud", "shenzhen", "China", "iom", "Migration Office", "palace"]
    assert [words for words in said if found(f"q={words}") != ["E7"]] == []


def test_words_that_stand_in_notes_or_sources_alone_find_nothing():
    EventFactory(note="secret", sources="secret")
    assert found("q=secret") == []


def test_all_words_must_be_there():
    EventFactory(title="Targeting workshop", alongside="A forum")
    assert len(found("q=forum targeting")) == 1
    assert found("q=forum seminar") == []


def test_words_that_tell_too_little_leave_everything():
    EventFactory(reference="E1")
    assert found("q=of the") == found("q=%22%22") == ["E1"]


def test_what_no_text_holds_is_refused():
    assert "Null characters" in refusal("q=%00")


def test_activities_can_be_asked_for_by_their_references():
    for reference in ("E1", "E2", "E3"):
        EventFactory(reference=reference)
    assert found("reference=E2") == ["E2"]
    assert found("reference=E3&reference=E1") == ["E1", "E3"]


def test_a_reference_that_no_published_activity_has_finds_nothing():
    EventFactory(reference="E1", draft=True)
    assert found("reference=E1") == found("reference=E2") == []
    assert "letters without accents, digits and hyphens" in refusal("reference=E+1")


def test_a_country_concerns_what_it_and_its_agencies_did_and_what_was_held_there(thailand):
    InvolvementFactory(event=EventFactory(reference="E1"), participant=thailand)
    InvolvementFactory(event=EventFactory(reference="E2"), participant=AgencyFactory(country=thailand))
    EventFactory(reference="E3", place=PlaceFactory(country=thailand))
    both = EventFactory(reference="E4", place=PlaceFactory(country=thailand))
    InvolvementFactory(event=both, participant=thailand)
    InvolvementFactory(event=EventFactory(place=PlaceFactory()))
    EventFactory(draft=True, place=PlaceFactory(country=thailand))
    assert found(f"concerning={thailand.alpha2}") == ["E1", "E2", "E3", "E4"]
    assert found(f"concerning={thailand.alpha2}&country={thailand.alpha2}") == ["E3", "E4"]
    assert "No country or agency is known as “AA”." in refusal("concerning=AA")


def test_kinds_can_be_several():
    for reference, kind in (("E1", "workshop"), ("E2", "meeting"), ("E3", "seminar")):
        EventFactory(reference=reference, kind=kind)
    assert found("kind=workshop") == ["E1"]
    assert found("kind=workshop&kind=seminar") == ["E1", "E3"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=party", "“party” is no kind of this record."),
        ("role=guest", "“guest” is no role of this record."),
        ("body=nobody", "“nobody” is no body of this record."),
        ("theme=nothing", "“nothing” is no theme of this record."),
        ("series=none-such", "“none-such” is no series of this record."),
        ("period=E999", "“E999” is no period of this record."),
        ("city=Atlantis", "“Atlantis” is no city of this record."),
        ("country=AA", "No country is known as “AA”."),
        ("participant=%E2%80%A6", "No country or agency is known as “…”."),
    ],
)
def test_what_the_record_does_not_know_is_refused_by_name(query, said):
    assert said in refusal(query)


def test_bodies_themes_and_series_are_named_by_their_slugs():
    body, theme, series = BodyFactory(slug="experts"), ThemeFactory(slug="fraud"), SeriesFactory(slug="targeting")
    EventFactory(reference="E1", bodies=[body, BodyFactory()], themes=[theme, ThemeFactory()], series=series)
    EventFactory(bodies=[BodyFactory()], themes=[ThemeFactory()], series=SeriesFactory())
    assert found("body=experts") == found("theme=fraud") == found("series=targeting") == ["E1"]
    assert found("body=experts&theme=fraud&series=targeting") == ["E1"]


def test_an_event_of_two_chosen_themes_is_found_once():
    EventFactory(reference="E1", themes=[ThemeFactory(slug="fraud"), ThemeFactory(slug="smuggling")])
    assert found("theme=fraud&theme=smuggling") == ["E1"]


def test_a_body_without_activities_is_known_and_finds_nothing():
    BodyFactory(slug="office")
    assert found("body=office") == []


# --- Where ------------------------------------------------------------------------------------------------------------


def test_a_country_is_that_of_the_place_in_any_case_and_by_any_code(thailand):
    EventFactory(reference="E1", place=PlaceFactory(country=thailand))
    InvolvementFactory(event=EventFactory(place=None), participant=thailand)
    assert found("country=TH") == found("country=th") == found("country=THA") == found("country=thailand") == ["E1"]


def test_a_country_that_was_never_the_place_is_known_and_finds_nothing(australia):
    EventFactory()
    assert found("country=AU") == []


def test_a_city_is_compared_folded(thailand):
    EventFactory(reference="E1", place=PlaceFactory(city="Nakhon Pathom", country=thailand))
    EventFactory(place=PlaceFactory(city="Bangkok", country=thailand))
    assert found("city=nakhonpathom") == found("city=Nakhon-Pathom") == found("country=TH&city=nakhonpathom") == ["E1"]


# --- Who --------------------------------------------------------------------------------------------------------------


def test_a_participant_with_a_role_is_one_involvement_that_is_both(australia, thailand):
    event = EventFactory(reference="E1")
    InvolvementFactory(event=event, participant=australia, role="co_chair")
    InvolvementFactory(event=event, participant=thailand, role="host")
    assert found("participant=AU&role=co_chair") == ["E1"]
    assert found("participant=AU&role=host") == []
    assert found("participant=AU") == found("role=host") == found("participant=au") == ["E1"]
    assert found("role=trainer") == []


def test_the_part_of_an_agency_counts_for_its_country(australia):
    police = AgencyFactory(slug="federal-police", country=australia)
    InvolvementFactory(event=EventFactory(reference="E1"), participant=police, role="trainer")
    assert found("participant=AU") == found("participant=federal-police") == ["E1"]
    assert found("participant=AU&role=trainer") == ["E1"]


def test_the_part_of_a_country_does_not_count_for_its_agency(australia):
    police = AgencyFactory(slug="federal-police", country=australia)
    MembershipFactory(member=police)
    InvolvementFactory(participant=australia)
    assert found("participant=federal-police") == []


def test_a_part_in_a_draft_does_not_count(australia):
    InvolvementFactory(event=EventFactory(draft=True), participant=australia)
    assert found("participant=AU") == []


def test_participants_and_roles_can_be_several(australia, thailand):
    for reference, participant, role in (
        ("E1", australia, "host"),
        ("E2", thailand, "chair"),
        ("E3", thailand, "host"),
    ):
        InvolvementFactory(event=EventFactory(reference=reference), participant=participant, role=role)
    assert found("participant=AU&participant=TH") == ["E1", "E2", "E3"]
    assert found("participant=AU&participant=TH&role=chair&role=co_chair") == ["E2"]


def test_any_known_name_leads_to_a_participant(australia):
    InvolvementFactory(event=EventFactory(reference="E1"), participant=australia)
    assert found("participant=commonwealth of australia") == ["E1"]


def test_a_misspelt_participant_is_refused_with_the_nearest_names(australia):
    InvolvementFactory(participant=australia)
    assert "No country or agency is known as “Austalia”. Did you mean Australia?" in refusal("participant=Austalia")


def test_names_of_those_that_the_public_does_not_see_are_not_suggested(australia):
    assert refusal("participant=Austalia") == "No country or agency is known as “Austalia”."


# --- When -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def dated():
    for reference, when in (
        ("E1", "2003-12"),
        ("E2", "2003-12-30/2004-01-02"),
        ("E3", "2004"),
        ("E4", "2004-09"),
        ("E5", "2005-01-01"),
        ("E6", ""),
    ):
        EventFactory(reference=reference, when=when)


def test_dates_match_where_they_overlap_and_the_undated_never(dated):
    references = {
        "year=2004": ["E2", "E3", "E4"],
        "year=2003": ["E1", "E2"],
        "since=2004": ["E2", "E3", "E4", "E5"],
        "since=September 2004": ["E3", "E4", "E5"],
        "since=2004-10": ["E3", "E5"],
        "until=2003-12-29": ["E1"],
        "until=2004-01": ["E1", "E2", "E3"],
        "since=2004-02&until=2004-08": ["E3"],
        "since=1900&until=2199": ["E1", "E2", "E3", "E4", "E5"],
    }
    assert {query: found(query) for query in references} == references


@pytest.mark.parametrize("year", ["04", "20004", "2004-09", "1899", "2200", "two", "２００４"])
def test_a_year_is_a_year(year):
    assert f"“{year}” is no year from 1900 to 2199." in refusal(f"year={year}")


@pytest.mark.parametrize("parameter", ["since", "until"])
@pytest.mark.parametrize("text", ["03/04/2005", "soon", "2004-13", "2" * 200, "%00"])
def test_what_is_no_partial_date_is_refused(parameter, text):
    assert refusal(f"{parameter}={text}")


def test_what_can_be_asked_for_once_is_refused_twice():
    assert "“year” stands more than once" in refusal("year=2004&year=2005")
    assert found("year=2004&year=2004") == []


@pytest.fixture
def conferences():
    EventFactory(reference="E1", conference=True, when="2002-02-26/2002-02-28")
    EventFactory(reference="E2", conference=True, when="2003-04")
    for reference, when in (("E3", "2001"), ("E4", "2002-09"), ("E5", "2003-04"), ("E6", "2003-11"), ("E7", "")):
        EventFactory(reference=reference, when=when)


def test_a_period_is_named_by_the_conference_that_opened_it(conferences):
    references = {
        "period=E1": ["E4", "E5"],
        "period=E2": ["E6"],
        "period=none": ["E3", "E1", "E2", "E7"],
        "period=E1&period=E2": ["E4", "E5", "E6"],
    }
    assert {query: found(query) for query in references} == references


def test_a_draft_or_cancelled_conference_opens_no_period(conferences):
    EventFactory(reference="E8", conference=True, draft=True, when="2003-06")
    EventFactory(reference="E9", conference=True, status="cancelled", when="2003-07")
    assert found("period=E2") == ["E6"]
    assert "no period" in refusal("period=E8")
    assert "no period" in refusal("period=E9")


def test_without_a_conference_all_are_without_a_period():
    EventFactory(reference="E1")
    assert found("period=none") == ["E1"]


# --- What is said of the filters --------------------------------------------------------------------------------------


def test_active_filters_are_said_in_words_each_with_the_query_without_it(australia):
    InvolvementFactory(participant=australia)
    EventFactory(conference=True, when="2002-02")
    reference = Event.objects.get(kind="ministerial").reference
    filterset = filtered(f"kind=workshop&participant=au&period={reference}&kind=meeting&since=2004&page=2&nonsense=1")
    said = {(each.label, each.words): each.query_without for each in filterset.active}
    assert list(said) == [
        ("Kind", "Workshop"),
        ("Kind", "Meeting"),
        ("Taking part", "Australia"),
        ("Period", "Since conference I, February 2002"),
        ("Since", "2004"),
    ]
    assert said["Kind", "Workshop"].startswith("kind=meeting&participant=au&")
    assert "page" not in said["Kind", "Workshop"]
    assert "since" not in said["Since", "2004"]


def test_unknown_parameters_are_named_and_change_nothing():
    EventFactory(reference="E1")
    filterset = filtered("colour=red&kind=workshop&sort=latest&page=1")
    assert filterset.unknown == ["colour"]
    assert [event.reference for event in filterset.qs] == ["E1"]


def test_the_query_of_a_list_leaves_out_what_filters_nothing():
    filterset = filtered("q=&kind=workshop&page=3&sort=title&colour=red&kind=meeting")
    assert filterset.query == "kind=workshop&kind=meeting"


def test_choices_are_of_what_the_public_sees(australia, thailand):
    EventFactory(place=PlaceFactory(city="Perth", country=australia), themes=[ThemeFactory(slug="fraud", name="Fraud")])
    EventFactory(draft=True, place=PlaceFactory(country=thailand), themes=[ThemeFactory()], series=SeriesFactory())
    known = filtered("").facets.by_code
    assert [(each.code, each.name) for each in known["country"].values()] == [("AU", "Australia")]
    assert [(each.code, each.name) for each in known["city"].values()] == [("perth", "Perth")]
    assert [(each.code, each.name) for each in known["theme"].values()] == [("fraud", "Fraud")]
    assert known["series"] == {}


# --- Order and pages --------------------------------------------------------------------------------------------------


def listed(query):
    return EventListFilterSet(QueryDict(query), Event.objects.published().earliest_first())


def test_lists_stand_in_an_order():
    for reference, title, when in (("E1", "b", "2005"), ("E2", "C", "2003"), ("E3", "d", "2004"), ("E4", "A", "")):
        EventFactory(reference=reference, title=title, when=when)
    names = {event.pk: event.reference for event in Event.objects.all()}
    references = {
        "": ["E2", "E3", "E1", "E4"],
        "sort=earliest": ["E2", "E3", "E1", "E4"],
        "sort=latest": ["E1", "E3", "E2", "E4"],
        "sort=title": ["E4", "E1", "E2", "E3"],
    }
    for query, sorted_so in references.items():
        assert [names[entry.pk] for entry in Listing(listed(query)).entries] == sorted_so, query


@pytest.mark.parametrize("query", ["sort=random", "page=two", "page=-1", "page=1.5", "page=" + "9" * 5000])
def test_an_order_and_a_page_can_be_malformed(query):
    EventFactory()
    filterset = listed(query)
    assert not filterset.is_valid()
    assert list(filterset.qs) == []
    assert (filterset.order, filterset.page_number) == ("earliest", 1)


# --- The time that is asked for ---------------------------------------------------------------------------------------


def test_the_span_is_the_time_that_all_filters_together_ask_for():
    for number, when in enumerate(["2002-02-26/2002-02-28", "2003-04-28/2003-04-30", "2009-04-14"], start=1):
        EventFactory(conference=True, reference=f"C{number}", when=when)
    spans = {
        "kind=workshop": None,
        "year=2004": ("2004-01-01", "2004-12-31"),
        "since=2004-05": ("2004-05-01", None),
        "until=2004-05": (None, "2004-05-31"),
        "since=2003&until=2004&year=2004": ("2004-01-01", "2004-12-31"),
        "period=C1": ("2002-02-26", "2003-04-28"),
        "period=C3": ("2009-04-14", None),
        "period=C1&period=C2": ("2002-02-26", "2009-04-14"),
        "period=C1&period=C3": ("2002-02-26", None),
        "period=C1&period=none": None,
        "period=C2&until=2004": ("2003-04-28", "2004-12-31"),
        "year=20x4": None,
    }
    for query, span in spans.items():
        found = EventListFilterSet(QueryDict(query), Event.objects.published()).span
        assert found == (span and tuple(day and date.fromisoformat(day) for day in span)), query


def test_words_are_looked_for_once_however_much_can_be_loosened(django_assert_num_queries):
    EventFactory(title="Visas", kind="meeting", when="2004")
    asked = QueryDict("q=visas&kind=seminar&year=2004&since=2003&lacking=date")
    filterset = EventListFilterSet(asked, Event.objects.published())
    assert filterset.facets.events
    with django_assert_num_queries(1):
        assert filterset.loosened() == []


def test_of_a_time_its_other_end_still_holds_when_one_is_loosened():
    EventFactory(when="2004")
    EventFactory(when="2009")
    filterset = EventListFilterSet(QueryDict("since=2006&until=2005"), Event.objects.published())
    assert [(each.label, each.number) for each in filterset.loosened()] == [("Since", 1), ("Until", 1)]


def test_roles_and_participants_are_loosened_apart(django_assert_num_queries):
    InvolvementFactory(participant=CountryFactory(alpha2="FJ"), role="host")
    InvolvementFactory(participant=CountryFactory(alpha2="NR"), role="chair")
    filterset = EventListFilterSet(QueryDict("participant=FJ&role=chair&kind=workshop"), Event.objects.published())
    assert filterset.qs.count() == 0
    with django_assert_num_queries(0):
        loosened = filterset.loosened()
    assert [(each.label, each.number, each.query_without) for each in loosened] == [
        ("Taking part", 1, "role=chair&kind=workshop"),
        ("Role", 1, "participant=FJ&kind=workshop"),
    ]
