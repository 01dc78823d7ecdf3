"""The pages of documents and collections, as those who may and may not read them see them."""

import gzip
import html
import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from tests.factories import (
    AgencyFactory,
    CollectionFactory,
    CountryFactory,
    DocumentFactory,
    DocumentVersionFactory,
    EventFactory,
    PersonFactory,
)
from tests.kept import kept

pytestmark = pytest.mark.django_db

MOST_QUERIES = 9


def words_of(response, status=200):
    """The words of a page, as they are read."""
    assert response.status_code == status
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    for tag, mark in (("</dt>", ": "), ("</dd>", " "), ("</td>", " "), ("</th>", " ")):
        main = main.replace(tag, tag + mark)
    return re.sub(r"\s+", " ", strip_tags(f"<main{main}"))


@pytest.fixture
def read(client):
    """A callable that gives the words of a page, as anybody reads it."""
    return lambda address, status=200: words_of(client.get(address), status)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def delegate(db):
    """The client of somebody who may read what is open to members."""
    person = PersonFactory(is_staff=False)
    person.user_permissions.add(Permission.objects.get(codename="view_members_documents"))
    return signed_in(person)


@pytest.fixture
def viewer(db):
    """The client of somebody of the staff."""
    return signed_in(PersonFactory(role="Viewer"))


# --- The list ---------------------------------------------------------------------------------------------------------


def test_an_empty_library_says_so(read):
    page = read("/library/")
    assert "No document is public yet." in page
    assert "Show documents" not in page


def test_the_library_leads_to_collections_and_kinds_and_lists_documents(read, client):
    returns = CollectionFactory(name="Returns Project", slug="returns")
    document = DocumentFactory(
        reference="D7",
        title="Travel paper",
        kind="return_documentation",
        language="th",
        issued="2004-05",
        authors=[CountryFactory(name="Australia"), AgencyFactory(name="IOM")],
        country=CountryFactory(name="Thailand"),
        collection=returns,
    )
    DocumentVersionFactory(document=document, content=b"Paper")
    page = read("/library/")
    assert "Returns Project 1 document" in page
    assert "Return documentation 1" in page
    entry = (
        "May 2004 Travel paper Return documentation · by Australia, IOM · about Thailand · Thai · Text, 5 bytes"
        " · in Returns Project"
    )
    assert entry in page
    assert 'href="/library/documents/D7/"' in client.get("/library/").content.decode()


def test_a_filtered_list_says_how_many_are_found_of_what(read):
    DocumentFactory(kind="agenda")
    DocumentFactory(kind="report")
    assert "1 of 2 documents Kind Agenda ×" in read("/library/?kind=agenda")
    page = read("/library/?kind=agenda&year=2001")
    assert "No document fits all of this at once. To loosen it, leave out one: Year: 2001 finds 1" in page


def test_an_unknown_parameter_is_named_and_ignored_and_a_malformed_one_refused(read):
    DocumentFactory()
    assert "“colour” is no filter of this list" in read("/library/?colour=red")
    assert "Kind: “novel” is no kind of document of this record." in read("/library/?kind=novel", 400)
    assert "“novel” is no kind" in read("/library/?kind=novel", 400)


def test_pages_hold_twenty_five(client):
    DocumentFactory.create_batch(26)
    assert client.get("/library/").content.decode().count('<p class="title">') == 25
    assert client.get("/library/?page=2").content.decode().count('<p class="title">') == 1
    assert client.get("/library/?page=3").status_code == 404


def test_more_values_than_people_ask_for_are_refused(client):
    assert client.get("/library/?" + "kind=agenda&" * 101).status_code == 400


# --- Who reads what ---------------------------------------------------------------------------------------------------


