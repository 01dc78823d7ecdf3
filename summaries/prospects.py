"""Prospects: what accepting entries would do to events, entry by entry, before anything is decided."""

from events.gazetteer import AllSeries
from exchange.plans import plan
from exchange.tables import HEADING_ROW
from records.numbers import cardinal

from .accepting import new_row


def prospects(acceptance, entries, by):
    """The line of a plan of events for each of some entries, as far as they wait: {primary key: line}.

    acceptance  of these entries at least
    by          the user whose rights the rows obey
    """
    wanted = {entry.pk for entry in entries if entry.is_open}
    waiting = [entry for entry in acceptance.entries if entry.pk in wanted]
    rows = [row_of_event(acceptance, entry) for entry in waiting]
    lines = {}

    def note(line):
        entry = waiting[line.number - HEADING_ROW - 1]
        lines[entry.pk] = line
        if name := new_series(acceptance, entry):
            line.notes.append(f"It makes the series {name}.")
        line.notes.extend(for_the_library(acceptance, entry))

    if rows:
        plan("events", rows, by=by, watch=note)
        for pk, problem in refused(acceptance, waiting, by):
            lines[pk].problems.append(problem)
    return lines


def refused(acceptance, entries, by):
    """What keeps entries from bringing outcomes and figures to events of the record: pairs of a key and a problem.

    What belongs to new events is a draft as they are, and asks for no further right.
    """
    keys = {entry.pk for entry in entries}
    of_event = {reference: pk for pk, reference in acceptance.targets.items() if pk in keys}
    of_event = {reference: pk for reference, pk in of_event.items() if reference in acceptance.references}
    for type, new in (("outcomes", acceptance.outcomes()), ("reported_figures", acceptance.figures())):
        rows = [row for row in new if row["event"] in of_event]
        problems = plan(type, rows, by=by).errors if rows else ()
        yield from {of_event[rows[each.row - HEADING_ROW - 1]["event"]]: each for each in problems}.items()


def for_the_library(acceptance, entry):
    """Sentences on what accepting an entry does with the documents and figures that it tells of."""
    shelves, event = acceptance.shelves, acceptance.targets[entry.pk]
    for row in shelves.new_documents(entry, event, ""):
        yield f"It adds the document “{row['title']}” to the library, a draft for the secretariat without a file."
    if entry.figures and not shelves.meant_by(entry):
        yield "Its figures stay with the entry: which instrument of the library they are of cannot be told."
    elif rows := shelves.new_figures(entry, event):
        yield f"It adds {cardinal(len(rows))} reported figure{'s' * (len(rows) > 1)} to “{shelves.meant_by(entry)}”."


def row_of_event(acceptance, entry):
    """The row of the event that an entry tells of, but for a series that is made with it.

    A new event has a reference that none has.
    """
    target = acceptance.targets[entry.pk]
    if target:
        row = acceptance.rows[target]
        cells = {name: row[name] for name in ("reference", "title", "kind")} | acceptance.changes[target]
    else:
        cells = new_row(entry) | {"reference": f"{entry.reference}-new"}
    return {name: cell for name, cell in cells.items() if name != "series" or not new_series(acceptance, entry)}


def new_series(acceptance, entry):
    """The name of the series that accepting an entry makes, or a blank."""
    name = entry.proposal.get("series", "")
    return name if name and acceptance.session.resolver(AllSeries).find(name) is None else ""
