"""Documents and their files in the admin: each save leaves its changes, and no file comes in unexamined."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from library import store
from library.models import Collection, Document, DocumentVersion
from records.models import Batch, Change
from tests.editing import Editor, address, entered, form_of
from tests.factories import CollectionFactory, DocumentFactory, DocumentVersionFactory, EventFactory, PersonFactory

from . import hostile

pytestmark = pytest.mark.django_db
ADD_FILES = "/admin/library/document/add-files/"


@pytest.fixture
def editor(client):
    return Editor(client, PersonFactory(role="Editor"))


@pytest.fixture
def publisher(client):
    return Editor(client, PersonFactory(role="Publisher"))


def upload(content, name="a.txt"):
    return SimpleUploadedFile(name, content)


def add(editor, *files, **details):
    """Send the form of many files."""
    common = {"kind": "report", "access": "secretariat"}
    return editor.client.post(ADD_FILES, {"files": files} | common | details)


def told():
    """What the history says: (type, key, whether it is new), the oldest first."""
    return [(each.type, each.key, each.before is None) for each in Change.objects.order_by("pk")]


# --- Many files -------------------------------------------------------------------------------------------------------


def test_each_file_becomes_a_draft_with_what_they_have_in_common(editor):
    event, collection = EventFactory(), CollectionFactory()
    files = [upload(hostile.pdf("One"), "report_of_the_meeting.pdf"), upload(hostile.docx("Two"), "../Agenda.docx")]
    common = {"event": event.pk, "collection": collection.pk, "access": "members", "language": "en"}
    response = add(editor, *files, issued="May 2004", **common)
    assert response.status_code == 302
    first, second = Document.objects.order_by("pk")
    assert [first.title, second.title] == ["Report of the meeting", "Agenda"]
    for document in (first, second):
        assert (document.event, document.collection, str(document.issued)) == (event, collection, "2004-05")
        assert (document.access, document.publication, document.kind) == ("members", "draft", "report")
    version = second.versions.get()
    assert (version.number, version.name, version.media_type) == (1, "Agenda.docx", DocumentVersion.MediaType.DOCX)
    assert store.size_of(version.sha256) == version.size
    assert told() == [
        ("documents", first.reference, True),
        ("documents", second.reference, True),
        ("document_versions", f"{first.reference} / 1", True),
        ("document_versions", f"{second.reference} / 1", True),
    ]
    assert Batch.objects.get().by == editor.user


def test_where_one_is_refused_none_is_added_and_the_others_need_not_be_sent_again(editor):
    response = add(editor, upload(b"Sound", "a.txt"), upload(b"<html>", "b.pdf"))
    assert not Document.objects.exists()
    assert not Change.objects.exists()
    form = response.context["form"]
    assert [error.split(":")[0] for error in form.errors["files"]] == ["b.pdf"]
    assert "Taken in, and not to be sent again: a.txt." in response.content.decode()
    assert add(editor, kept=form.data["kept"]).status_code == 302
    assert DocumentVersion.objects.get().name == "a.txt"


def test_what_was_taken_in_long_ago_is_to_be_sent_again(editor, monkeypatch):
    response = add(editor, upload(b"Sound", "a.txt"), upload(b"<html>", "b.pdf"))
    kept = response.context["form"].data["kept"]
    monkeypatch.setattr("library.file_forms.KEPT", timedelta(0))
    assert add(editor, kept=kept).context["form"].errors["files"] == ["Choose the files."]


def test_what_was_taken_in_before_cannot_be_made_up(editor):
    response = add(editor, kept="WyJhLnR4dCJd:forged")
    assert response.context["form"].errors["files"] == ["Choose the files."]


@pytest.mark.parametrize("what", ["nothing", "a zip bomb", "a PDF with a script", "HTML called PDF"])
def test_hostile_files_are_refused_with_their_reason(editor, what):
    content, name, said = hostile.REFUSED[what]
    (error,) = add(editor, upload(content, name)).context["form"].errors["files"]
    assert error.startswith(f"{name}: ")
    assert said in error
    assert not Document.objects.exists()


def test_a_file_over_the_limit_is_refused(editor, settings):
    settings.DOCUMENT_MAX_BYTES = 10
    (error,) = add(editor, upload(b"a" * 11)).context["form"].errors["files"]
    assert error.startswith("a.txt: This file has 11")


def test_too_many_files_are_refused(editor, monkeypatch):
    monkeypatch.setattr("library.file_forms.MOST", 1)
    (error,) = add(editor, upload(b"1"), upload(b"2")).context["form"].errors["files"]
    assert error == "These are 2 files, and 1 are taken at once."


def test_a_file_that_is_in_the_record_is_pointed_out_and_added_all_the_same_when_asked(editor):
    known = DocumentVersionFactory(content=b"Known")
    form = add(editor, upload(b"Known", "new.txt")).context["form"]
    assert form.errors["again"] == [f"new.txt is in the record already, as a file of {known.document}."]
    assert add(editor, kept=form.data["kept"], again="on").status_code == 302
    assert DocumentVersion.objects.filter(sha256=known.sha256).count() == 2


def test_a_file_that_is_chosen_twice_is_taken_once(editor):
    (error,) = add(editor, upload(b"One", "a.txt"), upload(b"One", "b.txt")).context["form"].errors["files"]
    assert error == "b.txt: this file was chosen twice."


def test_many_files_cost_as_few_queries_as_one(editor):
    def queries(*contents):
        with CaptureQueriesContext(connection) as captured:
            files = [upload(content, f"{number}.txt") for number, content in enumerate(contents)]
            assert add(editor, *files).status_code == 302
        return len(captured)

    queries(b"The first of all")
    one = queries(b"One")
    assert queries(*(b"Another %d" % number for number in range(10))) == one
    assert DocumentVersion.objects.values("document").distinct().count() == 12


def test_who_may_not_add_documents_adds_no_files(client):
    viewer = Editor(client, PersonFactory(role="Viewer"))
    assert add(viewer, upload(b"One")).status_code == 403
    assert "Add files" not in client.get(address(Document, "changelist")).content.decode()


# --- One document -----------------------------------------------------------------------------------------------------


def test_a_new_version_comes_beside_the_one_before(editor):
    document = DocumentFactory(draft=True)
    first = DocumentVersionFactory(document=document)
    assert editor.save(document, file=upload(b"Second", "second.txt")).status_code == 302
    assert [version.number for version in document.versions.order_by("number")] == [1, 2]
    assert store.opened(first.sha256).read()
    assert told() == [("document_versions", f"{document.reference} / 2", True)]


def test_the_number_of_a_version_that_was_deleted_is_not_given_again(publisher):
    document = DocumentFactory()
    DocumentVersionFactory(document=document)
    second = DocumentVersionFactory(document=document)
    publisher.delete(second)
    assert publisher.save(document, file=upload(b"Third")).status_code == 302
    assert set(document.versions.values_list("number", flat=True)) == {1, 3}


def test_a_document_comes_with_its_first_file(editor):
    response = editor.save(Document, title="A paper", kind="paper", file=upload(b"First", "a.txt"))
    assert response.status_code == 302
    assert Document.objects.get().versions.get().number == 1


def test_the_same_file_is_no_new_version(editor):
    document = DocumentFactory(draft=True)
    DocumentVersionFactory(document=document, content=b"Same")
    refused = editor.refused(document, file=upload(b"Same"))
    assert refused == {"file": ["This very file is version 1 already."]}
    assert document.versions.count() == 1


def test_a_file_that_another_document_has_is_pointed_out(editor):
    other = DocumentVersionFactory(content=b"Same").document
    response = editor.client.post(
        form_of(Document), entered(editor.open(Document)) | {"title": "A", "kind": "paper", "file": upload(b"Same")},
        follow=True,
    )  # fmt: skip
    assert f"a.txt is also a file of {other}." in map(str, response.context["messages"])


def test_a_hostile_file_is_no_new_version(editor):
    document = DocumentFactory(draft=True)
    assert "file" in editor.refused(document, file=upload(hostile.entity_bomb(), "a.docx"))
    assert not document.versions.exists()


@pytest.mark.parametrize("access", ["public", "members"])
def test_what_is_published_only_a_publisher_changes(client, access):
    document = DocumentFactory(access=access)
    version = DocumentVersionFactory(document=document)
    editor = Editor(client, PersonFactory(role="Editor"))
    for record in (document, version):
        assert client.post(form_of(record), {"title": "Mine"}).status_code == 403
        assert client.post(address(type(record), "delete", record.pk), {"post": "yes"}).status_code == 403
    publisher = Editor(editor.client, PersonFactory(role="Publisher"))
    assert publisher.save(document, title="Ours").status_code == 302


def test_an_editor_publishes_nothing(editor):
    refused = editor.refused(DocumentFactory(draft=True), publication="published")
    assert "publication" in refused


def test_a_version_can_be_called_otherwise_and_nothing_else(publisher):
    version = DocumentVersionFactory()
    assert publisher.save(version, name="Better.txt", sha256="0" * 64, number=7).status_code == 302
    again = DocumentVersion.objects.get()
    assert (again.name, again.sha256, again.number) == ("Better.txt", version.sha256, version.number)
    assert publisher.refused(version, name="../worse.txt") == {
        "name": ["A file of this type cannot be called “../worse.txt”; “worse.txt” would do."]
    }


def test_an_editor_mends_the_name_of_a_file_of_a_draft(editor):
    version = DocumentVersionFactory(document=DocumentFactory(draft=True))
    assert editor.save(version, name="Better.txt").status_code == 302
    assert told() == [("document_versions", f"{version.document.reference} / 1", False)]


def test_a_version_without_its_file_cannot_be_added(editor):
    assert editor.client.get(address(DocumentVersion, "add")).url == ADD_FILES


def test_staff_look_at_the_files_of_drafts_and_nobody_else_does(client):
    version = DocumentVersionFactory(document=DocumentFactory(draft=True), content=b"Draft")
    there = address(DocumentVersion, "file", version.pk)
    assert client.get(there).status_code == 302
    client.force_login(PersonFactory(role=None))
    assert client.get(there).status_code == 403
    client.force_login(PersonFactory(role="Viewer"))
    response = client.get(there)
    assert b"".join(response.streaming_content) == b"Draft"
    assert "private" in response["Cache-Control"]
    assert there in client.get(form_of(version.document)).content.decode()
    assert client.get(address(DocumentVersion, "file", 99999)).status_code == 404


def test_a_document_that_is_deleted_takes_its_versions_along_and_comes_back_with_them(publisher):
    version = DocumentVersionFactory()
    reference = version.document.reference
    publisher.delete(version.document)
    assert not DocumentVersion.objects.exists()
    assert told() == [("document_versions", f"{reference} / 1", False), ("documents", reference, False)]
    assert store.size_of(version.sha256)


def test_collections_are_entered_by_name(editor):
    assert editor.save(Collection, name="Papers", slug="papers", began="May 2004").status_code == 302
    assert editor.refused(Collection, name="PAPERS", slug="other")["name"] == ["The name “PAPERS” is taken."]


@pytest.mark.parametrize("model", [Document, DocumentVersion, Collection])
def test_lists_ask_as_often_for_many_as_for_one(publisher, model):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert publisher.client.get(address(model, "changelist")).status_code == 200
        return len(captured)

    DocumentVersionFactory(document=DocumentFactory(event=EventFactory(), collection=CollectionFactory()))
    one = queries()
    for _ in range(10):
        DocumentVersionFactory(document=DocumentFactory(event=EventFactory(), collection=CollectionFactory()))
    assert queries() == one


def test_the_form_of_a_document_asks_as_often_for_many_versions_as_for_one(publisher):
    document = DocumentFactory()
    DocumentVersionFactory(document=document)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert publisher.open(document).status_code == 200
        return len(captured)

    one = queries()
    DocumentVersionFactory.create_batch(10, document=document)
    assert queries() == one