@pytest.fixture
def papers(db):
    """A document of each sort, all in one collection and of one activity."""
    event = EventFactory(reference="E15")
    within = {"collection": CollectionFactory(slug="returns"), "event": event, "country": CountryFactory(alpha2="AU")}
    DocumentFactory(reference="D1", title="Open paper", kind="agenda", **within)
    DocumentFactory(reference="D2", title="Members paper", kind="minutes", members=True, **within)
    DocumentFactory(reference="D3", title="Secretariat paper", kind="form", secretariat=True, **within)
    DocumentFactory(reference="D4", title="Draft paper", kind="plan", draft=True, **within)


PLACES = ["/library/", "/library/?q=paper", "/library/?country=AU", "/library/collections/returns/", "/activities/E15/"]


@pytest.mark.parametrize("address", PLACES)
@pytest.mark.parametrize(
    ("who", "titles"),
    [
        ("client", {"Open"}),
        ("delegate", {"Open", "Members"}),
        ("viewer", {"Open", "Members", "Secretariat"}),
    ],
)
def test_each_reader_sees_what_is_open_to_them(papers, request, who, titles, address):
    page = words_of(request.getfixturevalue(who).get(address))
    assert {title for title in ("Open", "Members", "Secretariat", "Draft") if f"{title} paper" in page} == titles


@pytest.mark.parametrize(("who", "number"), [("client", 1), ("delegate", 2), ("viewer", 3)])
def test_numbers_are_of_what_the_reader_may_see(papers, request, who, number):
    reader = request.getfixturevalue(who)
    several = "document" if number == 1 else "documents"
    assert f"{number} {several}, the latest first" in words_of(reader.get("/library/"))
    assert f"{number} {several}" in words_of(reader.get("/library/collections/"))
    assert f"Documents: {number} " in words_of(reader.get("/library/collections/returns/"))
    assert ("Minutes" in words_of(reader.get("/library/"))) == (number > 1)


@pytest.mark.parametrize(
    ("who", "open_to"), [("client", {"D1"}), ("delegate", {"D1", "D2"}), ("viewer", {"D1", "D2", "D3"})]
)
def test_what_cannot_be_read_is_as_if_it_were_not_there(papers, request, who, open_to):
    reader = request.getfixturevalue(who)
    nothing = reader.get("/library/documents/D99/").content
    for reference in ("D1", "D2", "D3", "D4"):
        response = reader.get(f"/library/documents/{reference}/")
        assert response.status_code == (200 if reference in open_to else 404)
        if response.status_code == 404:
            assert response.content.replace(reference.encode(), b"D99") == nothing


def test_signing_in_opens_nothing_to_those_without_the_right(papers):
    reader = signed_in(PersonFactory(is_staff=False))
    assert reader.get("/library/documents/D2/").status_code == 404
    assert "Members paper" not in words_of(reader.get("/library/"))


def test_files_are_of_what_is_open_to_everybody_and_pages_for_others_lead_to_nothing_else(client, delegate):
    paper = DocumentFactory(members=True, collection=CollectionFactory(), language="fr")
    for address in (f"/library/?collection={paper.collection.slug}&language=fr", paper.collection.get_absolute_url()):
        page = delegate.get(address).content.decode()
        assert paper.title in page
        for file in re.findall(r'href="(/data/[^"]+)"', page):
            assert client.get(html.unescape(file)).status_code == 200, file


def test_pages_made_for_somebody_are_theirs_alone(papers, client, delegate):
    for address in ("/library/", "/library/documents/D1/", "/activities/E15/"):
        theirs, anybodys = delegate.get(address), client.get(address)
        assert "private" in theirs["Cache-Control"]
        assert "Cookie" in theirs["Vary"]
        assert "private" not in anybodys.get("Cache-Control", "")


def test_what_is_taken_as_csv_is_open_to_everybody(papers, viewer):
    rows = b"".join(viewer.get("/data/documents.csv?q=paper").streaming_content).decode()
    assert "Open paper" in rows
    assert "Members paper" not in rows
    assert "Take all that are open to everybody as CSV" in words_of(viewer.get("/library/"))
    assert "as CSV" not in words_of(viewer.get("/library/?access=members"))


