"""Rows of links between events."""

from django.core.exceptions import ValidationError
from django.db.models.functions import Length

from exchange.cells import ChoiceCell
from exchange.columns import Column, ReferenceColumn
from exchange.resources import by_text, matching

from ..gazetteer import Events
from ..models import EventLink
from .dependent import EventsResource


class EventLinkResource(EventsResource):
    type = "event_links"
    model = EventLink
    key = ("from", "to", "kind")
    required = key
    whole = True
    owners = ("from", "to")

    examples = ({"from": "EXAMPLE-2", "to": "EXAMPLE-1", "kind": "follows"},)

    from_event = ReferenceColumn(Events, "from_event", named="from", by_code=True, required=True)
    to_event = ReferenceColumn(Events, "to_event", named="to", by_code=True, required=True)
    kind = Column(cell=ChoiceCell(EventLink.Kind.choices), required=True)

    def in_order(self, records):
        return records.order_by(
            *(order for name in ("from_event", "to_event") for order in by_reference(f"{name}__reference")),
            by_text("kind"),
        )

    def with_keys(self, keys):
        sources = {key[0] for key in keys}
        records = self.records().select_related("from_event", "to_event")
        records = matching(records, "from_event__reference", sources)
        found = {(record.from_event.code, record.to_event.code, record.kind): record for record in records}
        return {key: record for key, record in found.items() if key in keys}

    def check(self, lines):
        """Refuse links of an event to itself, and those that close a circle."""
        touched = [line for line in lines if line.after]
        planned = [line.record.pk for line in touched if not line.is_new]
        following = {}
        for source, target in EventLink.objects.exclude(pk__in=planned).following():
            following.setdefault(source, []).append(target)
        for line in touched:
            if line.record.kind == EventLink.Kind.FOLLOWS:
                following.setdefault(line.record.from_event_id, []).append(line.record.to_event_id)
        for line in touched:
            try:
                line.record.check_alone()
                line.record.check_among(following)
            except ValidationError as error:
                self.refuse(line, error)


def by_reference(field):
    """The ordering of a column of references: shorter ones first, so that E2 stands before E10."""
    return Length(field), by_text(field)
