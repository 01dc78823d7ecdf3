"""Editing: what is done to an edition before it is issued, as rows that are planned and applied.

Each function gives the parts of one step; whoever takes it applies them in one batch.
"""

from events.models import Event
from exchange.parts import Part
from records.fields import text_of

from .composing import TITLE_OF_UNPERIODED, tellings
from .models import Entry, Section


class Order:
    """The sections of an edition and their entries, as they stand. Two queries."""

    def __init__(self, edition):
        self.edition = edition
        self.sections = list(Section.objects.filter(edition=edition).order_by("number"))
        self.entries = {section.pk: [] for section in self.sections}
        for entry in Entry.objects.filter(edition=edition).select_related("event").in_order():
            self.entries[entry.section_id].append(entry)

    def section(self, pk):
        """The section with a primary key, or None."""
        return next((section for section in self.sections if section.pk == pk), None)

    def entry(self, pk):
        """The entry with a primary key, or None."""
        return next((entry for entries in self.entries.values() for entry in entries if entry.pk == pk), None)

    def numbered(self, *sections):
        """The part that numbers the entries of sections as they stand in this order; None where all is so already."""
        rows = [
            self.row(entry) | {"section": str(section.number), "number": str(number)}
            for section in sections
            for number, entry in enumerate(self.entries[section.pk], 1)
            if (entry.section_id, entry.number) != (section.pk, number)
        ]
        return [Part("entries", rows)] if rows else []

    def row(self, entry):
        """The cells by which an entry is found."""
        section = self.section(entry.section_id)
        return {
            "reference": entry.reference,
            "edition": self.edition.reference,
            "section": str(section.number),
            "number": str(entry.number),
        }

    def move(self, entry, step):
        """An entry one place up (-1) or down (1), over the heading where it stands first or last."""
        here = self.sections.index(self.section(entry.section_id))
        entries = self.entries[entry.section_id]
        place = entries.index(entry)
        if 0 <= place + step < len(entries):
            entries.insert(place + step, entries.pop(place))
            return self.numbered(self.sections[here])
        if not 0 <= here + step < len(self.sections):
            return []
        return self.move_to(entry, self.sections[here + step], first=step > 0)

    def move_to(self, entry, section, first=False):
        """An entry to the end, or the beginning, of another section."""
        if section.pk == entry.section_id:
            return []
        old = self.section(entry.section_id)
        self.entries[old.pk].remove(entry)
        self.entries[section.pk].insert(0 if first else len(self.entries[section.pk]), entry)
        return self.numbered(old, section)

    def remove(self, entry):
        """An entry out of the edition; those after it move up."""
        section = self.section(entry.section_id)
        row = self.row(entry)
        self.entries[section.pk].remove(entry)
        return [Part("entries", deleting=[row]), *self.numbered(section)]

    def move_section(self, section, step):
        """A section, with its entries, before the one that it follows (-1) or after the one that follows it (1)."""
        place = self.sections.index(section)
        if not 0 <= place + step < len(self.sections):
            return []
        other = self.sections[place + step]
        rows = [
            {"edition": self.edition.reference, "number": str(new.number), "heading": old.heading, "note": old.note}
            for old, new in ((section, other), (other, section))
        ]
        keys = [{"edition": self.edition.reference, "number": str(each.number)} for each in (section, other)]
        return [Part("sections", rows, found_by=keys)]

    def remove_section(self, section):
        """A section that has no entries."""
        key = {"edition": self.edition.reference, "number": str(section.number)}
        return [Part("sections", deleting=[key])]

    def add(self, event):
        """An activity where its date belongs, in the house form; those that stand after it move down."""
        telling = tellings(Event.objects.filter(pk=event.pk))[event.pk]
        parts = []
        if not self.sections:
            section = {"edition": self.edition.reference, "number": "1", "heading": TITLE_OF_UNPERIODED}
            parts.append(Part("sections", [section]))
            number, place, after = 1, 0, []
        else:
            section, place = self.place_for(event)
            number, after = section.number, self.entries[section.pk][place:]
        row = {
            "reference": "",
            "edition": self.edition.reference,
            "section": str(number),
            "number": str(place + 1),
            "event": event.reference,
            "text": telling.text,
            "proposal": text_of(telling.told),
            "state": Entry.State.ACCEPTED.value,
        }
        moved = [self.row(entry) | {"number": str(each)} for each, entry in enumerate(after, place + 2)]
        return [*parts, Part("entries", [row, *moved])]

    def place_for(self, event):
        """The section and the place in it where an activity belongs, which are those after what came last before it.

        Conferences stand among conferences. What is undated stands first in the last section.
        """
        alike = [
            (section, place, entry.event)
            for section in self.sections
            for place, entry in enumerate(self.entries[section.pk])
            if entry.event and entry.event.starts_on and is_conference(entry.event) == is_conference(event)
        ]
        before = [each for each in alike if event.starts_on and each[2].starts_on <= event.starts_on]
        if before:
            section, place, _other = before[-1]
            return section, place + 1
        if event.starts_on and alike:
            return alike[0][:2]
        return self.sections[-1], 0

    def tell(self, entry, words=None):
        """An entry's activity as the record has it now, in the house form or in other words."""
        telling = tellings(Event.objects.filter(pk=entry.event_id))[entry.event_id]
        return [Part("entries", [self.row(entry) | {"text": words or telling.text, "proposal": text_of(telling.told)}])]

    def looked_at(self, entry):
        """An entry without the mark that somebody should look at it."""
        return [Part("entries", [self.row(entry) | {"doubts": ""}])]


def is_conference(event):
    return event.kind == Event.Kind.MINISTERIAL


def issue(edition, date, publish):
    """An edition issued on a date, and published with that if so wanted."""
    row = {"reference": edition.reference, "title": edition.title, "issued": str(date)}
    return [Part("editions", [row | ({"publication": "published"} if publish else {})])]
