"""Uploads: files that wait in the site's own folder between their plan and its confirmation."""

import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core import signing

from .problems import UnreadableFile

SALT = "exchange.uploads"
KEPT_SECONDS = 24 * 60 * 60
GONE = "This file waits no longer: it has been applied, or a day has passed. Please upload it again."


class Upload(NamedTuple):
    """A file that waits: where it is, what it was called, and why it was uploaded."""

    path: Path
    name: str
    reason: str


def keep(file, type, user, reason=""):
    """Keep an uploaded file of a record type for its user; return a token that leads to it for a day."""
    sweep()
    name = uuid.uuid4().hex
    with (folder() / name).open("wb") as kept:
        for block in file.chunks():
            kept.write(block)
    return signing.dumps([name, type, user.pk, file.name, reason], salt=SALT)


def find(token, type, user):
    """The Upload that a token leads to. Raises UnreadableFile when it is not there, or another's."""
    try:
        name, of_type, owner, original, reason = signing.loads(token, salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        raise UnreadableFile(GONE) from None
    path = folder() / name
    if (of_type, owner) != (type, user.pk) or not path.exists():
        raise UnreadableFile(GONE)
    return Upload(path, original, reason)


def sweep():
    """Delete the files whose day has passed."""
    for path in folder().iterdir():
        with suppress(FileNotFoundError):  # another upload may sweep at the same time
            if path.stat().st_mtime < time.time() - KEPT_SECONDS:
                path.unlink()


def folder():
    """The folder of files that wait, made when first needed, for its owner alone."""
    folder = settings.VAR_DIRECTORY / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
