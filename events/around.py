"""What lies around an activity: who had a part in it, where it stands in its period and series, what it is linked to,
and what came of it or was put to it.

Where it stands is known from the facets in memory. Parts, links and outcomes take a query each, and all other events
that are told of take one together.
"""

from functools import cached_property
from itertools import starmap
from typing import NamedTuple

from django.db.models import Q
from django.db.models.functions import Coalesce

from participants.models import Body, Participant
from records.addresses import address_of
from records.prepared import Prepared

from .mentions import OF_A_LINK, OF_AN_EVENT, OF_AN_OUTCOME, Link, Mention, Said
from .models import Event, EventLink, Involvement, Outcome, Theme
from .positions import Position
from .threads import Thread

# A page of something lists this many, and leads to the list of all.
MOST_LISTED = 50
# Of what was put to a conference no more is read than this.
MOST_PUT = 200
ROLES = Involvement.Role.values


class Part(NamedTuple):
    """A part in an event: in which role, who had it, whose agency that is, under which name, and what is remarked."""

    role: str
    kind: str
    code: str
    name: str
    country: str
    country_name: str
    recorded_as: str
    remark: str

    @property
    def address(self):
        page = "country" if self.kind == Participant.Kind.COUNTRY else "agency"
        return address_of(f"participants:{page}", self.code)

    @property
    def address_of_country(self):
        return address_of("participants:country", self.country)

    def in_order(self):
        """What stands for its place: by role, then by name."""
        return ROLES.index(self.role), self.name, self.code


# What activities have, by their keys.
PARTS = Prepared(
    lambda keys: (
        Involvement.objects.filter(event__pk__among=keys)
        .order_by()
        .values_list(
            *("role", "participant__kind", Coalesce("participant__alpha2", "participant__slug"), "participant__name"),
            *("participant__country__alpha2", "participant__country__name", "recorded_as__text", "remark"),
        )
    )
)
LINKS = Prepared(
    lambda keys: EventLink.objects.filter(Q(from_event__pk__among=keys) | Q(to_event__pk__among=keys)).values_list(
        *OF_A_LINK
    )
)
# Without an order, which SQLite would read all outcomes for.
OUTCOMES = Prepared(
    lambda keys: (
        Outcome.objects.filter(Q(event__pk__among=keys) | Q(taken_up_at__pk__among=keys))
        .order_by()
        .values_list(*OF_AN_OUTCOME)
    )
)
MENTIONED = Prepared(lambda keys: Event.objects.published().filter(pk__among=keys).order_by().values_list(*OF_AN_EVENT))


class Around:
    """What lies around a published event, by the facets of the record."""

    def __init__(self, event, facets):
        self.event, self.facets, self.periods = event, facets, facets.periods
        self.is_conference = event.pk in facets.conferences

    @cached_property
    def bodies(self):
        return [Body(pk=each.pk, slug=each.code, name=each.name) for each in self._known("body")]

    @cached_property
    def themes(self):
        return [Theme(pk=each.pk, slug=each.code, name=each.name) for each in self._known("theme")]

    @cached_property
    def parts(self):
        """Its involvements with all their names, in the order of the roles and of names."""
        return sorted(starmap(Part, PARTS([self.event.pk])), key=Part.in_order)

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

    @property
    def in_period(self):
        """Its position among the activities of its period; of a conference, among the conferences."""
        if self.is_conference:
            return Position.among(self.event, self.periods.conferences)
        return self._position_of(self._place_in_period)

    @property
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

    @cached_property
    def _links(self):
        return list(starmap(Link, LINKS([self.event.pk])))

    @cached_property
    def _outcomes(self):
        return sorted(starmap(Said, self._rows_of_outcomes))[:MOST_PUT]

    @property
    def _rows_of_outcomes(self):
        if not self.is_conference:
            return OUTCOMES([self.event.pk])
        before = Position.among(self.event, self.periods.conferences).before
        bodies = [body.pk for body in self.bodies]
        own = Outcome.objects.filter(Q(event=self.event.pk) | Q(taken_up_at=self.event.pk))
        asked = Outcome.objects.published().asked_of(bodies, since=before, until=self.event)
        return (own | asked).values_list(*OF_AN_OUTCOME)[:MOST_PUT]

    @cached_property
    def _events(self):
        """All other events that the page tells of and the public sees, in one query: {primary key: Mention}."""
        keys = {key for link in self._links for key in (link.from_event, link.to_event)}
        keys |= {key for outcome in self._outcomes for key in (outcome.event, outcome.taken_up_at)}
        keys.update(self._keys_opened)
        for place in (self._place_in_period, self._place_in_series):
            keys.update(place[1:3])
        keys -= {None, self.event.pk}
        return {event.pk: event for event in starmap(Mention, MENTIONED(keys))} if keys else {}

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
