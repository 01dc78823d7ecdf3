"""Loosening: what somebody could ask for instead, where nothing is found."""

from typing import NamedTuple

from .engines import engine
from .queries import PIECE, Query
from .spelling import spellings, tidied, unknown_in
from .words import all_spelled

MOST_OFFERED = 2


class Loosening(NamedTuple):
    """Another text to ask for, how it differs in words, and how much it finds."""

    words: str
    text: str
    number: int


def loosened(query):
    """What finds something where a query finds nothing, the nearest to it first. At most four queries.

    Words as they may have been meant, without those that nothing has, not next to each other, any of them.
    """
    said = {}
    for words, text in variants(query):
        if text != query.text and Query(text):
            said.setdefault(text, words)
    found = {}
    for (text, words), number in zip(said.items(), engine().numbers(list(map(Query, said))), strict=True):
        if number:
            found.setdefault(words, Loosening(words, text, number))
    return list(found.values())[:MOST_OFFERED]


def variants(query):
    unknown = unknown_in(query)
    known, spelled = without(query.text, unknown), spellings(query, unknown)
    for text in spelled:
        yield "Did you mean", text
    if unknown:
        words = " and ".join(f"“{query.text[start:end]}”" for start, end, _word in unknown)
        yield f"Without {words}, which nothing has:", known
    if '"' in query.text:
        yield "The words apart from each other:", " ".join(query.text.replace('"', " ").split())
    yield "Any of the words:", any_of(spelled[0] if spelled else known)


def without(text, pieces):
    """A text without what stands from a beginning to an end, for each triple of both and a word."""
    for start, end, _word in reversed(pieces):
        text = text[:start] + text[end:]
    return tidied(text)


def any_of(text):
    """A text that asks for any of the words that another wants, nothing where it has one alone."""
    wanted = (piece[0] for piece in PIECE.finditer(text) if not piece["minus"])
    words = [" ".join(one.words) for piece in wanted for one in all_spelled(piece) if one.stems]
    return " OR ".join(words) if len(words) > 1 else ""
