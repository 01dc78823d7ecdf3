"""Rows of instruments."""

from django.core.exceptions import ValidationError

from events.gazetteer import Events
from events.resources import CalledResource
from exchange.cells import ChoiceCell, LowerCell
from exchange.columns import Column, DateColumn, ReferenceColumn
from exchange.lists import ListColumn, Listing
from exchange.publishing import PublishableResource
from participants.directory import Bodies, Participants

from ..catalogue import Documents
from ..models import Instrument
from .rights import PUBLISHING


class InstrumentResource(Listing, PublishableResource, CalledResource):
    type = "instruments"
    model = Instrument
    required = ("name", "kind")
    publishing = PUBLISHING

    examples = (
        {
            "slug": "sample-law", "name": "Sample law on forms", "kind": "model_legislation",
            "developed_by": "First Land; Office for Examples", "body": "Example Group", "event": "EXAMPLE-1",
            "agreed": "September 2004", "document": "PAPER-1", "description": "A law that others may take over.",
            "url": "https://example.org/law", "sources": "Report of the workshop",
        },
        {
            "slug": "sample-plan", "name": "Plan of work on forms", "kind": "plan_of_action", "body": "Example Group",
            "event": "EXAMPLE-2", "agreed": "2005",
        },
        {"name": "How to keep lists", "kind": "guideline"},
    )  # fmt: skip

    slug = Column(cell=LowerCell())
    name = Column(required=True, identifies=True)
    kind = Column(cell=ChoiceCell(Instrument.Kind.choices), required=True, keeps=True)
    developed_by = ListColumn(Participants)
    body = ReferenceColumn(Bodies)
    event = ReferenceColumn(Events, by_code=True)
    agreed = DateColumn()
    document = ReferenceColumn(Documents, by_code=True)
    description = Column()
    url = Column()
    sources = Column()
    note = Column(private=True)
    publication = Column(cell=ChoiceCell(Instrument._meta.get_field("publication").choices), keeps=True, private=True)

    def check(self, lines):
        super().check(lines)
        changed = [line for line in lines if "kind" in line.values and not line.is_new]
        plans = Instrument.objects.followed_as_plans().filter(pk__in=[line.record.pk for line in changed])
        followed = set(plans.values_list("pk", flat=True)) if changed else ()
        for line in changed:
            try:
                line.record.check_kind(line.record.pk in followed)
            except ValidationError as error:
                self.refuse(line, error)
