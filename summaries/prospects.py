"""Prospects: what accepting entries would do to events, entry by entry, before anything is decided."""

from exchange.plans import plan
from exchange.tables import HEADING_ROW

from .accepting import Acceptance


def found_new(entries):
    """The primary keys of the entries that somebody said are none of the known events: their reference is a blank."""
    return {entry.pk for entry in entries if entry.proposal.get("reference") == ""}


def acceptance_of(entries):
    """What accepting entries would do, as was decided for each whether it is a new event."""
    return Acceptance(entries, as_new=found_new(entries))


def prospects(entries, by):
    """The line of a plan of events for each entry that waits: {primary key: line}. As many queries for many as for one.

    by  the user whose rights the rows obey
    """
    acceptance = acceptance_of([entry for entry in entries if entry.is_open])
    rows = [row_of_event(acceptance, entry) for entry in acceptance.entries]
    lines = {}

    def note(line):
        lines[acceptance.entries[line.number - HEADING_ROW - 1].pk] = line

    if rows:
        plan("events", rows, by=by, watch=note)
    return lines


def row_of_event(acceptance, entry):
    """The row of the event that an entry tells of; a new one has a reference that none has."""
    target = acceptance.targets[entry.pk]
    if not target:
        return dict.fromkeys(("title", "kind"), "") | entry.proposal | {"reference": f"{entry.reference}-new"}
    row = acceptance.rows[target]
    return {name: row[name] for name in ("reference", "title", "kind")} | acceptance.changes[target]
