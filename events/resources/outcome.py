"""Rows of outcomes."""

from exchange.cells import ChoiceCell
from exchange.columns import Column, ReferenceColumn
from exchange.likeness import Texts
from exchange.problems import CellError
from exchange.resources import matching
from participants.directory import Bodies
from records.folding import digest

from ..gazetteer import Events
from ..models import Outcome
from .dependent import EventsResource


class OutcomeResource(EventsResource):
    type = "outcomes"
    model = Outcome
    key = ("reference",)
    required = ("event", "kind", "text")
    called = "text"
    letter = "O"
    owners = ("event",)

    examples = (
        {
            "reference": "OUTCOME-1", "event": "EXAMPLE-1", "kind": "recommendation", "text": "Use one form for all.",
            "addressed_to": "Example Group", "status": "taken_up", "taken_up_at": "EXAMPLE-2",
        },
        {"event": "EXAMPLE-2", "kind": "decision", "text": "Keep one list."},
    )  # fmt: skip

    reference = Column()
    event = ReferenceColumn(Events, by_code=True, required=True, identifies=True)
    kind = Column(cell=ChoiceCell(Outcome.Kind.choices), required=True, keeps=True, identifies=True)
    text = Column(required=True, identifies=True)
    addressed_to = ReferenceColumn(Bodies)
    status = Column(cell=ChoiceCell(Outcome.Status.choices), keeps=True)
    taken_up_at = ReferenceColumn(Events, by_code=True)

    def identity(self, line):
        try:
            event, kind, text = (self.columns[name].read(line.cells[name])[0] for name in ("event", "kind", "text"))
        except CellError:
            return None
        self.told[line.number] = event.pk, text
        return digest(event.pk, kind, text)

    def prepare(self, lines):
        super().prepare(lines)
        self.told = {}

    def likely(self, lines):
        """Those of the same event that say much the same."""
        told = {line.number: self.told[line.number] for line in lines if line.number in self.told}
        of_events = {event: [] for event, _text in told.values()}
        for event, text, pk in matching(self.records().values_list("event", "text", "pk"), "event", of_events):
            if pk not in self.written:
                of_events[event].append((text, pk))
        known = {event: Texts(pairs) for event, pairs in of_events.items()}
        found = {number: known[event].like(text) for number, (event, text) in told.items()}
        return {number: outcomes for number, outcomes in found.items() if outcomes}
