"""Sources: the file that a batch came from, by its name and its sum, and whether it came before."""

from hashlib import file_digest
from pathlib import Path

from django.utils.formats import date_format
from django.utils.timezone import localtime

from records.models import Batch

LONGEST = Batch._meta.get_field("file").max_length


def source_of(path, name=""):
    """What a batch remembers of a file, for its fields: what it is, or was, called, and the SHA-256 of its bytes.

    Raises OSError where there is no such file.
    """
    with Path(path).open("rb") as file:
        sha256 = file_digest(file, "sha256").hexdigest()
    # What a path holds that is no letter of any writing, no database keeps.
    called = (name or Path(path).name).encode("utf-8", "replace").decode()
    return {"file": called[:LONGEST], "sha256": sha256}


def imported_before(sha256):
    """That a file with this sum was imported before, in a sentence; blank where it was not."""
    known = Batch.objects.with_file(sha256) if sha256 else Batch.objects.none()
    batch = known.select_related("by").prefetch_related("undone_by").first()
    if batch is None:
        return ""
    who = (batch.by.get_full_name() or batch.by.get_username()) if batch.by else "a command"
    said = f"This file was imported as batch {batch.pk} on {date_format(localtime(batch.at), 'j F Y')} by {who}"
    undone = [str(undo.pk) for undo in batch.undone_by.all()]
    return f"{said}, and taken back by batch {', '.join(undone)}." if undone else f"{said}."
