"""An edition as it is printed: its lines in order, and what each of them is. Every format is written from it.

What is printed of an edition that was read is its source, word for word, whatever was corrected in the record since.
"""

import re
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Prefetch

from records.dates import UNDATED, PartialDate

from .dates import date_at
from .layout import breaks_of, width_of
from .models import Entry
from .passages import Passage, sentences
from .reading import left_out, plain, whole_words
from .structure import BULLET, FURNITURE, MARKED_HEADING, ORNAMENT

# What neither Word nor PDF may hold.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)](?=\s)|\d{1,2}(?:\.\d{1,2}){1,2}\.?(?=\s)")
COLON = re.compile(r"\s*:(?=\s)")
LONGEST_DATE = 60  # characters in which a date is looked for
PARAGRAPH_END = re.compile(r"\n\s*\n")


@dataclass(slots=True)
class PrintedNote:
    """What stands in a section and is no entry: a paragraph."""

    text: str

    kind = "note"

    def __post_init__(self):
        self.text = on_one_line(self.text)


@dataclass(slots=True)
class PrintedEntry:
    """An activity. `reference` and `address`, absolute, are those of its page, and blank where the public has none.

    `anchor` is the reference of the entry itself.
    """

    text: str
    reference: str = ""
    address: str = ""
    anchor: str = ""

    def __post_init__(self):
        self.text = on_one_line(self.text)

    @property
    def kind(self):
        """Whether it takes a bullet (`entry`), or begins with a number of its own, which it keeps (`numbered`)."""
        return "numbered" if NUMBER.match(self.text) else "entry"

    @property
    def pieces(self):
        """(date, title, rest): its text in three, of which each may be blank.

        The date goes up to its colon; the title is the rest of the first sentence, without the full stop.
        """
        found = date_at(self.text[:LONGEST_DATE], 0)
        colon = COLON.match(self.text, found.end) if found else None
        start = colon.end() + 1 if colon else 0
        first = next(sentences(self.text[start:]), (0, 0))
        end = start + len(self.text[start : start + first[1]].rstrip(".:; "))
        return self.text[:start], self.text[start:end], self.text[end:]


@dataclass(slots=True)
class PrintedSection:
    """`blocks` are notes and entries in their order. What stands above the first heading has a blank one."""

    heading: str = ""
    blocks: list = field(default_factory=list)

    def __post_init__(self):
        self.heading = on_one_line(self.heading)

    @property
    def entries(self):
        return [block for block in self.blocks if block.kind != "note"]

    @property
    def runs(self):
        """Pairs of a kind and the blocks of it that follow one another."""
        return [(kind, list(run)) for kind, run in groupby(self.blocks, attrgetter("kind"))]


@dataclass(slots=True)
class Printed:
    """`title` are its lines, none where the source has none; `name` is what it is called all the same.

    `date` is a partial date: up to when it reports.
    """

    title: list
    sections: list
    date: PartialDate = UNDATED
    name: str = ""

    def __post_init__(self):
        self.title = [on_one_line(line) for line in self.title]
        self.name = " ".join(self.title) or on_one_line(self.name)


def on_one_line(text):
    return " ".join(UNPRINTABLE.sub("", text).split())


# --- From the record --------------------------------------------------------------------------------------------------


def of_edition(edition):
    """What is printed of an edition, which has been saved. Two queries."""
    entries = Prefetch("entries", Entry.objects.select_related("event").order_by("number", "pk"))
    sections = edition.sections.order_by("number").prefetch_related(entries)
    if edition.is_imported:
        return from_source(edition, sections)
    return Printed([edition.title], [from_record(section) for section in sections], edition.date)


def from_record(section):
    notes = [PrintedNote(line) for line in section.note.splitlines() if line.strip()]
    entries = [printed_entry(entry, entry.text) for entry in section.entries.all()]
    return PrintedSection(section.heading, notes + entries)


def printed_entry(entry, text):
    """What is printed of an entry with this text: its bullet is the format's."""
    event, text = entry.event, without_bullet(text)
    if event is None or not event.is_published:
        return PrintedEntry(text, anchor=entry.reference)
    address = urljoin(settings.SITE_ADDRESS, event.get_absolute_url())
    return PrintedEntry(text, event.reference, address, entry.reference)


def from_source(edition, sections):
    """What an edition was read from, in its order, with what the reader did not understand."""
    lines = [(tuple(span), None) for span in edition.title_spans] + list(understood(edition.text, sections))
    gaps = left_out(edition.text, sorted(span for span, _line in lines))
    lines += [(gap, note) for gap in gaps for note in not_understood(edition.text[slice(*gap)])]
    lines.sort(key=lambda each: each[0])
    title_end = max((span[1] for span, line in lines if line is None), default=0)
    title = [plain(edition.text[slice(*span)]) for span, _line in lines if span[0] < title_end]
    sections = [PrintedSection()]
    for _span, line in lines[len(title) :]:
        if isinstance(line, PrintedSection):
            sections.append(line)
        else:
            sections[-1].blocks.append(line)
    return Printed(title, sections if sections[0].blocks else sections[1:], edition.date, edition.title)


def understood(text, sections):
    """The headings, notes and entries of sections, each with its span."""
    unbroken, width = whole_words(text), width_of(text)
    for section in sections:
        if section.heading_span:
            yield tuple(section.heading_span), PrintedSection(plain(text[slice(*section.heading_span)]))
        for span in section.note_spans:
            yield tuple(span), PrintedNote(plain(text[slice(*span)]))
        for entry in section.entries.all():
            if entry.span:
                start, end = entry.span
                breaks = breaks_of(text, after_bullet(text, start, end), end, width)
                yield (start, end), printed_entry(entry, Passage(text, start, end, unbroken, breaks).words)


def not_understood(text):
    """The paragraphs of a text as notes, without page numbers and rules."""
    for paragraph in PARAGRAPH_END.split(text):
        lines = [line.strip() for line in paragraph.split("\n")]
        kept = [line for line in lines if not (FURNITURE.match(line) or ORNAMENT.match(line))]
        if any(kept):
            yield PrintedNote(" ".join(kept))


def after_bullet(text, start, end):
    """Where the words of an entry begin, after a bullet or the mark of a heading."""
    bullet = BULLET.match(text, start, end) or MARKED_HEADING.match(text, start, end)
    return bullet.end() if bullet else start


def without_bullet(words):
    return words if NUMBER.match(words) else words[after_bullet(words, 0, len(words)) :]
