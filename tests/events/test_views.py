"""The pages of activities, series and themes, as visitors read them."""

import re

import pytest
from django.utils.html import strip_tags

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


@pytest.fixture
def read(client):
    """A callable that gives the words of a page, as they are read."""

    def words(address, status=200):
        response = client.get(address)
        assert response.status_code == status
        main = response.content.decode().partition("<main")[2].partition("</main>")[0]
        return re.sub(r"\s+", " ", strip_tags(f"<main{main}".replace("</dt>", "</dt>: ").replace("</dd>", "</dd> ")))

    return words


# --- The list ---------------------------------------------------------------------------------------------------------


def test_the_list_says_how_many_are_found_of_what(read):
    EventFactory.create_batch(2)
    assert "2 activities on record" in read("/activities/")
    assert "2 of 2 activities: workshops Earliest first" in read("/activities/?kind=workshop")
    assert "0 of 2 activities: meetings" in read("/activities/?kind=meeting")
    EventFactory(kind="meeting")
    assert "1 of 3 activities: meetings in 2004" in read("/activities/?kind=meeting&year=2004")


def test_an_entry_says_when_what_by_whom_and_where(read):
    event = EventFactory(
        title="Targeting workshop",
        when="2004-05",
        place=PlaceFactory(city="Bangkok", country=CountryFactory(name="Thailand")),
        bodies=[BodyFactory(name="Experts’ Group II")],
    )
    InvolvementFactory(event=event, participant=CountryFactory(name="Malaysia"), role="host")
    InvolvementFactory(event=event, participant=CountryFactory(name="Fiji"), role="attendee")
    page = read("/activities/")
    assert "2004 May 2004 Targeting workshop Workshop · Experts’ Group II · Host: Malaysia Bangkok, Thailand" in page
    assert "Fiji" not in page.partition("Show activities")[2]


def test_an_entry_says_what_is_not_known_and_what_did_not_take_place(read):
    EventFactory(when="", place=None, status="postponed")
    page = read("/activities/")
    assert "Undated" in page
    assert "Postponed" in page
    assert "No place recorded" in page


def test_entries_stand_under_their_years(client):
    for when in ("2003", "2003-05", "2004", ""):
        EventFactory(when=when)
    page = client.get("/activities/").content.decode()
    assert re.findall(r"<h2>(.+)</h2>", page) == ["2003", "2004", "Undated"]
    assert "<h2>" not in client.get("/activities/?sort=title").content.decode()


def test_a_conference_stands_between_the_periods_with_its_place_and_who_led_it(read):
    place = PlaceFactory(city="Bali", country=CountryFactory(name="Indonesia"))
    conference = EventFactory(conference=True, title="First Conference", when="2002-02-26/2002-02-28", place=place)
    InvolvementFactory(event=conference, participant=CountryFactory(name="Australia"), role="co_chair")
    EventFactory(when="2002-09")
    band = (
        "I First Conference Bali, Indonesia. Co-chair: Australia 26–28 February 2002 2002 1 since the first conference"
    )
    assert band in read("/activities/")
    page = read("/activities/?kind=workshop")
    assert "I First Conference Bali, Indonesia 26–28 February 2002 2002 1 found since the first conference" in page
    assert "Conferences stand between the periods for orientation" in page


def test_the_undated_that_years_leave_out_are_said(read):
    EventFactory(when="")
    EventFactory(when="2004")
    assert "1 undated activity is left out by the years." in read("/activities/?until=2005")
    assert "left out by the years" not in read("/activities/?kind=workshop")


def test_the_part_of_an_agency_is_marked_where_it_counts_for_its_country(read):
    korea = CountryFactory(alpha2="KR", name="Republic of Korea")
    ministry = AgencyFactory(name="Ministry of Justice", country=korea)
    event = EventFactory()
    InvolvementFactory(event=event, participant=ministry, role="organiser")
    InvolvementFactory(event=event, participant=AgencyFactory(name="IOM", country=CountryFactory()), role="organiser")
    page = read("/activities/?participant=KR")
    assert "Organiser: IOM, Ministry of Justice Organiser: Ministry of Justice (agency of Republic of Korea)" in page
    assert "agency of" not in read("/activities/")


