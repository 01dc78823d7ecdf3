"""Provenance: the words that an event was read from, for its page in the admin."""

from events.provenance import Source

from .models import Edition
from .reviewing import Read, address_of


def sources_of(event):
    """The accepted entries of editions that were read and tell of an event, as passages. One query."""
    entries = (
        event.entries.accepted().filter(edition__in=Edition.objects.imported()).select_related("edition").in_order()
    )
    return [source_of(entry) for entry in entries]


def source_of(entry):
    read = Read(entry, entry.edition.text)
    quotes = {column.name: column.quote for column in read.columns if column.name in entry.fields}
    title = f"{entry.edition.title}, {entry.reference}"
    return Source(title, address_of(entry.edition, entry), read.pieces, quotes)
