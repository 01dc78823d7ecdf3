"""Excerpts: the part of a text that a query is found in, with its words marked."""

import re
from html import escape

from django.utils.safestring import mark_safe

from .words import pieces_in

# An excerpt has about so many characters, of which some stand before the first word that is marked.
LENGTH, BEFORE = 240, 60
# Of a long text this much is gone through word by word; beyond that, only what looks like a word of the query.
READ_THROUGH = 20_000


def marked(text, query):
    """A whole text as HTML, with the words of a query marked."""
    return html_of(text, [(start, end) for start, end in marks_in(text, query)])


def is_marked(html):
    """Whether something is marked in a text as HTML."""
    return "<mark>" in html


def excerpt(text, query):
    """The best part of a text as HTML, with the words of a query marked; nothing where none of them is in it."""
    if len(text) > READ_THROUGH:
        text = likely_part(text, query)
    found = list(marks_in(text, query))
    if not found:
        return ""
    begin, end = window(text, found)
    inside = [(first - begin, last - begin) for first, last in found if begin <= first and last <= end]
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    return mark_safe(before + html_of(text[begin:end], inside) + after)  # noqa: S308 - `html_of` escapes


def beginning(text):
    """The beginning of a text as HTML, where nothing is to be marked."""
    end = edge(text, LENGTH)
    return mark_safe(escape(text[:end]) + (" …" if end < len(text) else ""))  # noqa: S308 - it is escaped


def marks_in(text, query):
    """Where the words of a query stand in a text: pairs of a beginning and an end."""
    for piece in pieces_in(text):
        if query.marks(piece[0]):
            yield piece.span()


def window(text, found):
    """Where an excerpt begins and ends: around the marks that stand densest, the first of them where several do."""
    best, most = 0, 0
    last = 0
    for first, (start, _end) in enumerate(found):
        while last < len(found) and found[last][1] <= start + LENGTH - BEFORE:
            last += 1
        kinds = len({text[begin:end].lower() for begin, end in found[first:last]})
        if kinds > most:
            best, most = first, kinds
    start, stop = found[best]
    begin = 0 if start <= BEFORE else edge(text, start - BEFORE)
    return begin, max(stop, edge(text, begin + LENGTH))


def edge(text, place):
    """The place of the last space at or before another place, so that no word is cut; the place itself without one."""
    if place >= len(text):
        return len(text)
    found = max(text.rfind(" ", max(place - 40, 0), place + 1), text.rfind("\n", max(place - 40, 0), place + 1))
    return found + 1 if found > 0 else place


def html_of(text, marks):
    """A text as HTML, with what stands between pairs of places marked."""
    parts, last = [], 0
    for start, end in marks:
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308 - every part of the text is escaped


def likely_part(text, query):
    """Of a long text, the part around the first word that looks like one of the query; otherwise its beginning."""
    looks = [re.escape(word[: max(3, len(word) - 2)]) for word in (*query.stems, *query.beginnings)]
    for found in re.finditer(rf"\b(?:{'|'.join(looks)})", text, re.IGNORECASE) if looks else ():
        piece = re.compile(r"\S+").match(text, found.start())[0]
        if next(marks_in(piece, query), None):
            begin = edge(text, max(found.start() - READ_THROUGH // 8, 0))
            return text[begin : begin + READ_THROUGH // 4]
    return text[:READ_THROUGH]
