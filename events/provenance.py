"""Provenance: the words that the record has an event from, told by the packages that keep what was read."""

from typing import NamedTuple


class Source(NamedTuple):
    """A passage that tells of an event.

    title    what it stands in
    address  where one can read it in the admin
    pieces   the passage, in pieces: each has a `text`, the `names` of the columns read from it, and `beginning`
    quotes   {column: the words that it was read from}
    """

    title: str
    address: str
    pieces: list
    quotes: dict


_tellers = []


def told_by(teller):
    """Let a package tell of sources: `teller(event)` gives those of an event, in a fixed number of queries."""
    _tellers.append(teller)


def sources_of(event):
    """The passages that an event was read from."""
    return [source for teller in _tellers for source in teller(event)]
