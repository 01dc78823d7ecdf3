"""Rows of places."""

from django.core.exceptions import ValidationError

from exchange.cells import Cell, DegreesCell
from exchange.columns import Column, ReferenceColumn
from exchange.problems import CellError
from exchange.resources import Resource, by_text
from participants.directory import Countries
from records.folding import fold

from ..models import Place


class CityCell(Cell):
    """The name of a city, where a place is named beside other things; blank for a country as a whole."""

    refers = True
    field = Place._meta.get_field("city")

    def clean(self, value, row=None, **kwargs):
        try:
            return self.field.clean(value, None)
        except ValidationError as error:
            raise CellError.joined([CellError(message, value) for message in error.messages]) from None


class CountryCell(Cell):
    """The country of a place, where it is named beside other things; with the city, it is read as one place."""

    def choices(self):
        return self.session.resolver(Countries).labels()


class PlaceResource(Resource):
    type = "places"
    model = Place
    key = ("city", "country")
    required = ("city", "country")
    named_by = ("city",)
    whole = True

    examples = (
        {"city": "Sampleton", "country": "XA", "latitude": "-8.5", "longitude": "115.25"},
        {"city": "Port Specimen", "country": "XB"},
        {"city": "", "country": "XC"},
    )

    city = Column()
    country = ReferenceColumn(Countries, by_code=True, required=True)
    latitude = Column(cell=DegreesCell())
    longitude = Column(cell=DegreesCell())

    def public_records(self):
        return self.records().published()

    def in_order(self, records):
        return records.order_by(by_text("city"), by_text("country__alpha2"))

    def folded_key(self, key):
        city, country = key
        return fold(city), country

    def with_keys(self, keys):
        found = {}
        for record in self.records().select_related("country"):
            key = record.folded_city, record.country.alpha2
            if key in keys:
                found[key] = record
        return found

    def check_record(self, line):
        if (line.record.latitude is None) != (line.record.longitude is None):
            line.refuse("latitude", "A place has both coordinates or none.")
