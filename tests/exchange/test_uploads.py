"""Files wait for their user, and for a day."""

import os
import time

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

from exchange import uploads
from exchange.problems import UnreadableFile

somebody, somebody_else = (get_user_model()(pk=number) for number in (1, 2))


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path
    return tmp_path / "uploads"


def keep(text="a,b"):
    return uploads.keep(SimpleUploadedFile("rows.csv", text.encode()), "events", somebody, "Trying")


def test_what_is_kept_is_found_again_with_its_name_and_reason(folder):
    upload = uploads.find(keep(), "events", somebody)
    assert upload.path.read_text() == "a,b"
    assert (upload.name, upload.reason) == ("rows.csv", "Trying")


def test_the_folder_is_its_owners_alone(folder):
    keep()
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "find",
    [
        lambda token: uploads.find(token, "events", somebody_else),
        lambda token: uploads.find(token, "countries", somebody),
        lambda token: uploads.find(token + "x", "events", somebody),
        lambda token: uploads.find("", "events", somebody),
    ],
    ids=["another's", "another type's", "changed", "blank"],
)
def test_a_token_leads_nowhere_that_is(find):
    with pytest.raises(UnreadableFile, match="waits no longer"):
        find(keep())


def test_a_file_that_was_applied_is_found_no_more():
    token = keep()
    uploads.find(token, "events", somebody).path.unlink()
    with pytest.raises(UnreadableFile, match="has been applied"):
        uploads.find(token, "events", somebody)


def test_a_file_is_found_for_a_day(monkeypatch):
    token = keep()
    tomorrow = time.time() + uploads.KEPT_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: tomorrow)
    with pytest.raises(UnreadableFile, match="a day has passed"):
        uploads.find(token, "events", somebody)


def test_files_whose_day_has_passed_are_swept_away_with_the_next(folder):
    keep("old")
    (old,) = folder.iterdir()
    os.utime(old, (0, 0))
    keep("new")
    (new,) = folder.iterdir()
    assert new.read_text() == "new"
