"""Rows of the items of plans of action, and of what reviews found of them."""

from django.core.exceptions import ValidationError

from events.gazetteer import Events
from exchange.cells import ChoiceCell
from exchange.columns import Column, DateColumn, ReferenceColumn
from exchange.likeness import Texts
from exchange.lists import ListColumn, Listing
from exchange.problems import CellError
from exchange.publishing import DependentResource
from exchange.resources import matching
from participants.directory import Bodies, Participants
from records.folding import digest

from ..catalogue import Instruments, Items
from ..models import ActionItem, Review
from .rights import PUBLISHING


class OfPlanResource(DependentResource):
    """Rows of what belongs to a plan of action and has a reference of its own.

    identifying  the columns that make the natural identity, in the order of its model's field
    """

    key = ("reference",)
    publishing = PUBLISHING
    belongs_to = "plans of action"
    identifying = ()

    def prepare(self, lines):
        super().prepare(lines)
        self.told = {}

    def identity(self, line):
        try:
            values = [self.columns[name].read(line.cells[name])[0] for name in self.identifying]
        except CellError:
            return None
        self.told[line.number] = keys = [getattr(value, "pk", value) for value in values]
        return digest(*keys)

    def check_record(self, line):
        plan = self.columns["plan"].value_of(line.record)
        try:
            line.record.check_alone()
            line.record.check_plan(plan.label, plan.details["kind"])
        except ValidationError as error:
            self.refuse(line, error)


class ItemResource(Listing, OfPlanResource):
    type = "action_items"
    model = ActionItem
    required = ("plan", "text")
    called = "text"
    letter = "A"
    owners = ("plan",)
    identifying = ("plan", "number", "text")

    examples = (
        {
            "reference": "ITEM-1", "plan": "sample-plan", "number": "1.1", "text": "Draw up one form for all.",
            "leads": "First Land; Second Land", "body": "Example Group", "due": "December 2005",
        },
        {
            "reference": "ITEM-2", "plan": "sample-plan", "number": "1.2", "text": "Fill it in.", "added": "2005-03",
            "dropped": "2006",
        },
        {"plan": "sample-plan", "text": "Keep a list of forms."},
    )  # fmt: skip

    reference = Column()
    plan = ReferenceColumn(Instruments, by_code=True, required=True, identifies=True)
    number = Column(identifies=True)
    text = Column(required=True, identifies=True)
    leads = ListColumn(Participants)
    body = ReferenceColumn(Bodies)
    due = DateColumn()
    added = DateColumn()
    dropped = DateColumn()

    def likely(self, lines):
        """Those of the same plan that say much the same."""
        told = {line.number: self.told[line.number] for line in lines if line.number in self.told}
        of_plans = {plan: [] for plan, _number, _text in told.values()}
        for plan, text, pk in matching(self.records().values_list("plan", "text", "pk"), "plan", of_plans):
            if pk not in self.written:
                of_plans[plan].append((text, pk))
        known = {plan: Texts(pairs) for plan, pairs in of_plans.items()}
        found = {number: known[plan].like(text) for number, (plan, _number, text) in told.items()}
        return {number: items for number, items in found.items() if items}


class ReviewResource(OfPlanResource):
    type = "reviews"
    model = Review
    required = ("plan",)
    called = "finding"
    letter = "R"
    owners = ("plan", "item", "event")
    as_public_as = ("plan", "event")
    identifying = ("plan", "item", "event", "as_of")

    examples = (
        {
            "reference": "REVIEW-1", "plan": "sample-plan", "item": "ITEM-1", "event": "EXAMPLE-2",
            "status": "under_way", "finding": "The form is drawn up.",
        },
        {"plan": "sample-plan", "event": "EXAMPLE-2", "finding": "Half of it is done."},
        {"plan": "sample-plan", "item": "ITEM-2", "as_of": "June 2006", "status": "given_up"},
    )  # fmt: skip

    reference = Column()
    plan = ReferenceColumn(Instruments, by_code=True, required=True, identifies=True)
    item = ReferenceColumn(Items, by_code=True, identifies=True)
    event = ReferenceColumn(Events, by_code=True, identifies=True)
    as_of = DateColumn(identifies=True)
    status = Column(cell=ChoiceCell(Review.Status.choices, blank=True))
    finding = Column()

    def owner_is_public(self, name, cells):
        """A review that no event made is as public as its plan."""
        return (name == "event" and not cells.get(name)) or super().owner_is_public(name, cells)

    def check_record(self, line):
        super().check_record(line)
        item = self.columns["item"].value_of(line.record)
        try:
            if item:
                line.record.check_item(item.code, item.details["plan"])
        except ValidationError as error:
            self.refuse(line, error)
