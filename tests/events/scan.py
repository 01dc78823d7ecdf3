"""Activities as a plain look through the tables finds them, to which all that is faster must come."""

from collections import Counter

from events.models import Event
from events.periods import NO_PERIOD
from records.dates import PartialDate


class Scanned:
    """A published event with all that it can be found by, read without any index."""

    def __init__(self, event, openers):
        self.pk, self.reference, self.kind, self.title = event.pk, event.reference, {event.kind}, event.title
        self.when = event.when
        self.country = {event.place.country.alpha2} if event.place else set()
        self.city = {event.place.folded_city} - {""} if event.place else set()
        self.series = {event.series.slug} if event.series else set()
        self.body = {body.slug for body in event.bodies.all()}
        self.theme = {theme.slug for theme in event.themes.all()}
        self.parts = {
            (whose.code, part.role)
            for part in event.involvements.all()
            for whose in (part.participant, part.participant.country)
            if whose
        }
        self.participant = {code for code, _role in self.parts}
        self.role = {role for _code, role in self.parts}
        self.period = {self._opener(openers)}
        self.year = set(range(self.when.starts_on.year, self.when.ends_on.year + 1)) if self.when else set()
        lacking = {"date": not self.when, "place": not event.place, "body": not self.body, "source": not event.sources}
        self.lacking = {fact for fact, is_lacking in lacking.items() if is_lacking}

    def _opener(self, openers):
        if not self.when or "ministerial" in self.kind:
            return NO_PERIOD
        before = [reference for starts_on, reference in openers if starts_on < self.when.starts_on]
        return before[-1] if before else NO_PERIOD

    def fits(self, asked):
        """Whether it fits all that is asked for: {parameter: values}."""
        asked = {name: values for name, values in asked.items() if values}
        participants, roles = asked.pop("participant", None), asked.pop("role", None)
        if not self._has_a_part(participants, roles):
            return False
        return all(self._fits(name, values) for name, values in asked.items())

    def _has_a_part(self, participants, roles):
        if not participants and not roles:
            return True
        return any(
            (not participants or code in participants) and (not roles or role in roles) for code, role in self.parts
        )

    def _fits(self, name, values):
        if name == "concerning":
            return bool((self.participant | self.country) & set(values))
        if name not in ("year", "since", "until"):
            return bool(getattr(self, name) & set(values))
        if not self.when:
            return False
        date = PartialDate.parse(str(values[0]))
        ends_soon_enough = self.when.starts_on <= date.ends_on or name == "since"
        return ends_soon_enough and (self.when.ends_on >= date.starts_on or name == "until")


def scan():
    """All published events."""
    events = Event.objects.filter(publication="published").order_by("starts_on", "pk")
    events = list(
        events.select_related("place__country", "series").prefetch_related(
            "bodies", "themes", "involvements__participant__country"
        )
    )
    openers = sorted(
        (event.starts_on, event.reference)
        for event in events
        if event.kind == "ministerial" and event.starts_on and event.status not in ("cancelled", "postponed")
    )
    return [Scanned(event, openers) for event in events]


def found(scanned, asked, order="earliest"):
    """The references of those that fit, in an order."""
    return [event.reference for event in sorted(scanned, key=ORDERS[order]) if event.fits(asked)]


def counts(scanned, asked, facet):
    """How many of those that fit all but what is asked for of a facet have each of its values: {value: number}."""
    together = {"participant": "role", "role": "participant"}.get(facet)
    others = {name: values for name, values in asked.items() if name not in LEFT_OUT.get(facet, (facet, together))}
    numbers = Counter()
    for event in scanned:
        if event.fits(others):
            numbers.update(
                value for value in getattr(event, facet) if event.fits(others | with_one(facet, value, asked))
            )
    return dict(numbers)


LEFT_OUT = {"year": ("year", "since", "until")}


def with_one(facet, value, asked):
    """What is asked for together with one value of a facet: a participant in the roles, a role of the participants."""
    together = {"participant": "role", "role": "participant"}.get(facet)
    return {facet: [value]} | ({together: asked.get(together)} if together else {})


def by_date(event):
    days = (event.when.starts_on.toordinal(), event.when.ends_on.toordinal()) if event.when else (10**7, 10**7)
    return (*days, len(event.reference), event.reference)


def latest_first(event):
    starts, ends, *named = by_date(event)
    return (-starts, -ends, *named) if event.when else (starts, ends, *named)


ORDERS = {
    "earliest": by_date,
    "latest": latest_first,
    "title": lambda event: (event.title.lower(), *by_date(event)),
}
