"""Which published activities fit what is asked for, and how many would but for one part of it."""

from datetime import date
from functools import cached_property

from pyroaring import BitMap

from search.bitmaps import intersection
from search.find import records

from .models import Event

# Parameters that are asked for in one: a part is of a participant and in a role, a time has a beginning and an end.
TOGETHER = {"participant": "part", "role": "part", "year": "when", "since": "when", "until": "when"}


class Finding:
    """What is found of `facets` by cleaned values: {parameter: value}, of several alternatives a list."""

    def __init__(self, facets, asked):
        self.facets, self.asked = facets, asked
        self.sets = {name: getattr(self, f"_of_{name}")() for name in self._names()}

    @cached_property
    def found(self):
        """The events that fit everything, as a set."""
        return self._fitting(self.sets.values())

    def but_for(self, name):
        """The events that fit all but one parameter and what is asked for together with it."""
        name = TOGETHER.get(name, name)
        if name not in self.sets:
            return self.found
        return self._fitting([keys for other, keys in self.sets.items() if other != name])

    def without(self, name):
        """The events that fit all but one parameter, and what else is asked for together with it."""
        together = TOGETHER.get(name)
        rest = {other: self.asked.get(other) for other in TOGETHER if other != name and TOGETHER[other] == together}
        return intersection([self.but_for(name), *Finding(self.facets, rest).sets.values()])

    def _fitting(self, sets):
        return intersection([self.facets.events, *sets]) if sets else self.facets.events

    def counts(self, facet):
        """How many are found of each value of a facet, under what is asked for of the others: {value: number}."""
        among = self.but_for(facet)
        roles, participants = self.asked.get("role"), self._keys("participant")
        if facet == "period":
            return {code: among.intersection_cardinality(keys) for code, keys in self.facets.by_period.items()}
        if facet == "participant" and roles:
            return self._counts_of_parts(among, lambda each: [(each, role) for role in roles], facet)
        if facet == "role" and participants:
            return self._counts_of_parts(among, lambda each: [(whose, each) for whose in participants], facet)
        values = self.facets.values[facet]
        return values.numbers if among is self.facets.events else values.counts(among)

    def _counts_of_parts(self, among, parts_of, facet):
        """The counts of participants in roles that are asked for, or of roles of participants."""
        parts = self.facets.values["part"]
        counted = ((each, parts.any_of(parts_of(each))) for each in self.facets.values[facet].sets)
        numbers = {each: among.intersection_cardinality(keys) for each, keys in counted}
        return {each: number for each, number in numbers.items() if number}

    def _names(self):
        """What is asked for, what is asked for in one together."""
        return dict.fromkeys(TOGETHER.get(name, name) for name, value in self.asked.items() if value)

    # --- The events that fit one part of what is asked for ------------------------------------------------------------

    def _of_kind(self):
        return self.facets.values["kind"].any_of(self.asked["kind"])

    def _of_city(self):
        return self.facets.values["city"].any_of(self.asked["city"])

    def _of_lacking(self):
        return self.facets.values["lacking"].any_of(self.asked["lacking"])

    def _of_body(self):
        return self._of_named("body")

    def _of_theme(self):
        return self._of_named("theme")

    def _of_series(self):
        return self._of_named("series")

    def _of_named(self, facet):
        known = self.facets.by_code[facet]
        return self.facets.values[facet].any_of([known[code].pk for code in self.asked[facet]])

    def _of_country(self):
        return self.facets.values["country"].any_of(self._keys("country"))

    def _of_concerning(self):
        """What they or their agencies had a part in, and what was held in them."""
        keys = self._keys("concerning")
        return self.facets.values["participant"].any_of(keys) | self.facets.values["country"].any_of(keys)

    def _of_part(self):
        """Participants and roles are asked for in one: one part is both."""
        participants, roles = self._keys("participant"), self.asked.get("role")
        if not participants:
            return self.facets.values["role"].any_of(roles)
        if not roles:
            return self.facets.values["participant"].any_of(participants)
        return self.facets.values["part"].any_of([(each, role) for each in participants for role in roles])

    def _of_period(self):
        return BitMap.union(*(self.facets.by_period[reference] for reference in self.asked["period"]))

    def _of_when(self):
        sets = []
        if year := self.asked.get("year"):
            sets += [self.facets.until(date(int(year), 12, 31)), self.facets.since(date(int(year), 1, 1))]
        if since := self.asked.get("since"):
            sets.append(self.facets.since(since.starts_on))
        if until := self.asked.get("until"):
            sets.append(self.facets.until(until.ends_on))
        return intersection(sets)

    def _of_reference(self):
        events = Event.objects.published().filter(reference__in=self.asked["reference"])
        return BitMap(events.order_by().values_list("pk", flat=True))

    def _of_q(self):
        """What the search index finds; words that tell too little to be looked for leave everything."""
        found = records(self.asked["q"], "events")
        return self.facets.events if found is None else BitMap(found)

    def _keys(self, name):
        return [each.pk for each in self.asked.get(name) or ()]
