"""The pages of instruments and of plans of action."""

import csv
import gzip
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from tests.factories import (
    ActionItemFactory,
    AgencyFactory,
    CountryFactory,
    DocumentFactory,
    EventFactory,
    InstrumentFactory,
    PersonFactory,
    ReportedFigureFactory,
    ReviewFactory,
    UptakeFactory,
)
from tests.kept import kept

pytestmark = pytest.mark.django_db

LIST = "/library/instruments/"


@pytest.fixture
def read(client):
    """A callable that gives the words of a page."""

    def words(address, status=200):
        response = client.get(address)
        assert response.status_code == status
        main = response.content.decode().partition("<main")[2].partition("</main>")[0]
        spaced = re.sub("</(dt|dd|td|th|text)>", " ", f"<main{main}")
        return re.sub(r"\s+", " ", strip_tags(spaced)).strip()

    return words


def rows(response):
    return list(csv.DictReader(b"".join(response.streaming_content).decode("utf-8-sig").splitlines()))


# --- The list ---------------------------------------------------------------------------------------------------------


def test_instruments_stand_by_kind_with_how_far_they_are_known_to_have_spread(read):
    law = InstrumentFactory(name="Model law", developed_by=[CountryFactory(name="China")])
    for country in (CountryFactory(), CountryFactory()):
        UptakeFactory(instrument=law, country=country)
        UptakeFactory(instrument=law, country=country, as_of="2007")
    event = EventFactory(title="Later workshop", when="2003-11")
    ReportedFigureFactory(instrument=law, event=event, count=17)
    ReportedFigureFactory(instrument=law, event=event, status="considering", count=9)
    ReportedFigureFactory(instrument=law, event=EventFactory(title="Earlier workshop", when="2002"))
    item = ActionItemFactory(plan__name="Plan of work")
    ReviewFactory(plan=item.plan, event=EventFactory(title="Review meeting", when="2004"))
    page = read(LIST)
    assert "Model legislation Model law Developed by China · Known of two countries" in page
    assert "Reported by Later workshop, November 2003: 17 made use of it, 9 considering it" in page
    assert "Earlier workshop" not in page
    assert "Plan of action Plan of work 1 item Reviewed last by Review meeting, 2004" in page


def test_an_empty_list_says_so(read):
    InstrumentFactory(draft=True)
    assert "No instrument is recorded." in read(LIST)


# --- An instrument ----------------------------------------------------------------------------------------------------


def test_an_instrument_says_where_it_is_from(read):
    law = InstrumentFactory(
        name="Model law", developed_by=[CountryFactory(name="China"), CountryFactory(name="Australia")],
        event=EventFactory(title="First workshop"), document=DocumentFactory(title="Text of the law"), agreed="2002-10",
        description="What it is.", sources="A report",
    )  # fmt: skip
    page = read(law.get_absolute_url())
    assert "Model law Developed by Australia and China, October 2002" in page
    for words in ("First workshop", "Text of the law", "What it is.", "A report"):
        assert words in page


def test_countries_stand_with_the_latest_that_is_known_its_date_and_source_and_what_was_before(read):
    law, fiji = InstrumentFactory(), CountryFactory(name="Fiji")
    UptakeFactory(instrument=law, country=fiji, status="considering", as_of="2003", source="A report")
    UptakeFactory(instrument=law, country=fiji, as_of="March 2005", source="A letter")
    page = read(law.get_absolute_url())
    assert "Fiji Made use of it A letter Before: considering it, 2003. A report March 2005" in page
    assert "By the end of Made use of it Considering it 2003 – 1 2004 – 1 2005 1 –" in page


def test_reported_figures_stand_beside_what_is_known_and_are_said_to_be_numbers_alone(read):
    law = InstrumentFactory()
    UptakeFactory(instrument=law)
    ReportedFigureFactory(instrument=law, event=EventFactory(when="2003-11"), count=17, remark="Or nearly so.")
    page = read(law.get_absolute_url())
    assert "Countries Known by name Reported in November 2003 Made use of it 1 17 What a meeting reported" in page
    assert "are never added to it" in page
    assert "Made use of it, 17: Or nearly so." in page
    assert "18" not in page.partition("What became of it")[2].partition("Sources")[0]


