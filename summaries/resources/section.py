"""Rows of sections."""

from django.db.models.functions import Length

from exchange.cells import WholeNumberCell
from exchange.columns import Column, ReferenceColumn
from exchange.resources import by_text, matching

from ..models import Section
from .cell import FoundColumn
from .printed import PrintedResource
from .resolvers import Editions


class SectionResource(PrintedResource):
    type = "sections"
    model = Section
    key = ("edition", "number")
    required = key
    called = "heading"
    whole = True
    spans = frozenset({"heading_span", "note_spans"})

    examples = (
        {"edition": "SUMMARY-1", "number": "1", "heading": "Workshops"},
        {"edition": "SUMMARY-1", "number": "2", "heading": "Meetings", "note": "In the order of their dates."},
    )

    edition = ReferenceColumn(Editions, by_code=True, required=True)
    number = Column(cell=WholeNumberCell(), required=True)
    heading = Column()
    note = Column()
    heading_span = FoundColumn()
    note_spans = FoundColumn()

    def in_order(self, records):
        return records.order_by(Length("edition__reference"), by_text("edition__reference"), "number")

    def with_keys(self, keys):
        records = self.records().select_related("edition").defer("edition__text")
        records = matching(records, "edition__reference", {key[0] for key in keys})
        found = {(record.edition.code, str(record.number)): record for record in records}
        return {key: record for key, record in found.items() if key in keys}
