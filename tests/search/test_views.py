"""The pages of the search: what is found, what is asked instead, what is suggested."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import registry
from tests.factories import (
    CountryFactory,
    EventFactory,
    InstrumentFactory,
    InvolvementFactory,
    OutcomeFactory,
    PlaceFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8


def found(client, text, **parameters):
    return client.get("/search/", {"q": text, **parameters})


def titles(response):
    return [hit.title for hit in response.context["page"]]


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)
    return len(queries)


def test_an_activity_is_found_by_a_word_of_its_title(client):
    EventFactory(title="Workshop on passports", publication="published")
    EventFactory(title="Meeting on returns", publication="published")
    assert titles(found(client, "passport")) == ["Workshop on passports"]


def test_the_words_that_were_looked_for_are_marked(client):
    EventFactory(title="Workshop on passports", description="Lost passports & fraud.", publication="published")
    page = found(client, "passport").content.decode()
    assert "Workshop on <mark>passports</mark>" in page
    assert "Lost <mark>passports</mark> &amp; fraud." in page


def test_each_hit_says_of_which_sort_it_is_and_how_it_is_referred_to(client):
    EventFactory(title="Passports", when="2004", reference="E7")
    InstrumentFactory(name="Guide to passports", agreed="2005", slug="guide")
    page = found(client, "passports").content.decode()
    assert '<p class="meta">Activity · 2004 · E7</p>' in page
    assert '<p class="meta">Instrument · 2005</p>' in page


def test_every_sort_has_words_for_one_and_for_several():
    assert all(each.one and each.label for each in registry.all_documents())


def test_what_somebody_types_is_never_html(client):
    page = found(client, "<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


def test_what_is_found_can_be_narrowed_to_one_sort(client):
    event = EventFactory(title="Passports", publication="published")
    OutcomeFactory(event=event, text="Passports were compared.")
    response = found(client, "passports", type="outcomes")
    assert [hit.type for hit in response.context["page"]] == ["outcomes"]
    assert "type=outcomes" in found(client, "passports").content.decode()


def test_a_sort_that_has_nothing_leads_to_the_others(client):
    EventFactory(title="Passports", publication="published")
    assert "something of other sorts" in found(client, "passports", type="countries").content.decode()


def test_a_country_is_found_under_any_name_of_it(client):
    country = CountryFactory(name="Republic of Korea", alpha2="KR", names=["ROK"])
    InvolvementFactory(event=EventFactory(publication="published"), participant=country)
    assert "Republic of Korea" in titles(found(client, "rok"))


def test_a_misspelled_word_is_answered_with_what_may_be_meant(client):
    EventFactory(title="Trafficking in persons", publication="published")
    page = found(client, "trafficing").content.decode()
    assert "Did you mean" in page
    assert 'href="/search/?q=trafficking"' in page


def test_a_misspelled_word_is_answered_beside_one_that_is_like_nothing(client):
    EventFactory(title="Trafficking in persons", publication="published")
    assert 'href="/search/?q=trafficking"' in found(client, "trafficing qqqqqq").content.decode()


def test_where_nothing_has_all_words_those_that_nothing_has_can_be_left_out(client):
    EventFactory(title="Passports in Samoa", publication="published")
    page = found(client, "passports qqqqqq").content.decode()
    assert "Without “qqqqqq”" in page
    assert 'href="/search/?q=passports"' in page


def test_words_that_stand_apart_are_offered_where_a_phrase_is_not_found(client):
    EventFactory(title="Passports of Samoa", publication="published")
    assert "The words apart from each other" in found(client, '"samoa passports"').content.decode()


def test_of_the_alternatives_none_is_what_must_not_be_there(client):
    EventFactory(title="Passports", publication="published")
    EventFactory(title="Returns", publication="published")
    page = found(client, "pasports returns -workshop").content.decode()
    assert 'href="/search/?q=passports%20OR%20returns"' in page


def test_words_that_are_never_together_are_offered_as_alternatives(client):
    EventFactory(title="Passports", publication="published")
    EventFactory(title="Returns", publication="published")
    assert 'href="/search/?q=passports%20OR%20returns"' in found(client, "passports returns").content.decode()


@pytest.mark.parametrize("text", ["the", "-passports", '"', "*", "---", "  ", '"unclosed', "OR", "x" * 10_000])
def test_whatever_is_typed_is_answered_with_a_page(client, text):
    assert found(client, text).status_code == 200


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"type": "colours"}, "“colours” is nothing"),
        ({"page": "two"}, "“two” is no number"),
        ({"page": "0"}, "“0”"),
        ({"q": "\0"}, "Null"),
    ],
)
def test_what_makes_no_sense_is_refused_and_said(client, parameters, said):
    response = client.get("/search/", {"q": "passports"} | parameters)
    assert response.status_code == 400
    assert said in response.content.decode()


def test_a_parameter_that_means_nothing_is_named_and_left_out(client):
    response = found(client, "passports", colour="red")
    assert response.status_code == 200
    assert "“colour” means nothing" in response.content.decode()


def test_a_page_beyond_the_last_is_not_there(client):
    EventFactory(title="Passports", publication="published")
    assert found(client, "passports", page=2).status_code == 404


def test_what_is_found_comes_a_page_at_a_time(client):
    EventFactory.create_batch(30, title="Passports", publication="published")
    assert len(titles(found(client, "passports"))) == 25
    assert len(titles(found(client, "passports", page=2))) == 5


def test_drafts_notes_and_their_words_are_nowhere(client):
    EventFactory(title="Canary secretus", publication="draft")
    EventFactory(title="Passports", note="canary secretus", publication="published")
    for address in ("/search/?q=secretus", "/search/?q=secret*", "/search/?q=secretuz"):
        page = client.get(address).content.decode()
        assert "Nothing is found" in page
        assert "Canary" not in page
        assert "Did you mean" not in page
    assert json.loads(client.get("/search/suggestions/?q=secr").content)[1] == []
    assert json.loads(client.get("/search/suggestions/?q=canary").content)[1] == []


def test_a_search_and_what_is_suggested_take_no_more_queries_for_thirty_than_for_one(client):
    texts = [
        *("passports", "passports samoa", '"on passports"', "pasports", "passports qqqqqq"),
        *('"pasports samoaa" workshp qqqqqq', "pasports samooa workshp countrys returs traning -meeting"),
    ]
    place = PlaceFactory(country=CountryFactory(name="Samoa"))
    EventFactory(title="Workshop on passports", place=place, publication="published")
    addresses = [f"{path}?q={text}" for path in ("/search/", "/search/suggestions/") for text in texts]
    few = {address: queries_of(client, address) for address in addresses}
    EventFactory.create_batch(29, title="Workshop on passports", place=place, publication="published")
    for address in addresses:
        assert queries_of(client, address) <= few[address] <= MOST_QUERIES, address


def test_titles_are_suggested_while_somebody_types(client):
    EventFactory(title="Workshop on passports", reference="E7", publication="published")
    text, names, kinds, addresses = json.loads(client.get("/search/suggestions/?q=workshop pass").content)
    assert (text, names, kinds) == ("workshop pass", ["Workshop on passports"], ["Activity"])
    assert addresses == ["http://testserver/activities/E7/"]


def test_suggestions_of_nothing_are_none(client):
    for address in ("/search/suggestions/", "/search/suggestions/?q=", "/search/suggestions/?q=a&q=b"):
        assert json.loads(client.get(address).content)[1] == []


def test_browsers_learn_where_to_search_and_to_suggest(client):
    page = client.get("/search/").content.decode()
    assert 'rel="search" href="/opensearch.xml"' in page
    response = client.get("/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    assert 'template="http://testserver/search/?q={searchTerms}"' in response.content.decode()
    assert 'template="http://testserver/search/suggestions/?q={searchTerms}"' in response.content.decode()


def test_each_example_of_the_help_leads_to_what_it_finds(client):
    ThemeFactory(name="Forms")
    page = client.get("/search/help/")
    assert page.status_code == 200
    for example in page.context["examples"]:
        assert found(client, example["typed"]).status_code == 200
