"""What a file is tells its content; what could do harm is refused, and says why."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from exchange.problems import UnreadableFile
from library.kinds import check_size, kind_of

from . import hostile


@pytest.fixture
def kind(tmp_path):
    """The kind of bytes that are called something."""

    def told(content, name="file"):
        path = tmp_path / "file"
        path.write_bytes(content)
        check_size(len(content))
        return kind_of(path, name).name

    return told


@pytest.mark.parametrize("what", hostile.REFUSED)
def test_what_could_do_harm_is_refused_and_says_why(kind, what):
    content, name, said = hostile.REFUSED[what]
    with pytest.raises(UnreadableFile) as refusal:
        kind(content, name)
    assert said in str(refusal.value)


@pytest.mark.parametrize("what", hostile.KEPT)
def test_what_is_broken_inside_is_let_in(kind, what):
    content, name, _reading = hostile.KEPT[what]
    assert f".{kind(content, name).lower()}" in name


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (hostile.pdf("One"), "whatever.exe", "PDF"),
        (hostile.docx("One"), "a.zip", "DOCX"),
        (hostile.xlsx("One"), "", "XLSX"),
        (hostile.pptx("One"), "a", "PPTX"),
        (hostile.odt("One"), "a.docx", "ODT"),
        (hostile.png(), "a.jpg", "PNG"),
        (hostile.jpeg(), "a.png", "JPEG"),
        (b"a,b\n1,2\n", "A.CSV", "CSV"),
        (b"a,b\n1,2\n", "a.txt", "TXT"),
        ("รายงาน".encode(), "Report of 3. May", "TXT"),
        ("Café".encode("cp1252"), "a.md", "TXT"),
        ("\ufeffWords".encode("utf-16-le"), "a.txt", "TXT"),
        (b"if a < b: pass", "a.py", "TXT"),
    ],
)
def test_sound_files_are_told_by_their_content(kind, content, name, expected):
    assert kind(content, name) == expected


def test_links_that_one_follows_by_a_click_are_let_in(kind):
    more = {"word/_rels/document.xml.rels": hostile.relations("hyperlink", "https://example.org/")}
    assert kind(hostile.docx("One", more=more)) == "DOCX"


def test_words_in_an_address_are_no_action(kind):
    link = "9 0 obj\n<< /S /URI /URI (https://example.org/Launch/JavaScript) >>\nendobj"
    assert kind(hostile.pdf("One", objects=[link])) == "PDF"


def test_a_script_far_down_in_what_a_pdf_packs_is_found(kind):
    packed = bytes(range(1, 256)) * 30_000 + b"<< /S /JavaScript >>"
    with pytest.raises(UnreadableFile, match="holds scripts"):
        kind(hostile.pdf("One", packed=packed))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_does_not_hide_behind_another_of_its_name(kind):
    content = BytesIO(hostile.entity_bomb())
    with ZipFile(content, "a") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnreadableFile, match="declares a document type"):
        kind(content.getvalue())


def test_a_document_within_is_let_in(kind):
    assert kind(hostile.docx("One", more={"word/embeddings/Sheet1.xlsx": hostile.xlsx("Two")})) == "DOCX"


def test_a_file_over_the_limit_is_refused(kind, settings):
    settings.DOCUMENT_MAX_BYTES = 1024
    with pytest.raises(UnreadableFile, match=r"and 1\.0.KB are the most"):
        kind(b"a" * 1025)
    assert kind(b"a" * 1024) == "TXT"


def test_a_pdf_that_packs_endlessly_is_refused(kind, monkeypatch):
    monkeypatch.setattr("library.kinds.MOST_UNPACKED", 1 << 20)
    with pytest.raises(UnreadableFile, match="packs far more than a document holds"):
        kind(hostile.pdf("One", packed=bytes(2 << 20)))
