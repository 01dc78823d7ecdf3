"""A batch remembers its file and what the rows did, and the same file again says so."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.core.management import call_command

from events.models import Event
from exchange import packages
from exchange.parts import Part, apply
from exchange.sources import imported_before, source_of
from records.models import Batch
from tests.editing import Editor
from tests.factories import BatchFactory, PersonFactory

from .record import empty_the_record, row_of

pytestmark = pytest.mark.django_db

ROWS = "reference,title,kind\nE2,Workshop on passports,workshop\nE3,Visas,meeting\nE4,Ports,meeting\n"
SUM = sha256(ROWS.encode()).hexdigest()


def remembered(batch):
    return batch.file, batch.sha256, batch.counts


def test_a_command_keeps_the_name_and_the_sum_of_its_file_and_what_its_rows_did(record, tmp_path):
    path = tmp_path / "meetings.csv"
    path.write_bytes(ROWS.encode())
    call_command("import_records", str(path), "--type", "events")
    assert remembered(Batch.objects.first()) == ("meetings.csv", SUM, {"events": {"new": 2, "same": 1}})


def test_an_upload_keeps_them_too_and_its_plan_says_that_it_came_before(record, client, admin_user, settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path
    administrator = Editor(client, admin_user)
    planned = administrator.upload(Event, ROWS, name="meetings.csv")
    assert "This file was imported" not in planned.content.decode()
    administrator.confirm(Event, planned)
    batch = Batch.objects.first()
    assert remembered(batch) == ("meetings.csv", SUM, {"events": {"new": 2, "same": 1}})
    again = administrator.upload(Event, ROWS, name="another name.csv").content.decode()
    assert f"This file was imported as batch {batch.pk} on " in again


def test_parts_of_one_type_are_counted_together(record):
    rows = [row_of("events", "E1") | {"venue": "Hall"}], [row_of("events", "E2")], [{"title": "New", "kind": "other"}]
    batch = Batch(origin=Batch.Origin.IMPORT)
    apply([Part("events", [rows[1][0]]), Part("events", rows[0]), Part("themes", [{"name": "Legislation"}])], batch)
    batch.refresh_from_db()
    assert batch.counts == {"events": {"same": 1, "changed": 1}, "themes": {"same": 1}}


@pytest.mark.parametrize("name", ["record", "record.zip"])
def test_a_package_that_is_brought_in_is_the_source_of_its_batch(record, tmp_path, name):
    packages.write(tmp_path / name)
    empty_the_record()
    packages.restore(tmp_path / name)
    batch = Batch.objects.get()
    summed = tmp_path / name / packages.MANIFEST if name == "record" else tmp_path / name
    assert (batch.file, batch.sha256) == (name, sha256(summed.read_bytes()).hexdigest())
    assert batch.counts["countries"] == {"new": 4}


def test_what_a_name_holds_that_cannot_be_kept_is_replaced(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("")
    assert source_of(path, "half \udcff" + "x" * 300)["file"] == "half ?" + "x" * 194


def test_who_brought_a_file_and_who_took_it_back_is_said():
    sari = PersonFactory(first_name="Sari", last_name="Dewi")
    batch = BatchFactory(by=sari, sha256=SUM)
    Batch.objects.filter(pk=batch.pk).update(at=datetime(2026, 5, 3, 12, tzinfo=UTC))
    said = f"This file was imported as batch {batch.pk} on 3 May 2026 by Sari Dewi"
    assert imported_before(SUM) == f"{said}."
    undo = BatchFactory(undoes=batch)
    assert imported_before(SUM) == f"{said}, and taken back by batch {undo.pk}."
    newest = BatchFactory(sha256=SUM)
    assert f"as batch {newest.pk} on " in imported_before(SUM)
    assert "by a command." in imported_before(SUM)


def test_no_file_came_before(django_assert_num_queries):
    BatchFactory()
    with django_assert_num_queries(1):
        assert imported_before("0" * 64) == ""
    assert imported_before("") == ""