# --- A document -------------------------------------------------------------------------------------------------------


def test_a_document_has_every_fact_on_its_page(read, client):
    document = DocumentFactory(
        reference="D7",
        title="Travel paper",
        kind="draft_paragraph",
        language="th",
        issued="2004-05",
        description="What it is about.",
        text="The requesting Party shall apply in writing.",
        sources="The website, page 3",
        url="https://example.org/paper",
        authors=[CountryFactory(name="Australia", alpha2="AU")],
        country=CountryFactory(name="Thailand", alpha2="TH"),
        collection=CollectionFactory(name="Returns Project", slug="returns"),
        event=EventFactory(title="Perth workshop", when="2004-05"),
        discussed_at=[
            EventFactory(title="Brisbane meeting", when="2004-06"),
            EventFactory(title="Dropped", draft=True),
        ],
    )
    DocumentVersionFactory(document=document, name="first.txt")
    DocumentVersionFactory(document=document, name="second.txt", reading="read")
    page = read("/library/documents/D7/")
    for said in (
        "Language: Thai",
        "Issued: May 2004 recorded to the month",
        "By: Australia",
        "About: Thailand",
        "Collection: Returns Project",
        "What it is about.",
        "The requesting Party shall apply in writing.",
        "May 2004 Perth workshop a paper of it",
        "June 2004 Brisbane meeting discussed there",
        "The latest, version 2 second.txt Added 30 September 2004 · Text",
        "Its words can be searched",
        "Version 1 first.txt",
        "The website, page 3",
        "Australia, “Travel paper”, May 2004. Library of the Bali Process, D7, version 2. http://testserver/library/",
    ):
        assert said in page
    assert page.index("second.txt") < page.index("first.txt")
    assert "Dropped" not in page
    html = client.get("/library/documents/D7/").content.decode()
    assert '"@type":"DigitalDocument"' in html
    assert 'href="/library/documents/D7/2/"' in html
    assert 'href="/data/documents.csv?reference=D7"' in html
    assert client.get("/countries/AU/").status_code == 200


def test_a_document_says_what_is_not_known_of_it(read):
    DocumentFactory(reference="D7", collection=CollectionFactory(publication="draft", name="Hidden"))
    page = read("/library/documents/D7/")
    for said in (
        "Language: Not recorded",
        "Issued: Not recorded",
        "By: Not recorded",
        "Collection: None",
        "No description is recorded.",
        "No activity at which it was discussed is recorded.",
        "No file of it is kept here.",
        "No source is recorded.",
    ):
        assert said in page
    assert "Hidden" not in page


def test_a_document_that_is_not_open_to_everybody_says_to_whom(delegate, papers):
    assert "This document is not open to everybody: delegates of members may read it." in words_of(
        delegate.get("/library/documents/D2/")
    )


def test_an_author_without_a_page_is_named_and_not_linked(delegate):
    DocumentFactory(
        reference="D7", members=True, authors=[AgencyFactory(name="Quiet Office", slug="quiet", kind="ministry")]
    )
    page = delegate.get("/library/documents/D7/").content.decode()
    assert '{"@type":"GovernmentOrganization","name":"Quiet Office"}' in page
    assert "/agencies/quiet/" not in page


# --- Collections ------------------------------------------------------------------------------------------------------


