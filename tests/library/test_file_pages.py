"""Files go to those who may read them, whole or in ranges, and do no harm on the way."""

import pytest
from django.contrib.auth.models import Permission

from library.models import DocumentVersion
from tests.factories import DocumentFactory, DocumentVersionFactory, PersonFactory

from . import hostile

pytestmark = pytest.mark.django_db
Type = DocumentVersion.MediaType
CONTENT = bytes(range(256)) * 1000
SIZE = len(CONTENT)


def address(version):
    return f"/library/documents/{version.document.reference}/{version.number}/"


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def version():
    return DocumentVersionFactory(content=CONTENT, media_type=Type.PDF, name="Rapport d’été.pdf")


@pytest.fixture
def take(client, version):
    """A callable that asks for the version's file with some headers."""
    return lambda **headers: client.get(address(version), headers=headers)


# --- Who --------------------------------------------------------------------------------------------------------------


def delegate():
    person = PersonFactory(is_staff=False)
    person.user_permissions.add(Permission.objects.get(codename="view_members_documents"))
    return person


READERS = {
    "anonymous": lambda: None,
    "somebody without a right": lambda: PersonFactory(is_staff=False),
    "delegate": delegate,
    "viewer": lambda: PersonFactory(role="Viewer"),
}
MAY_READ = {"public": list(READERS), "members": ["delegate", "viewer"], "secretariat": ["viewer"]}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("access", MAY_READ)
def test_a_file_is_there_for_those_who_may_read_its_document(client, reader, access):
    if person := READERS[reader]():
        client.force_login(person)
    for publication in ("published", "in_review", "draft"):
        version = DocumentVersionFactory(document=DocumentFactory(access=access, publication=publication))
        allowed = publication == "published" and reader in MAY_READ[access]
        for method in (client.get, client.head):
            assert method(address(version)).status_code == (200 if allowed else 404)
        assert client.get(address(version), headers={"Range": "bytes=0-1"}).status_code == (206 if allowed else 404)
        sum = {"If-None-Match": f'"{version.sha256}"'}
        assert client.get(address(version), headers=sum).status_code == (304 if allowed else 404)


def test_what_is_not_there_is_said_in_the_same_way(client):
    hidden = DocumentVersionFactory(document=DocumentFactory(draft=True))
    said = client.get(address(hidden)).content
    document = DocumentFactory(reference="D7")
    DocumentVersionFactory(document=document, sha256="0" * 64)
    others = ["/library/documents/D7/1/", "/library/documents/D7/2/", "/library/documents/D8/1/"]
    others.append(f"/library/documents/D7/{10**30}/")
    for other in others:
        response = client.get(other)
        assert (response.status_code, response.content) == (404, said)


def test_each_answer_costs_as_few_queries(client, version, django_assert_num_queries):
    DocumentVersionFactory.create_batch(10, document=version.document)
    with django_assert_num_queries(1):
        client.get(address(version))


def test_no_cache_gives_a_file_away(client, version):
    response = client.get(address(version))
    assert (response["Cache-Control"], response["Vary"]) == ("public, no-cache", "Cookie")
    client.force_login(delegate())
    for access in ("public", "members"):
        response = client.get(address(DocumentVersionFactory(document=DocumentFactory(access=access))))
        assert "private" in response["Cache-Control"]
        assert "Cookie" in response["Vary"]
        assert response.has_header("X-Robots-Tag") == (access == "members")


# --- How --------------------------------------------------------------------------------------------------------------


