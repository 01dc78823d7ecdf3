"""Rows of entries."""

from django.core.exceptions import ValidationError

from events.gazetteer import Events
from exchange.cells import ChoiceCell, WholeNumberCell
from exchange.columns import Column, DerivedColumn, ReferenceColumn
from exchange.problems import CellError
from records.folding import digest

from ..models import Entry
from .cell import FoundColumn
from .printed import PrintedResource
from .resolvers import Editions, Sections


class EntryResource(PrintedResource):
    type = "entries"
    model = Entry
    key = ("reference",)
    required = ("edition", "section", "number")
    called = "text"
    letter = "N"
    spans = frozenset({"span", "text"})
    IDENTIFYING = ("edition", "section", "number", "event", "text")

    examples = (
        {"edition": "SUMMARY-1", "section": "1", "number": "1", "event": "EXAMPLE-1", "text": "A workshop on forms."},
        {"edition": "SUMMARY-1", "section": "2", "number": "1", "event": "EXAMPLE-2", "text": "A meeting on lists."},
    )

    reference = Column()
    edition = ReferenceColumn(Editions, by_code=True, required=True, identifies=True)
    section = DerivedColumn(
        WholeNumberCell(), "section_of", required=True, identifies=True, help="The number of the section it stands in."
    )
    number = Column(cell=WholeNumberCell(), required=True, identifies=True)
    event = ReferenceColumn(Events, by_code=True, identifies=True)
    text = Column(identifies=True)
    span = FoundColumn()
    proposal = FoundColumn()
    found = FoundColumn("fields", named="fields")
    outcomes = FoundColumn()
    links = FoundColumn()
    figures = FoundColumn()
    documents = FoundColumn()
    doubts = FoundColumn()
    state = Column(cell=ChoiceCell(Entry.State.choices), keeps=True, private=True)

    def records(self):
        return super().records().select_related("section")

    @staticmethod
    def section_of(entry):
        return entry.section.number if entry.section_id else None

    @property
    def sections(self):
        return self.session.resolver(Sections)

    def prepare(self, lines):
        super().prepare(lines)
        named = (self.edition_of(line.cells) for line in lines)
        self.sections.prepare_editions(edition.pk for edition in named if edition)

    def introduce(self, lines):
        self.sections.prepare_editions(line.record.edition_id for line in lines if line.record.edition_id)

    def settle(self, line):
        """Find the section of the edition that has the number."""
        if line.problems or not line.after.keys() & {"edition", "section"}:
            return
        edition, number = self.edition_of(line.old | line.after), line.cell("section")
        section = self.sections.of(edition.pk, int(number))
        if section is None:
            line.refuse("section", f"The edition {edition.code} has no section {number}.", number)
        else:
            line.record.section_id = section

    def identity(self, line):
        try:
            edition, section, number, event, text = (
                self.columns[name].read(line.cells[name])[0] for name in self.IDENTIFYING
            )
        except CellError:
            return None
        return digest(self.sections.of(edition.pk, section), number, event and event.pk, text)

    def refusal(self, line):
        """Two who accept one entry at the same time would make two events of it."""
        told = line.old.get("event") if line.old.get("state") == Entry.State.ACCEPTED else ""
        if told and line.after.get("event") and self.session.by is not None and not self.session.exact:
            return f"Somebody has accepted it already, as {told}. Begin again from the review."
        return super().refusal(line)

    def check_spans(self, line, source):
        super().check_spans(line, source)
        try:
            line.record.check_source(source)
        except ValidationError as error:
            self.refuse(line, error)
