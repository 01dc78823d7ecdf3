"""Keeping: a summary that was read becomes an edition with its sections and entries; nothing else is touched."""

from hashlib import file_digest
from pathlib import Path

from django.db import transaction

from exchange.parts import Part, apply
from records.dates import PartialDate
from records.fields import text_of
from records.models import Batch, Counter

from .extraction import extract
from .knowledge import Knowledge
from .models import Edition, Section
from .reading import read

LONGEST_TITLE = Edition._meta.get_field("title").max_length
LONGEST_HEADING = Section._meta.get_field("heading").max_length
LONGEST_NAME = Edition._meta.get_field("file").max_length


class ReadBefore(Exception):
    """The same file was read before; `edition` is what it is kept as."""

    def __init__(self, edition):
        super().__init__(f"This file was read before: it is kept as {edition.reference}.")
        self.edition = edition


def read_file(path):
    """The Document that a file holds, beside what the record knows. Raises UnreadableFile."""
    found = extract(path)
    return read(found.text, Knowledge.from_record(), found.hints)


def kept_as(path):
    """The edition that was read from the file at a path, or None."""
    return Edition.objects.read_from(sum_of(path)).order_by("pk").first()


def sum_of(path):
    with open(path, "rb") as file:
        return file_digest(file, "sha256").hexdigest()


def keep(document, path, *, by=None, name=""):
    """Keep a document that was read from the file at a path, as an imported edition; return the Edition.

    by    whose rights the rows obey; None is an administrator
    name  what the file is called, where that is not its name in the path

    Raises ReadBefore where the same file is kept already, and exchange.plans.NotApplied where the rights do not do.
    """
    name = name or Path(path).name
    with transaction.atomic():
        Counter.lock()
        if edition := kept_as(path):
            raise ReadBefore(edition)
        reference = f"{Edition.LETTER}{Counter.next(Edition.LETTER)}"
        sha256 = sum_of(path)
        batch = Batch(by=by, origin=Batch.Origin.SUMMARY, reason=f"Read as {reference}", file=name[:200], sha256=sha256)
        apply(parts_of(document, reference, name, sha256), batch)
    document.edition = reference
    return Edition.objects.get(reference=reference)


def parts_of(document, reference, name, sha256):
    """The rows of an edition, of its sections and of its entries."""
    edition = {
        "reference": reference,
        "title": document.title[:LONGEST_TITLE] or Path(name).stem[:LONGEST_TITLE] or "Summary of Activities",
        "date": reported_until(document.entries),
        "origin": Edition.Origin.IMPORTED.value,
        "text": document.text,
        "title_spans": json_of(document.title_spans),
        "file": name[:LONGEST_NAME],
        "sha256": sha256,
    }
    return [
        Part("editions", [edition]),
        Part("sections", [section_row(reference, *each) for each in enumerate(document.sections, 1)]),
        Part("entries", [entry_row(reference, *each) for each in placed(document)]),
    ]


def placed(document):
    """Each entry with its place: the number of its section, and its own there."""
    for number, section in enumerate(document.sections, 1):
        for position, entry in enumerate(section.entries, 1):
            yield (number, position), entry


def reported_until(entries):
    """The month of the last activity that was held, or a blank."""
    dates = (PartialDate.parse(entry.row["when"]) for entry in entries if entry.row["status"] in ("", "held"))
    last = max((when.ends_on for when in dates if when), default=None)
    return f"{last:%Y-%m}" if last else ""


def section_row(reference, number, section):
    return {
        "edition": reference,
        "number": str(number),
        "heading": section.heading[:LONGEST_HEADING],
        "note": section.note,
        "heading_span": json_of(section.heading_span),
        "note_spans": json_of(section.note_spans),
    }


def entry_row(reference, place, entry):
    """The row of an entry. Links to entries of the same document say where these stand."""
    found = entry.as_json()
    for link, kept in zip(entry.links, found["links"], strict=True):
        if link.inferred:
            kept["inferred"] = True
        if link.target is not None:
            kept["entry"] = list(link.target.span)
    return {
        "reference": "",
        "edition": reference,
        "section": str(place[0]),
        "number": str(place[1]),
        "event": "",
        "text": entry.text,
        "span": json_of(entry.span),
        "proposal": json_of({column: cell for column, cell in entry.row.items() if cell}),
        **{name: json_of(found[name]) for name in ("fields", "outcomes", "links", "figures", "documents", "doubts")},
    }


def json_of(found):
    return text_of(found) if found else ""
