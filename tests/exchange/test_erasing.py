"""What the record says of a person is erased from it, from its history and from what waits; a mark stays."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command

from baliprocess.roles import EDITOR, PUBLISHER
from exchange import proposals
from exchange.erasing import ERASED, erase
from exchange.packages import restore, write
from exchange.plans import plan
from exchange.replay import replay
from exchange.undoing import undo_of
from exchange.versions import restoring
from participants.models import ContactPoint
from participants.resources import ContactPointResource, CountryResource
from records.models import Batch, Change
from tests.editing import Editor, address
from tests.exchange.record import bring_in, empty_the_record, exports, rows_of
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

PERSONAL = {"name": "Zyxquark Ali", "position": "Zyxdesk", "email": "zyx@example.org", "phone": "+99 9999"}
ROW = {"reference": "C1", "participant": "AU", "from": "2004", "public": "no", **PERSONAL}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path


@pytest.fixture
def made(record):
    """Somebody who was entered, changed, and stands beside another: the batch in which they were entered."""
    batch = bring_in("contact_points", [ROW, {**ROW, "reference": "C2", "name": "Somebody else"}])
    bring_in("contact_points", [{**ROW, "name": "Zyxquark Ali-Bo", "email": ""}])
    return batch


@pytest.fixture
def publisher(client):
    return Editor(client, PersonFactory(username="head", role=PUBLISHER))


def of(key):
    return list(Change.objects.filter(type="contact_points", key=key).order_by("pk"))


def text_of_the_database():
    return "".join(str(list(model.objects.values_list())) for model in (ContactPoint, Change, Batch)).lower()


# --- Erasing ----------------------------------------------------------------------------------------------------------


def test_every_change_keeps_that_somebody_was_there_and_not_who(made):
    person = PersonFactory()
    batch = erase(ContactPointResource, ["C1"], by=person)
    assert (batch.origin, batch.by) == ("erasure", person)
    new, changed, deleted = of("C1")
    assert new.after == {**ROW, **dict.fromkeys(PERSONAL, ERASED)}
    assert changed.after == {name: cell for name, cell in new.after.items() if name != "email"}
    assert changed.before == new.after
    assert (deleted.before, deleted.after) == (changed.after, None)
    assert {change.erasure for change in (new, changed, deleted)} == {batch}
    assert "zyxquark ali" not in text_of_the_database()


def test_others_stay_as_they_are(made):
    erase(ContactPointResource, ["C1"])
    assert [row["reference"] for row in rows_of("contact_points")] == ["C2"]
    assert of("C2")[0].after["name"] == "Somebody else"
    assert of("C2")[0].erasure is None


def test_who_was_deleted_before_is_erased_from_the_history(made):
    ContactPoint.objects.get(reference="C1").delete()
    batch = erase(ContactPointResource, ["C1"])
    assert batch.erased.count() == 2
    assert not batch.changes.exists()
    assert "zyxquark" not in text_of_the_database()


def test_nothing_to_erase_leaves_nothing(made):
    assert erase(ContactPointResource, ["C9"]) is None
    erase(ContactPointResource, ["C1"])
    assert erase(ContactPointResource, ["C1"]) is None


def test_what_waits_and_may_tell_of_a_person_is_forgotten(made, publisher):
    publisher.upload(ContactPoint, "participant,name\nAU,Zyxquark\n")
    waiting = list(proposals.waiting_with("contact_points"))
    assert [proposal.upload for proposal in waiting] == ["rows.csv"]
    erase(ContactPointResource, ["C1"])
    assert not any(path.exists() for each in waiting for path in (each.path, each.file, each.preview))


def test_an_undo_that_waits_and_names_whom_it_keeps_back_is_forgotten(made, publisher):
    together = Batch(origin=Batch.Origin.IMPORT)
    plan("countries", [{"alpha2": "FJ", "name": "Fiji"}]).apply(together)
    plan("contact_points", [{**ROW, "reference": "C3"}]).apply(together)
    bring_in("contact_points", [{**ROW, "reference": "C3", "phone": ""}])
    publisher.client.post(address(Batch, "undo", together.pk))
    waiting = list(proposals.folder().glob("*.json"))
    assert [PERSONAL["name"] in path.read_text() for path in waiting] == [True]
    erase(ContactPointResource, ["C3"])
    assert not waiting[0].exists()


# --- Afterwards -------------------------------------------------------------------------------------------------------


def test_taking_a_batch_back_keeps_the_erased_back_and_takes_the_rest(made):
    erase(ContactPointResource, ["C1"])
    undo = undo_of(made)
    assert [(kept.key, kept.name) for kept in undo.kept_back] == [("C1", ERASED)]
    assert "was erased" in undo.kept_back[0].why
    assert [row["reference"] for part in undo.parts for row in part.deleting] == ["C2"]


def test_an_erasure_is_not_taken_back(made, publisher):
    batch = erase(ContactPointResource, ["C1"])
    undo = undo_of(batch)
    assert (undo.parts, len(undo.kept_back)) == ([], 1)
    shown = publisher.client.get(address(Batch, "change", batch.pk)).content.decode()
    assert "Take this back" not in shown
    assert "What 3 changes said of a person were erased" in shown


def test_the_whole_history_can_be_done_again_without_the_erased(made):
    bring_in("contact_points", [{**ROW, "reference": "C3", "name": "Later"}])
    erase(ContactPointResource, ["C1"])
    before, changes = exports(), list(Change.objects.select_related("batch").order_by("pk"))
    empty_the_record()
    replay(changes)
    assert exports() == before


def test_a_copy_of_the_record_with_its_history_keeps_the_mark(made, tmp_path):
    PersonFactory(username="head")
    batch = erase(ContactPointResource, ["C1"], by=PersonFactory(username="other"))
    write(tmp_path / "copy.zip", with_changes=True)
    before = list(Change.objects.order_by("pk").values_list("before", "after", "erasure", "erasure__by__username"))
    empty_the_record()
    restore(tmp_path / "copy.zip", with_changes=True)
    assert (
        list(Change.objects.order_by("pk").values_list("before", "after", "erasure", "erasure__by__username")) == before
    )
    write(tmp_path / "again.zip", with_changes=True)
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "copy.zip").read_bytes()
    assert batch.origin == "erasure"


def test_who_went_with_a_country_and_was_erased_stays_away_when_it_is_restored(record):
    bring_in("countries", [{"alpha2": "FJ", "name": "Fiji"}])
    bring_in("contact_points", [{**ROW, "participant": "FJ"}])
    together = Batch(origin=Batch.Origin.UNDO)
    plan("contact_points", deleting=[ROW]).apply(together)
    plan("countries", deleting=[{"alpha2": "FJ"}]).apply(together)
    deletion = Change.objects.get(type="countries", key="FJ", after=None)
    assert [part.type for part in restoring(CountryResource, deletion)[0]] == ["countries", "contact_points"]
    erase(ContactPointResource, ["C1"])
    parts, notes = restoring(CountryResource, deletion)
    assert [part.type for part in parts] == ["countries"]
    assert notes == [
        "The contact point C1 stays away. What it said of a person was erased, so it cannot be brought back."
    ]


def test_a_reference_that_was_erased_can_be_somebody_elses(made):
    erase(ContactPointResource, ["C1"])
    bring_in("contact_points", [{**ROW, "name": "Somebody new"}])
    batch = erase(ContactPointResource, ["C1"])
    assert batch.erased.count() == 2
    assert all(change.erasure for change in of("C1"))


# --- The pages --------------------------------------------------------------------------------------------------------


def test_erasing_is_confirmed_first_and_said_in_the_history(made, publisher):
    contact = ContactPoint.objects.get(reference="C1")
    asked = publisher.client.get(address(ContactPoint, "delete", contact.pk)).context["erase_url"]
    page = publisher.client.get(asked).content.decode()
    assert "C1 Zyxquark Ali-Bo" in page
    assert "in 2 changes" in page
    assert ContactPoint.objects.filter(reference="C1").exists()
    assert publisher.client.post(asked).status_code == 302
    history = publisher.client.get(address(ContactPoint, "past") + "?key=C1").content.decode()
    assert history.count("What it said of a person was erased on") == 3
    assert "by head." in history
    assert "Zyx" not in history.replace("Zyx said so", "")
    assert "Restore" not in history
    assert publisher.client.get(asked).status_code == 404


def test_several_are_erased_from_their_list(made, publisher):
    chosen = {"action": "erase_selected", "_selected_action": [*ContactPoint.objects.values_list("pk", flat=True)]}
    sent = publisher.client.post(address(ContactPoint, "changelist"), chosen)
    assert sent.url == f"{address(ContactPoint, 'erase')}?key=C1&key=C2"
    publisher.client.post(sent.url)
    assert not ContactPoint.objects.exists()
    assert "zyx" not in text_of_the_database()


def test_more_than_fit_into_an_address_are_not_erased_at_a_time(made, publisher, monkeypatch):
    monkeypatch.setattr("exchange.erasing_pages.MOST", 1)
    chosen = {"action": "erase_selected", "_selected_action": [*ContactPoint.objects.values_list("pk", flat=True)]}
    sent = publisher.client.post(address(ContactPoint, "changelist"), chosen, follow=True)
    assert "1 at most are erased at a time: choose fewer." in sent.content.decode()
    assert ContactPoint.objects.count() == 2


def test_what_was_erased_is_neither_restored_nor_gone_back_to(made, publisher):
    erase(ContactPointResource, ["C1"])
    new, _changed, deleted = of("C1")
    for action, change in (("restore", deleted), ("go_back", new)):
        sent = publisher.client.post(address(ContactPoint, action), {"change": change.pk}, follow=True)
        assert "What it said of a person was erased, so it cannot be brought back." in sent.content.decode()
    assert not ContactPoint.objects.filter(reference="C1").exists()
    assert "Erased" in publisher.client.get(address(ContactPoint, "deleted")).content.decode()


def test_who_may_not_erase_is_neither_offered_it_nor_let(made, client):
    editor = Editor(client, PersonFactory(role=EDITOR))
    where = address(ContactPoint, "erase") + "?key=C1"
    assert (client.get(where).status_code, client.post(where).status_code) == (403, 403)
    assert "erase" not in editor.client.get(address(ContactPoint, "changelist")).content.decode().lower()
    assert len(of("C1")) == 2


def test_the_office_keeps_no_second_history_of_records(made, publisher):
    publisher.save(ContactPoint.objects.get(reference="C1"), position="Another")
    assert not LogEntry.objects.exists()


# --- The command ------------------------------------------------------------------------------------------------------


def test_a_command_erases_and_says_what_it_cannot(made, capsys):
    call_command("erase_records", "contact_points", "C1")
    assert "Erased, with batch" in capsys.readouterr().out
    assert "zyxquark" not in text_of_the_database()
    with pytest.raises(SystemExit) as ended:
        call_command("erase_records", "contact_points", "C1")
    assert ended.value.code == 2
    assert "There is nothing to erase" in capsys.readouterr().err
