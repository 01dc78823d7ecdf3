"""What the search index holds of activities and of what belongs to them."""

from django.db.models import Q

from participants.models import Body, Participant
from participants.search import NAMES, AgencyDocuments, CountryDocuments, names_of
from search.documents import Document, Documents, Rests, Shown, rank_of_day

from .lines import line_of
from .models import Event, Involvement, Outcome, Place, Series, Theme

# The columns of an event's row that say who took part, where it was, and what it is of.
PARTS = frozenset(f"{role}s" for role in Involvement.Role.values)
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
    model = Event
    number = 30
    rests = (
        Rests(Participant, events_of_participants, NAMES | {"country"}),
        Rests(Body, lambda keys: published(Q(bodies__in=keys)), NAMES),
        Rests(Place, lambda keys: published(Q(place__in=keys)), frozenset({"city", "country"})),
        Rests(Series, lambda keys: published(Q(series__in=keys)), frozenset({"name"})),
        Rests(Theme, lambda keys: published(Q(themes__in=keys)), frozenset({"name"})),
    )

    def documents(self, records):
        events = list(records.order_by("pk").select_related("place__country", "series"))
        keys = [event.pk for event in events]
        parts = parts_of(keys)
        bodies = headings_of(Event.bodies.through, "body", keys)
        themes = headings_of(Event.themes.through, "theme", keys)
        taking_part = {key for of_event in parts.values() for part in of_event for key in part.whose if key}
        countries = {event.place.country_id for event in events if event.place}
        names = names_of(taking_part | countries)
        names_of_bodies = names_of({pk for of_event in bodies.values() for pk, _name in of_event}, "body")
        for event in events:
            named = [name for part in parts.get(event.pk, ()) for key in part.whose for name in names.get(key, ())]
            if event.place:
                named += [event.place.city, *names.get(event.place.country_id, ())]
            named += [name for pk, _name in bodies.get(event.pk, ()) for name in names_of_bodies[pk]]
            named += [name for _pk, name in themes.get(event.pk, ())]
            named += [event.series.name] if event.series else []
            leading = [(part.role, part.name) for part in parts.get(event.pk, ()) if part.is_leading]
            yield Document(
                record=event.pk,
                code=event.reference,
                address=event.get_absolute_url(),
                title=event.title,
                names="\n".join(dict.fromkeys(filter(None, named))),
                text="\n".join(filter(None, [event.alongside, event.venue, event.description])),
                when=str(event.when),
                line=line_of(event, [name for _pk, name in bodies.get(event.pk, ())], leading),
                rank=rank_of_day(event.starts_on),
            )


class Part:
    """A part in an event, as the index reads it: `whose` are the keys of the participant and of its country."""

    __slots__ = ("is_leading", "name", "role", "whose")

    def __init__(self, role, name, whose):
        self.role, self.name, self.whose = role, name, whose
        self.is_leading = role not in Involvement.MERELY_THERE


def parts_of(keys):
    """The parts in events: {primary key of the event: [Part]}, in the order of the roles and of names. One query."""
    found = {}
    parts = Involvement.objects.filter(event__in=keys).by_role()
    fields = ("event", "role", "recorded_as__text", "participant", "participant__country")
    for event, role, name, participant, country in parts.values_list(*fields):
        found.setdefault(event, []).append(Part(role, name, (participant, country)))
    return found


def headings_of(through, heading, keys):
    """What events are of: {primary key of the event: [(primary key, name)]}, by name. One query."""
    found = {}
    rows = through.objects.filter(event__in=keys).order_by(f"{heading}__name", heading)
    for event, pk, name in rows.values_list("event", heading, f"{heading}__name"):
        found.setdefault(event, []).append((pk, name))
    return found


class OutcomeDocuments(Documents):
    type = "outcomes"
    label = "Outcomes"
    model = Outcome
    number = 20
    rests = (
        Rests(Event, lambda keys: Outcome.objects.published().filter(event__in=keys).values_list("pk", flat=True)),
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
                address=f"{each.event.get_absolute_url()}#{each.reference}",
                title=f"{each.get_kind_display()} of {each.event.title}",
                names="\n".join(names.get(each.addressed_to_id, ())),
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
    model = Series
    number = 45
    rests = (Shown(Event, frozenset({"series", "publication"})),)


class ThemeDocuments(HeadingDocuments):
    type = "themes"
    label = "Themes"
    model = Theme
    number = 40
    rests = (Shown(Event, frozenset({"themes", "publication"})),)


def let_events_show_participants():
    """Published events show those with a part in them and the countries that they were in."""
    for documents in (CountryDocuments, AgencyDocuments):
        documents.rests = (*documents.rests, Shown(Event, SHOWING))
