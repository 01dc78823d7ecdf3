"""Uploads: files that wait in the site's own folder between their plan and its confirmation."""

import time
import uuid

from django.conf import settings
from django.core import signing

from .problems import UnreadableFile

SALT = "exchange.uploads"
KEPT_SECONDS = 24 * 60 * 60


def keep(upload, type, user):
    """Keep an uploaded file of a record type for its user; return a token that leads to it for a day."""
    folder = _folder()
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            old.unlink(missing_ok=True)
    name = uuid.uuid4().hex
    with (folder / name).open("wb") as file:
        for block in upload.chunks():
            file.write(block)
    return signing.dumps([name, type, user.pk, upload.name], salt=SALT)


def find(token, type, user):
    """The path and the original name of a kept file. Raises UnreadableFile when it is not there, or another's."""
    try:
        name, of_type, owner, original = signing.loads(token, salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        name = of_type = owner = original = None
    path = _folder() / (name or "-")
    if (of_type, owner) != (type, user.pk) or not path.exists():
        raise UnreadableFile("The file is kept for a day and applied once. Please upload it again.")
    return path, original


def forget(token, type, user):
    """Delete a kept file."""
    find(token, type, user)[0].unlink(missing_ok=True)


def _folder():
    folder = settings.VAR_DIRECTORY / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
