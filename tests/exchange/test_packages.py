"""Packages: the whole record goes out and comes back, byte for byte, or not at all."""

import json
import os
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from exchange import packages, registry, starting_record
from exchange.plans import plan
from records.models import Batch, Change, Counter
from tests import snapshots

from .record import bring_in, empty_the_record, exports, row_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(record, tmp_path, django_user_model):
    """A package with a history: a clerk changed an event, and another was deleted."""
    clerk = django_user_model.objects.create_user("clerk")
    changed = row_of("events", "E2") | {"title": "=Retitled"}
    plan("events", [changed]).apply(Batch(origin=Batch.Origin.ADMIN, by=clerk, reason="As the chair asked"))
    bring_in("events", [{"reference": "E9", "title": "A mistake", "kind": "other"}])
    made = Batch.objects.first()
    undo = Batch(origin=Batch.Origin.UNDO, undoes=made, file="E9.csv", sha256="5" * 64)
    plan("events", deleting=[{"reference": "E9"}]).apply(undo)
    packages.write(tmp_path / "package", with_changes=True)
    return tmp_path / "package"


@pytest.fixture
def import_all(capsys):
    """Runs import_all; returns the exit code and what was said on either output."""

    def run(path, *options):
        code = 0
        try:
            call_command("import_all", str(path), *options)
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def content(path):
    return {file.name: file.read_bytes() for file in path.iterdir()}


def history():
    """All batches and changes, with their times and authors."""
    batches = Batch.objects.order_by("pk").values_list(
        "pk", "at", "by__username", "origin", "reason", "file", "sha256", "counts", "undoes"
    )
    changes = Change.objects.order_by("pk").values_list("batch", "type", "key", "previous_key", "before", "after")
    return list(batches), list(changes)


def alter(folder, **members):
    """Change members of a package's manifest."""
    path = folder / packages.MANIFEST
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps(manifest | members))


# --- Out --------------------------------------------------------------------------------------------------------------


def test_a_package_names_its_files_with_their_columns_rows_and_sums(folder):
    manifest = json.loads((folder / packages.MANIFEST).read_text())
    assert [entry["name"] for entry in manifest["resources"]] == [*registry.types(), "batches", "changes"]
    assert manifest["schema_version"] == packages.SCHEMA_VERSION
    assert manifest["counters"] == {"E": 9, "O": 1}
    entries = {entry["name"]: entry for entry in manifest["resources"]}
    for type, text in exports().items():
        file = (folder / entries[type]["path"]).read_bytes()
        assert file == text.encode()
        assert entries[type]["bytes"] == len(file)
    assert entries["events"]["rows"] == 2
    fields = {field["name"]: field for field in entries["events"]["schema"]["fields"]}
    assert list(fields) == list(registry.resource_of("events").declared)
    assert fields["title"]["constraints"] == {"required": True}
    assert "workshop" in fields["kind"]["constraints"]["enum"]
    assert fields["number_in_series"]["type"] == "integer"
    assert entries["events"]["schema"]["primaryKey"] == ["reference"]
    assert "primaryKey" not in entries["places"]["schema"]  # whose city may be blank


