"""Lexemes: what a record is found by, as one text that both databases search in the same way.

First stand the stems of its texts in their order, between spaces, a line for each paragraph, so that a phrase is found
as it stands; then what it is found by beside these. A character before a lexeme says where it comes from.
"""

import re
from functools import cached_property, lru_cache
from itertools import chain

from records.dates import PartialDate

from .words import STOP_WORDS, as_one, pieces_of, spelled, stem

IN_TITLE = "¹"  # a stem of what it is called
SPELLED_IN_TITLE = "²"  # a word of what it is called as it is spelled, for beginnings of words
IN_FILES = "³"  # a stem of what its files say

# PostgreSQL keeps less than a megabyte of different lexemes for one record.
MOST_BYTES = 800_000
LONGEST_REMEMBERED = 300


def lexemes_of(document):
    """The lexemes of a document, as one text."""
    title = [lexemes_in(text) for text in (document.title, document.names, document.code) if text]
    said = [lexemes_in(text) for text in (*document.named, in_words(document.when), document.text) if text]
    lines = [each.stream for each in title + said]
    lines += {whole: None for each in title + said for whole in each.wholes}
    lines += {lexeme: None for each in title for lexeme in each.of_title}
    lines += [lexemes_in(document.more).in_files] if document.more else []
    return cut("\n".join(lines))


@lru_cache(maxsize=20_000)
def in_words(when):
    """A partial date as people write it: September 2004."""
    return PartialDate.parse(when).display() if when else ""


class Lexemes:
    """What a text is found by.

    stream  the stems of its paragraphs in their order
    wholes  what is joined of several words, or may be, as one
    """

    def __init__(self, text):
        self.paragraphs = list(map(pieces_of, text.split("\n")))
        self.stream = "\n".join([f" {' '.join(filter(None, map(stems_in, pieces)))} " for pieces in self.paragraphs])
        self.joined = list(filter(None, map(as_one, self.paragraphs)))
        self.wholes = [stem(each.whole) for each in self.spelled(joined=True) if each.whole]
        self.wholes += map(stem, self.joined)

    def spelled(self, *, joined=False):
        """All that is spelled in it, or what may be joined of several words."""
        pieces = chain.from_iterable(self.paragraphs)
        return map(spelled, (piece for piece in pieces if not piece.isalnum()) if joined else pieces)

    @property
    def in_files(self):
        """Its stream, where it stands in a file."""
        return re.sub(r"(?<= )(?=[^ \n])", IN_FILES, self.stream)

    @cached_property
    def of_title(self):
        """What it is found by beside, where it is what something is called."""
        words = (word for each in self.spelled() for word in (*each.words, each.whole))
        kept = [*(word for word in words if word and word not in STOP_WORDS), *self.joined]
        return [*(IN_TITLE + stem(word) for word in kept), *(SPELLED_IN_TITLE + word for word in kept)]


@lru_cache(maxsize=100_000)
def stems_in(piece):
    """The stems of a piece of a text, in their order."""
    return " ".join(spelled(piece).stems)


# Names and kinds stand in many documents.
remembered = lru_cache(maxsize=20_000)(Lexemes)


def lexemes_in(text):
    """The Lexemes of a text."""
    return remembered(text) if len(text) <= LONGEST_REMEMBERED else Lexemes(text)


def cut(text):
    """As much of the lexemes as every database keeps."""
    if len(text) * 4 < MOST_BYTES:
        return text
    seen, size = set(), 0
    for found in re.finditer(r"[^ \n]+", text):
        if found[0] not in seen:
            seen.add(found[0])
            size += len(found[0].encode()) + 1
            if size > MOST_BYTES:
                return text[: found.start()]
    return text
