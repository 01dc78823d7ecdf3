"""A document of Word: real styles, lists and links, to be edited there."""

import io
import zipfile
from datetime import UTC, date, datetime

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor, Twips

LANGUAGE = "en-GB"
STYLES = {"note": "BodyText", "entry": "ListBullet", "numbered": "ListParagraph"}
INK, SECOND_INK, SEA = RGBColor(0x1B, 0x24, 0x30), RGBColor(0x51, 0x5A, 0x67), RGBColor(0x12, 0x49, 0x5C)
SERIF = "Palatino Linotype"  # Word has it on every system
UNDATED = date(2002, 2, 28)  # when the process began, for want of another: the same edition, the same file
HANGING = Twips(360)  # as far as the template's bullets hang
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP file can say


def write(printed):
    """The bytes of a `.docx`, the same whenever they are written."""
    document = Document()
    dress(document)
    describe(document, printed)
    for number, line in enumerate(printed.title, start=1):
        added = paragraph(document, "Title" if number == 1 else "Subtitle", line)
        if number == len(printed.title):
            added.paragraph_format.space_after = Pt(20)
    for section in printed.sections:
        if section.heading:
            paragraph(document, "Heading1", section.heading)
        for block in section.blocks:
            add(document, block)
    file = io.BytesIO()
    document.save(file)
    return timeless(file)


def paragraph(document, style, text=""):
    """Add a paragraph in the style with this ID, which python-docx would look for among all where it is named."""
    added = document.add_paragraph()
    added._p.style = style
    if text:
        added.add_run(text)
    return added


def add(document, block):
    """Add a note or an entry; the title of an entry leads to its page."""
    if block.kind == "note":
        paragraph(document, STYLES["note"], block.text)
        return
    when, title, rest = block.pieces
    added = paragraph(document, STYLES[block.kind], when)
    if block.address and title:
        link(added, title, block.address)
    elif title:
        added.add_run(title)
    if rest:
        added.add_run(rest)


def link(paragraph, text, address):
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run._r.style = "Hyperlink"
    element.append(run._r)
    paragraph._p.append(element)


# --- How it looks -----------------------------------------------------------------------------------------------------


def dress(document):
    """Set styles, page and footer: the type and the colours of the record, as far as Word has them."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.5)
    styles = document.styles
    speak(styles)
    for name in ("Title", "Subtitle"):
        remove(styles[name], "w:pBdr")
        remove(styles[name], "w:spacing")  # between letters
    style(styles["Normal"], 10.5, INK, after=6)
    styles["Normal"].paragraph_format.line_spacing = 1.2
    style(styles["Title"], 26, INK, after=4)
    style(styles["Subtitle"], 13, SECOND_INK, after=4)
    style(styles["Heading 1"], 15, INK, before=24, after=8)
    style(styles["Body Text"], 10.5, SECOND_INK, after=8)
    for name in ("List Bullet", "List Paragraph"):
        style(styles[name], 10.5, INK, after=6)
        layout = styles[name].paragraph_format
        layout.left_indent, layout.first_line_indent = HANGING, -HANGING
        remove(styles[name], "w:contextualSpacing")  # none between items
    links = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    links.font.color.rgb, links.font.underline = SEA, True


def style(found, size, colour, before=0, after=0):
    font, format_ = found.font, found.paragraph_format
    font.name, font.size, font.color.rgb = SERIF, Pt(size), colour
    font.bold = font.italic = False
    fonts = found.element.rPr.rFonts
    for theme in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[theme]
    format_.space_before, format_.space_after = Pt(before), Pt(after)


def remove(style, name):
    """Take what a style of python-docx's template says out of it."""
    for element in list(style.element.iter(qn(name))):
        element.getparent().remove(element)


def speak(styles):
    """Say in which language all of it is."""
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), LANGUAGE)


def describe(document, printed):
    """Set what is said about the document, its running head and its footer."""
    about = document.core_properties
    day = datetime.combine(printed.date.ends_on or UNDATED, datetime.min.time(), UTC)
    about.title, about.author, about.last_modified_by = printed.name[:255], "Bali Process", "Bali Process"
    about.language, about.comments, about.subject, about.revision = LANGUAGE, "", "Summary of activities", 1
    about.created = about.modified = day.replace(tzinfo=None)
    footer = document.sections[0].footer.paragraphs[0]
    style(document.styles["Footer"], 9, SECOND_INK)
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer.add_run("Page ")
    field(footer, "PAGE")
    footer.add_run(" of ")
    field(footer, "NUMPAGES")


def field(paragraph, instruction):
    """Add what Word works out, such as the number of the page."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), instruction)
    element.append(paragraph.add_run("1")._r)
    paragraph._p.append(element)


def timeless(file):
    """The bytes of a ZIP file, without the time when it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, EARLIEST), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
