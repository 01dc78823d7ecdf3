"""Rows of agencies."""

from exchange.cells import ChoiceCell, LowerCell
from exchange.columns import Column, ReferenceColumn

from ..directory import Countries, VisibleAgencies
from ..models import Agency, Participant
from .named import NamedResource, NamesColumn

KINDS = [choice for choice in Participant.Kind.choices if choice[0] != Participant.Kind.COUNTRY]


class AgencyResource(NamedResource):
    type = "agencies"
    model = Agency
    key = ("slug",)
    required = ("name",)
    coded = ()
    named_by = ("slug", "name", "acronym", "names")

    examples = (
        {"slug": "first-police", "name": "First Land Police", "acronym": "FLP", "kind": "police", "country": "XA"},
        {"name": "First Land Border Police", "kind": "police", "parent": "First Land Police", "country": "XA"},
        {"name": "Office for Examples", "kind": "organisation", "url": "https://example.org/", "names": "OFX"},
    )

    slug = Column(cell=LowerCell())
    name = Column(required=True, identifies=True)
    acronym = Column()
    kind = Column(cell=ChoiceCell(KINDS), required=True, keeps=True)
    parent = ReferenceColumn(VisibleAgencies)
    country = ReferenceColumn(Countries, by_code=True)
    url = Column()
    names = NamesColumn()

    def public_records(self):
        return self.records().visible()
