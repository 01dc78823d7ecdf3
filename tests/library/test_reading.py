"""The words of files are taken out within limits; what cannot be read is kept, and says so."""

import io
import subprocess
import sys
from time import monotonic

import pytest
from django.core.management import call_command
from pypdf import PdfWriter

from library import reading
from library.models import DocumentVersion
from tests.factories import DocumentFactory, DocumentVersionFactory

from . import hostile

pytestmark = pytest.mark.django_db
Type, Reading = DocumentVersion.MediaType, DocumentVersion.Reading


def read(content, media_type):
    """How reading a file goes, and its words."""
    version = DocumentVersionFactory(content=content, media_type=media_type)
    reading.read(version)
    version.refresh_from_db()
    return version.reading, version.text


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (hostile.pdf("First page", "Second page"), Type.PDF, "First page\nSecond page"),
        (hostile.docx("One", "", "รายงาน &amp; more"), Type.DOCX, "One\nรายงาน & more"),
        (hostile.xlsx("Alpha", "Beta"), Type.XLSX, "Alpha\nBeta"),
        (hostile.pptx("Slide one", "Slide two"), Type.PPTX, "Slide one\nSlide two"),
        (hostile.odt("One", "Two"), Type.ODT, "One\nTwo"),
        ("Café, 你好\n".encode(), Type.TXT, "Café, 你好"),
        ("Café".encode("cp1252"), Type.TXT, "Café"),
        (b"a,b\n1,2\n", Type.CSV, "a,b\n1,2"),
    ],
)
def test_words_are_taken_out(content, kind, words):
    assert read(content, kind) == (Reading.READ, words)


@pytest.mark.parametrize("what", hostile.KEPT)
def test_what_cannot_be_read_says_so(what):
    content, name, expected = hostile.KEPT[what]
    kind = next(kind for kind in Type if kind.name.lower() == name.rpartition(".")[2])
    assert read(content, kind) == (expected, "")


@pytest.mark.parametrize(("password", "expected"), [("secret", Reading.UNREADABLE), ("", Reading.READ)])
def test_what_is_locked_says_so_and_what_is_only_kept_from_change_is_read(password, expected):
    locked = io.BytesIO()
    writer = PdfWriter(io.BytesIO(hostile.pdf("Words")))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    writer.write(locked)
    assert read(locked.getvalue(), Type.PDF)[0] == expected


@pytest.mark.parametrize("make", [hostile.nested_pdf, hostile.swollen_pdf])
def test_a_file_that_takes_too_much_is_given_up(make, monkeypatch):
    content = make()
    monkeypatch.setattr("library.reading.SECONDS", 5)
    begun = monotonic()
    assert read(content, Type.PDF)[0] in (Reading.UNREADABLE, Reading.READ, Reading.NOTHING)
    assert monotonic() - begun < 20


@pytest.mark.parametrize("then", ["import time; time.sleep(60)", "raise MemoryError", "import os; os.abort()"])
def test_of_a_file_that_is_given_up_what_was_read_is_kept(monkeypatch, then):
    monkeypatch.setattr("library.reading.PROGRAM", ("-c", f"print('Page 1', flush=True); {then}"))
    monkeypatch.setattr("library.reading.SECONDS", 2)
    begun = monotonic()
    assert read(hostile.pdf("Page 1"), Type.PDF) == (Reading.READ, "Page 1")
    assert monotonic() - begun < 20


def test_many_pages_are_read():
    outcome, text = read(hostile.many_pages(300), Type.PDF)
    assert (outcome, text.splitlines()[299]) == (Reading.READ, "Page 299")


def test_whoever_reads_a_file_knows_nothing_of_the_site(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "told to nobody")
    monkeypatch.setattr("library.reading.PROGRAM", ("-c", "import os; print(sorted(os.environ))"))
    assert "SECRET_KEY" not in read(b"Words", Type.TXT)[1]


def test_no_more_memory_is_taken_than_is_allowed():
    program = "from library import words; words.limit(); print('begun', flush=True); bytes(words.MEMORY)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout == "begun\n"
    assert "MemoryError" in done.stderr


def test_no_more_than_a_limit_is_kept(monkeypatch):
    monkeypatch.setattr("library.reading.LONGEST", 10)
    assert read(b"abcdefghijklmnop", Type.TXT) == (Reading.READ, "abcdefghij")


def test_a_file_that_is_gone_is_said_to_be_unreadable():
    version = DocumentVersionFactory(sha256="0" * 64)
    reading.read(version)
    version.refresh_from_db()
    assert version.reading == Reading.UNREADABLE


def test_the_same_file_is_read_once(monkeypatch):
    read(b"The same words", Type.TXT)
    monkeypatch.setattr("library.reading.run", None)
    assert read(b"The same words", Type.TXT) == (Reading.READ, "The same words")


def test_what_a_file_says_is_found_once_it_was_read(client):
    public, hidden = DocumentFactory(title="Annexe"), DocumentFactory(title="Secret annexe", members=True)
    for document in (public, hidden):
        reading.read(DocumentVersionFactory(document=document, content=b"On quadrilateral patrols"))
    found = client.get("/search/", {"q": "quadrilateral"}).content.decode()
    assert public.get_absolute_url() in found
    assert hidden.get_absolute_url() not in found


def test_reading_is_asked_for_once_all_is_written(django_capture_on_commit_callbacks):
    version = DocumentVersionFactory(content=b"Some words")
    with django_capture_on_commit_callbacks(execute=True):
        reading.ask_for([version])
        version.refresh_from_db()
        assert version.reading == Reading.WAITING
    version.refresh_from_db()
    assert (version.reading, version.text) == (Reading.READ, "Some words")


def test_what_was_deleted_meanwhile_is_not_read(django_capture_on_commit_callbacks):
    version = DocumentVersionFactory()
    with django_capture_on_commit_callbacks(execute=True):
        reading.ask_for([version])
        version.document.versions.all().delete()


def test_a_command_reads_what_waits():
    DocumentVersionFactory(content=b"Words")
    DocumentVersionFactory(content=hostile.png(), media_type=Type.PNG, name="a.png")
    DocumentVersionFactory(content=b"Read before", reading=Reading.READ, text="Read before")
    said = io.StringIO()
    call_command("read_documents", stdout=said)
    assert said.getvalue() == "1 files were read, 1 have no words, 0 could not be read.\n"
    assert not DocumentVersion.objects.filter(reading=Reading.WAITING).exists()
    again = io.StringIO()
    call_command("read_documents", "--again", stdout=again)
    assert again.getvalue().startswith("2 files were read")
