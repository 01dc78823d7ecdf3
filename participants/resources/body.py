"""Rows of bodies."""

from exchange.cells import LowerCell
from exchange.columns import Column, DateColumn, ReferenceColumn

from ..directory import Bodies
from ..models import Body
from .named import NamedResource, NamesColumn


class BodyResource(NamedResource):
    type = "bodies"
    model = Body
    key = ("slug",)
    required = ("name",)
    short = "short_name"
    chains = ("parent", "predecessor")
    sort = "body"
    named_by = ("slug", "name", "short_name", "names")

    examples = (
        {"slug": "example-group", "name": "Example Group", "short_name": "EG", "remit": "To try things out."},
        {"name": "Working Party on Forms", "began": "2004", "ended": "September 2009", "parent": "Example Group"},
        {"name": "Working Party on Lists", "began": "2009-09", "predecessor": "Working Party on Forms"},
    )

    slug = Column(cell=LowerCell())
    name = Column(required=True, identifies=True)
    short_name = Column()
    remit = Column()
    began = DateColumn()
    ended = DateColumn()
    parent = ReferenceColumn(Bodies)
    predecessor = ReferenceColumn(Bodies)
    names = NamesColumn()

    def saved_targets(self):
        return self.directory.bodies

    def saved_target(self, pk):
        return self.directory.body(pk)

    def public_records(self):
        return self.records()
