"""Shelving: what entries tell of documents and figures, as rows of the library.

A document becomes a draft for the secretariat, without a file. Figures go to the instrument that the entry means, where
the record has one alone. What the record has already stays as it is.
"""

import re

from exchange.resources import matching
from library.models import Document, Instrument, ReportedFigure
from records.folding import fold

from . import phrases

LONGEST_TITLE = Document._meta.get_field("title").max_length
KINDS = {kind: re.compile(words, re.IGNORECASE) for kind, words in phrases.INSTRUMENTS}
PAPER_OF = {
    Instrument.Kind.MODEL_LEGISLATION: Document.Kind.LEGISLATION,
    Instrument.Kind.PLAN_OF_ACTION: Document.Kind.PLAN,
    Instrument.Kind.GUIDELINE: Document.Kind.GUIDELINE,
    Instrument.Kind.MODEL_AGREEMENT: Document.Kind.MODEL_AGREEMENT,
}


class Shelves:
    """What the library has of some events, by their references, and which instruments it has. Three queries."""

    def __init__(self, events):
        documents = Document.objects.order_by().select_related("event").only("kind", "event__reference")
        figures = ReportedFigure.objects.order_by().select_related("instrument", "event")
        figures = figures.only("status", "instrument__slug", "event__reference")
        instruments = Instrument.objects.select_related("event")
        self.instruments = list(instruments.only("slug", "name", "folded_name", "kind", "event__reference"))
        self.documents = {(each.event.reference, each.kind) for each in matching(documents, "event__reference", events)}
        # What is recorded as an instrument need not come again as the paper in which it stands.
        self.documents |= {(each.event.reference, PAPER_OF[each.kind]) for each in self.instruments if each.event}
        self.figures = {
            (each.instrument.slug, each.event.reference, each.status)
            for each in matching(figures, "event__reference", events)
        }

    def new_documents(self, entry, event, source):
        """The rows of documents that an entry tells of and the event has none of that kind of."""
        return [
            {
                "reference": "",
                "title": paper["title"][:LONGEST_TITLE],
                "kind": paper["kind"],
                "event": event,
                "issued": "",
                "country": "",
                "collection": "",
                "access": Document.Access.SECRETARIAT.value,
                "sources": source,
            }
            for paper in entry.documents
            if (event, paper["kind"]) not in self.documents
        ]

    def new_figures(self, entry, event):
        """The rows of the figures of an entry, the first of each status, that the event has not reported yet."""
        instrument = self.meant_by(entry)
        if not instrument:
            return []
        first = {figure["status"]: figure["count"] for figure in reversed(entry.figures)}
        return [
            {"instrument": instrument.slug, "event": event, "status": status, "count": str(count)}
            for status, count in first.items()
            if (instrument.slug, event, status) not in self.figures
        ]

    def meant_by(self, entry):
        """The one instrument that an entry names, or names the kind of; None where it may be several, or none."""
        words = fold(entry.text)
        named = [each for each in self.instruments if each.folded_name in words]
        of_kind = [each for each in self.instruments if KINDS[each.kind].search(entry.text)]
        meant = named or of_kind
        return meant[0] if len(meant) == 1 else None
