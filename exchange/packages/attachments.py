"""Attachments: the files that records cannot be without, beside the tables of a package, each called by its sum."""

import re
from contextlib import contextmanager
from hashlib import file_digest

from .. import registry
from ..problems import UnreadableFile, Unwritable
from ..progress import WRITING

FILES = "files"
NAMED = re.compile(r"files/(?P<sum>[0-9a-f]{64})")
BLOCK = 1 << 20


def write_files(create, with_changes, progress):
    """Write the files of records into a package; return what its manifest says of each. Raises Unwritable."""
    needed = {sum: store for store in registry.stores() for sum in store.needed(with_changes)}
    progress.begin(WRITING, len(needed), FILES)
    return [write_file(create, store, sum, progress) for sum, store in sorted(needed.items(), key=lambda each: each[0])]


def write_file(create, store, sum, progress):
    path, size = f"{FILES}/{sum}", 0
    try:
        file = store.opened(sum)
    except FileNotFoundError:
        raise Unwritable(f"The file {sum}, which the record names, is not kept here any more.") from None
    with file, create(path) as copy:
        while block := file.read(BLOCK):
            size += copy.write(block)
    progress.advance()
    return {"path": path, "bytes": size, "hash": f"sha256:{sum}"}


def check_files(folder, entries):
    """Raise UnreadableFile where files that the manifest names are not there, or not what they were."""
    for entry in entries:
        path = path_of(folder, entry)
        try:
            with path.open("rb") as file:
                found = file_digest(file, "sha256").hexdigest()
        except OSError:
            raise UnreadableFile(f"The package lacks its file {FILES}/{path.name}.") from None
        if found != path.name:
            raise UnreadableFile(f"The file {FILES}/{path.name} of the package is not what it was: its sum differs.")


def path_of(folder, entry):
    """The path of a file, which stands in the package's own folder whatever the manifest says."""
    match = NAMED.fullmatch(str(entry.get("path"))) if isinstance(entry, dict) else None
    if match is None:
        raise UnreadableFile("The manifest of the package names a file otherwise than by its sum.")
    return folder / FILES / match["sum"]


@contextmanager
def brought_in(folder, entries):
    """A block in which the files of a package are kept here; should it fail, those that are new are dropped again."""
    new = []
    try:
        for store in registry.stores():
            for entry in entries:
                with path_of(folder, entry).open("rb") as file:
                    sum, is_new = store.keep(file)
                new += [(store, sum)] if is_new else []
        yield
    except BaseException:
        for store, sum in new:
            store.drop(sum)
        raise
