"""What lies around an activity: who had a part in it, where it stands in its period and series, what it is linked to,
and what came of it or was put to it.

Where it stands, and who has which name, is known from the facets in memory. What it has itself takes one query, what
was asked of the bodies of a conference another, and all other events that are told of one more.
"""

from functools import cached_property
from typing import NamedTuple

from participants.models import Body, Country

from .facets import Known
from .mentions import mentions
from .models import Event, Involvement, Outcome, Series, Theme
from .positions import Position
from .related import related_to, said
from .threads import Thread

# A page of something lists this many, and leads to the list of all.
MOST_LISTED = 50
# Of what was put to a conference no more is read than this.
MOST_PUT = 200
ROLES = Involvement.Role.values


class Part(NamedTuple):
    """A part in an event: in which role, whose, whose agency that is, under which name, and what is remarked."""

    role: str
    whose: Known
    country: Known | None
    recorded_as: str
    remark: str

    def in_order(self):
        """What stands for its place: by role, then by name."""
        return ROLES.index(self.role), self.whose.name, self.whose.code


class Around:
    """What lies around a published event, by the facets of the record, which name its series and its country, too."""

    def __init__(self, event, facets):
        self.event, self.facets, self.periods = event, facets, facets.periods
        self.is_conference = event.pk in facets.conferences
        self._name()

    @cached_property
    def bodies(self):
        return [Body(pk=each.pk, slug=each.code, name=each.name) for each in self._known("body")]

    @cached_property
    def themes(self):
        return [Theme(pk=each.pk, slug=each.code, name=each.name) for each in self._known("theme")]

    @cached_property
    def parts(self):
        """Its parts with all their names, in the order of the roles and of names."""
        known = self.facets.known["participant"]
        parts = (
            Part(each.role, whose, known.get(whose.country), each.recorded_as, each.remark)
            for each in self._related.parts
            if (whose := known.get(each.participant))
        )
        return sorted(parts, key=Part.in_order)

    @property
    def has_attendance(self):
        """Whether it is recorded who was there."""
        return any(part.role == Involvement.Role.ATTENDEE for part in self.parts)

    # --- What it is linked to -----------------------------------------------------------------------------------------

    @cached_property
    def links(self):
        """Its links with others that are published, each with both events."""
        links = (
            link._replace(from_event=self._event(link.from_event), to_event=self._event(link.to_event))
            for link in self._links
        )
        return [link for link in links if link.from_event and link.to_event]

    @cached_property
    def thread(self):
        return Thread.of(self.event, self.links)

    # --- Where it stands ----------------------------------------------------------------------------------------------

    @cached_property
    def period(self):
        """The conference that opened its period, or None."""
        return self.periods.of(self.event)

    @cached_property
    def in_period(self):
        """Its position among the activities of its period; of a conference, among the conferences."""
        if self.is_conference:
            return Position.among(self.event, self.periods.conferences)
        return self._position_of(self._place_in_period)

    @cached_property
    def in_series(self):
        return self._position_of(self._place_in_series)

    @property
    def beside_in_series(self):
        """The same, without neighbours that are in its thread."""
        position = self.in_series
        return position and position.besides(self.thread.events)

    # --- What a conference opened -------------------------------------------------------------------------------------

    @cached_property
    def number_opened(self):
        return len(self._period_opened)

    @property
    def opened(self):
        """The first activities of the period that it opened, as conferences do."""
        return list(filter(None, map(self._event, self._keys_opened)))

    @property
    def kinds_opened(self):
        """The kinds of those, and how many there are of each, most first."""
        numbers = self.facets.values["kind"].counts(self._period_opened)
        return sorted(((Event.Kind(kind), number) for kind, number in numbers.items()), key=lambda pair: -pair[1])

    # --- What came of it, and what was put to it ----------------------------------------------------------------------

    @cached_property
    def outcomes(self):
        return [outcome for outcome in self._told if outcome.event is self.event]

    @cached_property
    def put(self):
        """Outcomes of others that it took up, and that those of a period asked of the bodies of a conference."""
        return [outcome for outcome in self._told if outcome.event is not self.event]

    @cached_property
    def _told(self):
        """The outcomes with what they name; where they were taken up, if the public may know of that."""
        outcomes = (
            outcome._replace(
                event=self._event(outcome.event),
                addressed_to=self._body(outcome.addressed_to),
                taken_up_at=self._event(outcome.taken_up_at),
            )
            for outcome in self._outcomes
        )
        return [outcome for outcome in outcomes if outcome.event]

    # --- Read ---------------------------------------------------------------------------------------------------------

    def _name(self):
        """Name the series and the country that the event refers to, as the facets know them."""
        series, place = self.facets.known["series"].get(self.event.series_id), self.event.place
        if series:
            self.event.series = Series(pk=series.pk, slug=series.code, name=series.name)
        if place and (country := self.facets.known["country"].get(place.country_id)):
            place.country = Country(pk=country.pk, alpha2=country.code, name=country.name)

    @cached_property
    def _related(self):
        return related_to(self.event.pk)

    @property
    def _links(self):
        return self._related.links

    @cached_property
    def _outcomes(self):
        """Those that it had or took up; of a conference also what was asked of its bodies since the one before."""
        own = self._related.outcomes
        if not self.is_conference:
            return own[:MOST_PUT]
        before = Position.among(self.event, self.periods.conferences).before
        bodies = [body.pk for body in self.bodies]
        asked = Outcome.objects.published().asked_of(bodies, since=before, until=self.event)
        found = {each.pk: each for each in (*own, *said(asked, MOST_PUT))}
        return [found[key] for key in sorted(found)][:MOST_PUT]

    @cached_property
    def _events(self):
        """All other events that the page tells of and the public sees, in one query: {primary key: Mention}."""
        keys = {key for link in self._links for key in (link.from_event, link.to_event)}
        keys |= {key for outcome in self._outcomes for key in (outcome.event, outcome.taken_up_at)}
        keys.update(self._keys_opened)
        for place in (self._place_in_period, self._place_in_series):
            keys.update(place[1:3])
        keys -= {None, self.event.pk}
        return mentions(keys)

    def _event(self, key):
        return self.event if key == self.event.pk else self._events.get(key)

    def _body(self, key):
        known = self.facets.known["body"].get(key)
        return known and Body(pk=known.pk, slug=known.code, name=known.name)

    def _known(self, facet):
        return self.facets.of_event(self.event.pk, facet)

    # --- Places in orders: (number from 0, before, after, total), or nothing ------------------------------------------

    @cached_property
    def _place_in_period(self):
        among = self.facets.by_period.get(self.period.reference) if self.period else None
        return self._place("earliest", among)

    @cached_property
    def _place_in_series(self):
        return self._place("series", self.facets.values["series"][self.event.series_id])

    def _place(self, order, among):
        if not among or self.event.pk not in among:
            return ()
        return *self.facets.orders[order].around(self.event.pk, among), len(among)

    def _position_of(self, place):
        if not place:
            return None
        number, before, after, total = place
        return Position(number + 1, total, self._event(before), self._event(after))

    @cached_property
    def _period_opened(self):
        return self.facets.by_period.get(self.event.reference, ()) if self.is_conference else ()

    @cached_property
    def _keys_opened(self):
        if not self._period_opened:
            return []
        return [key for _rank, key in self.facets.orders["earliest"].page(self._period_opened, 0, MOST_LISTED)]
