"""Dossiers: what the record has of a country or an agency."""

import pytest

from events import facets
from events.dossiers import Dossier, printed_of, shared_out
from tests.factories import AgencyFactory, BodyFactory, CountryFactory, EventFactory, InvolvementFactory, PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def thailand():
    return CountryFactory(alpha2="TH", name="Thailand")


def dossier_of(participant):
    return Dossier(participant, facets.current(), participant.agencies.all())


def part(participant, role, when="2004", **details):
    return InvolvementFactory(participant=participant, role=role, event=EventFactory(when=when, **details))


def test_what_a_country_did_is_said_in_a_sentence(thailand):
    bangkok = PlaceFactory(city="Bangkok", country=thailand)
    part(thailand, "coordinator", "2004-09")
    part(thailand, "coordinator", "2004-12")
    for when in ("2003-03", "2004", "2005-11"):
        EventFactory(when=when, place=bangkok)
    assert dossier_of(thailand).lead == (
        "Coordinated two activities of 2004 and was the place of three more, all in Bangkok, between 2003 and 2005."
    )


def test_what_was_held_where_it_had_a_part_itself_is_not_said_to_be_more(thailand):
    part(thailand, "host", "2003", place=PlaceFactory(city="", country=thailand))
    assert dossier_of(thailand).lead == "Hosted one activity of 2003 and was the place of one in 2003."


def test_two_cities_are_not_said_to_be_one(thailand):
    for city in ("Bangkok", "Phuket"):
        EventFactory(when="2004", place=PlaceFactory(city=city, country=thailand))
    assert dossier_of(thailand).lead == "Was the place of two activities in 2004."


def test_a_city_that_is_its_country_is_not_named_again():
    singapore = CountryFactory(name="Singapore")
    place = PlaceFactory(city="Singapore", country=singapore)
    EventFactory.create_batch(2, when="2006", place=place)
    assert dossier_of(singapore).lead == "Was the place of two activities in 2006."


def test_the_parts_of_agencies_are_told_apart(thailand):
    police, ministry = AgencyFactory(country=thailand), AgencyFactory(country=thailand)
    first = part(police, "host")
    InvolvementFactory(participant=ministry, role="trainer", event=first.event)
    part(thailand, "chair", "")
    lead = "Chaired one activity. Its agencies had a part in one activity of 2004."
    assert dossier_of(thailand).lead == lead


def test_no_years_are_said_where_one_is_not_known(thailand):
    part(thailand, "organiser", "2004")
    part(thailand, "organiser", "")
    assert dossier_of(thailand).lead == "Organised two activities."


def test_of_many_roles_the_first_are_named(thailand):
    event = EventFactory(when="2004")
    for role in ("chair", "host", "organiser", "trainer", "observer"):
        InvolvementFactory(participant=thailand, role=role, event=event)
    assert dossier_of(thailand).lead == (
        "Chaired one activity of 2004, hosted one of 2004, organised one of 2004 and had further parts in one of 2004."
    )


def test_only_what_took_place_is_told_as_done(thailand):
    part(thailand, "host", "2031", status="planned")
    part(thailand, "host", "2004", status="cancelled")
    assert dossier_of(thailand).lead == "One activity is planned."


def test_nothing_is_said_of_whom_nothing_is_recorded(thailand):
    dossier = dossier_of(thailand)
    assert dossier.lead == ""
    assert dossier.lanes == dossier.excerpts == dossier.alongside == []


def test_there_is_a_lane_for_each_role_and_one_for_what_was_held_there(thailand):
    part(thailand, "coordinator")
    part(AgencyFactory(country=thailand), "chair", place=PlaceFactory(country=thailand))
    lanes = [(lane.label, lane.query) for lane in dossier_of(thailand).lanes]
    assert lanes == [
        ("Chair", "participant=TH&role=chair"),
        ("Coordinator", "participant=TH&role=coordinator"),
        ("Held in Thailand", "country=TH"),
    ]


def test_alongside_stand_bodies_and_others_but_not_its_own_agencies(thailand):
    body, police, fiji = BodyFactory(name="Experts"), AgencyFactory(country=thailand), CountryFactory(name="Fiji")
    for when in ("2004", "2005"):
        event = part(thailand, "host", when, bodies=[body]).event
        InvolvementFactory(event=event, participant=police, role="trainer")
    for role in ("attendee", "partner"):
        InvolvementFactory(event=event, participant=fiji, role=role)
    assert dossier_of(thailand).alongside == [(body, 2), (fiji, 1)]


@pytest.mark.parametrize(
    ("lengths", "most", "shares"),
    [([2, 5], 50, [2, 5]), ([1, 60, 60], 21, [1, 10, 10]), ([3, 3], 5, [3, 2]), ([], 5, []), ([4], 0, [0])],
)
def test_room_is_shared_out_evenly(lengths, most, shares):
    assert shared_out(lengths, most) == shares


def test_a_sheet_leaves_out_what_it_has_no_room_for(thailand):
    for event in EventFactory.create_batch(40):
        InvolvementFactory(event=event, participant=thailand)
    dossier = dossier_of(thailand)
    [excerpt] = dossier.excerpts
    assert len(excerpt.lines) == 40
    assert not excerpt.is_cut
    assert 0 < excerpt.most_printed == 40 - dossier.unprinted < 40


def test_the_more_lanes_are_drawn_the_fewer_entries_are_printed():
    printed = [sum(printed_of([50] * lanes)) for lanes in range(1, 12)]
    assert printed == sorted(printed, reverse=True)
    assert printed[5] > 0
    assert printed[-1] == 0
