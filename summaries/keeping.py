"""Provisional."""

import hashlib
import tempfile
from pathlib import Path

from exchange.parts import Part, apply
from records.fields import text_of
from records.models import Counter

from .extraction import extract
from .knowledge import Knowledge
from .models import Edition
from .reading import read


def keep(file, name, batch):
    content = file.read()
    digest = hashlib.sha256(content).hexdigest()
    if known := Edition.objects.read_from(digest).first():
        return known, False
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(content)
        found = extract(path)
    text = found.text.strip()
    shift = len(found.text) - len(found.text.lstrip())
    document = read(text, Knowledge.from_record(), {at - shift: hint for at, hint in found.hints.items()})
    cell = lambda value: text_of(value) if value else ""
    reference = f"S{Counter.last('S') + 1}"
    edition = {
        "reference": reference,
        "title": document.title[:300] or name,
        "origin": "imported",
        "text": text,
        "title_spans": cell([list(s) for s in document.title_spans]),
        "file": name,
        "sha256": digest,
    }
    sections, entries = [], []
    for number, section in enumerate(document.sections, 1):
        sections.append(
            {
                "edition": reference,
                "number": str(number),
                "heading": section.heading,
                "note": section.note,
                "heading_span": cell(section.heading_span and list(section.heading_span)),
                "note_spans": cell([list(s) for s in section.note_spans]),
            }
        )
        for place, entry in enumerate(section.entries, 1):
            kept = entry.as_json()
            entries.append(
                {
                    "reference": "",
                    "edition": reference,
                    "section": str(number),
                    "number": str(place),
                    "event": "",
                    "text": entry.text,
                    "span": cell(list(entry.span)),
                    "proposal": cell({k: v for k, v in entry.row.items() if v}),
                    "fields": cell(kept["fields"]),
                    **{n: cell(kept[n]) for n in ("outcomes", "links", "figures", "doubts")},
                }
            )
    parts = [Part("editions", [edition]), Part("sections", sections), Part("entries", entries)]
    apply([part for part in parts if part.table], batch)
    return Edition.objects.get(reference=reference), True
