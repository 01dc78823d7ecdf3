"""Rows of countries."""

from exchange.cells import UpperCell, YesNoCell
from exchange.columns import Column

from ..models import Country
from .named import NamedResource, NamesColumn


class CountryResource(NamedResource):
    type = "countries"
    model = Country
    key = ("alpha2",)
    required = ("name",)
    coded = ("alpha3",)
    chains = ()
    sort = "country"
    named_by = ("alpha2", "name", "alpha3", "names")

    examples = (
        {"alpha2": "XA", "name": "First Land", "alpha3": "XAA", "region": "Somewhere", "administration": "no"},
        {"alpha2": "XB", "name": "Second Land", "names": "Land of the Second; Republic of Second"},
        {"alpha2": "XC", "name": "Third Land SAR", "administration": "yes"},
    )

    alpha2 = Column(cell=UpperCell())
    name = Column(required=True, identifies=True)
    alpha3 = Column(cell=UpperCell())
    region = Column()
    administration = Column(cell=YesNoCell())
    names = NamesColumn()

    def public_records(self):
        return self.records().visible()

    def give_key(self, line):
        line.refuse("alpha2", "A country that is not in the record needs its alpha2.")
