"""The pages of countries, agencies and bodies, as visitors read them."""

import re

import pytest
from django.utils.html import strip_tags

from tests.factories import (
    AgencyFactory,
    BodyFactory,
    CountryFactory,
    EventFactory,
    InvolvementFactory,
    MembershipFactory,
    OutcomeFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client):
    """A callable that gives the words of a page, as they are read."""

    def words(address):
        response = client.get(address)
        assert response.status_code == 200
        main = response.content.decode().partition("<main")[2].partition("</main>")[0]
        for tag, spaced in (("</dt>", ": "), ("</th>", " "), ("</td>", " "), ("</dd>", " ")):
            main = main.replace(tag, spaced)
        return re.sub(r"\s+", " ", strip_tags(f"<main{main}"))

    return words


@pytest.fixture
def korea():
    return CountryFactory(alpha2="KR", alpha3="KOR", name="Republic of Korea", region="Asia", names=["ROK"])


# --- Countries --------------------------------------------------------------------------------------------------------


def test_the_index_of_countries_counts_what_they_took_part_in_and_what_was_held_there(read, korea):
    ministry = AgencyFactory(country=korea)
    event = EventFactory(place=PlaceFactory(country=korea))
    for participant in (korea, ministry):
        InvolvementFactory(event=event, participant=participant)
    InvolvementFactory(participant=ministry)
    InvolvementFactory(participant=korea, event=EventFactory(draft=True, place=PlaceFactory(country=korea)))
    CountryFactory(name="Atlantis")
    page = read("/countries/")
    assert "Asia 1 country Country Took part Held there Republic of Korea 2 1" in page
    assert "Atlantis" not in page


@pytest.mark.parametrize("ground", ["member", "part", "place", "agency"])
def test_a_country_has_a_page_on_each_ground_of_visibility(client, korea, ground):
    assert client.get("/countries/KR/").status_code == 404
    if ground == "member":
        MembershipFactory(member=korea)
    elif ground == "part":
        InvolvementFactory(participant=korea)
    elif ground == "place":
        EventFactory(place=PlaceFactory(country=korea))
    else:
        InvolvementFactory(participant=AgencyFactory(country=korea))
    assert client.get("/countries/KR/").status_code == 200


