"""What a file is called does no harm, whatever somebody called it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.models import DocumentVersion
from library.names import safe_name, title_of

Type = DocumentVersion.MediaType


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Report.pdf", Type.PDF, "Report.pdf"),
        ("REPORT.PDF", Type.PDF, "REPORT.pdf"),
        ("../../etc/passwd", Type.TXT, "passwd.txt"),
        ("..\\..\\windows\\system.ini", Type.TXT, "system.ini.txt"),
        ("/folder/../x.pdf", Type.PDF, "x.pdf"),
        ("..", Type.PDF, "document.pdf"),
        (".htaccess", Type.TXT, "htaccess.txt"),
        ("", Type.PNG, "document.png"),
        ("invoice\u202efdp.exe", Type.PDF, "invoicefdp.exe.pdf"),
        ("a\u2066b\u200fc\ufeff.txt", Type.TXT, "abc.txt"),
        ("a\0b\x1b[31m.txt", Type.TXT, "ab[31m.txt"),
        ("line\r\nbreak.txt", Type.TXT, "line break.txt"),
        ("CON.txt", Type.TXT, "document-CON.txt"),
        ("lpt1.report.pdf", Type.PDF, "document-lpt1.report.pdf"),
        ('a<b>:"c|?*.pdf', Type.PDF, "a-b---c---.pdf".replace("---.", ".")),
        ("scan.png", Type.JPEG, "scan.jpg"),
        ("photo.JPEG", Type.JPEG, "photo.jpeg"),
        ("report.pdf.exe", Type.PDF, "report.pdf.exe.pdf"),
        ("report.exe.pdf", Type.PDF, "report.exe.pdf"),
        ("report.docx.pdf", Type.PDF, "report.pdf"),
        ("Report of 3. May", Type.TXT, "Report of 3. May.txt"),
        ("รายงานการประชุม.pdf", Type.PDF, "รายงานการประชุม.pdf"),
        ("ශ්‍රී.pdf", Type.PDF, "ශ්‍රී.pdf"),
    ],
)
def test_a_name_is_made_safe_and_fits_what_the_file_is(name, kind, expected):
    assert safe_name(name, kind) == expected


@given(st.text(max_size=300), st.sampled_from(Type))
def test_any_name_is_made_safe_once_and_for_all(name, kind):
    safe = safe_name(name, kind)
    assert safe == safe_name(safe, kind)
    assert 0 < len(safe) <= 200
    assert len(safe.encode()) <= 200
    assert not set(safe) & set('/\\<>:"|?*\0')
    assert not safe.startswith((".", " "))
    assert not any(unicodedata.category(each) in ("Cc", "Cs") for each in safe)
    assert not set(safe) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def test_a_title_is_made_of_a_name():
    assert title_of("report_of__the_meeting.pdf") == "Report of the meeting"
    assert title_of(".pdf") == "Document"
