"""Editions to be printed: made-up ones, and ones that were read."""

import re

from hypothesis import strategies as st

from records.dates import PartialDate
from summaries.extraction import extract
from summaries.models import Edition, Entry, Section
from summaries.printed import Printed, PrintedEntry, PrintedNote, PrintedSection, on_one_line, without_bullet
from summaries.reading import read
from summaries.writing import FORMATS

WORDS = ["awareness", "border", "China", "experts,", "framework", "(regional)", "Đà Nẵng", "protection", "victims’"]
WORDS += ["e.g.", "co-ordinated", "and/or", "ไทย"]
# What would be markup in one of the formats.
HOSTILE = r"# = *bold* _it_ $x^2$ @ref <tag> & \ \n `code` // [link](x) #sys.inputs </li> {{ x }} {% y %} ~ ''q\" "

SOURCE = Printed(
    ["Bali Process", "Summary of activities"],
    [
        PrintedSection("", [PrintedEntry("February 2002: First Regional Ministerial Conference, Bali.")]),
        PrintedSection(
            "Activities since Bali I",
            [
                PrintedNote("(There were also two meetings of senior officials.)"),
                PrintedEntry(
                    "Establishment of a website. It holds documents.", "E4", "https://record.example/activities/E4/"
                ),
                PrintedEntry(
                    "May 2004: Workshop on return, Perth. Agreed.", "E9", "https://record.example/activities/E9/"
                ),
            ],
        ),
    ],
    PartialDate("2009-10"),
)


def texts():
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


def entries():
    months = st.sampled_from(["May 2004: ", "26–28 February 2002: ", "Late 2006: "])
    return st.builds("{}Workshop on {}. It noted {}.".format, months, texts(), texts()).map(PrintedEntry)


def sections():
    notes = st.lists(texts().map("(There was also {}.)".format).map(PrintedNote), max_size=1)
    blocks = st.builds(lambda some, others: some + others, notes, st.lists(entries(), min_size=1, max_size=4))
    return st.builds(PrintedSection, st.sampled_from(["Activities since Bali I", "Activities in 2005"]), blocks)


def editions():
    """Editions such as are written: with a title of up to three lines, sections, notes and entries."""
    titles = st.permutations(["Bali Process", "Summary of Activities", "Working Groups"]).flatmap(
        lambda lines: st.integers(1, 3).map(lambda count: lines[:count])
    )
    first = entries().map(lambda entry: PrintedSection("", [entry]))
    return st.builds(
        lambda title, opening, others: Printed(title, [opening, *others], PartialDate("2009-10")),
        titles,
        first,
        st.lists(sections(), max_size=3),
    )


def read_back(printed, format, folder, knowledge):
    """What is read from an edition that was written in a format."""
    path = folder / f"edition.{format}"
    path.write_bytes(FORMATS[format].write(printed))
    found = extract(path)
    return read(found.text, knowledge, found.hints)


def shape_of(printed):
    """The title, and for each section its heading, notes and entries."""
    return printed.name, [
        (
            section.heading,
            [block.text for block in section.blocks if block.kind == "note"],
            [entry.text for entry in section.entries],
        )
        for section in printed.sections
    ]


def shape_of_document(document):
    """The same of a document that was read."""
    return on_one_line(document.title), [
        (
            section.heading,
            section.note.splitlines(),
            [without_bullet(on_one_line(entry.text)) for entry in section.entries],
        )
        for section in document.sections
    ]


def words_of(text):
    """The words of a text, without bullets."""
    return re.sub("[•·◆]", " ", text).split()


def keep(document, date="2009-10"):
    """Keep a document that was read as an imported edition."""
    edition = Edition.objects.create(
        reference="S1",
        title=document.title[:300] or "Untitled",
        date=PartialDate(date),
        origin="imported",
        text=document.text,
        title_spans=[list(span) for span in document.title_spans],
    )
    for number, each in enumerate(document.sections, start=1):
        section = Section.objects.create(
            edition=edition,
            number=number,
            heading=each.heading,
            note=each.note,
            heading_span=list(each.heading_span or ()),
            note_spans=[list(span) for span in each.note_spans],
        )
        Entry.objects.bulk_create(
            Entry(
                edition=edition,
                section=section,
                number=place,
                reference=f"{edition.reference}-{number}-{place}",
                text=entry.text,
                span=list(entry.span),
            )
            for place, entry in enumerate(each.entries, start=1)
        )
    return edition
