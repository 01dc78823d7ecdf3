"""Composing: a new edition from the published activities, in the order and with the words of the last one.

An activity that the last edition printed keeps its words; any other is told in the house form. What the record has
changed since an entry's words were chosen is pointed out to whoever edits the edition, and changes nothing by itself.
"""

import re
from collections import Counter as Tally
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.models import Event, EventLink, Outcome
from events.periods import Periods, numeral
from events.resources import EventResource
from exchange.parts import Part, apply
from exchange.sessions import Session
from records.dates import PartialDate
from records.fields import text_of
from records.models import Batch, Counter
from records.numbers import ordinal

from .house_form import UNSAID, USUAL, Names, house_form
from .models import Edition, Entry, Section
from .passages import Passage
from .printed import Printed, PrintedNote, PrintedSection, printed_entry, without_bullet
from .reading import whole_words

TITLE = "Summary of activities"
UNDATED = "The record has no date for it, and the last edition has not printed it: see where it belongs."
TITLE_OF_UNPERIODED = "Activities"
QUOTES = str.maketrans("’‘“”", "''\"\"")  # however they are set, the words are the same
SHOWN = ("reference", "kind", "when", "starts_on", "ends_on", "publication")


@dataclass
class Telling:
    """How an activity is told: its row in the record, and its text in the house form."""

    row: dict
    text: str

    @property
    def told(self):
        """The cells that the text tells, or could: what is to be compared when the record changes."""
        return {column: cell for column, cell in self.row.items() if cell and column not in UNSAID} | {
            "reference": self.row["reference"]
        }


def changed(told, row):
    """What the record has changed of what a text tells: {column: (cell as it tells it, cell by now)}.

    told  the cells that the text tells; a description that it does not take word for word is none of them
    """
    if not told:
        return {}
    pairs = {
        column: (usual(column, told.get(column, "")), usual(column, row[column]))
        for column in row
        if column not in UNSAID and (column != "description" or "description" in told)
    }
    return {column: pair for column, pair in pairs.items() if pair[0].translate(QUOTES) != pair[1].translate(QUOTES)}


def usual(column, cell):
    return cell or USUAL.get(column, "")


def tellings(events):
    """How the activities of a query set are told: {primary key: Telling}, in as many queries for many as for one."""
    session = Session()
    resource, names = EventResource(session), Names.from_record(session)
    keys = list(events.order_by().values_list("pk", flat=True))
    outcomes, links = {}, {}
    for event, kind, text in (
        Outcome.objects.filter(event__in=events.order_by()).order_by("pk").values_list("event", "kind", "text")
    ):
        outcomes.setdefault(event, []).append((kind, text))
    leading = EventLink.objects.published().filter(from_event__in=events.order_by()).order_by("pk")
    for event, *link in leading.values_list("from_event", "kind", "to_event__title", "to_event__when"):
        links.setdefault(event, []).append(tuple(link))
    return {
        pk: Telling(row, house_form(row, names, outcomes.get(pk, ()), links.get(pk, ())))
        for pk, row in resource.rows_of(keys).items()
    }


# --- A draft ----------------------------------------------------------------------------------------------------------


@dataclass
class DraftEntry:
    """An activity, its words, the cells that these tell, and what somebody should look at."""

    event: Event
    text: str
    told: dict
    doubts: list = field(default_factory=list)
    reference = ""


@dataclass
class DraftSection:
    heading: str
    note: str = ""
    entries: list = field(default_factory=list)

    @property
    def printed(self):
        notes = [PrintedNote(line) for line in self.note.splitlines() if line.strip()]
        return PrintedSection(self.heading, notes + [printed_entry(entry, entry.text) for entry in self.entries])


@dataclass
class Draft:
    """An edition that is not yet kept."""

    title: str
    date: PartialDate
    sections: list

    @property
    def entries(self):
        return [entry for section in self.sections for entry in section.entries]

    @property
    def printed(self):
        """What would be printed of it."""
        return Printed([self.title], [section.printed for section in self.sections], self.date)