def test_a_collection_says_what_is_in_it_by_country_kind_and_year(read, client):
    thailand = CountryFactory(name="Thailand", alpha2="TH")
    returns = CollectionFactory(
        slug="returns",
        name="Returns Project",
        began="2004-05",
        custodian=AgencyFactory(name="Migration Office"),
        event=EventFactory(title="Perth workshop", when="2004-05"),
    )
    for kind in ("return_documentation", "return_documentation", "draft_paragraph"):
        DocumentFactory(kind=kind, issued="2004", country=thailand, collection=returns)
    DocumentFactory(kind="draft_paragraph", collection=returns)
    page = read("/library/collections/returns/")
    for said in (
        "Kept by: Migration Office",
        "Begun: May 2004",
        "Goes back to: Perth workshop May 2004",
        "Thailand 1 2 3",
        "No country in particular 1 – 1",
        "In all 2 2 4",
        "2004 3 Not recorded 1",
    ):
        assert said in page.replace("  ", " ")
    html = client.get("/library/collections/returns/").content.decode()
    address = "/library/?collection=returns&amp;country=TH&amp;kind=return_documentation"
    assert f'href="{address}">2</a>' in html
    assert "2 of 4 documents" in read(address.replace("&amp;", "&"))


def test_a_collection_without_documents_says_so(read):
    CollectionFactory(slug="returns", description="", event=EventFactory(draft=True, title="Hidden"))
    page = read("/library/collections/returns/")
    assert "No document of it can be read here yet." in page
    assert "Goes back to: No activity is recorded" in page
    assert "Kept by: Not recorded" in page


def test_the_list_of_an_empty_collection_finds_nothing_and_that_of_a_draft_is_not_known(read):
    DocumentFactory(collection=CollectionFactory(slug="hidden", publication="draft"))
    CollectionFactory(slug="returns", name="Returns Project")
    assert "0 of 1 document Collection Returns Project" in read("/library/?collection=returns")
    assert "“hidden” is no collection of this record" in read("/library/?collection=hidden", 400)


def test_a_draft_collection_has_no_page_and_is_not_listed(read, client):
    CollectionFactory(slug="hidden", name="Hidden", publication="draft")
    assert client.get("/library/collections/hidden/").status_code == 404
    assert "Hidden" not in read("/library/") + read("/library/collections/")


# --- Comparing --------------------------------------------------------------------------------------------------------


ONE = "The answer is given within fifteen days of receipt of the request."
OTHER = "The answer is given within thirty days of receipt of the request."


def test_two_texts_stand_side_by_side_with_what_differs_marked(client):
    returns = CollectionFactory(slug="returns")
    DocumentFactory(reference="D1", title="One", text=ONE, collection=returns)
    DocumentFactory(reference="D2", title="Other", text=OTHER, collection=returns)
    DocumentFactory(reference="D3", title="A mere file", collection=returns)
    for address in ("/library/collections/returns/", "/library/?collection=returns"):
        page = client.get(address).content.decode()
        assert re.findall(r'name="document" value="(.+?)"', page) == ["D2", "D1"]
    compared = client.get("/library/compare/?document=D1&document=D2").content.decode()
    assert "within <mark>fifteen</mark> days" in compared
    assert "within <mark>thirty</mark> days" in compared


def test_the_words_of_files_are_compared_where_no_others_are_recorded(read):
    for reference, text in (("D1", ONE), ("D2", ONE)):
        DocumentVersionFactory(document=DocumentFactory(reference=reference), text=text, reading="read")
    assert "The two say the same, word for word." in read("/library/compare/?document=D1&document=D2")


def test_texts_that_have_little_in_common_are_shown_whole(read):
    DocumentFactory(reference="D1", text=ONE)
    DocumentFactory(reference="D2", text="Something else")
    page = read("/library/compare/?document=D1&document=D2")
    assert "too few words in common" in page
    assert ONE in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "choose two"),
        ("document=D1", "choose two"),
        ("document=D1&document=D1", "choose two"),
        ("document=D1&document=D2&document=D3", "choose two"),
        ("document=D1&document=D9", "No document with the reference D9 can be read here."),
        ("document=D1&document=D2", "No document with the reference D2 can be read here."),
        ("document=D1&document=D4", "No document with the reference D4 can be read here."),
        ("document=D1&document=D3", "Nothing is recorded of the words of “No words”."),
        ("document=D1&document=D5", "“Whole book” is too long to be compared on a page."),
        ("document=D1&document=%00", "can be read here."),
    ],
)
def test_what_cannot_be_compared_is_told(read, query, said):
    DocumentFactory(reference="D1", text=ONE)
    DocumentFactory(reference="D2", text=OTHER, members=True)
    DocumentFactory(reference="D3", title="No words")
    DocumentFactory(reference="D4", text=OTHER, draft=True)
    DocumentFactory(reference="D5", title="Whole book", text=OTHER * 1000)
    page = read(f"/library/compare/?{query}", 400)
    assert said in page
    assert OTHER not in page


