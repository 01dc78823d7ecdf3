"""The pages of outcomes and of threads, as visitors read them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from events.models import EventLink
from tests.factories import BodyFactory, EventFactory, EventLinkFactory, OutcomeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client):
    """A callable that gives the words of a page, as they are read."""

    def words(address, status=200):
        response = client.get(address)
        assert response.status_code == status
        main = response.content.decode().partition("<main")[2].partition("</main>")[0]
        return re.sub(r"\s+", " ", strip_tags(re.sub("</(dt|dd|text)>", " ", f"<main{main}")))

    return words


# --- The list ---------------------------------------------------------------------------------------------------------


def test_open_recommendations_stand_under_their_bodies_with_their_age_the_oldest_first(read):
    ministers, experts = BodyFactory(name="Ministers"), BodyFactory(name="Experts")
    year = timezone.localdate().year
    for reference, body, when in (("O1", ministers, f"{year - 2}"), ("O2", experts, ""), ("O3", ministers, "2003")):
        OutcomeFactory(
            reference=reference, addressed_to=body, event=EventFactory(title=f"Of {reference}", when=when), text="Act."
        )
    OutcomeFactory(text="To nobody.")
    OutcomeFactory(text="Not shown.", status="done")
    page = read("/outcomes/")
    assert "4 of 5 outcomes on record: open recommendations" in page
    experts, _, rest = page.partition("To Experts 1 ")[2].partition("To Ministers 2 ")
    ministers, _, nobody = rest.partition("To no body in particular 1 ")
    assert experts == "Recommendation O2 of Of O2, undated Act. Open "
    assert ministers == (
        f"Recommendation O3 of Of O3, 2003 Act. Open for {year - 2003} years "
        f"Recommendation O1 of Of O1, {year - 2} Act. Open for 2 years "
    )
    assert "To nobody." in nobody
    assert "Not shown." not in page


def test_the_number_of_a_body_is_that_of_all_pages(read):
    OutcomeFactory.create_batch(27, addressed_to=BodyFactory(name="Ministers"), event=EventFactory())
    assert "To Ministers 27" in read("/outcomes/")
    page = read("/outcomes/?page=2")
    assert "To Ministers 27" in page
    assert page.count("Recommendation O") == 2
    assert "Page 2 of 2" in page
    read("/outcomes/?page=3", status=404)


def test_a_page_begins_where_the_one_before_ended(client):
    bodies = [BodyFactory(name=name) for name in ("Experts", "Ministers", "Officials")]
    for number, body in enumerate([*bodies, None]):
        OutcomeFactory.create_batch(11 + number, addressed_to=body, event=EventFactory())
    pages = [list(client.get(f"/outcomes/?page={page}").context["listing"].page) for page in (1, 2)]
    assert [len(page) for page in pages] == [25, 25]
    both = [outcome.addressed_to for outcome in pages[0] + pages[1]]
    assert both == [*[bodies[0]] * 11, *[bodies[1]] * 12, *[bodies[2]] * 13, *[None] * 14]
    assert len({outcome.pk for outcome in pages[0] + pages[1]}) == 50


def test_the_list_leads_to_the_same_as_csv(client):
    OutcomeFactory(reference="O1")
    OutcomeFactory(reference="O2", status="done")
    assert 'href="/data/outcomes.csv?kind=recommendation&amp;status=open"' in client.get("/outcomes/").content.decode()
    response = client.get("/data/outcomes.csv?kind=recommendation&status=open")
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert [line.partition(",")[0] for line in lines[1:]] == ["O1"]
    assert client.get("/data/outcomes.csv?status=lost").status_code == 400


def test_an_unknown_parameter_is_named_and_a_malformed_value_finds_nothing(read):
    OutcomeFactory(text="Act.")
    page = read("/outcomes/?colour=red")
    assert "“colour” is no filter of this list" in page
    assert "Act." in page
    page = read("/outcomes/?status=lost", status=400)
    assert "Status: “lost” is no status of this record." in page
    assert "Act." not in page
    read("/outcomes/?" + "&".join(f"q={number}" for number in range(101)), status=400)


def test_nothing_found_leads_to_all(read):
    OutcomeFactory(status="done")
    assert "No outcome fits this. All outcomes" in read("/outcomes/")


def test_a_record_without_outcomes_says_so(read):
    assert "No outcome is recorded." in read("/outcomes/")


# --- An outcome -------------------------------------------------------------------------------------------------------


def test_an_outcome_says_what_became_of_it_and_what_came_there(read):
    first, conference = EventFactory(title="Tokyo", when="2003-03"), EventFactory(title="Bali", when="2003-04")
    ministers = BodyFactory(name="Ministers")
    told = {"event": first, "addressed_to": ministers}
    OutcomeFactory(reference="O1", text="That it go on.", status="taken_up", taken_up_at=conference, **told)
    OutcomeFactory(reference="O2", text="That it be told.", **told)
    OutcomeFactory(reference="O3", text="It goes on.", event=conference, kind="decision")
    page = read("/outcomes/O1/")
    assert "Recommendation O1 to Ministers That it go on." in page
    assert "What became of it Taken up after 1 month, at Bali, April 2003." in page
    assert "What came there Decision O3 of Bali, April 2003 It goes on." in page
    assert "Came of the same workshop Recommendation O2 of Tokyo, March 2003 · to Ministers That it be told." in page


def test_an_open_outcome_that_was_taken_up_says_both(read):
    conference, year = EventFactory(title="Bali", when="2003-04"), timezone.localdate().year
    OutcomeFactory(reference="O1", event=EventFactory(when="2003"), taken_up_at=conference)
    assert f"What became of it Open for {year - 2003} years; taken up at Bali, April 2003." in read("/outcomes/O1/")


def test_an_open_outcome_names_where_its_body_met_since(read):
    ministers = BodyFactory(name="Ministers")
    for title, when, publication in (
        ("Before", "2002", "published"),
        ("Soon after", "2004", "published"),
        ("Unheard of", "2005", "draft"),
        ("Later", "2009", "published"),
    ):
        EventFactory(title=title, when=when, publication=publication, bodies=[ministers])
    event = EventFactory(when="2003-03", bodies=[ministers], title="Its own")
    OutcomeFactory(reference="O1", addressed_to=ministers, event=event)
    since = read("/outcomes/O1/").partition("Where it may have been taken up")[2].partition("How to cite")[0]
    assert re.findall("Before|Soon after|Unheard of|Later|Its own", since) == ["Soon after", "Later"]


def test_an_outcome_of_a_draft_has_no_page(client):
    OutcomeFactory(reference="O1", event=EventFactory(draft=True))
    OutcomeFactory(reference="O2", event=EventFactory(publication="in_review"))
    for reference in ("O1", "O2", "O3"):
        assert client.get(f"/outcomes/{reference}/").status_code == 404


def test_an_outcome_that_a_draft_took_up_says_nothing_of_it(read):
    draft = EventFactory(title="Not yet", draft=True)
    OutcomeFactory(event=draft, text="Secret.")
    OutcomeFactory(reference="O1", status="taken_up", taken_up_at=draft)
    page = read("/outcomes/O1/")
    assert "What became of it Taken up." in page
    assert "Taken up at Not recorded" in page
    assert "Not yet" not in page
    assert "Secret." not in page


def test_machines_are_told_of_an_outcome(client):
    event = EventFactory(title="Tokyo", when="2003-03")
    OutcomeFactory(reference="O1", event=event, text="That it go on.", addressed_to=BodyFactory(name="Ministers"))
    told = client.get("/outcomes/O1/").context["linked_data"]
    assert (told["@type"], told["identifier"], told["text"]) == ("CreativeWork", "O1", "That it go on.")
    assert told["recordedAt"]["name"] == "Tokyo"
    assert (told["dateCreated"], told["audience"]["name"]) == ("2003-03", "Ministers")


# --- A thread ---------------------------------------------------------------------------------------------------------


def test_an_activity_leads_to_its_whole_thread_as_a_drawing_and_as_lists(client, read):
    first, second, third = (EventFactory(title=f"The {place}", when=when) for place, when in (
        ("first", "2004-05"), ("second", "2004-12"), ("third", "2007-12"),
    ))  # fmt: skip
    EventLinkFactory(from_event=second, to_event=first)
    EventLinkFactory(from_event=third, to_event=second, kind="reviews")
    address = f"{third.get_absolute_url()}thread/"
    assert f'href="{address}"' in client.get(third.get_absolute_url()).content.decode()
    html = client.get(address).content.decode()
    drawing = html.partition('<svg class="graph"')[2].partition("</section>")[0]
    assert [f'<a href="{event.get_absolute_url()}"' in drawing for event in (first, second, third)] == [True] * 3
    assert drawing.count("<path d=") >= 2
    page = read(address)
    assert "What it built on 2 May 2004 The first Workshop Led to: The second, December 2004" in page
    assert "December 2004 The second Workshop Reviewed it: this activity" in page
    assert "No activity is recorded that built on it." in page


def test_an_activity_without_links_has_a_thread_that_says_so(read):
    assert "No activity is recorded that it built on" in read(f"{EventFactory().get_absolute_url()}thread/")


def test_a_draft_has_no_thread_and_is_in_none(client, read):
    event, draft = EventFactory(), EventFactory(draft=True, title="Unheard of")
    EventLinkFactory(from_event=event, to_event=draft)
    assert "Unheard of" not in read(f"{event.get_absolute_url()}thread/")
    assert client.get(f"{draft.get_absolute_url()}thread/").status_code == 404


def test_a_thread_of_hundreds_is_light_takes_no_more_queries_and_says_what_it_leaves_out(client, read):
    title = "Multi jurisdictional workshop on the exchange of travel document information, number"
    events = [EventFactory(title=f"{title} {number}", when=f"{1901 + number}") for number in range(250)]
    pair = EventLinkFactory()
    EventLink.objects.bulk_create(
        EventLink(from_event=events[number], to_event=events[number - step], kind="follows")
        for step in (1, 2, 7)
        for number in range(step, 250)
    )

    def asked(event):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"{event.get_absolute_url()}thread/", headers={"Accept-Encoding": "gzip"})
        return response, len(queries)

    response, queries = asked(events[125])
    assert len(response.content) <= 30 * 1024
    assert queries == asked(pair.to_event)[1]
    page = read(f"{events[125].get_absolute_url()}thread/")
    assert page.count("more than 100") == 2
    assert "Only the nearest are drawn." in page
    assert "The 100 nearest are listed here; the thread of each of them leads further." in page
