"""What readers of the Summary of Activities ask: each answer stands at most three steps from the first page."""

import re
from html.parser import HTMLParser

import pytest
from django.utils.html import strip_tags

from exchange import starting_record
from tests import snapshots

pytestmark = pytest.mark.django_db

MOST_STEPS = 3


class Links(HTMLParser):
    """The links of a page: (what each is called, where it leads)."""

    def __init__(self, html):
        super().__init__()
        self.found, self.address, self.name = [], None, ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            given = dict(attributes)
            self.address, self.name = given["href"], given.get("aria-label", "")

    def handle_data(self, text):
        self.name += text

    def handle_endtag(self, tag):
        if tag == "a":
            self.found.append((" ".join(self.name.split()), self.address))


@pytest.fixture
def read(client):
    """A callable that goes from the first page along links, each by words of what it is called; returns the last page.

    It gives its words, as they are read.
    """
    snapshots.put("starting record", starting_record.load)

    def follow(*steps):
        assert len(steps) <= MOST_STEPS
        html = client.get("/").content.decode()
        for words in steps:
            addresses = [address for name, address in Links(html).found if words in name]
            assert addresses, f"No link of the page is called “{words}”."
            response = client.get(addresses[0])
            assert response.status_code == 200
            html = response.content.decode()
        return words_of(html)

    return follow


def words_of(html):
    main = html.partition("<main")[2].partition("</main>")[0]
    spaced = re.sub("</(dt|dd|td|th|text)>", " ", f"<main{main}")
    return re.sub(r"\s+", " ", strip_tags(spaced)).strip()


def test_what_became_of_that_recommendation(read):
    page = read("Outcomes", "All outcomes", "O12")
    assert "Taken up after 2 months, at Third Bali Process Ministerial Meeting, 14–15 April 2009" in page
    assert "That ad hoc groups be activated" in page.partition("What came there")[2]


def test_which_recommendations_to_ministers_are_open(read):
    page = read("Outcomes")
    assert "2 of 12 outcomes on record: open recommendations" in page
    assert page.index("To Ministers") < page.index("of Progress review meeting, March 2003")
    assert page.index("March 2003") < page.index("June 2004")


def test_what_was_this_workshop_building_on(read):
    page = read("Multi Jurisdictional People Smuggling Targeting Workshop, workshop, Dhaka", "The whole thread")
    built_on = page.partition("What it built on")[2].partition("What built on it")[0]
    assert re.findall(r"Bangkok|Colombo", built_on) == ["Bangkok", "Colombo"]


def test_what_did_that_conference_decide_and_what_was_put_to_it(read):
    page = read("Third Bali Process Ministerial Meeting")
    assert "What it decided and recommended Recommendation O1 That ad hoc groups" in page
    put = page.partition("What was put to it")[2].partition("The period")[0]
    assert "Recommendation O12 of Senior Officials Meeting, February 2009 · to Ministers" in put


def test_how_often_did_a_series_meet(read):
    page = read("Series", "Targeting Workshops")
    assert "3 activities" in page
    before, silence, after = page.partition("Nothing on record for 3 years")
    assert silence
    assert before.endswith("Colombo, Sri Lanka ")
    assert after.endswith("number 3 Dhaka, Bangladesh The same in the list of activities")


def test_where_is_the_document(read):
    page = read("Library", "Returns Project repository")
    assert "No document of it can be read here yet." in page
    assert "Goes back to Joint Bali-Budapest workshop on return of unlawful migrants Perth, Australia, May 2004" in page


def test_where_are_the_papers_of_the_meetings(read):
    assert "Kept by International Organization for Migration" in read("Library", "Meeting documents")


def test_an_activity_leads_to_the_collection_that_goes_back_to_it(read):
    page = read("Activities", "Joint Bali-Budapest workshop on return", "Returns Project repository")
    assert "draft paragraphs" in page


def test_who_uses_the_model_law(read):
    page = read("Library", "Instruments", "Model legislation on people smuggling")
    assert "Developed by Australia and China" in page
    assert "Countries Known by name Reported in November 2003 Made use of it – 17 Had one already – 17" in page
    assert "Considering it – 9" in page
    assert "which countries they stand for is not recorded" in page
    assert "By country nothing is recorded" in page


def test_how_far_was_the_plan_of_action_carried_out(read):
    page = read("Library", "Instruments", "Plan of Action")
    assert "Now: no item of it is recorded" in page
    assert "R1 · March 2003 · the plan as a whole The group examined how far the plan was carried out" in page
    assert "Meeting on review of work, March 2003, Colombo, Sri Lanka" in page


@pytest.mark.parametrize(
    ("steps", "leads_to"),
    [
        (("Activities", "Legislation workshop"), "Model legislation on people smuggling and trafficking"),
        (("Activities", "Meeting on review of work"), "Plan of Action"),
        (("Activities", "Meeting on the Plan of Action"), "Plan of Action"),
    ],
)
def test_activities_lead_to_the_instruments_that_they_made_reported_on_or_reviewed(read, steps, leads_to):
    assert leads_to in read(*steps).partition("In the library")[2]
