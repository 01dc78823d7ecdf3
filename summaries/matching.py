"""Matching: which events of the record the entries of a summary tell of."""

from functools import lru_cache

from rapidfuzz import fuzz

from records.dates import PartialDate
from records.folding import fold

from .links import ordinal_of, stems
from .structure import BULLET

MONTHS = 24  # a date that is vaguer than this is as good as none
MOST = 100  # events of the same months that are looked at for one entry
SURE, LIKELY = 0.75, 0.5


class Matcher:
    """Finds events for entries: by what was printed of them before, else by date, place, kind and title.

    events   the known events (Knowledge.events)
    printed  pairs of a text and the reference of the event that it was printed of
    taken    references of events that are none of the entries'
    """

    def __init__(self, events, printed=(), taken=()):
        self.events = [(event, PartialDate.parse(event.when)) for event in events]
        self.references = {event.reference for event in events} - set(taken)
        self.printed, self.by_month, self.by_title = {}, {}, {}
        for text, reference in printed:
            self.printed.setdefault(words_of(text), {})[reference] = None
        for event, when in self.events:
            self.by_title.setdefault(fold(event.title), []).append((event, when))
            for month in months_of(when):
                self.by_month.setdefault(month, []).append((event, when))

    def match(self, entries):
        """The references of the events that entries tell of, each pair of a row and its text; blank for none.

        No event is that of two entries.
        """
        free, found = set(self.references), [""] * len(entries)
        for index, (_row, text) in enumerate(entries):
            same = (each for each in self.printed.get(words_of(text), ()) if each in free)
            found[index] = next(same, "")
            free.discard(found[index])
        pairs = sorted(
            (-likeness, index, event.reference)
            for index, (row, _text) in enumerate(entries)
            if not found[index]
            for event, likeness in self.like(row, free)
        )
        for _likeness, index, reference in pairs:
            if not found[index] and reference in free:
                found[index] = reference
                free.discard(reference)
        return found

    def like(self, row, free):
        """The events among the free ones that a row may be of: pairs of an event and how like it is."""
        when = PartialDate.parse(row.get("when", ""))
        near = {}
        for events in [self.by_title.get(fold(row.get("title", "")), ()), *map(self.of_month, months_of(when))]:
            for event, of_event in events:
                if event.reference in free and len(near) < MOST:
                    near[event.reference] = event, of_event
        for event, of_event in near.values():
            if likeness := how_like(row, when, event, of_event):
                yield event, likeness

    def of_month(self, month):
        return self.by_month.get(month, ())


def words_of(text):
    """The words of an entry, folded, without its bullet: the same however it is set."""
    bullet = BULLET.match(text)
    return fold(text[bullet.end() :] if bullet else text)


def months_of(when):
    """The months that a date touches, as (year, month); None for an undated one and one that is very vague."""
    if not when:
        return [None]
    first, last = (day.year * 12 + day.month - 1 for day in (when.starts_on, when.ends_on))
    return [None] if last - first > MONTHS else [divmod(month, 12) for month in range(first, last + 1)]


def how_like(row, when, event, of_event):
    """How like a row's event is to a known one, from 0 (it is another) to 2."""
    if when and of_event and not overlap(when, of_event):
        return 0
    place = place_likeness(row, event)
    if place is None:
        return 0
    title, same_kind = title_likeness(row.get("title", ""), event.title), row.get("kind") == event.kind
    if title < (LIKELY if place and same_kind else SURE):
        return 0
    return title + 0.4 * place + 0.3 * same_kind + 0.3 * (str(when) == str(of_event))


def overlap(one, other):
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def place_likeness(row, event):
    """1 for the same city, 0 where one is not known, None for another place."""
    if row.get("country") and event.country and row["country"] != event.country:
        return None
    if row.get("city") and event.city:
        return 1 if fold(row["city"]) == fold(event.city) else None
    return 0


def title_likeness(one, other):
    """How much of the shorter of two titles the other says, from 0 to 1; 0 where they count to different numbers."""
    (words, number), (other_words, other_number) = told(one), told(other)
    if number and other_number and number != other_number:
        return 0
    if not (words and other_words):
        return fuzz.token_sort_ratio(one.lower(), other.lower()) / 100
    return len(words & other_words) / min(len(words), len(other_words))


@lru_cache(maxsize=16_384)
def told(title):
    """The words by which a title is told from others, and the number to which it counts, or 0."""
    return frozenset(stems(title)), ordinal_of(title)
