"""The index: what the public sees of each record, true as soon as something is written."""

import pytest
from django.core.management import call_command

from events.models import Event
from exchange.plans import plan
from exchange.recording import recording
from records.models import Batch
from search import versions
from search.models import Indexed, Standing, Touched
from tests.factories import (
    AgencyFactory,
    CountryFactory,
    EventFactory,
    InvolvementFactory,
    OutcomeFactory,
    PlaceFactory,
)
from tests.indexing import make_anew

pytestmark = pytest.mark.django_db


def apply(type, *rows, **options):
    return plan(type, list(rows), **options).apply(Batch(origin="import"))


def published(title="Workshop on forms", reference="E1"):
    return {"reference": reference, "title": title, "kind": "workshop", "publication": "published"}


def titles(type="events"):
    return set(Indexed.objects.filter(type=type).values_list("title", flat=True))


def whole():
    return sorted(Indexed.objects.values_list())


def test_an_imported_activity_is_in_the_index_at_once():
    apply("events", published())
    assert titles() == {"Workshop on forms"}


def test_a_draft_is_not_in_the_index():
    apply("events", published() | {"publication": ""})
    assert not Indexed.objects.exists()


def test_what_is_no_longer_published_leaves_the_index():
    apply("events", published())
    apply("events", published() | {"publication": "draft"})
    assert not titles()


def test_a_country_is_in_the_index_as_long_as_something_shows_it():
    CountryFactory(name="Kiribati", alpha2="KI")
    assert not titles("countries")
    apply("events", published() | {"hosts": "KI"})
    assert titles("countries") == {"Kiribati"}
    apply("events", published() | {"hosts": ""})
    assert not titles("countries")


def test_the_outcomes_of_what_is_no_longer_published_leave_the_index_with_it():
    event = OutcomeFactory(event=EventFactory()).event
    assert titles("outcomes")
    with recording() as recorder:
        recorder.watch([event])
        event.publication = "draft"
        event.save()
    assert not titles("outcomes")


def test_a_place_that_turns_out_to_be_in_another_country_shows_that_one():
    one, other = CountryFactory(name="Kiribati"), CountryFactory(name="Nauru")
    place = PlaceFactory(country=one)
    EventFactory(place=place)
    assert titles("countries") == {"Kiribati"}
    with recording() as recorder:
        recorder.watch([place])
        place.country = other
        place.save()
    assert titles("countries") == {"Nauru"}


def test_a_country_that_is_renamed_is_renamed_in_the_lines_of_its_activities():
    country = CountryFactory(name="Burma", alpha2="MM")
    event = EventFactory(place=PlaceFactory(city="Yangon", country=country))
    make_anew()
    apply("countries", {"alpha2": "MM", "name": "Myanmar"})
    found = Indexed.objects.get(type="events", record=event.pk)
    assert "Yangon, Myanmar" in found.line
    assert found.named.split("\n") == ["Workshop", "Yangon", "Myanmar", "Burma"]


def test_a_country_that_is_renamed_is_renamed_for_its_agencies():
    country = CountryFactory(name="Burma", alpha2="MM")
    InvolvementFactory(participant=AgencyFactory(name="Police", country=country))
    make_anew()
    apply("countries", {"alpha2": "MM", "name": "Myanmar"})
    assert Indexed.objects.get(type="agencies").named == "Myanmar\nBurma"


def test_what_is_written_in_the_admin_is_in_the_index():
    event = EventFactory(title="Workshop on froms")
    make_anew()
    with recording() as recorder:
        recorder.watch([event])
        event.title = "Workshop on forms"
        event.save()
    assert titles() == {"Workshop on forms"}


def test_what_is_deleted_leaves_the_index_with_what_goes_along():
    country = InvolvementFactory().participant
    event = country.involvements.get().event
    make_anew()
    with recording() as recorder:
        recorder.delete([event])
    assert not Indexed.objects.exists()


def test_the_index_says_what_was_touched_since_a_version():
    apply("events", published())
    before = versions.current()
    assert versions.touched_since(before, "events") == set()
    apply("events", published("Workshop on lists", "E2"))
    assert versions.current() > before
    assert versions.touched_since(before, "events") == {Indexed.objects.get(title="Workshop on lists").record}


def test_who_missed_too_much_is_told_so(monkeypatch):
    monkeypatch.setattr(versions, "REMEMBERED", 2)
    before = versions.current()
    for number in range(4):
        apply("events", published(f"Workshop {number}", f"E{number}"))
    assert versions.touched_since(before, "events") is None
    assert len(versions.touched_since(versions.current() - 1, "events")) == 1
    assert Touched.objects.count() == 2


def test_the_index_made_anew_is_the_same():
    InvolvementFactory(event__place=PlaceFactory())
    apply("events", published())
    before = whole()
    assert sum(make_anew().values()) == len(before)
    assert whole() == before
    assert versions.touched_since(versions.current() - 1, "events") is None


def test_a_command_makes_the_index_anew_and_says_what_it_holds(capsys):
    apply("events", published())
    Event.objects.update(title="Workshop on lists")
    assert titles() == {"Workshop on forms"}
    call_command("rebuild_search", verbosity=2)
    assert titles() == {"Workshop on lists"}
    assert capsys.readouterr().out.splitlines() == ["events: 1", "Records in the search index: 1."]


def test_where_the_running_code_made_the_index_it_is_left_as_it_is(capsys):
    call_command("rebuild_search", verbosity=0)
    apply("events", published())
    Event.objects.update(title="Workshop on lists")
    call_command("rebuild_search", "--if-needed")
    assert titles() == {"Workshop on forms"}
    Standing.set(Standing.FORM, 0)
    call_command("rebuild_search", "--if-needed")
    assert titles() == {"Workshop on lists"}
    assert capsys.readouterr().out == "Records in the search index: 1.\n"


def test_what_is_published_at_last_shows_whom_it_names():
    CountryFactory(name="Kiribati", alpha2="KI")
    apply("events", published() | {"hosts": "KI", "publication": "draft"})
    assert not titles("countries")
    apply("events", published())
    assert titles("countries") == {"Kiribati"}


def test_a_part_that_goes_to_somebody_else_hides_whoever_had_it():
    CountryFactory(name="Kiribati", alpha2="KI")
    CountryFactory(name="Nauru", alpha2="NR")
    apply("events", published() | {"hosts": "KI"})
    apply("events", published() | {"hosts": "NR"}, published("Workshop on lists", "E2"))
    assert titles("countries") == {"Nauru"}
