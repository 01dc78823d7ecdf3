"""Cells and columns that hold what the reader found, as JSON."""

import json

from exchange.cells import Cell
from exchange.columns import Column
from exchange.problems import CellError
from records.fields import text_of


class FoundCell(Cell):
    """JSON in the notation of `read_summary --json`; blank where nothing was found."""

    def clean(self, value, row=None, **kwargs):
        try:
            found = json.loads(value) if value else self.nothing()
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, (list, dict)):
            raise CellError(f"“{value[:100]}” is no list and no object of JSON.", value)
        return found

    def render(self, value, obj=None, **kwargs):
        return text_of(value) if value else ""


class FoundColumn(Column):
    """What the reader found; staff alone see it."""

    def __init__(self, attribute=None, **options):
        super().__init__(attribute, FoundCell(), private=True, **options)

    def bind(self, resource):
        super().bind(resource)
        self.widget.nothing = self.model_field.get_default
