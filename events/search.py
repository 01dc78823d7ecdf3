"""What the search index holds of activities and of what belongs to them."""

from datetime import date
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse

from participants.models import Body, Participant
from participants.search import NAMES, AgencyDocuments, CountryDocuments, names_of, telling
from search.documents import Document, Documents, Rests, Shown, among, rank_of_day

from .lines import line_of
from .models import Event, Involvement, Outcome, Place, Series, Theme

# The columns of an event's row that say who took part, where it was, and what it is of.
PARTS = frozenset(f"{role}s" for role in Involvement.Role.values)
PLACES = {role: place for place, role in enumerate(Involvement.Role.values)}
SHOWING = PARTS | {"country", "city", "publication"}


def events_of_participants(keys):
    """The published events that participants or their agencies have a part in, or that were at places of theirs."""
    parts = Involvement.objects.of(keys).values("event")
    return published(Q(pk__in=parts) | Q(place__country__in=keys))


def published(which):
    return Event.objects.published().filter(which).order_by().values_list("pk", flat=True)


class EventDocuments(Documents):
    type = "events"
    label = "Activities"
    one = "Activity"
    model = Event
    made_by = ("events.lines",)
    number = 30
    rests = (
        Rests(Participant, events_of_participants, NAMES | {"country"}),
        Rests(Body, lambda keys: published(Q(bodies__in=keys)), NAMES),
        Rests(Place, lambda keys: published(Q(place__in=keys)), frozenset({"city", "country"})),
        Rests(Series, lambda keys: published(Q(series__in=keys)), frozenset({"name"})),
        Rests(Theme, lambda keys: published(Q(themes__in=keys)), frozenset({"name"})),
    )

    def documents(self, records):
        events = list(map(Happened._make, records.order_by("pk").values_list(*READ)))
        keys = [event.pk for event in events]
        parts = parts_of(keys)
        bodies = headings_of(Event.bodies.through, "body", keys)
        themes = headings_of(Event.themes.through, "theme", keys)
        who = {event.country for event in events}.union(*(part.whose for each in parts.values() for part in each))
        names = {key: telling(*named) for key, named in names_of(who - {None}).items()}
        of_bodies = names_of({pk for each in bodies.values() for pk in each}, "body")
        names_of_bodies = {key: telling(*named) for key, named in of_bodies.items()}
        for event in events:
            of_event, its_bodies = parts.get(event.pk, ()), bodies.get(event.pk, {})
            named = {
                Event.Kind(event.kind).label: None,
                **{names.get(key): None for part in of_event for key in part.whose},
                event.city: None,
                names.get(event.country): None,
                **{names_of_bodies[pk]: None for pk in its_bodies},
                **dict.fromkeys(themes.get(event.pk, {}).values()),
                event.series: None,
            }
            leading = [(part.role, part.name) for part in of_event if part.role not in Involvement.MERELY_THERE]
            yield Document(
                record=event.pk,
                code=event.reference,
                address=event.get_absolute_url(),
                title=event.title,
                named=tuple(filter(None, named)),
                text="\n".join(filter(None, (event.alongside, event.venue, event.description))),
                when=event.when,
                line=line_of(event, its_bodies.values(), leading),
                rank=rank_of_day(event.starts_on),
            )


class Happened(NamedTuple):
    """An event as the index reads it, which is far quicker than as its model: see `READ`."""

    pk: int
    reference: str
    title: str
    kind: str
    status: str
    when: str
    starts_on: date | None
    alongside: str
    venue: str
    description: str
    city: str | None
    country: int | None
    name_of_country: str | None
    series: str | None

    @property
    def place(self):
        """The place in words, as `Place` says it; None for none."""
        return (
            self.name_of_country
            if self.city in ("", None, self.name_of_country)
            else f"{self.city}, {self.name_of_country}"
        )

    def get_absolute_url(self):
        return address_of(self.reference)


READ = (*Happened._fields[:10], "place__city", "place__country", "place__country__name", "series__name")


def address_of(reference):
    """The address of an event; finding it anew for each takes longer than all else."""
    return address_of_one().replace("REFERENCE", reference)


@cache
def address_of_one():
    return reverse("events:activity", args=["REFERENCE"])


class Part(NamedTuple):
    """A part in an event, as the index reads it; parts stand in the order of the roles, and of names."""

    place_of_role: int
    name_of_participant: str
    name: str
    role: str
    participant: int
    country: int | None

    @property
    def whose(self):
        """The keys of the participant, and of the country whose agency it is."""
        return self[-2:]


def parts_of(keys):
    """The parts in events: {primary key of the event: [Part]}, in their order. One query."""
    found = {}
    parts = Involvement.objects.filter(among("event", keys)).order_by()
    fields = ("event", "role", "recorded_as__text", "participant", "participant__name", "participant__country")
    for event, role, name, participant, called, country in parts.values_list(*fields):
        found.setdefault(event, []).append(Part(PLACES[role], called, name, role, participant, country))
    for of_event in found.values():
        of_event.sort()
    return found


def headings_of(through, heading, keys):
    """What events are of: {primary key of the event: {primary key: name}}, by name. One query."""
    found = {}
    rows = through.objects.filter(among("event", keys)).order_by()
    for event, pk, name in sorted(rows.values_list("event", heading, f"{heading}__name"), key=itemgetter(2)):
        found.setdefault(event, {})[pk] = name
    return found


class OutcomeDocuments(Documents):
    type = "outcomes"
    label = "Outcomes"
    one = "Outcome"
    model = Outcome
    number = 20
    rests = (
        # Of any event: what was published has to leave the index with it.
        Rests(Event, lambda keys: Outcome.objects.filter(event__in=keys).values_list("pk", flat=True)),
        Rests(
            Body, lambda keys: Outcome.objects.published().filter(addressed_to__in=keys).values_list("pk", flat=True)
        ),
    )

    def documents(self, records):
        records = list(records.order_by("pk").select_related("event", "addressed_to"))
        names = names_of({each.addressed_to_id for each in records if each.addressed_to_id}, "body")
        for each in records:
            yield Document(
                record=each.pk,
                code=each.reference,
                address=each.get_absolute_url(),
                title=f"{each.get_kind_display()} of {each.event.title}",
                named=names.get(each.addressed_to_id, ()),
                text=each.text,
                when=str(each.event.when),
                rank=rank_of_day(each.event.starts_on),
            )


class HeadingDocuments(Documents):
    """Series or themes of published activities."""

    def documents(self, records):
        for each in records.order_by("pk"):
            yield Document(
                record=each.pk,
                code=each.slug,
                address=each.get_absolute_url(),
                title=each.name,
                text=each.description,
            )


class SeriesDocuments(HeadingDocuments):
    type = "series"
    label = "Series"
    one = "Series"
    model = Series
    number = 45
    rests = (Shown(Event, frozenset({"series", "publication"})),)


class ThemeDocuments(HeadingDocuments):
    type = "themes"
    label = "Themes"
    one = "Theme"
    model = Theme
    number = 40
    rests = (Shown(Event, frozenset({"themes", "publication"})),)


def let_events_show_participants():
    """Published events show those with a part in them and the countries that they were in."""
    for documents in (CountryDocuments, AgencyDocuments):
        documents.rests = (*documents.rests, Shown(Event, SHOWING), Shown(Place, frozenset({"country"})))
