"""Encodings: what spreadsheets write is told apart, and what is no text is refused."""

import codecs

import pytest

from exchange import encodings
from exchange.encodings import encoding_of
from exchange.problems import UnreadableFile

TEXT = "city,country\r\nHà Nội,VN\r\nกรุงเทพ,TH\r\n"
WESTERN = "city,country\r\nNouméa,NC\r\n“Münster” – €5,DE\r\n"


@pytest.fixture
def encoding(tmp_path):
    """Tells the encoding of bytes in a file."""

    def tell(content):
        path = tmp_path / "file.csv"
        path.write_bytes(content)
        return encoding_of(path)

    return tell


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        ("city\r\nกรุงเทพ".encode("utf-16-le"), "utf-16-le"),
        (WESTERN.encode("cp1252"), "cp1252"),
        (b"city,country\r\n", "utf-8"),
        (b"", "utf-8"),
    ],
)
def test_encodings_are_told_apart(encoding, content, expected):
    assert encoding(content) == expected


@pytest.mark.parametrize("content", [TEXT, WESTERN, "city\n" + "é" * 10])
@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_what_is_told_reads_as_it_was_written(encoding, content, name):
    told = encoding(content.encode(name))
    assert content.encode(name).decode(told) == content


@pytest.mark.parametrize(
    "broken",
    [
        "Hà Nội,VN\n".encode() + b"Noum\xe9a\n",
        b"Noum\xe9a\n" + "Hà Nội,VN\n".encode(),
        "Hà Nộ".encode()[:-1],
        "🌏".encode() + b"\xff",
    ],
)
def test_broken_utf8_is_refused_rather_than_taken_for_windows(encoding, broken):
    with pytest.raises(UnreadableFile, match="not sound UTF-8: byte"):
        encoding(b"city,country\n" + broken)


@pytest.mark.parametrize(
    ("content", "byte"),
    [
        ("é,aaaa".encode() + b"\xff,", 8),
        (codecs.BOM_UTF8 + b"caf\xe9,", 7),
        (codecs.BOM_UTF16_LE + "ab".encode("utf-16-le") + b"\x00\xdc", 7),
        ("ab,cd".encode("utf-16-be") + b"\xdc\x00", 11),
        (b"Noum\xe9a,\x81", 8),
    ],
)
@pytest.mark.parametrize("block", [1, 5, 4096])
def test_the_place_of_the_fault_is_said(encoding, content, byte, block, monkeypatch):
    monkeypatch.setattr(encodings, "BLOCK", block)
    with pytest.raises(UnreadableFile, match=f"byte {byte} "):
        encoding(content)


def test_faults_and_letters_are_found_across_the_blocks_that_a_file_is_read_in(encoding, monkeypatch):
    monkeypatch.setattr(encodings, "BLOCK", 1)
    assert encoding(TEXT.encode()) == "utf-8"
    assert encoding(WESTERN.encode("cp1252")) == "cp1252"
    with pytest.raises(UnreadableFile, match="not sound UTF-8"):
        encoding(TEXT.encode() + b"\xe9.")


@pytest.mark.parametrize("byte", [b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"])
def test_bytes_that_windows_has_no_letter_for_are_refused(encoding, byte):
    with pytest.raises(UnreadableFile, match="Windows-1252"):
        encoding(b"city,country\nNoum\xe9a" + byte + b",NC\n")


@pytest.mark.parametrize("content", [TEXT.encode("utf-16")[:-1], codecs.BOM_UTF16_LE + b"a\x00\x00\xdc"])
def test_broken_utf16_is_refused(encoding, content):
    with pytest.raises(UnreadableFile, match="not sound UTF-16"):
        encoding(content)


@pytest.mark.parametrize(
    "content",
    [b"city,country\nBa\0li,ID\n", b"PK\x03\x04\0\0\0\0", TEXT.encode() + b"\0", TEXT.encode("utf-32"), b"caf\xe9\0"],
)
def test_what_holds_zeros_is_no_text(encoding, content):
    with pytest.raises(UnreadableFile, match="zero bytes"):
        encoding(content)


@pytest.mark.parametrize(
    ("end", "expected"), [("Hà Nội".encode(), "utf-8"), (b"Noum\xe9a", "cp1252"), (b"Suva", "utf-8")]
)
def test_what_stands_at_the_end_of_a_large_file_tells_its_encoding(encoding, end, expected):
    assert encoding(b"city,country\n" + b"Suva,FJ\n" * (encodings.BLOCK // 8) + end) == expected


def test_a_letter_that_two_blocks_share_is_one(encoding):
    start = b"x" * (encodings.BLOCK - 1)
    assert encoding(start + "é".encode()) == "utf-8"
    with pytest.raises(UnreadableFile, match=f"not sound UTF-8: byte {encodings.BLOCK + 2} "):
        encoding(start + "é".encode() + b"\xe9")
