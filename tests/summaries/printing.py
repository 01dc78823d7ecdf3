"""Editions to be printed: made-up ones, and ones that were read."""

import re

from hypothesis import strategies as st

from records.dates import PartialDate
from summaries import keeping
from summaries.extraction import extract
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


def keep(text, knowledge, folder):
    """Read a text, and keep it as an imported edition."""
    path = folder / "source.txt"
    path.write_text(text, encoding="utf-8")
    return keeping.keep(read(text, knowledge), path)
