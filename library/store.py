"""The store: where the files of documents are kept, each once, under its SHA-256; what is there is never written over.

It is Django's storage `documents`: a folder, or a service that speaks S3 (docs/operations.md).
"""

from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files import File
from django.core.files.storage import storages
from django.utils import timezone

BLOCK = 1 << 20
LONG = timedelta(hours=1)


def storage():
    return storages["documents"]


def path_of(sum):
    """Where the file of a sum is kept: few in one folder."""
    return f"{sum[:2]}/{sum}"


def size_of(sum):
    """How many bytes the file of a sum has, or None where it is not kept here."""
    try:
        return storage().size(path_of(sum))
    except FileNotFoundError:
        return None


def opened(sum):
    """The file of a sum, opened to be read. Raises FileNotFoundError."""
    return storage().open(path_of(sum))


@contextmanager
def as_path(sum):
    """The path of the file of a sum, which is copied where it is kept elsewhere. Raises FileNotFoundError."""
    try:
        path = Path(storage().path(path_of(sum)))
    except NotImplementedError:
        path = None
    if path:
        yield path
        return
    with opened(sum) as file, NamedTemporaryFile(prefix="document-") as copy:
        while block := file.read(BLOCK):
            copy.write(block)
        copy.flush()
        yield Path(copy.name)


def sum_of(file):
    """The sum of a file that is open, read from its beginning."""
    found = sha256()
    file.seek(0)
    while block := file.read(BLOCK):
        found.update(block)
    file.seek(0)
    return found.hexdigest()


def keep(file):
    """Keep a file that is open; return its sum, and whether it is new here.

    One that has been here for long is kept anew: what is about to be saved is then too young to be swept away.
    """
    sum = sum_of(file)
    known = size_of(sum)
    if known is None or known != file.seek(0, 2) or kept_since(sum) < timezone.now() - LONG:
        file.seek(0)
        storage().save(path_of(sum), File(file))
    return sum, known is None


def drop(sum):
    """Forget the file of a sum."""
    storage().delete(path_of(sum))


def needed(with_changes=False):
    """The sums of all files that versions have and, where the past counts too, of those that changes tell of."""
    from .models import DocumentVersion

    sums = set(DocumentVersion.objects.order_by().values_list("sha256", flat=True))
    return sums | {sum for sum in of_the_past() - sums if size_of(sum) is not None} if with_changes else sums


def of_the_past():
    """The sums of the files that any change tells of."""
    from records.models import Change

    told = Change.objects.filter(type="document_versions").order_by().values_list("before", "after")
    return {row["sha256"] for rows in told.iterator() for row in rows if row and row.get("sha256")}


def kept_since(sum):
    """When a file was kept."""
    return storage().get_modified_time(path_of(sum))


def kept():
    """The sums of all files that are kept, folder by folder."""
    folders, _files = storage().listdir("")
    for folder in sorted(folders):
        yield from (name for name in storage().listdir(folder)[1] if path_of(name) == f"{folder}/{name}")
