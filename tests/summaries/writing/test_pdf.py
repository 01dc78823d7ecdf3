"""The PDF."""

import io
import time

import pytest
from pypdf import PdfReader

from summaries.printed import Printed, PrintedEntry, PrintedSection
from summaries.writing import pdf

from .. import printing

# The ministry of foreign affairs, or a place, in each script, and the font that it is printed in.
NAMES = {
    "Bộ Ngoại giao Đà Nẵng ǾǷ": "NotoSerif",
    "Гадаад харилцааны яам": "NotoSerif",
    "وزارة الخارجية": "NotoNaskhArabic",
    "ދިވެހިރާއްޖެ": "NotoSansThaana",
    "विदेश मंत्रालय": "NotoSerifDevanagari",
    "পররাষ্ট্র মন্ত্রণালয়": "NotoSerifBengali",
    "විදේශ අමාත්‍යාංශය": "NotoSerifSinhala",
    "வெளியுறவு அமைச்சகம்": "NotoSerifTamil",
    "འབྲུག་ཡུལ": "NotoSerifTibetan",
    "กระทรวงการต่างประเทศ": "NotoSerifThai",
    "ກະຊວງການຕ່າງປະເທດ": "NotoSerifLao",
    "ក្រសួងការបរទេស": "NotoSerifKhmer",
    "နိုင်ငံခြားရေးဝန်ကြီးဌာန": "NotoSerifMyanmar",
    "外交部 外務省 외교부 澳門": "NotoSansCJKsc",
    "→ ≤": "NotoSansMath",
    "◆ ✓": "NotoSansSymbols2",
}


def reader_of(printed):
    return PdfReader(io.BytesIO(pdf.write(printed)))


def edition_of(*texts):
    return Printed(["Summary"], [PrintedSection("Activities", [PrintedEntry(text) for text in texts])])


def fonts_of(reader):
    """The names of the fonts of all pages, and whether each is embedded."""
    found = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"]
            embedded = "/FontFile2" in descriptor or "/FontFile3" in descriptor
            found[font["/BaseFont"].split("+")[1].split("-")[0]] = embedded
    return found


@pytest.fixture(scope="module")
def reader():
    return reader_of(printing.SOURCE)


def test_it_claims_pdf_ua_and_is_tagged(reader):
    root = reader.trailer["/Root"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/StructTreeRoot"]["/K"]


def test_it_says_what_it_is(reader):
    about = reader.metadata
    assert (about.title, about.author) == ("Bali Process Summary of activities", "Bali Process")
    assert about.creation_date.date().isoformat() == "2009-10-31"


def test_the_outline_has_the_title_and_its_sections(reader):
    title, sections = reader.outline
    assert title.title == "Bali Process Summary of activities"
    assert [section.title for section in sections] == ["Activities since Bali I"]


def test_headings_lists_and_links_are_tagged(reader):
    tags = []

    def visit(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, dict) and "/S" in node:
            tags.append(node["/S"])
        children = node.get("/K", []) if isinstance(node, dict) else []
        for child in children if isinstance(children, list) else [children]:
            visit(child)

    visit(reader.trailer["/Root"]["/StructTreeRoot"])
    assert [tag for tag in tags if tag in ("/H1", "/H2", "/LI", "/Link")] == [
        *("/H1", "/LI", "/H2", "/LI", "/Link", "/LI", "/Link")
    ]


def test_titles_lead_to_activities_and_pages_are_numbered(reader):
    addresses = [note.get_object()["/A"]["/URI"] for note in reader.pages[0]["/Annots"]]
    assert addresses == ["https://record.example/activities/E4/", "https://record.example/activities/E9/"]
    assert "Page 1 of 1" in reader.pages[0].extract_text()


def test_all_scripts_of_the_region_have_their_fonts_which_are_embedded():
    fonts = fonts_of(reader_of(edition_of(*NAMES)))
    assert set(NAMES.values()) <= fonts.keys()
    assert "UnknownCharacter" not in fonts
    assert all(fonts.values())


def test_a_character_that_no_font_has_is_a_box_and_stays_itself_in_the_text():
    reader = reader_of(edition_of("May 2004: Workshop on 𒀀 and \ue000\U000f0000, Perth."))
    assert "UnknownCharacter" in fonts_of(reader)
    assert "𒀀" in reader.pages[0].extract_text()


def test_running_heads_and_numbers_of_pages_are_none_of_its_words(tmp_path):
    edition = edition_of(*[f"May 2004: Workshop {number} on visas." for number in range(60)])
    path = tmp_path / "edition.pdf"
    path.write_bytes(pdf.write(edition))
    assert len(PdfReader(path).pages) == 2
    words = printing.words_of(printing.extract(path).text)
    assert words == " ".join(["Summary Activities", *[entry.text for entry in edition.sections[0].entries]]).split()


@pytest.mark.parametrize("text", ["x" * 70_000, "𒀀" * 30_000, "กระทรวง" * 300, printing.HOSTILE * 700])
def test_no_length_keeps_it_from_being_made(text):
    assert len(reader_of(edition_of(text)).pages) >= 1


def test_piles_of_marks_take_no_longer_than_other_text():
    piled = "a" + ("\u0301" * 20 + "\u200b") * 800
    started = time.process_time()
    pdf.write(edition_of(piled, "ก" + "\u0e49" * 16_000))
    assert time.process_time() - started < 10


def test_the_same_edition_is_set_once(monkeypatch):
    first = pdf.write(edition_of("Set once and kept."))
    monkeypatch.setattr(pdf.typst, "compile", None)
    assert pdf.write(edition_of("Set once and kept.")) is first