def test_whoever_is_filtered_by_is_shown_even_where_they_merely_attended(read):
    InvolvementFactory(participant=CountryFactory(alpha2="FJ", name="Fiji"), role="attendee")
    assert "Attendee: Fiji" in read("/activities/?participant=FJ")


def test_each_active_filter_can_be_removed_by_a_link(client):
    EventFactory(kind="meeting")
    page = client.get("/activities/?kind=meeting&year=2004&page=1").content.decode()
    assert 'href="/activities/?year=2004" aria-label="Remove: Kind Meeting"' in page
    assert 'href="/activities/?kind=meeting" aria-label="Remove: Year 2004"' in page
    assert '<a href="/activities/">Clear all</a>' in page


def test_what_to_loosen_is_said_when_nothing_is_found(client, read):
    EventFactory.create_batch(2, kind="meeting", when="2004")
    EventFactory(kind="workshop", when="2011")
    page = read("/activities/?kind=meeting&kind=seminar&year=2011")
    assert "No activity fits all of this at once. To loosen it, leave out one:" in page
    assert "Year: 2011 finds 2 Kind: Meeting or Seminar finds 1" in page
    html = client.get("/activities/?kind=meeting&kind=seminar&year=2011").content.decode()
    assert '<a href="/activities/?year=2011">Kind: Meeting or Seminar</a>' in html
    assert "Leaving out one alone finds nothing either" in read("/activities/?kind=side_event&year=2011&until=2003")


def test_words_that_no_activity_has_lead_to_the_search(client):
    EventFactory(title="Trafficking")
    page = client.get("/activities/?q=trafficing&kind=workshop").content.decode()
    assert '<a href="/search/?q=trafficing">' in page


def test_the_form_sends_along_what_was_asked_for(client):
    InvolvementFactory(participant=CountryFactory(alpha2="AU", name="Australia"))
    EventFactory(kind="meeting", place=PlaceFactory(country=CountryFactory(alpha2="FJ", name="Fiji")))
    asked = "q=work&kind=meeting&country=fj&participant=Australia&participant=fj&since=May+2004&sort=latest"
    page = client.get(f"/activities/?{asked}&concerning=fj&reference=E1").content.decode()
    for field in (
        'name="q" value="work"',
        'name="since" value="May 2004"',
        'type="hidden" name="concerning" value="FJ"',
        'type="hidden" name="reference" value="E1"',
        'type="hidden" name="kind" value="meeting"',
        'type="hidden" name="country" value="FJ"',
        'type="hidden" name="participant" value="AU"',
        'type="hidden" name="participant" value="FJ"',
        'type="hidden" name="sort" value="latest"',
    ):
        assert page.count(field) == 1
    assert '<form class="filters" method="get"' in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("the", "There is no word in “the” that could be looked for, and it was left out of account."),
        ("-visas", "it only says what is not to be found"),
        ("visas " * 60, "only its beginning was looked for"),
    ],
)
def test_words_that_are_not_looked_for_are_said(read, words, said):
    EventFactory(title="On visas")
    page = read(f"/activities/?q={words}")
    assert said in page
    assert "On visas" in page


def test_an_unknown_parameter_is_named_and_ignored(read):
    EventFactory()
    page = read("/activities/?colour=red")
    assert "“colour” is no filter of this list and was left out of account." in page
    assert "1 activity on record" in page


def test_a_malformed_value_finds_nothing_and_says_why(read):
    EventFactory()
    page = read("/activities/?year=20x4&kind=party", status=400)
    assert "0 of 1 activity Kind" in page
    assert "Year: “20x4” is no year from 1900 to 2199." in page
    assert "Kind: “party” is no kind of this record." in page


