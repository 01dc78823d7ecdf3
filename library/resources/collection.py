"""Rows of collections."""

from events.gazetteer import Events
from events.resources import CalledResource
from exchange.cells import ChoiceCell, LowerCell
from exchange.columns import Column, DateColumn, ReferenceColumn
from exchange.publishing import PublishableResource
from participants.directory import Participants

from ..models import Collection
from .rights import PUBLISHING


class CollectionResource(PublishableResource, CalledResource):
    type = "collections"
    model = Collection
    publishing = PUBLISHING

    examples = (
        {
            "slug": "sample-papers", "name": "Sample papers", "custodian": "Office for Examples", "began": "May 2004",
            "event": "EXAMPLE-1", "description": "Papers to try forms with.", "sources": "Report of the workshop",
        },
        {"name": "Papers of meetings"},
    )  # fmt: skip

    slug = Column(cell=LowerCell())
    name = Column(required=True, identifies=True)
    custodian = ReferenceColumn(Participants)
    began = DateColumn()
    event = ReferenceColumn(Events, by_code=True)
    description = Column()
    sources = Column()
    note = Column(private=True)
    publication = Column(cell=ChoiceCell(Collection._meta.get_field("publication").choices), keeps=True, private=True)
