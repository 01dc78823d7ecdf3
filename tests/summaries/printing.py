"""Editions to be printed: made-up ones, and ones that were read."""

from hypothesis import strategies as st

from records.dates import PartialDate
from summaries.extraction import extract
from summaries.models import Edition, Entry, Section
from summaries.printed import Printed, PrintedEntry, PrintedNote, PrintedSection
from summaries.reading import read
from summaries.writing import FORMATS

WORDS = "awareness border China experts, framework (regional) Đà Nẵng protection ไทย victims’ e.g. co-ordinated and/or 17".split()
HOSTILE = r"# = *bold* _it_ $x^2$ @ref <tag> & \ \n `code` // [link](x) #sys.inputs </li> {{ x }} ~ -- ''quotes\" "


def keep(document, date="2009-10"):
    """Keep a document that was read as an imported edition."""
    edition = Edition.objects.create(
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
