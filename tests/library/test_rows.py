"""Rows of collections, documents and versions: what they refer to, who may write them, what the public sees."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.files import public_columns
from exchange.plans import plan
from exchange.sessions import Session
from library import store
from library.models import Document, DocumentVersion
from library.resources import CollectionResource, DocumentResource, VersionResource
from participants.models import Country
from records.models import Batch
from tests.exchange.record import bring_in, planned_lines, problems, row_of, rows_of
from tests.exchange.strategies import version_row
from tests.factories import (
    CollectionFactory,
    CountryFactory,
    DocumentFactory,
    DocumentVersionFactory,
    EventFactory,
    PersonFactory,
)

from .hostile import entity_bomb

pytestmark = pytest.mark.django_db


def paper(**cells):
    return {"title": "A paper", "kind": "paper", "issued": "", "event": "", "collection": "", "country": ""} | cells


def public_rows(resource_class):
    resource = resource_class(Session(public=True))
    return list(resource.rows(resource.in_order(resource.public_records())))


# --- Documents --------------------------------------------------------------------------------------------------------


def test_a_document_refers_to_events_countries_and_a_collection():
    EventFactory(reference="E1")
    EventFactory(reference="E2")
    CountryFactory(alpha2="TH", name="Thailand")
    CollectionFactory(name="Papers of meetings")
    named = {"authors": "Thailand", "country": "Thailand", "collection": "papers of meetings"}
    bring_in("documents", [paper(event="E1", discussed_at="E2; E1", **named)])
    row = row_of("documents", "D1")
    assert [row[name] for name in ("event", "discussed_at", "authors", "country", "collection")] == [
        "E1",
        "E1; E2",
        "Thailand",
        "TH",
        "Papers of meetings",
    ]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"event": "E9"}, "event"),
        ({"discussed_at": "E9"}, "discussed_at"),
        ({"authors": "Atlantis"}, "authors"),
        ({"country": "Atlantis"}, "country"),
        ({"collection": "Nothing"}, "collection"),
        ({"language": "English"}, "language"),
        ({"access": "friends"}, "access"),
        ({"kind": "novel"}, "kind"),
        ({"issued": "03/04/2005"}, "issued"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_column(cells, column):
    assert problems("documents", [paper(**cells)]) == [(2, column)]


def test_a_document_of_the_same_title_place_and_date_is_the_same():
    bring_in("documents", [paper(issued="2004")])
    (line,) = planned_lines("documents", [paper(issued="2004", language="en")])
    assert (line.record.reference, set(line.after)) == ("D1", {"language"})


@pytest.mark.parametrize(
    ("cells", "likely"),
    [
        ({"title": "Paper, a", "issued": "2004"}, True),
        ({"title": "A paper", "kind": "report", "issued": ""}, True),
        ({"title": "Paper, a", "issued": "2005"}, False),
        ({"title": "Something else altogether"}, False),
        ({"title": "Paper, a", "issued": "2004", "country": "TH"}, False),
    ],
)
def test_a_document_that_is_much_like_another_is_asked_about(cells, likely):
    CountryFactory(alpha2="TH")
    bring_in("documents", [paper(issued="2004")])
    planned = plan("documents", [paper(**cells)])
    assert bool(planned.questions) is likely


@pytest.mark.parametrize("access", Document.Access)
def test_who_may_not_publish_changes_nothing_that_is_published(access):
    editor = PersonFactory(role="Editor")
    document = DocumentFactory(reference="D7", access=access)
    DocumentVersionFactory(document=document, name="a.txt")
    collection = CollectionFactory(publication="published")
    for type, rows in {
        "documents": [row_of("documents", "D7") | {"access": "public", "title": "Mine"}],
        "collections": [row_of("collections", collection.slug) | {"description": "Mine"}],
        "document_versions": [row_of("document_versions", "D7 / 1") | {"name": "mine.txt"}],
    }.items():
        (problem,) = plan(type, rows, by=editor).errors
        assert problem.message.startswith("You have no right to"), type
    (problem,) = plan("document_versions", [version_row("D7", 2, "New")], by=editor).errors
    assert problem.message == "You have no right to change what belongs to published documents."


def test_an_editor_writes_drafts_with_their_files():
    editor = PersonFactory(role="Editor")
    for type, rows in (
        ("documents", [paper(reference="D1")]),
        ("document_versions", [version_row("D1", 1, "New")]),
        ("collections", [{"name": "Papers"}]),
    ):
        assert plan(type, rows, by=editor).errors == []
        bring_in(type, rows)


def test_the_public_sees_what_is_published_and_open_to_all():
    hidden = {"event": EventFactory(draft=True), "collection": CollectionFactory(publication="draft")}
    author = CountryFactory(name="Nauru")
    assert not Country.objects.visible().filter(pk=author.pk).exists()
    shown = DocumentFactory(reference="D1", discussed_at=[EventFactory(draft=True)], authors=[author], **hidden)
    shown.note = "Secret"
    shown.save()
    DocumentVersionFactory(document=shown)
    for number, traits in enumerate(({"draft": True}, {"members": True}, {"secretariat": True}), start=2):
        DocumentVersionFactory(document=DocumentFactory(reference=f"D{number}", **traits))
    (row,) = public_rows(DocumentResource)
    assert row["reference"] == "D1"
    assert [row[name] for name in ("event", "collection", "discussed_at")] == ["", "", ""]
    assert row["authors"] == "Nauru"
    assert Country.objects.visible().filter(pk=author.pk).exists()
    assert [version["document"] for version in public_rows(VersionResource)] == ["D1"]
    assert public_rows(CollectionResource) == []
    assert not {"note", "access", "publication"} & set(public_columns(DocumentResource()))


def test_whom_drafts_name_the_public_does_not_see():
    country = CountryFactory()
    DocumentFactory(members=True, authors=[country], country=country)
    CollectionFactory(publication="draft", custodian=country)
    assert not Country.objects.visible().exists()


# --- Versions ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def document():
    return DocumentFactory(reference="D1", draft=True)


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"sha256": "0" * 64}, "sha256", "No file with this sum is kept here"),
        ({"sha256": "nonsense"}, "sha256", "A SHA-256 has 64 digits"),
        ({"size": "99"}, "size", "The file that is kept under this sum has 3 bytes."),
        ({"media_type": "text/html"}, "media_type", "is none of"),
        ({"media_type": "application/pdf", "name": "New.pdf"}, "media_type", "The file that is kept is another"),
        ({"name": "../New.txt"}, "name", "“New.txt” would do"),
        ({"name": "New.exe"}, "name", "“New.exe.txt” would do"),
        ({"name": "exe\u202etxt.txt"}, "name", "“exetxt.txt” would do"),
        ({"number": "0"}, "number", "greater than or equal to 1"),
        ({"document": "D9"}, "document", "No document is known as “D9”."),
    ],
)
def test_a_row_of_a_version_has_a_file_that_is_kept_and_fits_it(document, cells, column, said):
    (problem,) = plan("document_versions", [version_row("D1", 1, "New") | cells]).errors
    assert (problem.column, said in problem.message) == (column, True), problem.message


def test_a_hostile_file_does_not_come_in_by_a_row(document):
    sum, _is_new = store.keep(BytesIO(entity_bomb()))
    kind = DocumentVersion.MediaType.DOCX
    row = version_row("D1", 1, "New") | {
        "name": "a.docx",
        "media_type": kind,
        "sha256": sum,
        "size": len(entity_bomb()),
    }
    (problem,) = plan("document_versions", [row | {"size": str(row["size"])}]).errors
    assert "declares a document type of its own" in problem.message


def test_a_version_never_gets_another_file(document):
    bring_in("document_versions", [version_row("D1", 1, "Old")])
    (problem,) = plan("document_versions", [version_row("D1", 1, "New") | {"name": "Old.txt"}]).errors
    assert problem.message == "The file of a version does not change: a new file is a new version."


def test_a_version_can_be_called_otherwise_and_keeps_its_words(document):
    bring_in("document_versions", [version_row("D1", 1, "Old")])
    DocumentVersion.objects.update(text="Words", reading="read")
    bring_in("document_versions", [row_of("document_versions", "D1 / 1") | {"name": "Better.txt", "added": "2004"}])
    version = DocumentVersion.objects.get()
    assert (version.name, str(version.added), version.text, version.reading) == ("Better.txt", "2004", "Words", "read")
    assert version.added_on.year == 2004


def test_rows_of_versions_do_not_read_the_words_of_files(document):
    bring_in("document_versions", [version_row("D1", number, f"Words {number}") for number in range(1, 4)])
    with CaptureQueriesContext(connection) as captured:
        assert [row["number"] for row in rows_of("document_versions")] == ["1", "2", "3"]
    assert not any('"library_documentversion"."text"' in query["sql"] for query in captured)


def test_files_that_come_by_rows_are_read(document, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        plan("document_versions", [version_row("D1", 1, "Words")]).apply(Batch(origin=Batch.Origin.IMPORT))
    assert DocumentVersion.objects.get().text == "Words"
