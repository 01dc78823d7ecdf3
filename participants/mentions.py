"""Mentions: the participants that a list in prose names, such as “Australia, ROK, Viet Nam and IOM”."""

import re
from typing import NamedTuple

from .models import Name

SEPARATOR = re.compile(r"(?:,|;|\n|&|\band\b)", re.IGNORECASE)
TOKEN = re.compile(rf"{SEPARATOR.pattern}|(?:(?!{SEPARATOR.pattern})\S)+", re.IGNORECASE)
# With what is folded away, such as an article and dashes.
LONGEST = Name._meta.get_field("text").max_length + 50
EDGES = " \t.:·•*–-"
ARTICLE = re.compile(rf"\Athe[^\S\n]+(?!{SEPARATOR.pattern})", re.IGNORECASE)


class Mention(NamedTuple):
    """A part of a list: the text that stands there, and the known name that it is, or None."""

    text: str
    entry: object = None


def mentions(text, find):
    """What a list names, in its order.

    Names are separated by commas, semicolons, line breaks, “and” or “&”. Where a name itself holds one of these, the
    longest known name wins. `find` takes a text and gives its known name, or None.
    """
    tokens = list(TOKEN.finditer(text))
    found, position = [], 0
    while position < len(tokens):
        mention, position = _mention_at(text, tokens, position, find)
        if mention:
            found.append(mention)
    return found


def found_in_prose(directory):
    """A `find` for `mentions`: as a directory finds names, but for codes of two letters, which in prose are words."""

    def find(text):
        entry = directory.entry(text)
        return None if entry and entry.kind == Name.Kind.CODE and len(entry.text) == 2 else entry

    return find


def _mention_at(text, tokens, position, find):
    """The longest known name that begins at a token, or else all up to the next separator; and where to go on."""
    ends = list(_ends(tokens, position))
    for end in reversed(ends):
        span = text[tokens[position].start() : tokens[end].end()]
        if entry := _known(span, find):
            return Mention(entry.text, entry), end + 1
    if _separates(tokens[position]):
        return None, position + 1
    span = text[tokens[position].start() : tokens[ends[0]].end()].strip(EDGES)
    return span and Mention(span), ends[0] + 1


def _ends(tokens, position):
    """Where a name that begins at a token may end: before a separator, and no later than the longest name would."""
    last = len(tokens) - 1
    for end in range(position, len(tokens)):
        if end == last or _separates(tokens[end + 1]):
            yield end
            if tokens[end].end() - tokens[position].start() > LONGEST:
                return


def _separates(token):
    return SEPARATOR.fullmatch(token[0]) is not None


def _known(span, find):
    """The known name that a text is, perhaps with an article before it; one with a separator holds it by itself."""
    for form in (span, ARTICLE.sub("", span)):
        entry = find(form.strip(EDGES))
        if entry and (SEPARATOR.search(entry.text) or not SEPARATOR.search(form)):
            return entry
    return None