def test_what_is_typed_is_shown_as_text(client):
    page = client.get("/activities/?q=<script>&kind=<b>&<i>=1&participant=<u>").content.decode()
    assert not re.search("<(script|b|i|u)>", page)


def test_pages_hold_twenty_five_and_lead_to_each_other(client):
    EventFactory.create_batch(51)
    first, second, last = (client.get(f"/activities/?kind=workshop&page={page}") for page in (1, 2, 3))
    assert [len(page.context["listing"].page) for page in (first, second, last)] == [25, 25, 1]
    assert 'rel="next" href="?kind=workshop&amp;page=2"' in first.content.decode()
    assert 'rel="prev"' not in first.content.decode()
    assert 'rel="prev" href="?kind=workshop&amp;page=1"' in second.content.decode()
    assert 'rel="next"' not in last.content.decode()


@pytest.mark.parametrize("page", ["0", "3", "999999999"])
def test_a_page_out_of_range_is_not_there(client, page):
    EventFactory.create_batch(26)
    assert client.get(f"/activities/?page={page}").status_code == 404


def test_a_list_is_not_filtered_by_more_than_people_ask_for(client):
    EventFactory()
    assert client.get("/activities/", {"participant": [f"AU{number}" for number in range(100)]}).status_code == 400
    answer = client.get("/activities/", {"reference": [f"E{number}" for number in range(101)]})
    assert answer.status_code == 400
    assert "This request could not be understood" in answer.text
    assert client.get("/activities/", {"reference": [f"E{number}" for number in range(100)]}).status_code == 200


def test_a_page_that_is_no_number_is_malformed(read):
    assert "“two” is no number of a page" in read("/activities/?page=two", status=400)


def test_the_list_leads_to_the_same_as_csv(client):
    EventFactory.create_batch(2)
    page = client.get("/activities/?kind=workshop&sort=latest").content.decode()
    assert '<a href="/data/events.csv?kind=workshop">Take these 2 as CSV</a>' in page


# --- An activity ------------------------------------------------------------------------------------------------------


def test_an_activity_has_every_fact_on_its_page(read):
    event = EventFactory(
        reference="E21",
        title="Targeting meeting",
        kind="meeting",
        when="2004-12-01/2004-12-03",
        status="held",
        format="hybrid",
        scope="sub_regional",
        venue="Galle Face Hotel",
        place=PlaceFactory(city="Colombo", country=CountryFactory(name="Sri Lanka")),
        alongside="A greater forum",
        bodies=[BodyFactory(name="Experts’ Group I")],
        themes=[ThemeFactory(name="Intelligence")],
        series=SeriesFactory(name="Targeting"),
        number_in_series=2,
        description="It took up where Bangkok left off.",
        url="https://example.org/21",
        sources="Summary, entry 21",
        note="Ask Colombo",
    )
    page = read(event.get_absolute_url())
    for fact in (
        "Targeting meeting Colombo, Sri Lanka, 1–3 December 2004",
        "When: 1–3 December 2004 recorded to the day",
        "Where: Galle Face Hotel, Colombo, Sri Lanka",
        "Alongside: A greater forum",
        "Status: Held, hybrid",
        "Scope: Sub-regional",
        "Activity of: Experts’ Group I",
        "Themes: Intelligence",
        "Series: Targeting number 2; one on record",
        "Reference: E21",
        "It took up where Bangkok left off.",
        "https://example.org/21",
        "Sources Summary, entry 21",
        "Bali Process, “Targeting meeting”, Colombo, 1–3 December 2004.",
        "Record of activities, E21. http://testserver/activities/E21/",
    ):
        assert fact in page
    assert "Ask Colombo" not in page


def test_an_activity_says_what_is_not_known_of_it(read):
    event = EventFactory(when="", place=None)
    page = read(event.get_absolute_url())
    for absence in (
        "When: Undated",
        "Where: No place is recorded",
        "No body is recorded",
        "No theme is recorded",
        "No description is recorded.",
        "Who was behind it and who attended is not recorded.",
        "No recommendation, decision or product is recorded.",
        "No source is recorded.",
    ):
        assert absence in page


