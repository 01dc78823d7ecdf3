"""Periods: the time from one ministerial conference to the next."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from .drawing.scale import Scale
from .models import Event

NO_PERIOD = "none"
NUMERALS = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class Periods:
    """The conferences that bound periods, in order, each with its place. One query makes them.

    An event belongs to the last conference that had begun before it. A conference is a boundary and belongs to none;
    an undated event, and one before the first conference, has none either.
    """

    conferences: tuple

    @classmethod
    def among(cls, events, keys=None):
        """The periods that a query set of events gives: for the public, that of published events.

        `keys` are those of all ministerial conferences among them, where somebody knows these.
        """
        conferences = events.conferences() if keys is None else events.conferences().filter(pk__among=keys)
        return cls(tuple(conferences.select_related("place__country").with_bounds(events)))

    @cached_property
    def scale(self):
        """The line of time from the first to the last year of the events; None where no conference divides them."""
        return next((Scale(each.first_day.year, each.last_day.year) for each in self.conferences), None)

    @cached_property
    def numbered(self):
        """The conferences with their numerals: (numeral, conference)."""
        return [(numeral(number), conference) for number, conference in enumerate(self.conferences, start=1)]

    def numeral_of(self, event):
        """The numeral of one of the conferences; blank for another event."""
        return self._numerals.get(event.pk, "")

    @cached_property
    def _numerals(self):
        return {conference.pk: numeral for numeral, conference in self.numbered}

    @property
    def choices(self):
        """What can be asked for: the reference of the conference that opened a period, or `none`, and words."""
        since = [
            (each.reference, f"Since conference {numeral}, {each.when.display()}") for numeral, each in self.numbered
        ]
        return [*since, (NO_PERIOD, "In no period")]

    def on(self, scale):
        """The conferences on a line of time: `event`, `numeral`, and where it stands, `at`."""
        return [{"event": each, "numeral": numeral, "at": scale.at(each.when)} for numeral, each in self.numbered]

    def of(self, event):
        """The conference that opened the event's period, or None."""
        if event.starts_on is None or event.kind == Event.Kind.MINISTERIAL:
            return None
        index = bisect_left(self.conferences, event.starts_on, key=lambda conference: conference.starts_on)
        return self.conferences[index - 1] if index else None

    def opened_by(self, reference):
        """Which events are of the period that the conference with this reference opened, as a Q.

        `none` asks for those without a period. Raises LookupError for another reference than a conference’s.
        """
        if reference == NO_PERIOD:
            return self._without_a_period()
        for position, conference in enumerate(self.conferences):
            if conference.reference == reference:
                return self._at(position)
        raise LookupError(reference)

    def span_of(self, reference):
        """The first day of the period that a conference opened and that of the next conference, None for the last."""
        days = [*(conference.starts_on for conference in self.conferences), None]
        position = [conference.reference for conference in self.conferences].index(reference)
        return days[position], days[position + 1]

    def _at(self, position):
        within = Q(starts_on__gt=self.conferences[position].starts_on)
        for following in self.conferences[position + 1 : position + 2]:
            within &= Q(starts_on__lte=following.starts_on)
        return within & ~Q(kind=Event.Kind.MINISTERIAL)

    def _without_a_period(self):
        without = Q(starts_on__isnull=True) | Q(kind=Event.Kind.MINISTERIAL)
        for first in self.conferences[:1]:
            return without | Q(starts_on__lte=first.starts_on)
        return Q()


def numeral(number):
    """A number from 1 to 89 in Roman numerals: the conferences are known as Bali I, Bali II …"""
    text = ""
    for value, letters in NUMERALS:
        count, number = divmod(number, value)
        text += letters * count
    return text
