"""Loosening: what somebody could ask for instead, where nothing is found."""

from typing import NamedTuple

from .find import Found
from .queries import Query
from .spelling import meant, tidied, unknown_in
from .words import all_spelled


class Loosening(NamedTuple):
    """Another text to ask for, how it differs in words, and how much it finds."""

    words: str
    text: str
    number: int


def loosened(query):
    """What finds something where a query finds nothing, the nearest to it first.

    Words as they may have been meant, without those that nothing has, not next to each other, any of them.
    """
    tried = {query.text}
    for words, text in variants(query):
        if text and text not in tried:
            tried.add(text)
            if number := Found(Query(text)).all:
                yield Loosening(words, text, number)
                if len(tried) > 2:
                    return


def variants(query):
    yield "Did you mean", meant(query)
    unknown = unknown_in(query)
    if unknown:
        words = " and ".join(f"“{query.text[start:end]}”" for start, end, _word in unknown)
        yield f"Without {words}, which nothing has:", without(query.text, unknown)
    if '"' in query.text:
        yield "The words apart from each other:", " ".join(query.text.replace('"', " ").split())
    yield "Any of the words:", any_of(without(query.text, unknown))


def without(text, pieces):
    """A text without what stands from a beginning to an end, for each triple of both and a word."""
    for start, end, _word in reversed(pieces):
        text = text[:start] + text[end:]
    return tidied(text)


def any_of(text):
    """A text that asks for any of the words of another, nothing where it has one alone."""
    words = [" ".join(one.words) for one in all_spelled(text) if one.stems]
    return " OR ".join(words) if len(words) > 1 else ""
