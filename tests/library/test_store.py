"""Files are kept once under their sums, whole or not at all; what nobody names is swept away."""

import io
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.management import call_command
from django.utils import timezone

from exchange.recording import recording
from library import store
from library.models import DocumentVersion
from tests.factories import DocumentFactory, DocumentVersionFactory

SUM = sha256(b"Words").hexdigest()


@pytest.fixture
def folder(settings, tmp_path):
    """A folder that files are kept in, as the site has it."""
    kept_in = {"documents": {"BACKEND": "library.folder.Folder", "OPTIONS": {"location": tmp_path / "documents"}}}
    settings.STORAGES = settings.STORAGES | kept_in
    return tmp_path / "documents"


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def aged(monkeypatch, hours):
    """Let all files be older."""
    then = timezone.now() - timedelta(hours=hours)
    monkeypatch.setattr("library.store.kept_since", lambda sum: then)


def sweep(*options):
    said, wrong = io.StringIO(), io.StringIO()
    call_command("sweep_documents", *options, stdout=said, stderr=wrong)
    return said.getvalue() + wrong.getvalue()


def test_a_file_is_kept_once_under_its_sum(folder):
    assert store.keep(io.BytesIO(b"Words")) == (SUM, True)
    assert store.keep(io.BytesIO(b"Words")) == (SUM, False)
    assert files(folder) == [SUM]
    assert (folder / SUM[:2] / SUM).stat().st_mode & 0o77 == 0
    assert store.size_of(SUM) == 5
    with store.opened(SUM) as file:
        assert file.read() == b"Words"


def test_what_is_not_kept_has_no_size_and_cannot_be_opened(folder):
    assert store.size_of(SUM) is None
    with pytest.raises(FileNotFoundError):
        store.opened(SUM)


def test_a_file_that_is_not_whole_is_mended_by_the_next_that_is(folder):
    store.keep(io.BytesIO(b"Words"))
    (folder / SUM[:2] / SUM).write_bytes(b"Wo")
    assert store.keep(io.BytesIO(b"Words")) == (SUM, False)
    assert store.size_of(SUM) == 5


def test_where_the_disk_is_full_nothing_half_written_stays(folder, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("library.folder.os.replace", full)
    with pytest.raises(OSError, match="No space left"):
        store.keep(io.BytesIO(b"Words"))
    assert files(folder) == []


@pytest.mark.django_db
def test_a_sweep_takes_what_no_version_and_no_change_names(folder, monkeypatch):
    kept, deleted = DocumentVersionFactory(content=b"Kept"), DocumentVersionFactory(content=b"Deleted")
    with recording() as recorder:
        recorder.delete([deleted.document])
    unsaved, _is_new = store.keep(io.BytesIO(b"Never saved"))
    assert sweep() == "0 of 3 files went; 0 are missing.\n"  # none is old enough
    aged(monkeypatch, hours=25)
    assert sweep("--dry-run") == "1 of 3 files would go; 0 are missing.\n"
    assert sweep("--hours", "48").startswith("0 of 3")
    assert sweep() == "1 of 3 files went; 0 are missing.\n"
    assert files(folder) == sorted([kept.sha256, deleted.sha256])
    assert unsaved not in files(folder)


@pytest.mark.django_db
def test_what_was_here_for_long_is_young_again_once_it_is_sent_again(folder, monkeypatch):
    store.keep(io.BytesIO(b"Words"))
    path = folder / SUM[:2] / SUM
    before = path.stat().st_ino
    aged(monkeypatch, hours=2)
    store.keep(io.BytesIO(b"Words"))
    assert path.stat().st_ino != before


@pytest.mark.django_db
def test_a_sweep_names_files_that_are_missing(folder):
    DocumentVersionFactory(document=DocumentFactory(), sha256=SUM)
    assert sweep() == f"0 of 0 files went; 1 are missing.\nThe file {SUM}, which a version names, is not kept here.\n"
    assert DocumentVersion.objects.count() == 1


def test_a_service_that_speaks_s3_is_asked_in_the_same_way(settings, monkeypatch):
    from botocore.exceptions import ClientError

    options = {"bucket_name": "papers", "access_key": "a", "secret_key": "b", "region_name": "x"}
    service = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"documents": service}
    asked = []

    def refuse(self, operation, parameters):
        asked.append((operation, parameters["Bucket"], parameters["Key"]))
        raise ClientError({"Error": {"Code": "404"}, "ResponseMetadata": {"HTTPStatusCode": 404}}, operation)

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", refuse)
    assert store.size_of(SUM) is None
    assert asked == [("HeadObject", "papers", f"{SUM[:2]}/{SUM}")]
