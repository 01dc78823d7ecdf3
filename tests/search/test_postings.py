"""What common words find is held once it is asked for again, and followed whatever is written.

The state machine tries it in two processes.
"""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from events import facets
from events.models import Event
from exchange.plans import plan
from records.models import Batch, Counter
from search import postings, registry
from search.find import find, records
from search.following import forget_all
from search.models import Indexed

pytestmark = pytest.mark.django_db(transaction=True)
EVENTS = registry.documents_of("events").number


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Two records are many already, and two queries all that is held."""
    forget_all()
    monkeypatch.setattr(postings, "COMMON", 2)
    monkeypatch.setattr(postings, "MOST_HELD", 2)


def write(*rows, **options):
    return plan("events", list(rows), **options).apply(Batch(origin=Batch.Origin.IMPORT))


def row(reference, title="Visas", **more):
    return {"reference": reference, "title": title, "kind": "workshop", "publication": "published"} | more


def counted(text):
    return {documents.type: number for documents, number in find(text).counts.items()}


def hold(text):
    """Have what a text finds held."""
    return [counted(text) for _time in range(2)]


@pytest.fixture
def counts_of_database(monkeypatch):
    """How often the database is asked to count: a list of what for."""
    asked = []
    engine = type(postings.engine())
    own = engine.counts
    monkeypatch.setattr(engine, "counts", lambda self, query: asked.append(query.text) or own(self, query))
    return asked


def test_what_was_asked_for_twice_is_asked_for_no_more_until_something_is_written(
    counts_of_database, django_assert_num_queries
):
    write(row("E1"), row("E2"))
    assert counted("visas") == {"events": 2}
    with django_assert_num_queries(3):
        assert counted("visas") == {"events": 2}
    with django_assert_num_queries(1):
        assert counted("visas") == {"events": 2}
    assert counts_of_database == ["visas"] * 2


def test_a_list_that_is_asked_for_again_has_its_words_held_too(django_assert_num_queries):
    write(row("E1"), row("E2"), row("E3", "Returns"))
    assert [len(records("visas", "events")) for _time in range(2)] == [2, 2]
    with django_assert_num_queries(2):
        assert (len(records("visas", "events")), len(records("visas", "countries"))) == (2, 0)


def test_few_are_counted_each_time(counts_of_database):
    write(row("E1"), row("E2", "Returns"))
    assert [counted("visas") for _time in range(4)] == [{"events": 1}] * 4
    assert counts_of_database == ["visas"] * 4


def test_whatever_is_written_is_followed_without_counting_again(counts_of_database):
    write(row("E1"), row("E2"))
    hold("visas")
    steps = [
        (lambda: write(row("E3")), 3),
        (lambda: write(row("E3", "Returns")), 2),
        (lambda: write(row("E3", "Returns", description="Of visas.")), 3),
        (lambda: write(row("E3", "Visas", publication="draft")), 2),
        (lambda: write(row("E1", publication="draft"), row("E2", "Ports")), 0),
        (lambda: write(row("E1"), row("E2", when="2004")), 2),
        (lambda: write(deleting=[{"reference": "E2"}]), 1),
    ]
    for step, number in steps:
        step()
        assert counted("visas").get("events", 0) == number == len(list(records("visas", "events")))
    assert counts_of_database == ["visas"] * 2


@pytest.mark.parametrize(
    "text", ["vis*", "“visas and returns”", "visas OR ports", "visas -ports", "-ports visas returns"]
)
def test_whatever_is_asked_for_is_followed(text, counts_of_database):
    write(*(row(f"E{number}", "Visas and returns") for number in range(1, 5)))
    hold(text)
    steps = [
        lambda: write(row("E1", "Visa and returned")),
        lambda: write(row("E2", "Returns and visas")),
        lambda: write(row("E3", "Ports, visas and returns")),
        lambda: write(row("E4", "Vision", when="2004"), row("E5", "Ports")),
        lambda: write(row("E1", "Visas and returns", when="2009")),
    ]
    for step in steps:
        step()
        assert counted(text).get("events", 0) == postings.engine().counts(find(text).query).get(EVENTS, 0)
    assert len(counts_of_database) == 2 + len(steps)


def test_a_record_that_was_set_back_and_written_since_is_found_anew(counts_of_database):
    write(row("E1"), row("E2"))
    write(row("E3"))
    hold("visas")
    facets.current()
    Event.objects.filter(reference="E3").delete()
    Indexed.objects.filter(code="E3").delete()
    Counter.objects.filter(name="record").update(value=1)
    facets.current()
    for number in range(4, 8):
        write(row(f"E{number}", "Ports"))
    assert counted("visas") == {"events": 2}


def test_what_was_touched_is_looked_for_among_what_is_found():
    """Else SQLite finds all that begins so for each record that was touched."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by what it knows of the tables, which here is little.")
    with CaptureQueriesContext(connection) as captured:
        postings.engine().touched(find("vis*").query, {("events", 1)})
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {captured[0]['sql']}")
        plan = " ".join(detail for *_ids, detail in cursor.fetchall())
    assert "search_words VIRTUAL TABLE INDEX 0:M" in plan


def test_after_more_than_is_remembered_everything_is_found_anew(monkeypatch, counts_of_database):
    monkeypatch.setattr("search.versions.REMEMBERED", 1)
    write(row("E1"), row("E2"))
    hold("visas")
    write(row("E3"), row("E4"), row("E5"))
    write(row("E6"))
    assert counted("visas") == {"events": 6}
    assert counts_of_database == ["visas"] * 3


def test_after_many_more_were_written_than_are_worth_following_everything_is_found_anew(
    monkeypatch, counts_of_database
):
    monkeypatch.setattr(postings, "MOST_FOLLOWED", 2)
    write(row("E1"), row("E2"))
    hold("visas")
    write(row("E3"), row("E4"), row("E5"))
    assert counted("visas") == {"events": 5}
    assert counts_of_database == ["visas"] * 3


def test_what_was_asked_for_longest_ago_is_forgotten(counts_of_database):
    write(row("E1", "Visas, ports, returns"), row("E2", "Visas, ports, returns"))
    for text in ("visas", "ports", "visas", "returns", "visas", "ports"):
        assert hold(text) == [{"events": 2}] * 2
    assert counts_of_database == ["visas", "visas", "ports", "ports", "returns", "returns", "ports", "ports"]


def test_within_a_transaction_nothing_is_kept_that_may_be_taken_back():
    write(row("E1"), row("E2"))
    hold("visas")
    with transaction.atomic():
        write(row("E3"))
        assert counted("visas") == {"events": 3}
        transaction.set_rollback(True)
    assert counted("visas") == {"events": 2}