def test_who_took_part_stands_by_role_with_the_name_as_recorded_and_the_remark(client, read):
    event = EventFactory()
    sri_lanka = CountryFactory(alpha2="LK", name="Sri Lanka")
    police = AgencyFactory(slug="police", name="Sri Lanka Police", country=sri_lanka, names=["National Police"])
    InvolvementFactory(event=event, participant=CountryFactory(name="Thailand"), role="coordinator")
    InvolvementFactory(
        event=event,
        participant=police,
        recorded_as=police.known_names.get(text="National Police"),
        remark="with the ministry",
    )
    page = read(event.get_absolute_url())
    host = "Host: Sri Lanka Police, agency of Sri Lanka recorded as “National Police” with the ministry"
    assert host in page
    assert page.index("Host: ") < page.index("Coordinator: Thailand")
    assert "Who attended is not recorded." in page
    html = client.get(event.get_absolute_url()).content.decode()
    assert 'href="/agencies/police/"' in html
    assert 'href="/countries/LK/"' in html


def test_the_place_leads_to_what_else_was_held_there(client):
    place = PlaceFactory(city="Port Dickson", country=CountryFactory(alpha2="MY"))
    html = client.get(EventFactory(place=place).get_absolute_url()).content.decode()
    assert '<a href="/activities/?country=MY&amp;city=portdickson">Port Dickson</a>' in html
    assert 'href="/countries/MY/"' in html


def test_links_are_shown_in_both_directions(read):
    before, event, after = (EventFactory(title=title) for title in ("The first", "The second", "The third"))
    EventLinkFactory(from_event=event, to_event=before, kind="follows")
    EventLinkFactory(from_event=after, to_event=event, kind="reviews")
    page = read(event.get_absolute_url())
    assert "September 2004 Follows on from The first" in page
    assert "September 2004 Reviewed it The third" in page
    assert "Led to The second" in read(before.get_absolute_url())
    assert "Reviews The second" in read(after.get_absolute_url())


def test_outcomes_say_what_became_of_them(read):
    first, conference = EventFactory(title="Tokyo"), EventFactory(title="Bali", conference=True, when="2009-04")
    OutcomeFactory(
        event=first,
        reference="O5",
        text="That it go on.",
        addressed_to=BodyFactory(name="Ministers"),
        status="taken_up",
        taken_up_at=conference,
    )
    outcome = "Recommendation O5 · to Ministers That it go on. Taken up after about 5 years, at Bali, April 2009"
    assert outcome in read(first.get_absolute_url())
    taken_up = "What was put to it Recommendation O5 of Tokyo, September 2004 · to Ministers That it go on. Taken up"
    assert taken_up in read(conference.get_absolute_url())


def test_an_outcome_taken_up_at_a_draft_does_not_say_where(read):
    event = EventFactory()
    draft = EventFactory(title="Not yet", draft=True)
    OutcomeFactory(event=event, text="That it go on.", status="taken_up", taken_up_at=draft)
    page = read(event.get_absolute_url())
    assert "That it go on. Taken up " in page
    assert "Not yet" not in page


def test_an_activity_leads_to_its_neighbours_in_the_series(client, read):
    series = SeriesFactory()
    first, second, third = (
        EventFactory(title=f"Of {when}", when=when, series=series, number_in_series=number)
        for number, when in ((1, "2006"), (2, "2005"), (3, "2007"))
    )
    EventFactory(series=series, number_in_series=2, draft=True)
    assert "Neighbours in the series Before, 2006 Of 2006 Workshop After, 2007 Of 2007" in read(
        second.get_absolute_url()
    )
    html = client.get(second.get_absolute_url()).content.decode()
    assert f'rel="prev" href="{first.get_absolute_url()}"' in html
    assert f'rel="next" href="{third.get_absolute_url()}"' in html
    assert "Before, " not in read(first.get_absolute_url())
    assert "After, " not in read(third.get_absolute_url())


