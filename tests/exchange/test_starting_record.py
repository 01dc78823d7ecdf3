"""The starting record in the hands of staff: what it adds, what it leaves alone, and what it refuses."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event, EventLink, Outcome, Place
from exchange import registry, starting_record
from exchange.recording import recording
from participants.models import Body, Membership
from records.models import Batch, Change
from tests import snapshots

from .record import bring_in, exports, row_of

pytestmark = pytest.mark.django_db

COUNTRIES = "alpha2,name\nID,Indonesia\nTH,Thailand\n"
PLACES = "city,country\nBali,ID\nBangkok,TH\n"
EVENTS = (
    "reference,title,kind,when,city,country,hosts\nE1,First,ministerial,2002,Bali,ID,\nE2,Second,meeting,2003,,,TH\n"
)
LINKS = "from,to,kind\nE2,E1,follows\n"
OUTCOMES = "reference,event,kind,text\nO1,E2,finding,All is well.\n"


@pytest.fixture
def folder(tmp_path):
    """A small starting record: two countries, two places, two events, a link and an outcome."""
    write(tmp_path, countries=COUNTRIES, places=PLACES, events=EVENTS, event_links=LINKS, outcomes=OUTCOMES)
    return tmp_path


def write(folder, **texts):
    for type, text in texts.items():
        (folder / f"{type}.csv").write_text(text)


def load(folder=starting_record.FOLDER):
    """Load a starting record; say how many records of each type were added, where any were."""
    return {type: count for type, count in starting_record.load(folder).items() if count}


def delete(*records):
    with recording() as recorder:
        recorder.delete(records)


def said_of(folder):
    """What is said when a starting record cannot be loaded; nothing must have been written."""
    before = exports()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(starting_record.load, "__defaults__", (folder,))
        with pytest.raises(CommandError) as refusal:
            call_command("load_record")
    assert exports() == before
    assert not Batch.objects.exists()
    return str(refusal.value)


# --- All of it --------------------------------------------------------------------------------------------------------


def test_the_whole_starting_record_is_added_once_and_never_again():
    added = load()
    assert (added["countries"], added["places"], added["events"], added["outcomes"]) == (249, 19, 37, 12)
    assert added == {type: registry.resource_of(type).model.objects.count() for type in added}
    assert Change.objects.count() == sum(added.values())
    assert [batch.origin for batch in Batch.objects.all()] == ["starting_record"]
    before = exports()
    assert load() == {}
    assert exports() == before
    assert Batch.objects.count() == 1


def test_each_file_is_what_an_export_of_the_starting_record_is():
    snapshots.put("starting record", starting_record.load)
    files = {type: (starting_record.FOLDER / f"{type}.csv").read_bytes().decode() for type in registry.types()}
    assert files == exports()


def test_what_staff_did_to_the_whole_starting_record_stands():
    snapshots.put("starting record", starting_record.load)
    bring_in("events", [row_of("events", "E11") | {"title": "Retitled", "city": "", "country": "", "organisers": ""}])
    bring_in("countries", [row_of("countries", "KR") | {"name": "Korea (the Republic of)", "region": ""}])
    bring_in("memberships", [row_of("memberships", "bali-process / AU / ") | {"joined": "2002-02"}])
    with recording() as recorder:
        place = Place.objects.get(city="Macau")
        recorder.watch([place])
        place.city = "Macao"
        place.save()
    delete(Event.objects.get(reference="E9"), Event.objects.get(reference="E34"))
    delete(*Membership.objects.filter(body__slug="ad-hoc-group"))
    before = exports()
    assert load() == {}
    assert exports() == before


# --- What is left alone -----------------------------------------------------------------------------------------------


def test_what_is_missing_is_added_beside_what_is_there(folder):
    bring_in("countries", [{"alpha2": "TH", "name": "Kingdom of Thailand"}])
    assert load(folder) == {"countries": 1, "places": 2, "events": 2, "event_links": 1, "outcomes": 1}
    assert row_of("countries", "TH")["name"] == "Kingdom of Thailand"


def test_an_event_that_was_deleted_stays_away_with_its_outcomes_and_links(folder):
    load(folder)
    delete(Event.objects.get(reference="E2"))
    assert load(folder) == {}
    assert not Outcome.objects.exists()
    assert not EventLink.objects.exists()


def test_what_was_deleted_is_known_however_it_was_changed_before(folder):
    load(folder)
    bring_in("events", [row_of("events", "E1") | {"title": "Retitled", "when": "2004"}])
    delete(Event.objects.get(reference="E1"))
    delete(Place.objects.get(city="Bali"))
    assert load(folder) == {}


def test_a_membership_of_a_body_that_was_deleted_stays_away(folder):
    write(folder, bodies="slug,name\nministers,Ministers\n", memberships="body,member,joined\nministers,TH,2002\n")
    load(folder)
    delete(Membership.objects.get())
    delete(Body.objects.get())
    assert load(folder) == {}


def test_a_place_whose_city_was_corrected_is_not_made_again(folder):
    load(folder)
    with recording() as recorder:
        place = Place.objects.get(city="Bali")
        recorder.watch([place])
        place.city = "Denpasar"
        place.save()
    assert load(folder) == {}
    assert sorted(Place.objects.values_list("city", flat=True)) == ["Bangkok", "Denpasar"]


def test_what_staff_entered_under_another_reference_is_not_added_again(folder):
    write(folder, event_links="from,to,kind\n")
    bring_in("countries", [{"alpha2": "TH", "name": "Thailand"}])
    bring_in("events", [{"reference": "E2", "title": "Second", "kind": "meeting", "when": "2003", "hosts": "TH"}])
    bring_in("outcomes", [{"reference": "O9", "event": "E2", "kind": "finding", "text": "all is well"}])
    load(folder)
    assert [outcome.reference for outcome in Outcome.objects.all()] == ["O9"]


def test_new_references_stand_above_those_of_the_starting_record(folder):
    load(folder)
    delete(Event.objects.get(reference="E2"))
    bring_in("events", [{"title": "Third", "kind": "meeting", "when": "", "city": "", "country": ""}])
    assert [event.reference for event in Event.objects.order_by("pk")] == ["E1", "E3"]


def test_files_that_are_not_there_are_passed_over(folder):
    (folder / "outcomes.csv").unlink()
    assert "outcomes" not in load(folder)


def test_the_record_is_empty_until_something_was_ever_in_it(folder):
    assert starting_record.is_empty()
    load(folder)
    assert not starting_record.is_empty()


def test_a_second_run_asks_as_often_for_many_records_as_for_few(folder):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            load(folder)
        return len(captured)

    load(folder)
    few = queries()
    buffer = io.StringIO()
    rows = [[f"E{number}", f"Event {number}", "meeting", "2003", "", "", "TH"] for number in range(3, 33)]
    csv.writer(buffer).writerows(rows)
    write(folder, events=EVENTS + buffer.getvalue())
    assert load(folder) == {"events": 30}
    assert queries() == few


# --- What is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type", "text", "said"),
    [
        ("events", f"{EVENTS}E3,Third,metting,2004,,,\n", "row 4, kind: “metting” is none of"),
        ("events", f"{EVENTS}E3,Third,meeting,2004,Nowhere,XX,\n", "row 4, country: No country is known as “XX”"),
        ("events", f"{EVENTS}E3,Third,meeting\n", "row 4: This row has 3 cells, the heading 7"),
        ("events", EVENTS.replace("hosts", "hostes"), "row 1, hostes: “hostes” is no column of events. Nearest: hosts"),
        ("events", f"{EVENTS}E1,Third,meeting,2004,,,\n", "row 4, reference: Row 2 is of the same record already"),
        ("events", f"{EVENTS},Third,meeting,2004,,,\n", "row 4, reference: Rows of the starting record need their key"),
        ("event_links", f"{LINKS}E9,E1,follows\n", "row 3, from: No event is known as “E9”"),
        ("places", f"{PLACES}Suva,XX\n", "row 4, country: No country is known as “XX”"),
        ("outcomes", '"reference,event\n', "not sound CSV"),
        ("outcomes", "", "The file is empty"),
    ],
)
def test_a_fault_is_said_with_its_file_and_row_and_nothing_is_written(folder, type, text, said):
    write(folder, **{type: text})
    message = said_of(folder)
    assert message.startswith(f"{type}.csv")
    assert said in message


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("E3,Third,metting,2004,,,", "row 4, kind"),
        ("E3,Third", "row 4: This row has 2 cells"),
        (",Third,meeting,,,,", "key"),
    ],
)
def test_a_fault_that_comes_to_what_is_loaded_is_said_by_its_place_in_the_file(folder, row, said):
    load(folder)
    write(folder, events=f"{EVENTS}{row}\n")
    with pytest.raises(starting_record.NotLoaded, match=f"events.csv, .*{said}"):
        load(folder)
    assert Batch.objects.count() == 1
