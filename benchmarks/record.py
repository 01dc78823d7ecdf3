"""A made-up record of any size, written straight into the tables: what the benchmark of the site is served from.

`grow` adds events to the starting record until there are as many as are asked for. Events, with all that belongs to
them, depend on their number alone, so that a record of 1,000 is the beginning of one of 100,000.
"""

import random
from dataclasses import dataclass, field
from itertools import accumulate

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from events.models import Event, EventLink, Involvement, Outcome, Place, Series, Theme
from participants.models import Agency, Body, Country, Name
from participants.names import save_answers
from records.models import Counter

AGENCIES, SERIES_FOR_EVENTS, CITIES = 120, 200, 100
CHUNK = 2_000
# The conferences after those of the starting record.
CONFERENCES = ["2011-03-29", "2013-04-02", "2016-03-22", "2018-08-06", "2020-02-11", "2023-02-10"]
YEARS = range(2002, 2027)
KINDS = {"workshop": 34, "meeting": 28, "training": 14, "seminar": 9, "senior_officials": 7, "side_event": 5}
ROLES = {"attendee": 30, "contributor": 18, "host": 14, "organiser": 14, "chair": 8, "co_chair": 6, "observer": 4}
ROLES |= {"partner": 3, "trainer": 2, "coordinator": 1}
PARTS = {1: 6, 2: 10, 3: 14, 4: 16, 5: 16, 6: 12, 7: 10, 8: 8, 10: 5, 12: 3}
SUBJECTS = """
Document fraud, Victim support, Targeting of smugglers, Model legislation, Returns, Intelligence, Asylum, Border
management, Identity, Money laundering, Child protection, Public information, Capacity building, Passenger data,
Unlawful labour
"""
WORDS = """
officials of the region compared what their laws say about smuggling and trafficking and agreed to share lists of
contacts experience with screening interviews documents visas passports training material good practice between
police immigration prosecutors consular staff organisations on request of the group before its next meeting
"""
# A word that one in so many titles has.
RARE, RARE_EVERY = "Quokka", 5_000


@dataclass
class Cast:
    """Whom and what events choose from, the first ones more often than the last: primary keys."""

    names: list
    places: list
    bodies: list
    themes: list
    series: list = field(default_factory=list)

    def __post_init__(self):
        lists = (self.names, self.places, self.bodies, self.series)
        self.weights = {id(each): list(accumulate(1 / (place + 3) for place in range(len(each)))) for each in lists}

    def some(self, dice, choices, number=1):
        return dice.choices(choices, cum_weights=self.weights[id(choices)], k=number)


def grow(number):
    """Add events to the record until there are so many, and bring the search index and the planner up to date."""
    with transaction.atomic():
        Counter.lock()
        if not Name.objects.filter(text="Agency 1").exists():
            settle()
        cast = cast_for(number)
        for first in range(Event.objects.count(), number, CHUNK):
            write(range(first, min(first + CHUNK, number)), cast)
    rebuild_search()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def settle():
    """What does not grow with the number of events: agencies, cities and conferences."""
    countries = list(Country.objects.order_by("alpha2"))
    dice = random.Random(0)
    for number in range(1, AGENCIES + 1):
        agency = Agency.objects.create(
            kind="agency", name=f"Agency {number}", slug=f"agency-{number}", country=dice.choice(countries)
        )
        save_answers(agency, ())
    members = list(Country.objects.filter(memberships__isnull=False).distinct().order_by("alpha2"))
    Place.objects.bulk_create(
        Place(city=f"City {number}", country=dice.choice(members)) for number in range(1, CITIES + 1)
    )
    Event.objects.bulk_create(
        Event(
            reference=f"C{day[:4]}",
            title=f"Conference of {day[:4]}",
            kind="ministerial",
            when=day,
            publication="published",
        )
        for day in CONFERENCES
    )