def test_small_letters_lead_to_the_address_of_a_country(client, korea):
    assert client.get("/countries/kr/").status_code == 404
    MembershipFactory(member=korea)
    for address in ("/countries/kr/", "/countries/Kr/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, "/countries/KR/")


def test_a_country_shows_its_codes_names_memberships_and_agencies(client, read, korea):
    MembershipFactory(member=korea, body=BodyFactory(name="Bali Process"), joined="2002-02")
    steering = BodyFactory(name="Steering Group")
    MembershipFactory(member=korea, body=steering, role="co-chair", joined="2003", left="2005")
    MembershipFactory(member=korea, body=BodyFactory(name="Working Group"))
    InvolvementFactory(participant=AgencyFactory(slug="seen", name="Ministry of Justice", country=korea))
    AgencyFactory(name="Unseen Ministry", country=korea)
    page = read("/countries/KR/")
    for fact in (
        "Codes: KR, KOR",
        "Bali Process since February 2002",
        "Steering Group co-chair; 2003 to 2005",
        "Working Group date of joining not recorded",
        "Agencies: Ministry of Justice",
        "Other names on record: ROK",
    ):
        assert fact in page
    assert "Unseen" not in page
    assert 'href="/agencies/seen/"' in client.get("/countries/KR/").content.decode()


def test_a_country_shows_its_parts_by_role_those_of_its_agencies_marked(read, korea):
    ministry = AgencyFactory(name="Ministry of Justice", country=korea, names=["ROK Justice Ministry"])
    recorded_as = ministry.known_names.get(text="ROK Justice Ministry")
    for title, when, participant, details in (
        ("The early one", "2003", korea, {"role": "host"}),
        ("The late one", "2004", korea, {"role": "host", "remark": "with the UN"}),
        ("The joint one", "2004", ministry, {"role": "organiser", "recorded_as": recorded_as}),
    ):
        InvolvementFactory(event=EventFactory(title=title, when=when), participant=participant, **details)
    InvolvementFactory(event=EventFactory(title="Hidden", draft=True), participant=korea)
    page = read("/countries/KR/")
    listed = page.rpartition("Host 2 ")[2]
    late = "2004 The late one Workshop · Host: Republic of Korea with the UN No place recorded 2003 The early one"
    assert listed.startswith(late)
    assert listed.index("The early one") < listed.index("Organiser 1")
    joint = (
        "The joint one Workshop · Organiser: ROK Justice Ministry through its agency Ministry of Justice · recorded as"
    )
    assert f"{joint} “ROK Justice Ministry”" in page
    assert "Hidden" not in page


def test_a_country_is_told_of_in_sentences_made_from_the_record(read, korea):
    InvolvementFactory(participant=korea, event=EventFactory(place=PlaceFactory(city="Seoul", country=korea)))
    InvolvementFactory(participant=korea, event=EventFactory(draft=True))
    MembershipFactory(member=korea, body=BodyFactory(name="Steering Group"))
    lead = "Hosted one activity of 2004 and was the place of one in 2004. Member of the Steering Group."
    assert lead in read("/countries/KR/")


def test_the_activities_of_a_country_can_be_taken_away(client, korea):
    EventFactory(place=PlaceFactory(country=korea))
    InvolvementFactory(participant=korea)
    InvolvementFactory(participant=korea, event=EventFactory(draft=True))
    page = client.get("/countries/KR/").content.decode()
    assert '<a href="/data/events.csv?concerning=KR">These 2 activities as CSV</a>' in page
    assert b"".join(client.get("/data/events.csv?concerning=KR").streaming_content).count(b"\n") == 3


def test_who_was_there_beside_a_country_is_counted(read, korea):
    body = BodyFactory(name="Experts")
    for _ in range(2):
        InvolvementFactory(participant=korea, event=EventFactory(bodies=[body]))
    hidden = EventFactory(draft=True, bodies=[BodyFactory(name="Unseen")])
    InvolvementFactory(participant=korea, event=hidden)
    page = read("/countries/KR/")
    assert "Alongside Republic of Korea Bodies and others with a part in these two activities. Experts 2" in page
    assert "Unseen" not in page


def test_a_printed_country_leads_to_what_the_sheet_leaves_out(client, korea):
    for event in EventFactory.create_batch(40):
        InvolvementFactory(event=event, participant=korea)
    page = client.get("/countries/KR/").content.decode()
    left_out = len(re.findall(r'<li class="entry [a-z_]+ unprinted">', page))
    assert 0 < left_out < 40
    assert f'<p class="meta printed">and {left_out} more at http://testserver/countries/KR/</p>' in page


def test_a_country_shows_what_was_held_there(read, korea):
    EventFactory(title="In the city", when="2004", place=PlaceFactory(city="Seoul", country=korea))
    EventFactory(title="In the country", when="2005", place=PlaceFactory(city="", country=korea))
    EventFactory(title="Hidden", draft=True, place=PlaceFactory(city="Busan", country=korea))
    EventFactory(title="Elsewhere", place=PlaceFactory())
    page = read("/countries/KR/")
    assert "Held in Republic of Korea 2 2005 In the country Workshop Republic of Korea 2004 In the city" in page
    assert "Hidden" not in page
    assert "Elsewhere" not in page


def test_a_country_says_what_is_not_recorded_of_it(read, korea):
    MembershipFactory(member=korea)
    page = read("/countries/KR/")
    assert "No part in an activity is recorded, and none that was held there." in page
    assert "Agencies: None is recorded" in page


def test_a_long_page_leads_to_the_list_for_the_rest(client, read, korea):
    for event in EventFactory.create_batch(51):
        InvolvementFactory(event=event, participant=korea)
    page, html = read("/countries/KR/"), client.get("/countries/KR/").content.decode()
    assert "The latest 50 are listed here. All 51 in the list of activities" in page
    assert html.count('<li class="entry') == 50
    assert 'href="/activities/?participant=KR&amp;role=host&amp;sort=latest"' in html


# --- Agencies ---------------------------------------------------------------------------------------------------------


def test_the_index_of_agencies_has_those_that_the_public_sees(read, korea):
    agency = AgencyFactory(name="Ministry of Justice", acronym="MOJ", kind="ministry", country=korea)
    InvolvementFactory(participant=agency)
    InvolvementFactory(participant=AgencyFactory(name="Unseen"), event=EventFactory(draft=True))
    page = read("/agencies/")
    assert "Ministries Agency Took part Ministry of Justice MOJ agency of Republic of Korea 1 activity" in page
    assert "Unseen" not in page


def test_an_agency_shows_its_country_its_relatives_and_its_parts(client, read, korea):
    parent = AgencyFactory(name="Government", country=korea)
    agency = AgencyFactory(
        slug="police", name="National Police", acronym="KNP", kind="police", country=korea, parent=parent
    )
    child = AgencyFactory(name="Bureau", parent=agency, country=korea)
    hidden = AgencyFactory(name="Unseen", parent=agency)
    for participant in (parent, agency, child):
        InvolvementFactory(participant=participant, event=EventFactory(title=f"With {participant}"), role="trainer")
    InvolvementFactory(participant=hidden, event=EventFactory(draft=True))
    page = read("/agencies/police/")
    for fact in (
        "National Police KNP",
        "Kind: Police",
        "Country: agency of Republic of Korea",
        "Belongs to: Government",
        "To it belongs: Bureau",
        "Trainer 1 Sep 2004 With National Police",
    ):
        assert fact in page
    assert "Unseen" not in page
    assert "With Government" not in page
    assert 'href="/activities/?participant=police"' in client.get("/agencies/police/").content.decode()


def test_a_parent_that_the_public_does_not_see_is_not_named(read):
    agency = AgencyFactory(slug="bureau", parent=AgencyFactory(name="Unseen"))
    InvolvementFactory(participant=agency)
    assert "Unseen" not in read("/agencies/bureau/")


def test_an_agency_with_a_part_in_drafts_alone_has_no_page(client):
    InvolvementFactory(participant=AgencyFactory(slug="unseen"), event=EventFactory(draft=True))
    assert client.get("/agencies/unseen/").status_code == 404
    assert client.get("/agencies/nobody/").status_code == 404


# --- Bodies -----------------------------------------------------------------------------------------------------------


def test_the_index_of_bodies_has_all_with_their_members_and_activities(read):
    body = BodyFactory(name="Steering Group", short_name="SG", began="2002-02", ended="2012")
    EventFactory.create_batch(2, bodies=[body])
    EventFactory(bodies=[body], draft=True)
    MembershipFactory.create_batch(3, body=body)
    MembershipFactory(body=body, left="2005")
    BodyFactory(name="Office")
    page = read("/bodies/")
    assert "Steering Group SG Since February 2002; ended 2012 3 2" in page
    assert "Office Its beginning is not recorded 0 0" in page


def test_a_body_shows_its_remit_relatives_members_activities_and_what_was_put_to_it(read):
    parent, before = BodyFactory(name="Bali Process"), BodyFactory(name="Experts’ Group I", short_name="AHEG I")
    body = BodyFactory(
        name="Ad Hoc Group",
        remit="Seeks answers.",
        began="2009",
        parent=parent,
        predecessor=before,
        names=["The Group"],
    )
    BodyFactory(name="Its Working Group", parent=body)
    BodyFactory(name="Its Heir", predecessor=body)
    MembershipFactory(body=body, member=CountryFactory(name="Fiji"), joined="2010")
    MembershipFactory(body=body, member=CountryFactory(name="Nauru"))
    EventFactory(title="First meeting", bodies=[body])
    EventFactory(title="Hidden", bodies=[body], draft=True)
    OutcomeFactory(text="That it begin.", addressed_to=body, event=EventFactory(title="Third Conference"))
    OutcomeFactory(text="Unsaid.", addressed_to=body, event=EventFactory(draft=True))
    page = read(body.get_absolute_url())
    for fact in (
        "Ad Hoc Group Seeks answers.",
        "Began: 2009",
        "Part of: Bali Process",
        "Took over from: Experts’ Group I",
        "Its parts: Its Working Group",
        "Succeeded by: Its Heir",
        "Other names on record: The Group",
        "Activities 1 Workshops 1 First meeting, September 2004 2004 Sep 2004 First meeting",
        "of Third Conference, September 2004 That it begin. Open",
        "Members 2 Fiji since 2010 Nauru",
    ):
        assert fact in page
    assert "Hidden" not in page
    assert "Unsaid" not in page
    assert "Its parts: Ad Hoc Group" in read(parent.get_absolute_url())


def test_a_body_says_what_is_not_recorded_of_it(read):
    page = read(BodyFactory().get_absolute_url())
    assert "Its remit is not recorded." in page
    assert "Activities None is recorded." in page
    assert "No member is recorded." in page


def test_a_body_that_is_not_there_has_no_page(client):
    assert client.get("/bodies/nobody/").status_code == 404
