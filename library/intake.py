"""Intake: files that people bring become versions of documents, each examined before it is kept."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from django.db.models import Max
from django.utils import timezone

from exchange.problems import UnreadableFile
from exchange.resources import KEY_SEPARATOR
from records.models import Change

from . import kinds, store
from .models import DocumentVersion
from .names import safe_name, title_of


class Taken(NamedTuple):
    """A file that was let in: a name that does no harm, its media type, how many bytes it has, and its sum."""

    name: str
    media_type: str
    size: int
    sha256: str

    @property
    def title(self):
        """The title that its name suggests."""
        return title_of(self.name)

    def as_version(self, document):
        """The next version of a document, not yet saved. The record's lock must be held."""
        number = next_number(document) if document.pk else 1
        added = timezone.localdate().isoformat()
        return DocumentVersion(document=document, number=number, added=added, **self._asdict())


def next_number(document):
    """The number of a document's next version: none that another had, whose address is known, is given again."""
    last = document.versions.aggregate(last=Max("number"))["last"]
    past = Change.objects.filter(type="document_versions", key__startswith=f"{document.reference}{KEY_SEPARATOR}")
    numbers = [int(key.rpartition(KEY_SEPARATOR)[2]) for key in past.order_by().values_list("key", flat=True)]
    return max([last or 0, *numbers]) + 1


def take_in(upload):
    """Examine an uploaded file and keep it. Raises UnreadableFile, which says why it is not let in and what to do.

    What is kept and then named by no version does no harm, and is swept away one day.
    """
    with as_path(upload) as path:
        kind = kinds.kind_of(path, upload.name)
        with path.open("rb") as file:
            sha256, _is_new = store.keep(file)
    return Taken(safe_name(upload.name, kind), kind, upload.size, sha256)


@contextmanager
def as_path(upload):
    """The path of an uploaded file, which is copied where it is in memory. One that is too large is not."""
    kinds.check_size(upload.size)
    if hasattr(upload, "temporary_file_path"):
        yield Path(upload.temporary_file_path())
        return
    with NamedTemporaryFile(prefix="document-") as copy:
        for block in upload.chunks():
            copy.write(block)
        copy.flush()
        yield Path(copy.name)


def known_as(sums):
    """The documents that have a file with one of some sums: {sum: [document]}. One query."""
    found = {}
    versions = DocumentVersion.objects.filter(sha256__in=list(sums)).select_related("document").defer("text")
    for version in versions.order_by("document", "number"):
        documents = found.setdefault(version.sha256, [])
        if version.document not in documents:
            documents.append(version.document)
    return found


def refuse_same(document, taken):
    """Raise UnreadableFile where a document has a file already."""
    same = document.versions.filter(sha256=taken.sha256).first() if document.pk else None
    if same:
        raise UnreadableFile(f"This very file is version {same.number} already.")
