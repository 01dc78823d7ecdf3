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
