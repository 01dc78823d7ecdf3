"""Rows of places."""

from exchange.cells import DegreesCell
from exchange.columns import Column, ReferenceColumn
from exchange.resources import Resource, by_text
from participants.directory import Countries
from records.folding import fold

from ..models import Place


class PlaceResource(Resource):
    type = "places"
    model = Place
    key = ("city", "country")
    required = ("city", "country")
    whole = True

    city = Column()
    country = ReferenceColumn(Countries, by_code=True, required=True)
    latitude = Column(cell=DegreesCell())
    longitude = Column(cell=DegreesCell())

    def public_records(self):
        return self.records().published()

    def in_order(self, records):
        return records.order_by(by_text("city"), by_text("country__alpha2"))

    def with_keys(self, keys):
        wanted = {(fold(city), country): (city, country) for city, country in keys}
        found = {}
        for record in self.records().select_related("country"):
            key = wanted.get((record.folded_city, record.country.alpha2))
            if key:
                found[key] = record
        return found

    def check_record(self, line):
        if (line.record.latitude is None) != (line.record.longitude is None):
            line.refuse("latitude", "A place has both coordinates or none.")
