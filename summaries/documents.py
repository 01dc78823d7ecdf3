"""What a summary is once it has been read: a document of sections and entries, and where each word of them stands.

Spans are pairs of positions in the document's text, counted in Unicode characters; the end is the first not meant.
"""

from dataclasses import dataclass, field

from events.resources import EventResource

COLUMNS = tuple(EventResource.declared)


@dataclass(slots=True)
class Field:
    """Where a column was read. `inferred`: the text does not say it, something else suggests it."""

    span: tuple
    inferred: bool = False

    def as_json(self):
        return {"span": list(self.span), "inferred": self.inferred}


@dataclass(slots=True)
class Outcome:
    kind: str
    text: str
    span: tuple

    def as_json(self):
        return {"kind": self.kind, "text": self.text, "span": list(self.span)}


@dataclass(slots=True)
class Link:
    """What an entry is to another event. `to` is its reference where the record knows it, else its heading.

    `target` is the entry that is meant, where it stands in the same document.
    """

    kind: str
    to: str
    text: str
    span: tuple
    inferred: bool = False
    target: object = field(default=None, repr=False, compare=False)

    def as_json(self):
        return {"kind": self.kind, "to": self.to, "text": self.text, "span": list(self.span)}


@dataclass(slots=True)
class Figure:
    """How many countries an entry counts with one status (`in_use`, `already_had`, `considering`, `none`)."""

    status: str
    count: int
    span: tuple

    def as_json(self):
        return {"status": self.status, "count": self.count, "span": list(self.span)}


@dataclass(slots=True)
class Paper:
    """A document that an activity brought forth: its kind in the library, and what the entry calls it."""

    kind: str
    title: str
    span: tuple

    def as_json(self):
        return {"kind": self.kind, "title": self.title, "span": list(self.span)}


@dataclass(slots=True)
class Entry:
    """An activity as the document tells it: its row, and for each column where it was read."""

    text: str
    span: tuple
    row: dict
    fields: dict = field(default_factory=dict)
    outcomes: list = field(default_factory=list)
    links: list = field(default_factory=list)
    figures: list = field(default_factory=list)
    documents: list = field(default_factory=list)
    doubts: list = field(default_factory=list)

    def put(self, column, cell, span, inferred=False):
        """Fill a column, unless it has been filled before."""
        if cell and not self.row[column]:
            self.row[column] = cell
            self.fields[column] = Field(span, inferred)

    def doubt(self, sentence):
        if sentence not in self.doubts:
            self.doubts.append(sentence)

    def as_json(self):
        return {
            "row": self.row,
            "text": self.text,
            "span": list(self.span),
            "fields": {column: each.as_json() for column, each in self.fields.items()},
            "outcomes": [each.as_json() for each in self.outcomes],
            "links": [each.as_json() for each in self.links],
            "figures": [each.as_json() for each in self.figures],
            "documents": [each.as_json() for each in self.documents],
            "doubts": self.doubts,
        }


@dataclass(slots=True)
class Section:
    """Entries under one heading; what stands above the first heading is a section whose heading is blank."""

    heading: str
    note: str
    span: tuple
    heading_span: tuple | None = None
    note_spans: list = field(default_factory=list)
    entries: list = field(default_factory=list)

    def as_json(self):
        return {
            "heading": self.heading,
            "note": self.note,
            "span": list(self.span),
            "entries": [entry.as_json() for entry in self.entries],
        }


@dataclass(slots=True)
class Document:
    """A summary that was read.

    unread   the spans of what could not be understood as any part of it
    edition  the reference of the edition that it is kept as, or None
    """

    title: str
    text: str
    sections: list
    unread: list
    title_spans: list = field(default_factory=list)
    edition: str | None = None

    @property
    def entries(self):
        return [entry for section in self.sections for entry in section.entries]

    @property
    def spans(self):
        """The spans of all that was understood: the lines of the title, headings, notes and entries, in order."""
        spans = list(self.title_spans)
        for section in self.sections:
            spans += [section.heading_span] if section.heading_span else []
            spans += section.note_spans + [entry.span for entry in section.entries]
        return sorted(spans)

    def as_json(self):
        return {
            "title": self.title,
            "text": self.text,
            "edition": self.edition,
            "sections": [section.as_json() for section in self.sections],
            "unread": [list(span) for span in self.unread],
        }