def test_a_file_comes_whole_with_all_that_a_browser_needs(take, version):
    response = take(**{"Accept-Encoding": "gzip"})
    assert body(response) == CONTENT
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(SIZE)
    assert response["ETag"] == f'"{version.sha256}"'
    assert response["Accept-Ranges"] == "bytes"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "inline; filename*=utf-8''Rapport%20d%E2%80%99%C3%A9t%C3%A9.pdf"
    assert not response.has_header("Content-Encoding")
    policy = response["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "sandbox"} <= set(policy)


@pytest.mark.parametrize("kind", Type)
def test_what_browsers_show_safely_is_shown_and_all_else_taken_away(client, kind):
    version = DocumentVersionFactory(media_type=kind, name="file")
    said = client.get(address(version))["Content-Disposition"]
    assert said.startswith("inline" if kind in (Type.PDF, Type.PNG, Type.JPEG, Type.TXT) else "attachment")


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("é".encode(), "utf-8"),
        ("é".encode("cp1252"), "windows-1252"),
        ("\ufeffé".encode("utf-16-le"), "utf-16"),
        ("Words of old".encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_a_text_says_how_it_is_encoded(client, content, charset):
    response = client.get(address(DocumentVersionFactory(content=content)))
    assert response["Content-Type"] == f"text/plain; charset={charset}"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, SIZE),
        ("bytes=-10", SIZE - 10, SIZE),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
        (f"bytes=5-{SIZE * 9}", 5, SIZE),
        (f"bytes=-{SIZE * 9}", 0, SIZE),
        ("Bytes = 3-4", None, None),
    ],
)
def test_a_range_is_given(take, asked, start, end):
    response = take(Range=asked)
    if start is None:
        assert response.status_code == 200
        return
    assert response.status_code == 206
    assert body(response) == CONTENT[start:end]
    assert response["Content-Range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert response["Content-Length"] == str(end - start)


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=-0", f"bytes={SIZE + 5}-{SIZE + 9}"])
def test_a_range_beyond_the_file_is_refused(take, asked):
    response = take(Range=asked)
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{SIZE}")
    assert body(response) == b""


@pytest.mark.parametrize("asked", ["bytes=0-1,5-9", "bytes=5-2", "bytes=a-b", "bytes=-", "lines=1-2", "bytes=٣-٤", ""])
def test_what_is_no_single_range_gets_the_whole_file(take, asked):
    response = take(Range=asked)
    assert (response.status_code, body(response)) == (200, CONTENT)


def test_a_range_of_what_was_another_file_gets_the_whole(take, version):
    assert take(Range="bytes=0-1", **{"If-Range": '"other"'}).status_code == 200
    assert take(Range="bytes=0-1", **{"If-Range": "Wed, 21 Oct 2015 07:28:00 GMT"}).status_code == 200
    assert take(Range="bytes=0-1", **{"If-Range": f'"{version.sha256}"'}).status_code == 206


def test_what_is_there_already_is_not_sent_again(take, version):
    response = take(**{"If-None-Match": f'"{version.sha256}"'})
    assert (response.status_code, body(response)) == (304, b"")
    assert response["ETag"] == f'"{version.sha256}"'
    assert take(**{"If-None-Match": '"other"'}).status_code == 200
    assert take(**{"If-Match": '"other"'}).status_code == 412


def test_asked_for_its_head_alone_it_says_the_same_without_the_file(client, version):
    whole, head = client.get(address(version)), client.head(address(version))
    assert body(head) == b""
    assert {name: head[name] for name in ("Content-Length", "Content-Type", "ETag")} == {
        name: whole[name] for name in ("Content-Length", "Content-Type", "ETag")
    }


def test_a_head_is_of_the_whole_file(client, version):
    response = client.head(address(version), headers={"Range": "bytes=0-9"})
    assert (response.status_code, response["Content-Length"]) == (200, str(SIZE))


def test_nothing_is_sent_to_a_file(client, version):
    assert client.post(address(version)).status_code == 405


def test_a_proxy_hands_it_out_where_that_is_said(take, version, settings):
    settings.DOCUMENT_X_ACCEL = "/files-of-documents/"
    response = take(Range="bytes=0-9")
    assert response.status_code == 200
    assert response["X-Accel-Redirect"] == f"/files-of-documents/{version.sha256[:2]}/{version.sha256}"
    assert body(response) == b""
    assert response["Content-Type"] == "application/pdf"


def test_a_proxy_is_not_told_of_what_one_may_not_read(client, settings):
    settings.DOCUMENT_X_ACCEL = "/files-of-documents/"
    response = client.get(address(DocumentVersionFactory(document=DocumentFactory(members=True))))
    assert response.status_code == 404
    assert not response.has_header("X-Accel-Redirect")


def test_markup_in_a_text_stays_a_text(client):
    version = DocumentVersionFactory(content=b"Words <script>alert(1)</script>")
    response = client.get(address(version))
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_name_breaks_no_header(client):
    version = DocumentVersionFactory(content=hostile.png(), media_type=Type.PNG, name='a"; filename="b.exe')
    said = client.get(address(version))["Content-Disposition"]
    assert said == 'inline; filename="a\\"; filename=\\"b.exe"'
