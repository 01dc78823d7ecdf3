"""What a page that is not there says: what is nearest to its address, and nothing of what is not public."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import CountryFactory, EventFactory, InvolvementFactory

pytestmark = pytest.mark.django_db


def nearest(client, path):
    response = client.get(path)
    assert response.status_code == 404
    return [address for address, _title in response.context["nearest"]]


def test_a_name_instead_of_a_code_leads_to_the_country(client):
    InvolvementFactory(
        event=EventFactory(publication="published"), participant=CountryFactory(name="Fiji", alpha2="FJ")
    )
    assert nearest(client, "/countries/fiji/")[0] == "/countries/FJ/"


def test_a_misspelled_list_leads_to_it(client):
    assert nearest(client, "/activites/") == ["/activities/"]


def test_misspelled_words_lead_to_what_is_called_so(client):
    EventFactory(title="Targeting workshop", reference="E7", publication="published")
    assert "/activities/E7/" in nearest(client, "/activities/targetting-workshop/")


@pytest.mark.parametrize("typed", ["E19x", "EE19", "F19", "19", "E91", "E1", "E-19", "E199", "e19", "E19."])
def test_a_mistyped_reference_leads_to_the_nearest_ones(client, typed):
    EventFactory(reference="E19", publication="published")
    EventFactory(reference="E1000", publication="published")
    EventFactory(reference="E190", publication="draft")
    assert nearest(client, f"/activities/{typed}/") == ["/activities/E19/"]


def test_of_several_references_the_likest_stands_first(client):
    for reference in ("E191", "E19", "E194"):
        EventFactory(reference=reference, publication="published")
    assert nearest(client, "/activities/E19x/") == [f"/activities/{each}/" for each in ("E19", "E191", "E194")]


@pytest.mark.parametrize(
    "path",
    ["/activites/targetting-workshp/", "/activities/targeting/", "/activities/qqqq-zzzz/", "/activities/E1234x/"],
)
def test_what_is_nearest_takes_no_more_queries_for_thirty_than_for_one(client, path):
    def queries():
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 404
        return len(captured)

    EventFactory(title="Targeting workshop")
    one = queries()
    EventFactory.create_batch(29, title="Targeting workshop")
    assert queries() <= one <= 8


def test_drafts_are_as_little_there_as_what_never_was(client):
    EventFactory(title="Canary secretus", reference="E7", publication="draft")
    draft, never = client.get("/activities/E7/"), client.get("/activities/E8/")
    assert draft.content.decode().replace("E7", "E8") == never.content.decode()
    assert nearest(client, "/activities/canary-secretus/") == []


@pytest.mark.parametrize(
    "path", ["/%00/", "/%27%22%3C%3E/", "/-/", "/" + "x" * 3000 + "/", "/%F0%9F%90%AA/", "/a/b/c/d"]
)
def test_no_address_is_too_strange(client, path):
    assert client.get(path).status_code == 404