def compose(until=None):
    """A draft of the next edition: what is published of the activities that had begun by a date, None for today.

    The number of queries depends on chunks of 500 activities alone.
    """
    until = until or today()
    return Composition(published_until(until), until, LastEdition.before(until)).draft


def today():
    return PartialDate(timezone.localdate().isoformat())


def published_until(until):
    """The published activities that had begun by a date, and those without one."""
    return Event.objects.published().filter(Q(starts_on__isnull=True) | Q(starts_on__lte=until.ends_on))


class LastEdition:
    """The edition that the next one goes on from: its entries by their activities, and its sections."""

    def __init__(self, edition=None):
        self.edition = edition
        sections = Section.objects.filter(edition=edition).order_by("number") if edition else ()
        self.sections = list(sections)
        self.entries = {}
        self.order = {section.pk: [] for section in self.sections}
        for entry in Entry.objects.filter(edition=edition).in_order() if edition else ():
            self.order[entry.section_id].append(entry)
            if entry.event_id:
                self.entries.setdefault(entry.event_id, entry)

    @classmethod
    def before(cls, until, but=None):
        """The newest that was read or issued and reports no further than a date, another than `but`, if there is one.

        Of an undated one nobody knows how far it reports: any other is newer.
        """
        known = Edition.objects.final().exclude(pk=but and but.pk).newest_first()
        return cls(next((each for each in known if not each.date or each.date.starts_on <= until.ends_on), None))

    @cached_property
    def unbroken(self):
        return whole_words(self.edition.text)

    def words_of(self, entry):
        """The words of an entry as they are printed, on one line and without the bullet."""
        if not entry.span:
            return entry.text
        return without_bullet(Passage(self.edition.text, *entry.span, self.unbroken).words).strip()

    def neighbours(self, entry):
        """The activities that stand before an entry in its section, the nearest first, and those after it."""
        events = [each.event_id for each in self.order[entry.section_id]]
        place = events.index(entry.event_id)
        return events[:place][::-1], events[place + 1 :]


