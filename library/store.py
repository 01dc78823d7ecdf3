"""The store: where the files of documents are kept, each once, under its SHA-256; what is there is never written over.

It is Django's storage `documents`: a folder, or a service that speaks S3 (docs/operations.md).
"""

from hashlib import sha256

from django.core.files import File
from django.core.files.storage import storages

BLOCK = 1 << 20


class OtherFile(Exception):
    """A file that is not the one that its sum says."""


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


def sum_of(file):
    """The sum of a file that is open, read from its beginning."""
    found = sha256()
    file.seek(0)
    while block := file.read(BLOCK):
        found.update(block)
    file.seek(0)
    return found.hexdigest()


def keep(file, sum=None):
    """Keep a file that is open, and return its sum and whether it is new here.

    Raises OtherFile where a sum is given and the file has another one.
    """
    found = sum_of(file)
    if sum is not None and found != sum:
        raise OtherFile(f"The file has the sum {found}, not {sum}.")
    if size_of(found) is not None:
        return found, False
    storage().save(path_of(found), File(file))
    return found, True
