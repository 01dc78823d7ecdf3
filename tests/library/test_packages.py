"""The files of documents travel with the record, and come back checked or not at all."""

import json
from contextlib import suppress

import pytest
from django.core.management import CommandError, call_command

from exchange import packages, starting_record
from exchange.recording import recording
from library import store
from tests.exchange.record import empty_the_record, exports
from tests.factories import DocumentFactory, DocumentVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    """A folder that files are kept in, empty at first."""
    kept_in = {"documents": {"BACKEND": "library.folder.Folder", "OPTIONS": {"location": tmp_path / "documents"}}}
    settings.STORAGES = settings.STORAGES | kept_in
    return tmp_path / "documents"


@pytest.fixture
def version():
    document = DocumentFactory(reference="D1", draft=True)
    return DocumentVersionFactory(document=document, content=b"Words of a draft", name="draft.txt")


def bring(path, capsys, *options):
    """Bring a package into an emptied record; return what was said."""
    empty_the_record()
    with suppress(SystemExit):
        call_command("import_all", str(path), *options)
    said = capsys.readouterr()
    return said.out + said.err


def lose_files(shelf):
    for path in shelf.rglob("*"):
        if path.is_file():
            path.unlink()


@pytest.mark.parametrize("name", ["copy", "copy.zip"])
def test_files_go_out_and_come_back(version, shelf, tmp_path, capsys, name):
    before = exports()
    packages.write(tmp_path / name)
    lose_files(shelf)
    assert "1 document versions" in bring(tmp_path / name, capsys)
    assert exports() == before
    with store.opened(version.sha256) as file:
        assert file.read() == b"Words of a draft"


def test_the_manifest_names_each_file_with_its_sum(version, tmp_path):
    manifest = packages.write(tmp_path / "copy")
    path = f"files/{version.sha256}"
    assert manifest["files"] == [{"path": path, "bytes": 16, "hash": f"sha256:{version.sha256}"}]
    assert (tmp_path / "copy" / path).read_bytes() == b"Words of a draft"


def test_with_the_history_go_the_files_that_it_tells_of(tmp_path):
    gone = DocumentVersionFactory()
    with recording() as recorder:
        recorder.delete([gone.document])
    assert packages.write(tmp_path / "without")["files"] == []
    (entry,) = packages.write(tmp_path / "with", with_changes=True)["files"]
    assert entry["path"] == f"files/{gone.sha256}"


def test_a_file_that_is_not_kept_any_more_is_named_when_all_is_to_go_out(version, shelf, tmp_path):
    lose_files(shelf)
    with pytest.raises(CommandError, match=f"The file {version.sha256}, which the record names, is not kept here"):
        call_command("export_all", str(tmp_path / "copy"))
    assert not (tmp_path / "copy").exists()


def lost(folder, sum):
    (folder / "files" / sum).unlink()


def broken(folder, sum):
    (folder / "files" / sum).write_bytes(b"Other words here")


def elsewhere(folder, sum):
    manifest = json.loads((folder / packages.MANIFEST).read_text())
    manifest["files"][0]["path"] = "../../etc/passwd"
    (folder / packages.MANIFEST).write_text(json.dumps(manifest))


def left_out(folder, sum):
    manifest = json.loads((folder / packages.MANIFEST).read_text())
    (folder / packages.MANIFEST).write_text(json.dumps(manifest | {"files": []}))


def of_another_sort(folder, sum):
    manifest = json.loads((folder / packages.MANIFEST).read_text())
    (folder / packages.MANIFEST).write_text(json.dumps(manifest | {"files": "none"}))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lost, "The package lacks its file files/{sum}."),
        (broken, "The file files/{sum} of the package is not what it was: its sum differs."),
        (elsewhere, "The manifest of the package names a file otherwise than by its sum."),
        (left_out, "document_versions, row 2, sha256: No file with this sum is kept here"),
        (of_another_sort, "The datapackage.json does not say which files records have."),
    ],
)
def test_a_package_whose_files_are_not_whole_is_refused_and_leaves_nothing(
    version, shelf, tmp_path, capsys, damage, said
):
    packages.write(tmp_path / "copy")
    damage(tmp_path / "copy", version.sha256)
    lose_files(shelf)
    assert said.format(sum=version.sha256) in bring(tmp_path / "copy", capsys)
    assert starting_record.is_empty()
    assert not [path for path in shelf.rglob("*") if path.is_file()]
