"""What activities can be found by, in memory: the same as a look through the tables, after whatever is written."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events import facets
from events.facets import Facets
from events.filters import EventListFilterSet
from events.listing import Listing
from events.models import Event, Involvement
from exchange.plans import plan
from records.models import Batch, Counter
from search.following import Following
from tests.events.scan import counts, found, scan
from tests.factories import (
    AgencyFactory,
    BodyFactory,
    CountryFactory,
    EventFactory,
    InvolvementFactory,
    MembershipFactory,
    PlaceFactory,
    SeriesFactory,
    ThemeFactory,
)

SHOWN = ("kind", "country", "city", "participant", "role", "body", "theme", "series", "period", "lacking", "year")
DATES = ["", "2002-02-26/2002-02-28", "2002", "2003-04", "2003-12/2004-02", "2004~", "2004-09-15", "2009-04"]
ROLES = ["chair", "host", "attendee"]


class Cast:
    """What made-up events have to choose from."""

    def __init__(self):
        countries = [CountryFactory(alpha2=code, name=name) for code, name in (("AU", "Australia"), ("TH", "Thailand"))]
        agencies = [AgencyFactory(slug="police", country=countries[0]), AgencyFactory(slug="migration")]
        self.taking_part = [*countries, *agencies]
        self.names = {each.pk: each.known_names.get(kind="preferred") for each in self.taking_part}
        MembershipFactory(member=agencies[0])
        self.bodies = [BodyFactory(slug=slug) for slug in ("experts", "ministers")]
        self.themes = [ThemeFactory(slug=slug) for slug in ("fraud", "returns")]
        self.series = [SeriesFactory(slug=slug) for slug in ("targeting", "forum")]
        self.places = [PlaceFactory(city=city, country=country) for city in ("Bali", "") for country in countries]


@pytest.fixture
def cast(db):
    return Cast()


def some(number):
    return st.sets(st.integers(0, number - 1), max_size=2)


events = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["workshop", "meeting", "ministerial"]),
        "when": st.sampled_from(DATES),
        "title": st.sampled_from(["b", "A", "É"]),
        "status": st.sampled_from(["held", "cancelled"]),
        "publication": st.sampled_from(["published", "published", "draft"]),
        "sources": st.sampled_from(["", "A page"]),
        "place": st.none() | st.integers(0, 3),
        "series": st.none() | st.integers(0, 1),
        "bodies": some(2),
        "themes": some(2),
        "parts": st.sets(st.tuples(st.integers(0, 3), st.sampled_from(ROLES)), max_size=3),
    }
)
asked_for = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.lists(st.sampled_from(["workshop", "meeting", "seminar"]), max_size=2, unique=True),
        "country": st.lists(st.sampled_from(["AU", "TH"]), max_size=2, unique=True),
        "participant": st.lists(st.sampled_from(["AU", "TH", "police"]), max_size=2, unique=True),
        "concerning": st.lists(st.sampled_from(["AU", "TH"]), max_size=1),
        "role": st.lists(st.sampled_from(ROLES), max_size=2, unique=True),
        "body": st.lists(st.sampled_from(["experts", "ministers"]), max_size=2, unique=True),
        "lacking": st.lists(st.sampled_from(["date", "place", "body", "source"]), max_size=2, unique=True),
        "year": st.lists(st.sampled_from(["2002", "2004"]), max_size=1),
        "since": st.lists(st.sampled_from(["2003", "2004-02"]), max_size=1),
        "until": st.lists(st.sampled_from(["2003-04", "2004"]), max_size=1),
    },
)


# The cast is the same for all examples; what these make is rolled back.
one_cast = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def make(cast, described, **more):
    """Save an event as it is described."""
    made = {
        **described,
        "place": chosen(cast.places, described["place"]),
        "series": chosen(cast.series, described["series"]),
    }
    bodies, themes, parts = (made.pop(name) for name in ("bodies", "themes", "parts"))
    event = more.pop("event", None) or Event(**more)
    rows = [Event.bodies.through(event=event, body=cast.bodies[place]) for place in bodies]
    rows += [Event.themes.through(event=event, theme=cast.themes[place]) for place in themes]
    for place, role in parts:
        whose = cast.taking_part[place]
        rows.append(Involvement(event=event, participant=whose, role=role, recorded_as=cast.names[whose.pk]))
    for relation in (Event.bodies.through, Event.themes.through, Involvement) if event.pk else ():
        relation.objects.filter(event=event).delete()
    for name, value in made.items():
        setattr(event, name, value)
    event.save()
    for each in rows:
        each.event = event
        each.save(force_insert=True)
    return event


def chosen(choices, place):
    return None if place is None else choices[place]


def content(these):
    """All that facets know, to be compared."""
    return (
        sorted(these.events),
        {name: {value: sorted(keys) for value, keys in values.sets.items()} for name, values in these.values.items()},
        {name: list(order) for name, order in these.orders.items()},
        {reference: sorted(keys) for reference, keys in these.by_period.items()},
        these.known,
    )


def agree(query, order="earliest"):
    """See that what a list finds, and what it counts, is what a plain look through the tables finds."""
    data = QueryDict(mutable=True)
    for name, values in query.items():
        data.setlist(name, values)
    data["sort"] = order
    filterset, scanned = EventListFilterSet(data, Event.objects.published()), scan()
    assert filterset.is_valid(), filterset.errors
    references = dict(Event.objects.values_list("pk", "reference"))
    keys = [key for _rank, key in filterset.facets.orders[order].page(filterset.finding.found, 0, 100)]
    assert [references[key] for key in keys] == found(scanned, query, order)
    for facet in SHOWN:
        assert counted(filterset, facet) == counts(scanned, query, facet), facet


def counted(filterset, facet):
    """What a facet counts, by the codes of its values, without what none has."""
    codes = {each.pk: each.code for each in filterset.facets.by_code.get(facet, {}).values()}
    numbers = filterset.finding.counts(facet)
    return {codes.get(value, value): number for value, number in numbers.items() if number}


@one_cast
@given(st.lists(events, max_size=5), asked_for, st.sampled_from(["earliest", "latest", "title"]))
def test_what_is_found_and_counted_is_what_a_look_through_the_tables_finds(cast, described, query, order):
    with transaction.atomic():
        for number, each in enumerate(described):
            make(cast, each, reference=f"T{number}")
        agree(query, order)
        transaction.set_rollback(True)


@one_cast
@given(st.lists(events, min_size=1, max_size=4), st.lists(events | st.none(), max_size=5))
def test_what_follows_changes_is_what_is_read_anew(cast, before, after):
    with transaction.atomic():
        made = [make(cast, each, reference=f"T{number}") for number, each in enumerate(before)]
        known = Facets.of_all()
        touched = set()
        for number, each in enumerate(after):
            touched.add(made[number].pk if number < len(made) else None)
            if number >= len(made):
                touched |= {make(cast, each, reference=f"N{number}").pk} if each else set()
            elif each is None:
                made[number].delete()
            else:
                make(cast, each, event=made[number])
        assert content(known.changed(touched - {None})) == content(Facets.of_all())
        transaction.set_rollback(True)


def test_an_order_of_many_is_followed_and_paged(cast):
    """Blocks are cut where they grow, and left where nothing is in them any more."""
    Event.objects.bulk_create(
        Event(
            reference=f"T{number}",
            title=f"{number % 7}",
            kind="workshop",
            when=f"{2000 + number % 30}",
            publication="published",
        )
        for number in range(1300)
    )
    known = Facets.of_all()
    gone = list(Event.objects.filter(starts_on__year__lt=2015).values_list("pk", flat=True))
    Event.objects.filter(pk__in=gone).delete()
    Event.objects.bulk_create(
        Event(reference=f"N{number}", title="New", kind="meeting", when="2016-05", publication="published")
        for number in range(1200)
    )
    new = Event.objects.filter(title="New").values_list("pk", flat=True)
    followed = known.changed({*gone, *new})
    assert content(followed) == content(Facets.of_all())
    order = list(followed.orders["latest"])
    assert followed.orders["latest"].page(followed.events, 1200, 1225) == order[1200:1225]
    meetings = followed.values["kind"]["meeting"]
    assert (
        followed.orders["latest"].page(meetings, 1190, 1300) == [pair for pair in order if pair[1] in meetings][1190:]
    )


# --- Kept, and never stale --------------------------------------------------------------------------------------------


def write(*rows, type="events", **options):
    return plan(type, list(rows), **options).apply(Batch(origin=Batch.Origin.IMPORT))


def row(reference, **more):
    return {
        "reference": reference,
        "title": f"Workshop {reference}",
        "kind": "workshop",
        "publication": "published",
    } | more


@pytest.fixture
def kept(transactional_db):
    """Facets that are kept; how often they were made anew and how often followed is counted."""
    numbers = {"made": 0, "changed": 0}

    def made():
        numbers["made"] += 1
        return Facets.of_all()

    def changed(held, keys):
        numbers["changed"] += 1
        return held.changed(keys)

    following = Following("events", made=made, changed=changed)
    following.numbers = numbers
    return following


def test_what_was_read_is_kept_for_one_query_as_long_as_nothing_is_written(kept, django_assert_num_queries):
    write(row("E1"))
    held = kept.now()
    with django_assert_num_queries(1):
        assert kept.now() is held


@pytest.mark.django_db(transaction=True)
def test_whatever_is_written_is_followed(kept):
    country = CountryFactory(alpha2="KR", name="Korea")
    agency = AgencyFactory(slug="ministry", name="Ministry")
    PlaceFactory(city="Seoul", country=country)
    write(row("E1", hosts="Ministry", city="Seoul", country="KR"), row("C1", kind="ministerial", when="2002"))
    kept.now()
    steps = [
        lambda: write(row("E2", when="2003", bodies="")),
        lambda: write(row("E2", when="2004-05", title="Renamed")),
        lambda: write({"slug": "ministry", "name": "Ministry of Justice", "country": "KR"}, type="agencies"),
        lambda: write({"alpha2": "KR", "name": "Republic of Korea"}, type="countries"),
        lambda: write(row("C1", kind="ministerial", when="2005")),
        lambda: write(row("E1", publication="draft")),
        lambda: write(row("E1")),
        lambda: write(row("E3", publication="draft")),
        lambda: write({"slug": "fraud", "name": "Fraud"}, type="themes"),
        lambda: write(row("E2", themes="Fraud")),
        lambda: write(deleting=[{"reference": "E2"}]),
    ]
    for number, step in enumerate(steps, start=1):
        step()
        assert content(kept.now()) == content(Facets.of_all()), number
    assert kept.numbers == {"made": 1, "changed": len(steps)}
    assert agency.pk in kept.now().values["participant"]


@pytest.mark.django_db(transaction=True)
def test_what_another_connection_commits_is_on_the_next_page(client):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's database for tests is in memory, where threads share one connection")
    write(row("E1"))
    assert "<strong>1</strong> activity on record" in client.get("/activities/").text

    def elsewhere():
        try:
            write(row("E2"), row("E1", publication="draft"))
            write(row("E3"))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(elsewhere).result()
    page = client.get("/activities/").text
    assert "<strong>2</strong> activities on record" in page
    assert "Workshop E1" not in page


@pytest.mark.django_db(transaction=True)
def test_what_is_not_committed_is_kept_from_nobody_and_for_nobody(kept):
    write(row("E1"))
    kept.now()
    with transaction.atomic():
        write(row("E2"))
        assert len(kept.now().events) == 2
        transaction.set_rollback(True)
    assert len(kept.now().events) == 1


@pytest.mark.django_db(transaction=True)
def test_a_record_that_was_set_back_is_read_anew(kept):
    write(row("E1"))
    write(row("E2"))
    kept.now()
    Event.objects.filter(reference="E2").delete()
    Counter.objects.filter(name="record").update(value=1)
    assert len(kept.now().events) == 1


@pytest.mark.django_db(transaction=True)
def test_a_process_that_missed_too_much_reads_everything(kept, monkeypatch):
    monkeypatch.setattr("search.versions.REMEMBERED", 1)
    write(row("E1"))
    kept.now()
    write(row("E2"), row("E3"))
    write(row("E4"))
    assert content(kept.now()) == content(Facets.of_all())
    assert kept.numbers["made"] == 2


def test_what_was_deleted_since_the_facets_were_read_is_left_out(db):
    EventFactory.create_batch(2)
    listing = Listing(EventListFilterSet(QueryDict(), Event.objects.published()))
    write(deleting=[{"reference": Event.objects.earliest("pk").reference}])
    assert [len(section["lines"]) for section in listing.sections] == [1]


def test_drafts_are_in_no_facet(db):
    InvolvementFactory(event=EventFactory(draft=True, bodies=[BodyFactory()], themes=[ThemeFactory()]))
    EventFactory(publication="in_review", place=PlaceFactory(), series=SeriesFactory())
    these = facets.current()
    assert not these.events
    assert all(not values.sets for values in these.values.values())
    assert {facet: known for facet, known in these.by_code.items() if known}.keys() == {"body", "period"}