def test_a_neighbour_that_is_linked_is_named_once(read):
    series = SeriesFactory()
    first, second = (EventFactory(title=f"Of {year}", when=year, series=series) for year in ("2005", "2006"))
    EventLinkFactory(from_event=second, to_event=first)
    page = read(second.get_absolute_url())
    assert page.count("Of 2005 No place") == 1
    assert "Neighbours" not in page


def test_an_activity_stands_in_its_period_and_a_conference_shows_the_period_that_it_opened(client, read):
    first = EventFactory(reference="C1", title="First Conference", conference=True, when="2002-02")
    EventFactory(reference="C2", title="Second Conference", conference=True, when="2003-04")
    within = EventFactory(title="Within", when="2002-09")
    EventFactory(title="Later", when="2003-11")
    EventFactory(title="Hidden", when="2002-10", draft=True)
    assert "Period: Since conference I the only activity" in read(within.get_absolute_url())
    page = read(first.get_absolute_url())
    assert "Ministerial conference I " in page
    assert "The period that it opened 1 1 workshop September 2002 Within" in page
    assert "Later" not in page
    assert "Hidden" not in page
    assert 'href="/activities/?period=C1"' in client.get(first.get_absolute_url()).content.decode()


def test_an_activity_says_which_one_of_its_period_it_is_and_names_its_neighbours(client, read):
    EventFactory(conference=True, when="2002-02")
    first, second, third = (EventFactory(title=f"Of {when}", when=when) for when in ("2002-09", "2003", "2004-05"))
    for hidden in ("2002-10", "2003-07"):
        EventFactory(title="Hidden", when=hidden, draft=True)
    page = read(second.get_absolute_url())
    assert "Period: Since conference I second of 3 activities" in page
    neighbours = "Neighbours since conference I Before, September 2002 Of 2002-09 Workshop After, May 2004 Of 2004-05"
    assert neighbours in page
    assert "Hidden" not in page
    assert "first of 3" in read(first.get_absolute_url())
    assert "After, " not in read(third.get_absolute_url())


def test_a_conference_leads_to_the_ones_before_and_after(read):
    for title, when in (("One", "2002"), ("Two", "2003"), ("Three", "2009")):
        EventFactory(title=title, when=when, reference=f"C{when}", conference=True)
    EventFactory(title="Never held", when="2006", conference=True, status="cancelled")
    page = read("/activities/C2003/")
    before, after = "Before, 2002 One Ministerial conference", "After, 2009 Three Ministerial conference"
    assert f"Neighbouring conferences {before} {after}" in page


def test_a_conference_shows_what_its_period_asked_of_its_bodies(read):
    ministers = BodyFactory(name="Ministers")
    for title, when in (("One", "2002-02"), ("Two", "2003-04"), ("Three", "2009-04")):
        EventFactory(title=title, when=when, reference=f"C-{title}", conference=True, bodies=[ministers])
    for when, text, details in (
        ("2003-03", "Of the period before.", {}),
        ("2004", "Of the period.", {}),
        ("2005", "For somebody else.", {"addressed_to": BodyFactory()}),
        ("2010", "Of the period after.", {}),
        ("2006", "Unsaid.", {"draft": True}),
    ):
        event = EventFactory(when=when, draft=details.pop("draft", False))
        OutcomeFactory(event=event, text=text, **{"addressed_to": ministers} | details)
    page = read("/activities/C-Three/")
    assert page.count("Of the period.") == 1
    for unsaid in ("Of the period before.", "Of the period after.", "For somebody else.", "Unsaid."):
        assert unsaid not in page
    assert "Of the period before." in read("/activities/C-Two/")
    assert "What was put to it No recommendation to it is recorded." in read("/activities/C-One/")


def test_the_row_of_an_activity_can_be_taken_away(client):
    event = EventFactory(reference="E21", title="This one")
    EventFactory(title="Another")
    page = client.get(event.get_absolute_url()).content.decode()
    assert '<a href="/data/events.csv?reference=E21">Row as CSV</a>' in page
    rows = b"".join(client.get("/data/events.csv?reference=E21").streaming_content).decode().splitlines()
    assert len(rows) == 2
    assert "This one" in rows[1]


