"""Documents by the parameters of an address: what each finds, how many there would be, and what is refused."""

import pytest
from django.http import QueryDict

from library.filters import DocumentFilterSet
from library.models import Document
from tests.factories import (
    AgencyFactory,
    CollectionFactory,
    CountryFactory,
    DocumentFactory,
    DocumentVersionFactory,
    EventFactory,
)

pytestmark = pytest.mark.django_db


def filtered(query, documents=None, **kwargs):
    return DocumentFilterSet(QueryDict(query), documents or Document.objects.published().latest_first(), **kwargs)


def found(query):
    """The references of what a query finds."""
    filterset = filtered(query)
    assert filterset.is_valid(), filterset.errors
    return [document.reference for document in filterset.qs]


def refusal(query, **kwargs):
    """What is said to a malformed query, which finds nothing."""
    filterset = filtered(query, **kwargs)
    assert not filterset.is_valid()
    assert list(filterset.qs) == []
    return " ".join(str(error) for errors in filterset.errors.values() for error in errors)


def numbers(query, name):
    """How many documents each value of a parameter would find: {value: number}."""
    return {value: number for value, _words, number in filtered(query).facets[name]}


def test_without_parameters_all_is_found_the_latest_first_and_the_undated_last():
    DocumentFactory(reference="D1", issued="2003")
    DocumentFactory(reference="D2", issued="")
    DocumentFactory(reference="D3", issued="2004-05")
    assert found("") == found("q=&kind=&year=") == ["D3", "D1", "D2"]


@pytest.mark.parametrize("words", ["return", "RETURN paper", "nationals", "travel", "within", "thai", "iom"])
def test_words_are_looked_for_in_texts_files_and_names(words):
    document = DocumentFactory(
        reference="D7",
        title="Return paper",
        description="On nationals",
        text="Travel documents are given.",
        country=CountryFactory(name="Thailand"),
        authors=[AgencyFactory(name="Organisation for Migration", acronym="IOM")],
    )
    DocumentVersionFactory(document=document, text="Within thirty days")
    DocumentFactory()
    assert found(f"q={words}") == ["D7"]


def test_each_parameter_finds_what_has_its_value():
    wanted = DocumentFactory(
        reference="D7",
        kind="agenda",
        language="th",
        issued="2004-05",
        collection=CollectionFactory(slug="returns"),
        country=CountryFactory(alpha2="TH", name="Thailand"),
        authors=[CountryFactory(alpha2="AU", name="Australia"), AgencyFactory(slug="iom", name="Migration Office")],
        event=EventFactory(reference="E15"),
        discussed_at=[EventFactory(reference="E16")],
    )
    DocumentFactory(authors=[CountryFactory(alpha2="FJ")])
    for query in (
        "reference=D7",
        "kind=agenda",
        "language=th",
        "year=2004",
        "collection=returns",
        "country=TH",
        "country=Thailand",
        "author=AU",
        "author=iom",
        "author=Migration Office&author=AU",
        "event=E15",
        "event=E16",
        "kind=agenda&kind=minutes&country=TH&event=E15",
    ):
        assert found(query) == [wanted.reference], query
    assert found("kind=agenda&year=2005") == []


def test_what_is_found_twice_stands_once():
    country, agency = CountryFactory(alpha2="AU"), AgencyFactory(slug="iom")
    event = EventFactory(reference="E15")
    DocumentFactory(reference="D7", authors=[country, agency], event=event, discussed_at=[event])
    assert found("author=AU&author=iom") == found("event=E15") == ["D7"]


def test_how_many_there_would_be_goes_by_the_other_filters():
    returns = CollectionFactory(slug="returns")
    DocumentFactory(kind="agenda", issued="2004", collection=returns)
    DocumentFactory(kind="report", issued="2004-05", collection=returns)
    DocumentFactory(kind="report", issued="2003")
    assert numbers("", "kind") == {"agenda": 1, "report": 2}
    assert numbers("collection=returns", "kind") == {"agenda": 1, "report": 1}
    assert numbers("kind=agenda", "kind") == {"agenda": 1, "report": 2}
    assert numbers("kind=agenda", "year") == {"2004": 1, "2003": 0}
    assert numbers("year=2003", "collection") == {"returns": 0}


def test_authors_are_counted_once_a_document():
    australia = CountryFactory(alpha2="AU", name="Australia")
    for _ in range(2):
        DocumentFactory(authors=[australia, AgencyFactory()], text="paper")
    assert numbers("q=paper", "author")["AU"] == 2


def test_what_can_be_chosen_tells_nothing_of_what_cannot_be_read():
    DocumentFactory(kind="report", language="en")
    DocumentFactory(
        kind="minutes",
        language="lo",
        members=True,
        country=CountryFactory(alpha2="FJ"),
        authors=[AgencyFactory()],
        collection=CollectionFactory(slug="closed"),
    )
    DocumentFactory(collection=CollectionFactory(slug="hidden", publication="draft"))
    CollectionFactory(slug="empty")
    choices = filtered("").choices
    assert [value for value, _words in choices["kind"]] == ["report"]
    assert choices["language"] == [("en", "English")]
    assert choices["country"] == choices["author"] == choices["collection"] == []
    assert found("collection=closed") == found("collection=empty") == []
    assert "is no collection" in refusal("collection=hidden")


def test_a_paper_of_a_draft_activity_is_not_found_by_it():
    DocumentFactory(event=EventFactory(reference="E9", draft=True))
    assert found("event=E9") == []


def test_access_can_be_asked_for_by_those_alone_who_may_read_more():
    DocumentFactory(reference="D1")
    DocumentFactory(reference="D2", members=True)
    assert filtered("access=members").unknown == ["access"]
    more = filtered("access=members", Document.objects.for_members(), restricted=True)
    assert [document.reference for document in more.qs] == ["D2"]
    assert more.choices["access"] == [("members", "Delegates of members"), ("public", "Everybody")]
    assert "no sort of access" in refusal("access=none", restricted=True)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=novel", "“novel” is no kind of document of this record."),
        ("country=Atlantis", "No country is known as “Atlantis”."),
        ("author=Nobody", "No country or agency is known as “Nobody”."),
        ("year=20x4", "“20x4” is no year"),
        ("year=2004&year=2005", "can be asked for once only"),
        ("event=E 1", "E 1"),
        ("page=one", "is no number of a page"),
        ("language=xx", "“xx” is no language"),
    ],
)
def test_what_is_malformed_finds_nothing_and_says_why(query, said):
    DocumentFactory(issued="2004")
    if said == "E 1":
        assert refusal(query)
    else:
        assert said in refusal(query)


def test_what_to_loosen_is_told_with_what_it_would_find():
    DocumentFactory(kind="report", issued="2004")
    DocumentFactory(kind="report", issued="2003")
    DocumentFactory(kind="agenda", issued="2003")
    told = [(each.label, each.words, each.number) for each in filtered("kind=agenda&year=2004").loosened()]
    assert told == [("Kind", "Agenda", 1), ("Year", "2004", 1)]