class Composition:
    """Puts activities under their headings."""

    def __init__(self, events, until, last):
        self.last = last
        self.until = until
        self.periods = Periods.among(events)
        self.tellings = tellings(events)
        self.events = list(events.only(*SHOWN).earliest_first())

    @property
    def draft(self):
        sections = [section for section in self.sections() if section.entries]
        self.place_undated(sections)
        title = self.last.edition.title if self.last.edition else TITLE
        return Draft(title, self.until, sections)

    def sections(self):
        """Conferences, then the activities since each of them, as far as these are dated."""
        dated = [event for event in self.events if event.starts_on]
        conferences = [event for event in dated if event.kind == Event.Kind.MINISTERIAL]
        others = [event for event in dated if event.kind != Event.Kind.MINISTERIAL]
        headings = self.printed_headings(dated)
        yield self.section("conferences", conferences, headings)
        for conference, of_period in groupby(others, self.periods.of):
            yield self.section(conference, list(of_period), headings)

    def section(self, opener, events, headings):
        """A section under the heading, and with the note, that the last edition had for the same period."""
        printed = headings.get(opener)
        heading = printed.heading if printed else self.heading_of(opener, headings)
        return DraftSection(heading, printed.note if printed else "", [self.entry(event) for event in events])

    def printed_headings(self, dated):
        """The sections of the last edition by what opens their period: that of most of their activities."""
        openers = {
            event.pk: "conferences" if event.kind == Event.Kind.MINISTERIAL else self.periods.of(event)
            for event in dated
        }
        headings = {}
        for section in self.last.sections:
            known = Tally(openers[entry.event_id] for entry in self.last.order[section.pk] if entry.event_id in openers)
            if known:
                headings.setdefault(known.most_common(1)[0][0], section)
        return headings

    def heading_of(self, opener, headings):
        """A heading like those of the last edition: “Activities since Bali III” after “Activities since Bali II”."""
        if opener == "conferences":
            return "Ministerial conferences" if self.last.edition is None else ""
        if opener is None:
            return TITLE_OF_UNPERIODED if not self.periods.conferences else "Activities before the first conference"
        number = self.periods.conferences.index(opener) + 1
        for earlier in range(number - 1, 0, -1):
            printed = headings.get(self.periods.conferences[earlier - 1])
            pattern = re.compile(rf"\b{numeral(earlier)}\b")
            if printed and pattern.search(printed.heading):
                return pattern.sub(numeral(number), printed.heading)
        return f"Activities since the {ordinal(number)} ministerial conference"

    def entry(self, event):
        telling, printed = self.tellings[event.pk], self.last.entries.get(event.pk)
        if printed is None:
            return DraftEntry(event, telling.text, telling.told)
        told = {column: cell for column, cell in printed.proposal.items() if column not in UNSAID}
        if self.last.edition.is_imported:  # the description that was read is the prose itself
            told.pop("description", None)
        return DraftEntry(event, self.last.words_of(printed), told | {"reference": event.reference})

    # --- Activities without a date ------------------------------------------------------------------------------------

    def place_undated(self, sections):
        """Put each where the last edition had it, or first in the last section, marked for a look."""
        where = {entry.event.pk: (section, entry.event.pk) for section in sections for entry in section.entries}
        for event in (each for each in self.events if not each.starts_on):
            entry = self.entry(event)
            printed = self.last.entries.get(event.pk)
            found = printed and self.beside(printed, where)
            if found:
                section, place = found
                section.entries.insert(place, entry)
            else:
                if not sections:
                    sections.append(DraftSection(TITLE_OF_UNPERIODED))
                section = sections[-1]
                entry.doubts.append(UNDATED)
                section.entries.insert(0, entry)
            where[event.pk] = (section, event.pk)

    def beside(self, printed, where):
        """The section and the place in it after what the last edition had before an entry, or before what came next."""
        before, after = self.last.neighbours(printed)
        for neighbours, further in ((before[:1], 1), (after, 0), (before, 1)):
            for event in neighbours:
                if event in where:
                    section, pk = where[event]
                    return section, [entry.event.pk for entry in section.entries].index(pk) + further
        return None


# --- Keeping it -------------------------------------------------------------------------------------------------------


def keep(draft, *, by=None):
    """Keep a draft as an edition, in one batch; return the Edition.

    by  whose rights the rows obey; None is an administrator. Raises exchange.plans.NotApplied where they do not do.
    """
    with transaction.atomic():
        Counter.lock()
        reference = f"{Edition.LETTER}{Counter.next(Edition.LETTER)}"
        apply(parts_of(draft, reference), Batch(by=by, origin=Batch.Origin.SUMMARY))
    return Edition.objects.get(reference=reference)


def parts_of(draft, reference):
    """What a draft makes, as an edition with a reference."""
    edition = {"reference": reference, "title": draft.title, "date": str(draft.date), "origin": "composed"}
    sections, entries = [], []
    for number, section in enumerate(draft.sections, 1):
        place = {"edition": reference, "number": str(number)}
        sections.append(place | {"heading": section.heading, "note": section.note})
        entries += [
            {
                "reference": "",
                "edition": reference,
                "section": str(number),
                "number": str(place_of_entry),
                "event": entry.event.reference,
                "text": entry.text,
                "proposal": text_of(entry.told),
                "doubts": text_of(entry.doubts) if entry.doubts else "",
                "state": Entry.State.ACCEPTED.value,
            }
            for place_of_entry, entry in enumerate(section.entries, 1)
        ]
    parts = [Part("editions", [edition]), Part("sections", sections), Part("entries", entries)]
    return [part for part in parts if part.table]
