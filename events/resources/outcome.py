"""Rows of outcomes."""

from exchange.cells import ChoiceCell
from exchange.columns import Column, ReferenceColumn
from exchange.problems import CellError
from participants.directory import Bodies
from records.folding import digest

from ..gazetteer import Events
from ..models import Outcome
from .dependent import DependentResource


class OutcomeResource(DependentResource):
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
        return digest(event.pk, kind, text)