def test_where_nothing_is_known_by_country_that_is_said(read):
    law = InstrumentFactory()
    assert "Nothing is recorded of what became of it." in read(law.get_absolute_url())
    ReportedFigureFactory(instrument=law)
    assert "By country nothing is recorded" in read(law.get_absolute_url())


def test_what_is_not_public_is_found_nowhere(client, read):
    draft = InstrumentFactory(draft=True, name="Draft of a law")
    UptakeFactory(instrument=draft)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "Draft of a law" not in read(LIST)
    law = InstrumentFactory(
        event=EventFactory(draft=True, title="Secret meeting"),
        document=DocumentFactory(secretariat=True, title="Secret paper"),
        note="Secret note",
    )
    ReportedFigureFactory(instrument=law, event=EventFactory(draft=True, title="Secret count"))
    assert "Secret" not in client.get(law.get_absolute_url()).content.decode()
    assert "Secret" not in client.get(LIST).content.decode()


def test_a_document_that_members_may_read_is_named_to_those_who_may(client):
    law = InstrumentFactory(document=DocumentFactory(members=True, title="Paper for members"))
    assert "Paper for members" not in client.get(law.get_absolute_url()).content.decode()
    client.force_login(PersonFactory(role="Viewer"))
    assert "Paper for members" in client.get(law.get_absolute_url()).content.decode()


def test_a_page_tells_machines_what_it_is_of(client):
    law = InstrumentFactory(name="Model law", developed_by=[AgencyFactory(name="IOM")], agreed="2002-09")
    page = client.get(law.get_absolute_url()).content.decode()
    assert '"@type": "CreativeWork"' in page or '"@type":"CreativeWork"' in page
    assert "2002-09" in page


# --- A plan of action -------------------------------------------------------------------------------------------------


@pytest.fixture
def plan():
    """A plan of two items, one of which was added in 2004, with a review of the other in March 2003 and 2005."""
    plan = InstrumentFactory(plan=True, agreed="2002-09")
    lead = CountryFactory(name="Japan")
    first = ActionItemFactory(plan=plan, number="1", text="Draw it up.", reference="A1", leads=[lead], due="2003")
    ActionItemFactory(plan=plan, number="2", text="Hand it out.", reference="A2", added="2004")
    meeting = EventFactory(title="Review in Colombo", when="2003-03")
    ReviewFactory(plan=plan, item=first, event=meeting, status="under_way", finding="Half of it.", reference="R1")
    ReviewFactory(plan=plan, item=first, event=None, as_of="2005", status="done", finding="All of it.", reference="R2")
    return plan


def test_a_plan_shows_its_items_who_leads_how_far_they_are_and_what_reviews_found(read, plan):
    page = read(plan.get_absolute_url())
    assert "Now: two items, one done and one that no review tells of." in page
    assert "1 Draw it up. Japan · by 2003 Done 2005" in page
    assert "2 Hand it out. Who leads is not recorded · added 2004 Not reviewed" in page
    assert "R1 · March 2003 · item 1 · Under way Half of it. Review in Colombo, March 2003" in page
    assert page.index("Half of it.") < page.index("All of it.")


@pytest.mark.parametrize("asked", ["2003-03", "March 2003", "mar. 2003"])
def test_a_plan_is_shown_as_it_stood_at_any_date(read, plan, asked):
    page = read(f"{plan.get_absolute_url()}?on={asked}")
    assert "At the end of March 2003: one item, one under way. One item was added later." in page
    assert "All of it." not in page
    assert "One more came later, or at a time that is not known." in page


