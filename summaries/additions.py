"""Additions: what an entry knows of an event that the record has, and the record lacks."""

from events.resources import EventResource
from events.resources.role import RoleColumn, role_parts
from exchange.cells import SEPARATOR, parts_of
from records.dates import PartialDate
from records.folding import fold

ROLES = tuple(name for name, column in EventResource.declared.items() if isinstance(column, RoleColumn))
FILLED = ("venue", "alongside", "description", "url")


def added(row, proposal, directory):
    """The cells that a known event would have: {column: cell}, of those alone that differ.

    row        that of the event
    proposal   {column: cell} that was read
    directory  who is meant by a name (participants.directory)

    What is blank is filled, a date or a place made more exact, who took part added. All else stays.
    """
    cells = {name: proposal[name] for name in FILLED if proposal.get(name) and not row[name]}
    if more_exact(proposal.get("when", ""), row["when"]):
        cells["when"] = proposal["when"]
    cells |= place(row, proposal) | series(row, proposal)
    for name in ("bodies", *ROLES):
        if cell := proposal.get(name):
            cells[name] = with_others(row[name], cell, directory, role_parts if name in ROLES else names)
    return {name: cell for name, cell in cells.items() if cell != row[name]}


def more_exact(read, recorded):
    """Whether a date that was read lies within the recorded one and says more."""
    if not (read and recorded):
        return bool(read)
    read, recorded = PartialDate.parse(read), PartialDate.parse(recorded)
    within = recorded.starts_on <= read.starts_on and read.ends_on <= recorded.ends_on
    return within and (read.starts_on, read.ends_on) != (recorded.starts_on, recorded.ends_on)


def place(row, proposal):
    """The place, where none is recorded, or the country alone."""
    city, country = proposal.get("city", ""), proposal.get("country", "")
    if row["city"] or (row["country"] and row["country"] != country):
        return {}
    return {name: cell for name, cell in (("city", city), ("country", country)) if cell}


def series(row, proposal):
    """The series, where none is recorded, and the number in it."""
    name, number = proposal.get("series", ""), proposal.get("number_in_series", "")
    if not name or (row["series"] and fold(row["series"]) != fold(name)):
        return {}
    found = {} if row["series"] else {"series": name}
    return found | ({"number_in_series": number} if number and not row["number_in_series"] else {})


def names(cell):
    """Pairs of a name and no remark, from a cell of names."""
    return [(name, "") for name in parts_of(cell)]


def with_others(cell, more, directory, read):
    """A cell of names with those of another one that are of nobody in it; `read` takes a cell apart."""
    there = {who(name, directory) for name, _remark in read(cell)}
    others = [(name, remark) for name, remark in read(more) if who(name, directory) not in there]
    written = [f"{name} [{remark}]" if remark else name for name, remark in others]
    return SEPARATOR.join(filter(None, [cell, *written]))


def who(name, directory):
    """Whoever a name is of; where nobody is known by it, the name."""
    entry = directory.entry(name)
    return id(entry.target) if entry else fold(name)
