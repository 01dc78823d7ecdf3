"""Marking: a stretch of a text in pieces, each of which knows what was read from it."""

from itertools import pairwise
from typing import NamedTuple


class Piece(NamedTuple):
    """Some of a text. `names` is what was read from it; `beginning` is what of that begins with it."""

    text: str
    names: tuple
    beginning: tuple


def pieces(text, span, marks):
    """The pieces of `text` within a span, in order; together they are that stretch, character for character.

    marks  pairs of a name and the span that it was read from; they may overlap, and end beyond the stretch
    """
    first, last = span
    begins, ends = {}, {}
    for name, marked in marks:
        start, end = max(marked[0], first), min(marked[1], last)
        if start < end:
            begins.setdefault(start, []).append(name)
            ends.setdefault(end, []).append(name)
    cut = sorted({first, last, *begins, *ends})
    open_names, begun, found = [], set(), []
    for start, end in pairwise(cut):
        for name in ends.get(start, ()):
            open_names.remove(name)
        open_names += begins.get(start, ())
        beginning = tuple(dict.fromkeys(name for name in begins.get(start, ()) if name not in begun))
        begun.update(beginning)
        found.append(Piece(text[start:end], tuple(dict.fromkeys(open_names)), beginning))
    return found


def quoted(text, span):
    """The words of a span on one line, as they are quoted."""
    return " ".join(text[slice(*span)].split())