def test_those_who_may_read_both_can_compare_them(delegate):
    DocumentFactory(reference="D1", text=ONE)
    DocumentFactory(reference="D2", text=OTHER, members=True)
    assert OTHER in words_of(delegate.get("/library/compare/?document=D1&document=D2"))


# --- Elsewhere --------------------------------------------------------------------------------------------------------


def test_an_activity_lists_its_papers_and_what_came_of_it(read):
    event = EventFactory(reference="E15")
    document = DocumentFactory(title="Perth paper", event=event)
    DocumentVersionFactory(document=document)
    DocumentFactory(title="Discussed paper", kind="agenda", discussed_at=[event])
    DocumentFactory(title="Another paper")
    CollectionFactory(name="Returns Project", event=event)
    page = read("/activities/E15/")
    assert "In the library Discussed paper Agenda Perth paper Report · Text" in page
    assert "Returns Project Collection" in page
    assert "Another paper" not in page


def test_an_activity_of_which_the_library_has_nothing_says_nothing_of_it(read):
    EventFactory(reference="E15")
    assert "In the library" not in read("/activities/E15/")


def test_countries_and_agencies_lead_to_what_is_by_or_about_them(read, client):
    australia = CountryFactory(name="Australia", alpha2="AU")
    iom = AgencyFactory(name="Migration Office", slug="iom")
    DocumentFactory(authors=[australia, iom], country=australia)
    DocumentFactory(authors=[australia])
    CollectionFactory(name="Returns Project", custodian=iom)
    assert "Two documents by Australia One document about Australia" in read("/countries/AU/")
    assert "One document by Migration Office Returns Project Collection, kept by Migration Office" in read(
        "/agencies/iom/"
    )
    assert 'href="/library/?author=AU"' in client.get("/countries/AU/").content.decode()
    assert "2 of 2 documents" in read("/library/?author=AU")


# --- Queries ----------------------------------------------------------------------------------------------------------


def grow(times):
    event, returns, country = EventFactory.create(), CollectionFactory(), CountryFactory()
    for number in range(times):
        document = DocumentFactory(
            authors=[CountryFactory(), country],
            country=CountryFactory(),
            collection=returns,
            event=event,
            text=f"The answer is given within {number} days.",
            discussed_at=[EventFactory()],
            issued=str(1990 + number),
        )
        DocumentVersionFactory(document=document)
        CollectionFactory(custodian=country, event=event)
    return [
        "/library/",
        f"/library/?collection={returns.slug}&q=answer&author={country.alpha2}&year=1990",
        "/library/collections/",
        returns.get_absolute_url(),
        document.get_absolute_url(),
        event.get_absolute_url(),
        country.get_absolute_url(),
    ]


def queries_of(client, address):
    with kept():
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
    return len(captured)


def test_pages_take_as_many_queries_for_thirty_documents_as_for_one(client):
    few, many = grow(1), grow(30)
    counted = [(queries_of(client, one), queries_of(client, other)) for one, other in zip(few, many, strict=True)]
    assert all(one == other for one, other in counted), counted
    assert all(one <= MOST_QUERIES for one, _other in counted), counted


def test_a_full_page_is_light(client):
    for address in grow(30):
        content = client.get(address).content
        assert len(gzip.compress(content)) < 30 * 1024, address
