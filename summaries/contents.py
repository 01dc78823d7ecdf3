"""Contents: the sections and entries of an edition, each beside what the record says of its activity by now."""

from dataclasses import dataclass, field

from events.models import Event
from exchange.differences import difference

from .composing import LastEdition, Telling, changed, published_until, tellings, today
from .editing import Order
from .models import Entry


@dataclass
class Line:
    """An entry as it is printed, and what somebody who edits the edition should know of it."""

    entry: Entry
    words: str
    telling: Telling | None = None
    changed: dict = field(default_factory=dict)

    @property
    def anchor(self):
        return f"entry-{self.entry.pk}"

    @property
    def composed(self):
        """What the house form says instead, as HTML with what goes and what comes; blank where it says the same."""
        if self.telling is None or self.telling.text == self.words:
            return ""
        return difference(self.words, self.telling.text)

    @property
    def is_hidden(self):
        """Whether the public has no page of its activity."""
        return self.entry.event is None or not self.entry.event.is_published


class Contents:
    """All of an edition. The number of queries depends on chunks of 500 activities alone."""

    def __init__(self, edition):
        self.edition = edition
        self.order = Order(edition)
        printed = LastEdition(edition)
        told = tellings(Event.objects.filter(entries__edition=edition).distinct())
        self.sections = [
            (section, [self.line(entry, printed, told) for entry in self.order.entries[section.pk]])
            for section in self.order.sections
        ]

    @staticmethod
    def line(entry, printed, told):
        telling = told.get(entry.event_id)
        differing = changed(entry.proposal, telling.row) if telling else {}
        return Line(entry, printed.words_of(entry), telling, differing)

    @property
    def lines(self):
        return [line for _section, lines in self.sections for line in lines]

    @property
    def changed(self):
        return [line for line in self.lines if line.changed]

    @property
    def doubtful(self):
        return [line for line in self.lines if line.entry.doubts]

    @property
    def wordless(self):
        return [line for line in self.lines if not line.words.strip()]

    @property
    def hidden(self):
        return [line for line in self.lines if line.is_hidden]

    def absent(self):
        """What is published and had begun by the edition's date, and is not in it, in order of date."""
        events = published_until(self.edition.date or today())
        return events.exclude(entries__edition=self.edition).select_related("place__country").earliest_first()
