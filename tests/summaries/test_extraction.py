"""Files of every form give their text, and what their form tells of it."""

import pytest
from docx import Document

from exchange.problems import UnreadableFile
from summaries.extraction import extract

from . import scoring


def test_word_tells_title_headings_and_items():
    found = extract(scoring.DOCUMENTS / "working-groups.docx")
    lines = {start: found.text[start:].split("\n")[0] for start in found.hints}
    hinted = [(hint, lines[start][:30]) for start, hint in found.hints.items()]
    assert hinted[:3] == [
        ("title", "Working groups of the Bali Pro"),
        ("title", "Activities reported for 2015 a"),
        ("heading", "Working Group on Trafficking i"),
    ]
    assert sum(line.startswith("• ") for line in found.text.split("\n")) == 7


def test_rows_of_a_table_are_items_but_for_its_head(tmp_path):
    document = Document()
    table = document.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("When", "What"), ("May 2004", "Workshop on visas, Bangkok")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(tmp_path / "table.docx")
    assert extract(tmp_path / "table.docx").text == "When | What\n\n• May 2004 | Workshop on visas, Bangkok"


def test_empty_cells_keep_their_place(tmp_path):
    document = Document()
    document.add_table(rows=1, cols=4).rows[0].cells[1].text = "4 May 2004"
    document.tables[0].rows[0].cells[3].text = "Bangkok"
    document.save(tmp_path / "table.docx")
    assert extract(tmp_path / "table.docx").text == "• | 4 May 2004 |  | Bangkok"
    page = "<table><tr><th>No</th><th>Date</th></tr><tr> <th></th> <td>4 May</td><td></td></tr></table>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert extract(tmp_path / "page.html").text == "No | Date\n\n• | 4 May"


def test_html_gives_what_is_meant_to_be_read(tmp_path):
    page = "<head><title>t</title><style>s</style></head><h1>One</h1><nav>menu</nav><p>Two<br>three &amp; four</p>"
    page += "<ul><li><p>Five</p><p>six</p></li></ul><dl><dt>May 2004</dt><dd>Workshop</dd></dl><script>no</script>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert extract(tmp_path / "page.html").text == "One\n\nTwo\nthree & four\n\n• Five six\n• May 2004: Workshop"


def test_a_pdf_gives_its_lines():
    assert "· 8–9 May 2006: Founding conference" in extract(scoring.DOCUMENTS / "returns.pdf").text


@pytest.mark.parametrize("name", ["broken.docx", "broken.pdf", "empty.txt", "empty.html", "other.odt", "absent.txt"])
def test_what_cannot_be_read_is_refused_in_words(name, tmp_path):
    if not name.startswith("absent"):
        (tmp_path / name).write_bytes(b"" if name.startswith("empty") else b"nothing of the kind")
    with pytest.raises(UnreadableFile) as refusal:
        extract(tmp_path / name)
    assert name in str(refusal.value)


def test_items_below_items_stand_further_in(tmp_path):
    path = tmp_path / "nested.html"
    path.write_text("<ul><li>One<ol><li>two</li></ol></li><li>Three</li></ul>", encoding="utf-8")
    assert extract(path).text == "• One\n    – two\n• Three"
    document = Document()
    for text, style in [("One", "List Bullet"), ("two", "List Bullet 2"), ("Three", "List Number")]:
        document.add_paragraph(text, style=style)
    document.save(tmp_path / "nested.docx")
    assert extract(tmp_path / "nested.docx").text == "• One\n    – two\n• Three"
