"""Contents: the sections and entries of an edition, each beside what the record says of its activity by now."""

from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.db.models import Q
from django.urls import reverse

from events.models import Event
from exchange.differences import difference

from .composing import LastEdition, Telling, changed, published_until, tellings, today
from .editing import Order
from .models import Entry

PAGE = 50  # entries


def page_at(place):
    """The number of the page on which the entry stands that this many others stand before."""
    return place // PAGE + 1


def address_of(part):
    """The address of a section, or of an entry, among the contents of its edition. Two queries."""
    entries = Entry.objects.filter(edition=part.edition_id)
    if isinstance(part, Entry):
        before = Q(number__lt=part.number) | Q(number=part.number, pk__lt=part.pk)
        before = Q(section__number__lt=part.section.number) | Q(section=part.section_id) & before
    else:
        before = Q(section__number__lt=part.number)
    place = min(entries.filter(before).count(), max(entries.count() - 1, 0))
    contents = reverse("admin:summaries_edition_contents", args=[part.edition_id])
    return f"{contents}?p={page_at(place)}#{part._meta.model_name}-{part.pk}"


@dataclass
class Line:
    """An entry as it is printed, and what somebody who edits the edition should know of it.

    page  the number of the page that it stands on
    """

    entry: Entry
    words: str
    page: int
    telling: Telling | None = None
    changed: dict = field(default_factory=dict)

    @property
    def anchor(self):
        return f"entry-{self.entry.pk}"

    @property
    def address(self):
        """Where it stands among the contents."""
        return f"?p={self.page}#{self.anchor}"

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
    """All of an edition, and a page of it. The number of queries depends on chunks of 500 activities alone.

    `lines` are those of the edition, `shown` those of the page: triples of a section, how many entries
    it has, and its lines there. A section that goes on from the page before is shown again.
    """

    def __init__(self, edition, number=1):
        self.edition = edition
        self.order = Order(edition)
        printed = LastEdition(edition)
        told = tellings(Event.objects.filter(entries__edition=edition).distinct())
        self.lines = []
        for section in self.order.sections:
            self.lines += [
                self.line(entry, printed, told, page_at(place))
                for place, entry in enumerate(self.order.entries[section.pk], len(self.lines))
            ]
        self.page = Paginator(self.lines, PAGE).get_page(number)

    @property
    def sections(self):
        return self.order.sections

    @property
    def shown(self):
        lines, place, last = list(self.page), 0, max(len(self.lines) - 1, 0)
        for section in self.sections:
            own = [line for line in lines if line.entry.section_id == section.pk]
            number = len(self.order.entries[section.pk])
            if own or (not number and page_at(min(place, last)) == self.page.number):
                yield section, number, own
            place += number

    @staticmethod
    def line(entry, printed, told, page):
        telling = told.get(entry.event_id)
        differing = changed(entry.proposal, telling.row) if telling else {}
        return Line(entry, printed.words_of(entry), page, telling, differing)

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