def test_before_it_was_agreed_there_was_no_plan(read, plan):
    page = read(f"{plan.get_absolute_url()}?on=2001")
    assert "At the end of 2001: the plan was not agreed yet; that was in September 2002." in page
    assert "No review by then is recorded." in page


def test_what_is_no_date_is_refused_with_what_to_write(read, plan):
    page = read(f"{plan.get_absolute_url()}?on=soon", status=400)
    assert "“soon” can't be taken as a date" in page.replace("&#x27;", "'")
    assert "Draw it up." not in page


def test_a_plan_without_items_and_reviews_says_so(read):
    page = read(InstrumentFactory(plan=True).get_absolute_url())
    assert "Now: no item of it is recorded" in page
    assert "No review is recorded." in page


def test_an_instrument_that_is_no_plan_asks_for_no_date(read):
    page = read(f"{InstrumentFactory().get_absolute_url()}?on=soon")
    assert "As it stood" not in page


# --- Data, and what it costs ------------------------------------------------------------------------------------------


def test_what_is_known_of_one_instrument_can_be_taken_away(client):
    law, other = InstrumentFactory(slug="law"), InstrumentFactory()
    fiji = CountryFactory(name="Fiji", alpha2="FJ")
    for instrument in (law, other):
        UptakeFactory(instrument=instrument, country=fiji)
        ReportedFigureFactory(instrument=instrument)
    UptakeFactory(instrument=law)
    assert len(rows(client.get("/data/uptakes.csv?instrument=law"))) == 2
    assert [row["country"] for row in rows(client.get("/data/uptakes.csv?instrument=law&country=fiji"))] == ["FJ"]
    assert len(rows(client.get("/data/reported_figures.csv?instrument=law"))) == 1
    assert client.get("/data/uptakes.csv?instrument=lost").status_code == 400


def test_items_and_reviews_of_one_plan_can_be_taken_away(client, plan):
    ActionItemFactory(), ReviewFactory()
    assert [row["reference"] for row in rows(client.get(f"/data/action_items.csv?plan={plan.slug}"))] == ["A1", "A2"]
    assert [row["reference"] for row in rows(client.get(f"/data/reviews.csv?plan={plan.slug}"))] == ["R1", "R2"]


def test_a_draft_cannot_be_asked_for_in_data(client):
    draft = UptakeFactory(instrument__draft=True)
    InstrumentFactory()
    known = client.get(f"/data/uptakes.csv?instrument={draft.instrument.slug}")
    unknown = client.get("/data/uptakes.csv?instrument=lost")
    assert known.status_code == unknown.status_code == 400
    assert known.content.replace(draft.instrument.slug.encode(), b"lost") == unknown.content


def grow(law, plan, count):
    """Add to all that the pages of an instrument show."""
    for number in range(count):
        UptakeFactory(instrument=law, as_of=str(2003 + number % 6), source="Letter of its ministry of justice")
        ReportedFigureFactory(instrument=law, event=EventFactory(when="2004"))
        item = ActionItemFactory(plan=plan, number=str(number), leads=[CountryFactory()])
        ReviewFactory(plan=plan, item=item, status="done")
        InstrumentFactory(developed_by=[AgencyFactory()])


def test_as_many_queries_for_thirty_countries_items_and_reviews_as_for_one(client):
    law, plan = InstrumentFactory(developed_by=[AgencyFactory()]), InstrumentFactory(plan=True)

    def asked():
        numbers = {}
        for address in (law.get_absolute_url(), plan.get_absolute_url(), LIST):
            with kept():
                client.get(address)
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(address).status_code == 200
            numbers[address] = len(captured)
        return numbers

    grow(law, plan, 1)
    few = asked()
    grow(law, plan, 29)
    assert asked() == few
    assert max(few.values()) <= 10


def test_a_page_of_thirty_countries_is_small_on_the_wire(client):
    law, plan = InstrumentFactory(), InstrumentFactory(plan=True)
    grow(law, plan, 30)
    for page in (law, plan):
        assert len(gzip.compress(client.get(page.get_absolute_url()).content)) < 30_000