def test_the_same_record_makes_the_same_file(folder, tmp_path):
    for name in ("one.zip", "two.zip"):
        packages.write(tmp_path / name, with_changes=True)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with ZipFile(tmp_path / "one.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == content(folder)


def test_only_staff_of_the_machine_may_read_it(folder, tmp_path):
    packages.write(tmp_path / "one.zip")
    assert (folder.stat().st_mode & 0o77, (tmp_path / "one.zip").stat().st_mode & 0o77) == (0, 0)


def test_nothing_is_written_over_and_nothing_is_left_half_written(record, tmp_path, monkeypatch):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter").write_text("Dear Sir")
    with pytest.raises(CommandError, match="is there already, and is no empty folder"):
        call_command("export_all", str(tmp_path / "full"))
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_all", str(tmp_path / "nowhere" / "at" / "all.zip"))

    def full_disk(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("exchange.packages.writing.manifest_of", full_disk)
    for name in ("new", "new.zip"):
        with pytest.raises(CommandError, match="cannot be written: No space left on device"):
            call_command("export_all", str(tmp_path / name))
    assert os.listdir(tmp_path) == ["full"]


def test_the_command_says_what_it_wrote(record, tmp_path, capsys):
    call_command("export_all", str(tmp_path / "one"))
    assert "4 countries, 2 agencies, 3 bodies" in capsys.readouterr().out
    call_command("export_all", str(tmp_path / "one.zip"), "--with-changes", "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["schema_version"] == packages.SCHEMA_VERSION
    assert said["files"][0]["rows"] == 4
    assert said["files"][-1]["name"] == "changes"


# --- In ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["", ".zip"])
def test_it_comes_back_byte_for_byte_with_its_history(folder, import_all, tmp_path, ending):
    path = tmp_path / f"again{ending}"
    packages.write(path, with_changes=True)
    before = exports(), history()
    empty_the_record()
    code, said, _ = import_all(path, "--with-changes")
    assert code == 0
    assert "changes in " in said
    assert (exports(), history()) == before
    packages.write(tmp_path / "third", with_changes=True)
    assert content(tmp_path / "third") == content(folder)


def test_the_next_reference_is_above_all_that_were_ever_given(folder, import_all):
    empty_the_record()
    assert import_all(folder)[0] == 0
    assert Counter.last("E") == 9
    bring_in("events", [{"title": "The next", "kind": "other", "when": "", "city": "", "country": ""}])
    assert row_of("events", "E10")["title"] == "The next"


def test_new_batches_are_numbered_after_those_that_came(folder, import_all):
    last = Batch.objects.latest("pk").pk
    empty_the_record()
    import_all(folder, "--with-changes")
    assert bring_in("themes", [{"name": "New"}]).pk > last


def test_without_its_history_one_batch_says_that_it_came(folder, import_all):
    before = exports()
    empty_the_record()
    code, said, _ = import_all(folder, "--reason", "A new machine", "--json")
    assert (code, json.loads(said)["changes"]) == (0, 0)
    batch = Batch.objects.get()
    assert (batch.origin, batch.reason, batch.by) == ("import", "A new machine", None)
    assert exports() == before
    assert (
        Change.objects.filter(before=None).count() == Change.objects.count() == sum(json.loads(said)["rows"].values())
    )


def test_who_is_not_known_here_is_named(folder, import_all, django_user_model):
    empty_the_record()
    django_user_model.objects.all().delete()
    code, said, _ = import_all(folder, "--with-changes")
    assert code == 0
    assert said.endswith("Not known here, so that what they changed has no author now: clerk.\n")
    assert Batch.objects.filter(reason="As the chair asked", by=None).exists()


def test_the_starting_record_goes_through(tmp_path, import_all):
    snapshots.put("starting record", starting_record.load)
    before = exports(), history()
    packages.write(tmp_path / "all.zip", with_changes=True)
    empty_the_record()
    assert import_all(tmp_path / "all.zip", "--with-changes")[0] == 0
    assert (exports(), history()) == before


def test_a_record_that_is_not_empty_is_left_alone(folder, import_all):
    before = exports(), history()
    code, _, reason = import_all(folder)
    assert (code, reason) == (2, "The record is not empty: a package is brought into an empty one alone.\n")
    assert (exports(), history()) == before


def drop_manifest(folder):
    (folder / packages.MANIFEST).unlink()


def break_manifest(folder):
    (folder / packages.MANIFEST).write_text("{oops")


def other_version(folder):
    alter(folder, schema_version=99)


def no_counters(folder):
    alter(folder, counters=None)


def lost_file(folder):
    (folder / "themes.csv").unlink()


def changed_file(folder):
    with (folder / "themes.csv").open("a") as file:
        file.write("another,Another,\r\n")


def lost_type(folder):
    entries = json.loads((folder / packages.MANIFEST).read_text())["resources"]
    alter(folder, resources=[entry for entry in entries if entry["name"] != "themes"])


def unknown_type(folder):
    entries = json.loads((folder / packages.MANIFEST).read_text())["resources"]
    alter(folder, resources=[*entries, entries[0] | {"name": "meetings"}])


def no_history(folder):
    entries = json.loads((folder / packages.MANIFEST).read_text())["resources"]
    alter(folder, resources=entries[:-2])


def another_place(folder):
    entries = json.loads((folder / packages.MANIFEST).read_text())["resources"]
    alter(folder, resources=[entries[0] | {"path": "../../etc/passwd"}, *entries[1:]])


def with_sum(folder, name):
    """Give a file that was changed the sum that it has now."""
    from hashlib import sha256

    entries = json.loads((folder / packages.MANIFEST).read_text())["resources"]
    for entry in entries:
        if entry["name"] == name:
            entry["hash"] = "sha256:" + sha256((folder / entry["path"]).read_bytes()).hexdigest()
    alter(folder, resources=entries)


def rows_in_another_order(folder):
    mark, *lines = (folder / "themes.csv").read_bytes().splitlines(keepends=True)
    (folder / "themes.csv").write_bytes(mark + b"".join(reversed(lines)))
    with_sum(folder, "themes")


def strange_history(folder, name="changes", text='{"colour": "red"}\n'):
    (folder / f"{name}.jsonl").write_text(text)
    with_sum(folder, name)


def batches_without_author(folder):
    strange_history(folder, "batches", '{"id": 7}\n')


def broken_history(folder):
    strange_history(folder, text="{oops\n")


def history_of_no_batch(folder):
    change = {"batch": 99999, "type": "events", "key": "E1", "previous_key": "", "before": None, "after": {}}
    strange_history(folder, text=json.dumps(change) + "\n")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (drop_manifest, "is no package: it has no datapackage.json."),
        (break_manifest, "The datapackage.json of "),
        (other_version, "The package is of schema version 99, and 1 is read here."),
        (no_counters, "The datapackage.json does not say which references were given."),
        (lost_file, "The package lacks its file themes.csv."),
        (changed_file, "The file themes.csv of the package is not what it was: its sum differs."),
        (lost_type, "The package holds no themes."),
        (unknown_type, "The package holds what is not known here: meetings."),
        (no_history, "The package holds no changes: it was written without them."),
        (another_place, "The package lacks its file passwd."),
        (rows_in_another_order, "What came of the package’s themes differs from them, so nothing was written."),
        (strange_history, "The history of the package cannot be read: "),
        (batches_without_author, "The history of the package cannot be read: "),
        (broken_history, "The history of the package cannot be read: "),
        (history_of_no_batch, "The history of the package cannot be read: "),
    ],
)
def test_a_package_that_is_not_whole_is_refused_in_a_sentence(folder, import_all, damage, words):
    empty_the_record()
    damage(folder)
    code, said, reason = import_all(folder, "--with-changes")
    assert (code, said) == (2, "")
    assert words in reason
    assert reason.count("\n") == 1
    assert starting_record.is_empty()


def test_rows_that_are_refused_are_named_with_their_file(folder, import_all):
    empty_the_record()
    path = folder / "outcomes.csv"
    path.write_bytes(path.read_bytes().replace(b"E2", b"E7"))
    with_sum(folder, "outcomes")
    code, _, reason = import_all(folder)
    assert code == 1
    assert "outcomes, row 2, event: No event is known as “E7”." in reason
    assert reason.endswith("Nothing was written.\n")
    assert starting_record.is_empty()


def test_what_is_no_package_is_refused(import_all, tmp_path):
    (tmp_path / "file.zip").write_bytes(b"PK\3\4 no more")
    (tmp_path / "folder").mkdir()
    for name in ("file.zip", "folder", "nowhere"):
        code, _, reason = import_all(tmp_path / name)
        assert (code, "is no package" in reason) == (2, True)


def test_a_zip_file_that_is_cut_is_refused(folder, import_all, tmp_path):
    packages.write(tmp_path / "all.zip")
    empty_the_record()
    content = (tmp_path / "all.zip").read_bytes()
    (tmp_path / "all.zip").write_bytes(content[:60] + b"\0\0\0\0" + content[64:])
    code, _, reason = import_all(tmp_path / "all.zip")
    assert (code, "cannot be unpacked" in reason) == (2, True)
