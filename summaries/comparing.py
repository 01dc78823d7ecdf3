"""Comparing: what an edition has that the one before had not, and what it no longer has or says otherwise."""

from dataclasses import dataclass, field
from itertools import chain

from exchange.differences import difference
from records.dates import PartialDate

from .composing import LastEdition
from .contents import page_at
from .models import Edition


@dataclass
class Reworded:
    """An entry whose words are other than they were: `difference` is HTML with what went and what came."""

    entry: object
    difference: str
    page: int


@dataclass
class Comparison:
    """An edition beside an earlier one: which entries are new, reworded and dropped, and how many are the same.

    Of what is new and what is reworded, the number of the page of the contents on which it stands is said too.
    """

    previous: Edition | None
    new: list = field(default_factory=list)
    reworded: list = field(default_factory=list)
    dropped: list = field(default_factory=list)
    same: int = 0


def with_previous(edition):
    """An edition beside the last one before it. The number of queries does not depend on how many entries they have."""
    until = edition.date or PartialDate("2199")
    last = LastEdition.before(until, but=edition)
    found = Comparison(last.edition)
    own = LastEdition(edition)
    for place, entry in enumerate(chain.from_iterable(own.order.values())):
        earlier = last.entries.get(entry.event_id) if entry.event_id else None
        before, after = earlier and last.words_of(earlier), own.words_of(entry)
        if earlier is None:
            found.new.append((entry, after, page_at(place)))
        elif before == after:
            found.same += 1
        else:
            found.reworded.append(Reworded(entry, difference(before, after), page_at(place)))
    kept = {entry.event_id for entries in own.order.values() for entry in entries if entry.event_id}
    found.dropped = [
        (entry, last.words_of(entry))
        for entries in last.order.values()
        for entry in entries
        if entry.event_id not in kept
    ]
    return found