def test_each_outcome_has_an_address_of_its_own(client):
    outcome = OutcomeFactory(reference="O4", addressed_to=BodyFactory(slug="experts"))
    address = outcome.event.get_absolute_url()
    assert '<li id="O4">' in client.get(address).content.decode()
    assert 'href="/outcomes/O4/"' in client.get(address).content.decode()
    assert 'href="/outcomes/O4/"' in client.get("/bodies/experts/").content.decode()


def test_a_period_without_activities_says_so(read):
    conference = EventFactory(conference=True, when="2009")
    assert "No activity of it is recorded." in read(conference.get_absolute_url())


@pytest.mark.parametrize("publication", ["draft", "in_review"])
def test_what_is_not_published_has_no_page(client, publication):
    assert client.get(EventFactory(publication=publication).get_absolute_url()).status_code == 404


def test_signing_in_does_not_make_a_draft_public(admin_client):
    assert admin_client.get(EventFactory(draft=True).get_absolute_url()).status_code == 404


# --- Series and themes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("factory", "attribute", "index"), [
    (SeriesFactory, "series", "/series/"),
    (ThemeFactory, "themes", "/themes/"),
])  # fmt: skip
def test_series_and_themes_have_an_index_and_pages_of_what_is_published(read, client, factory, attribute, index):
    shown, hidden = factory(name="Document fraud", description="Passports."), factory(name="Unheard of")
    for heading, details in ((shown, {}), (hidden, {"draft": True}), (shown, {"draft": True, "title": "Hidden"})):
        EventFactory(**{"title": "A workshop"} | details | {attribute: heading if attribute == "series" else [heading]})
    page = read(index)
    assert "Document fraud 1 activity" in page
    assert "Passports." in page
    assert "Unheard of" not in page
    page = read(shown.get_absolute_url())
    assert "Document fraud Passports." in page
    assert "1 activity Workshops 1 A workshop, September 2004 2004 Sep 2004 A workshop" in page
    assert "Hidden" not in page
    assert client.get(hidden.get_absolute_url()).status_code == 404


def test_a_series_goes_by_number_and_says_what_is_missing(read):
    series = SeriesFactory(slug="targeting")
    for number, when in ((4, "2004"), (1, "2005"), (None, "2003")):
        EventFactory(title=f"Of {when}", when=when, series=series, number_in_series=number)
    EventFactory(series=series, number_in_series=2, draft=True)
    listed = read("/series/targeting/").partition("Numbers 2 and 3 are not on record.")[2].rpartition("3 2003 ")[2]
    assert listed.index("number 1") < listed.index("number 4")
    assert "Of 2003 Workshop No place recorded" in listed


def test_a_theme_is_drawn_by_kind(client):
    theme = ThemeFactory(slug="fraud")
    workshop, meeting = EventFactory(themes=[theme]), EventFactory(themes=[theme], kind="meeting")
    hidden = EventFactory(themes=[theme], draft=True)
    drawing = client.get("/themes/fraud/").content.decode().partition('<div class="chart">')[2].partition("<ol")[0]
    assert drawing.index("Meetings") < drawing.index("Workshops")
    for event in (workshop, meeting):
        assert f'<a href="{event.get_absolute_url()}"><title>{event.title}, September 2004</title>' in drawing
    assert hidden.get_absolute_url() not in drawing


def test_a_long_page_leads_to_the_list_for_the_rest(read, client):
    theme = ThemeFactory(slug="fraud")
    for event in EventFactory.create_batch(51):
        event.themes.add(theme)
    page = read("/themes/fraud/")
    assert "51 activities" in page
    assert "The first 50 are listed here. All of them in the list of activities" in page
    html = client.get("/themes/fraud/").content.decode()
    assert html.count('<li class="entry') == 50
    assert 'href="/activities/?theme=fraud"' in html
