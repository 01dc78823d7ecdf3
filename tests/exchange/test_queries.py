"""How often the database is asked: as often for thirty rows as for one, and once more for each chunk."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange import registry
from exchange.plans import plan
from tests import snapshots

from .conftest import small_record
from .record import bring_in, bring_in_each, export, rows_of
from .strategies import version_row

pytestmark = pytest.mark.django_db
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def new_rows(type, count, start=0):
    return [MAKERS[type](number) for number in range(start, start + count)]


def event(number):
    return {
        "reference": "",
        "title": f"Meeting {number}",
        "kind": "meeting",
        "when": "2005-09",
        "city": f"City {number}",
        "country": "TH",
        "bodies": "Ministers; AHEG I",
        "themes": "Legislation",
        "series": "Targeting Workshops",
        "hosts": "ROK [with IOM]; Australia",
        "chairs": "Down Under",
    }


MAKERS = {
    "countries": lambda n: {"alpha2": "XY"[n // 26] + LETTERS[n % 26], "name": f"Land {n}", "names": f"State {n}"},
    "agencies": lambda n: {"name": f"Ministry {n}", "kind": "ministry", "parent": "IOM", "country": "AU"},
    "bodies": lambda n: {"slug": f"body-{n}", "name": f"Circle {n}", "short_name": f"G{n}", "parent": "Ministers"},
    "memberships": lambda n: {"body": f"group-{n}", "member": "TH", "joined": "2003", "left": ""},
    "contact_points": lambda n: {"participant": "TH", "name": f"Person {n}", "position": "Desk", "from": "2003"},
    "places": lambda n: {"city": f"City {n}", "country": "TH", "latitude": "1", "longitude": str(n)},
    "series": lambda n: {"name": f"Series {n}", "description": "One"},
    "themes": lambda n: {"name": f"Theme {n}", "description": "One"},
    "events": event,
    "event_links": lambda n: {"from": f"X{n}", "to": "E1", "kind": "follows"},
    "outcomes": lambda n: {"event": f"X{n}", "kind": "decision", "text": f"{n}", "addressed_to": "Ministers"},
    "collections": lambda n: {"name": f"Papers {n}", "custodian": "IOM", "event": f"X{n}"},
    "documents": lambda n: {
        "title": f"Paper {n}", "kind": "paper", "issued": "2004", "event": f"X{n}", "discussed_at": "E1; E2",
        "authors": "IOM; Thailand", "country": "TH", "collection": f"Shelf {n}",
    },
    "document_versions": lambda n: version_row(f"P{n}", 1, f"Words {n}"),
    "instruments": lambda n: {
        "name": f"Law {n}", "kind": "guideline", "developed_by": "IOM; Thailand", "body": "Ministers",
        "event": f"X{n}", "document": f"P{n}",
    },
    "uptakes": lambda n: {"instrument": f"law-{n}", "country": "TH", "status": "in_use", "as_of": "2004"},
    "reported_figures": lambda n: {"instrument": f"law-{n}", "event": f"X{n}", "status": "in_use", "count": "17"},
    "action_items": lambda n: {
        "plan": f"plan-{n}", "number": f"{n}", "text": f"Do {n}", "leads": "IOM; Thailand", "body": "Ministers",
    },
    "reviews": lambda n: {"plan": f"plan-{n}", "item": f"I{n}", "event": f"X{n}", "as_of": "", "finding": f"So {n}"},
    "editions": lambda n: {"title": f"Summary {n}", "origin": "imported", "text": "Words", "date": "", "sha256": ""},
    "sections": lambda n: {"edition": f"S{n}", "number": "2", "heading": f"Part {n}", "note": "One"},
    "entries": lambda n: {"edition": f"S{n}", "section": "1", "number": "1", "event": f"X{n}", "text": f"Meeting {n}"},
}  # fmt: skip
CHANGED = {
    "countries": {"name": "Renamed {}", "region": "Asia"},
    "agencies": {"name": "Renamed {}", "parent": "AFP"},
    "bodies": {"name": "Renamed {}", "parent": ""},
    "memberships": {"left": "2006"},
    "contact_points": {"position": "Renamed {}", "to": "2009", "public": "yes"},
    "places": {"latitude": "2"},
    "series": {"name": "Renamed {}"},
    "themes": {"description": "Two"},
    "events": {"title": "Renamed {}", "city": "Other {}", "hosts": "IOM", "bodies": "Bali Process", "themes": ""},
    "outcomes": {"text": "Renamed {}", "addressed_to": ""},
    "collections": {"name": "Renamed {}", "event": "E1"},
    "documents": {"title": "Renamed {}", "authors": "AFP", "discussed_at": "", "collection": ""},
    "document_versions": {"name": "Renamed {}.txt"},
    "instruments": {"name": "Renamed {}", "kind": "model_legislation", "developed_by": "AFP", "document": ""},
    "uptakes": {"status": "considering", "source": "A letter"},
    "reported_figures": {"count": "9"},
    "action_items": {"text": "Renamed {}", "leads": "AFP", "dropped": "2006"},
    "reviews": {"finding": "Renamed {}", "item": "", "status": "done"},
    "editions": {"title": "Renamed {}", "date": "2009"},
    "sections": {"heading": "Renamed {}"},
    "entries": {"text": "Renamed {}", "event": "", "state": "left"},
}


@pytest.fixture
def others():
    """The small record, and what the rows of some types refer to."""
    snapshots.put("others", small_record_and_others)


def small_record_and_others():
    small_record()
    bring_in("bodies", [{"slug": f"group-{number}", "name": f"The group {number}"} for number in range(60)])
    bring_in("events", [{"reference": f"X{number}", "title": f"E {number}", "kind": "other"} for number in range(60)])
    bring_in("collections", [{"name": f"Shelf {number}"} for number in range(60)])
    papers = [{"reference": f"P{number}", "title": f"P {number}", "kind": "other"} for number in range(60)]
    bring_in_each("documents", papers)
    laws = [{"slug": f"law-{n}", "name": f"Made law {n}", "kind": "model_legislation"} for n in range(60)]
    plans = [{"slug": f"plan-{n}", "name": f"Made plan {n}", "kind": "plan_of_action"} for n in range(60)]
    bring_in_each("instruments", laws + plans)
    items = [{"reference": f"I{n}", "plan": f"plan-{n}", "number": "", "text": f"Item {n}"} for n in range(60)]
    bring_in_each("action_items", items)
    bring_in("editions", [{"reference": f"S{number}", "title": f"Edition {number}"} for number in range(60)])
    bring_in("sections", [{"edition": f"S{number}", "number": "1"} for number in range(60)])


def queries(action, *arguments):
    with CaptureQueriesContext(connection) as captured:
        action(*arguments)
    return len(captured)


def changed(type, rows):
    cells = CHANGED[type].items()
    return [row | {name: text.format(number) for name, text in cells} for number, row in enumerate(rows)]


def made(type, before):
    """The rows of a type that were not there before."""
    return [row for row in rows_of(type) if row not in before]


@pytest.mark.parametrize("type", registry.types())
def test_as_many_queries_for_thirty_new_rows_as_for_one(others, type):
    bring_in(type, new_rows(type, 1))  # the first one lets the public see what it names
    one = queries(bring_in, type, new_rows(type, 1, start=1))
    assert queries(bring_in, type, new_rows(type, 30, start=2)) == one


@pytest.mark.parametrize("type", registry.types())
def test_as_many_queries_for_thirty_rows_that_are_the_same_as_for_one(others, type):
    before = rows_of(type)
    bring_in(type, new_rows(type, 30))
    rows = made(type, before)
    assert len(rows) == 30
    assert queries(bring_in, type, rows) == queries(bring_in, type, rows[:1])


@pytest.mark.parametrize("type", CHANGED)
def test_as_many_queries_for_thirty_changed_rows_as_for_one(others, type):
    before = rows_of(type)
    bring_in(type, new_rows(type, 31))
    rows = changed(type, made(type, before))
    one = queries(bring_in, type, rows[:1])
    assert queries(bring_in, type, rows[1:]) == one


@pytest.mark.parametrize("type", registry.types())
def test_as_many_queries_for_an_export_of_thirty_records_as_of_one(others, type):
    bring_in(type, new_rows(type, 1))
    one = queries(export, type)
    bring_in(type, new_rows(type, 29, start=1))
    assert queries(export, type) == one


@pytest.mark.parametrize("type", ["event_links", "outcomes", "memberships"])
def test_as_many_queries_for_thirty_rows_that_nothing_knows_as_for_one(others, type):
    rows = [
        {name: cell.replace("X", "Y").replace("group", "grip") for name, cell in row.items()}
        for row in new_rows(type, 30)
    ]
    one = queries(plan, type, rows[:1])
    assert queries(plan, type, rows) == one


@pytest.mark.parametrize("type", ["events", "outcomes"])
def test_each_chunk_costs_no_more_queries_than_the_first(others, type, monkeypatch):
    monkeypatch.setattr("exchange.plans.CHUNK", 10)
    one = queries(bring_in, type, new_rows(type, 10))
    assert queries(bring_in, type, new_rows(type, 40, start=10)) <= 4 * one


def test_as_many_queries_to_show_thirty_changes_as_one(others):
    def show(*options):
        call_command("show_changes", "--type", "themes", *options, stdout=io.StringIO())

    bring_in("themes", new_rows("themes", 30))
    for options in ((), ("--json",)):
        assert queries(show, "--key", "theme-0", *options) == queries(show, *options) == 1