def cast_for(number):
    """The cast of a record of so many events, with as many series as it would have."""
    wanted = max(number // SERIES_FOR_EVENTS, 10)
    already = Series.objects.count()
    Series.objects.bulk_create(
        Series(name=f"Series {each}", slug=f"series-{each}") for each in range(already + 1, wanted + 1)
    )
    named = Name.objects.filter(kind="preferred", participant__isnull=False)
    taking_part = named.filter(participant__memberships__isnull=False) | named.filter(text__startswith="Agency")
    return Cast(
        names=list(taking_part.distinct().order_by("folded").values_list("pk", "participant")),
        places=list(Place.objects.order_by("pk").values_list("pk", flat=True)),
        bodies=list(Body.objects.order_by("pk").values_list("pk", flat=True)),
        themes=list(Theme.objects.order_by("pk").values_list("pk", flat=True)),
        series=list(Series.objects.order_by("pk").values_list("pk", flat=True)),
    )


def write(numbers, cast):
    """Events with these numbers, with their involvements, bodies, themes, outcomes and links."""
    dice = {number: random.Random(number) for number in numbers}
    events = Event.objects.bulk_create(event(number, dice[number], cast) for number in numbers)
    rows = {model: [] for model in (Involvement, Event.bodies.through, Event.themes.through, Outcome, EventLink)}
    earlier = list(Event.objects.order_by("-pk").values_list("pk", flat=True)[len(events) : len(events) + 500])
    for number, each in zip(numbers, events, strict=True):
        for row in belongings(each, number, dice[number], cast, earlier):
            rows[type(row)].append(row)
    for model, objects in rows.items():
        model.objects.bulk_create(objects)


def event(number, dice, cast):
    planned = dice.random() < 0.01
    subject, (kind,) = " ".join(dice.choice(SUBJECTS.split(",")).split()), dice.choices(list(KINDS), KINDS.values())
    series = cast.some(dice, cast.series)[0] if dice.random() < 0.3 else None
    return Event(
        reference=f"E{number + 1001}",
        title=f"{subject} {kind.replace('_', ' ')} {number}" + (f" on the {RARE}" if number % RARE_EVERY == 17 else ""),
        kind=kind,
        when="2027-03" if planned else when(dice),
        status="planned" if planned else "held" if dice.random() < 0.98 else "cancelled",
        place_id=cast.some(dice, cast.places)[0] if dice.random() < 0.9 else None,
        series_id=series,
        number_in_series=dice.randint(1, 60) if series and dice.random() < 0.5 else None,
        description="\n\n".join(sentence(dice) for _ in range(dice.randint(1, 3))),
        sources="Made for measuring",
        publication="published" if dice.random() < 0.97 else "draft",
    )


def when(dice):
    """A date of the record: of a day, a month, a year, or none."""
    year, month, day = dice.choice(YEARS), dice.randint(1, 12), dice.randint(1, 25)
    exactness = dice.random()
    if exactness < 0.5:
        return f"{year}-{month:02}-{day:02}/{year}-{month:02}-{day + 2:02}"
    return f"{year}-{month:02}" if exactness < 0.9 else f"{year}" if exactness < 0.98 else ""


def sentence(dice):
    return f"{' '.join(dice.choices(WORDS.split(), k=dice.randint(12, 30))).capitalize()}."


def belongings(event, number, dice, cast, earlier):
    """All that belongs to an event."""
    parts = {}
    for name, participant in cast.some(dice, cast.names, *dice.choices(list(PARTS), PARTS.values())):
        parts.setdefault((participant, *dice.choices(list(ROLES), ROLES.values())), name)
    for (participant, role), name in parts.items():
        yield Involvement(event=event, participant_id=participant, role=role, recorded_as_id=name)
    for body in set(cast.some(dice, cast.bodies, dice.choice((1, 1, 1, 2)))):
        yield Event.bodies.through(event=event, body_id=body)
    for theme in dice.sample(cast.themes, dice.randint(1, 2)):
        yield Event.themes.through(event=event, theme_id=theme)
    if dice.random() < 0.2:
        body = cast.some(dice, cast.bodies)[0] if dice.random() < 0.2 else None
        taken_up = {"status": "taken_up", "taken_up_at_id": dice.choice(earlier)} if earlier and number % 3 else {}
        told = {"reference": f"O{number + 1001}", "kind": "recommendation", "text": sentence(dice)}
        yield Outcome(event=event, addressed_to_id=body, **told, **taken_up)
    if earlier and dice.random() < 0.15:
        yield EventLink(from_event=event, to_event_id=dice.choice(earlier), kind="follows")


def rebuild_search():
    """Where there is an index, fill it."""
    try:
        call_command("rebuild_search", verbosity=0)
    except CommandError:
        return
