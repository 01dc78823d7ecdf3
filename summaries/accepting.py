"""Provisional."""

from exchange.parts import Part
from exchange.plans import plan
from records.models import Counter

from .correcting import row_of


def rows_of(entries):
    from .documents import COLUMNS

    return [
        {
            k: entry.proposal.get(k, "")
            for k in COLUMNS
            if k in entry.proposal or k in ("city", "country", "when", "reference")
        }
        for entry in entries
    ]


def lines_of(entries, by):
    entries = [entry for entry in entries if entry.state == "open"]
    rows, lines = rows_of(entries), {}
    if rows:
        plan("events", rows, by=by, watch=lambda line: lines.update({entries[line.number - 2].pk: line}))
    return lines


def acceptance(entries, by):
    rows, changed, last = rows_of(entries), [], Counter.last("E")
    for row, entry in zip(rows, entries, strict=True):
        if not row.get("reference"):
            last += 1
            row["reference"] = f"E{last}"
        changed.append(row_of(entry, event=row["reference"], state="accepted"))
    return [Part("events", rows), Part("entries", changed)]
