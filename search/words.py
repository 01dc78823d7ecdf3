"""Words: how a text is taken apart to be found, the same on every database.

A word is found in any case, with and without accents, and by its stem: `Officials’` and `official` are one. What
hyphens, apostrophes or points join is found by its parts and as one. Scripts that write no spaces between words, such
as Thai or Chinese, are taken apart into pairs of neighbouring characters, so that any part of a text is found.
"""

import re
from functools import lru_cache
from unicodedata import category

import snowballstemmer

from records.folding import fold

MARKS = "".join(character for character in map(chr, range(0x300, 0x10000)) if category(character)[0] == "M")
# What joins the parts of one word, and how people type it otherwise.
JOINING = r"['.\-\u00AD]"
APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʻ′`´＇"), "'") | dict.fromkeys(map(ord, "‐‑"), "-")
SPELLED = re.compile(rf"[\w{MARKS}]+(?:{JOINING}[\w{MARKS}]+)*")
SPELLED_IN_ASCII = re.compile(rf"\w+(?:{JOINING}\w+)*", re.ASCII)
JOINED = re.compile(rf"{JOINING}|_")

# Thai, Lao, Burmese, Khmer, Japanese and Chinese.
UNSPACED = r"\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\U00020000-\U0003FFFF"
RUNS = re.compile(rf"[{UNSPACED}]+|[^{UNSPACED}]+")
IS_UNSPACED = re.compile(rf"[{UNSPACED}]")

# So common that they tell nothing; they are neither kept nor looked for. `US`, `WHO` and `IT` are names.
STOP_WORDS = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "into", "is", "of", "on", "or", "that"),
        *("the", "this", "to", "was", "were", "with"),
    )
)
LONGEST = 40

stemmer = snowballstemmer.stemmer("english")


class Spelled:
    """What stands between two spaces or marks of punctuation.

    words  its words one after the other, folded but as they were spelled
    stems  the stems that it is found by, in its order, without words that tell nothing
    whole  what it is as one, where it was joined of several; otherwise blank
    """

    __slots__ = ("stems", "whole", "words")

    def __init__(self, words, whole=""):
        self.words = words
        self.stems = tuple(stem(word) for word in words if word not in STOP_WORDS)
        self.whole = whole


def spelled_in(text):
    """What is spelled in a text: triples of a beginning, an end and a Spelled."""
    for found in pieces_in(text):
        yield found.start(), found.end(), spelled(found[0])


def all_spelled(text):
    """All that is spelled in a text, in its order."""
    return map(spelled, pieces_of(text))


def pieces_of(text):
    """The pieces of a text in which something is spelled, in their order."""
    return SPELLED_IN_ASCII.findall(text) if text.isascii() else SPELLED.findall(plain(text))


def pieces_in(text):
    """The same as matches, each with its place."""
    return SPELLED_IN_ASCII.finditer(text) if text.isascii() else SPELLED.finditer(plain(text))


def as_one(pieces):
    """What two words are as one, since names are written both ways: Viet Nam; blank for any other number of words."""
    words = [word for piece in pieces for word in spelled(piece).words] if len(pieces) == 2 else ()
    return "".join(words)[:LONGEST] if len(words) == 2 else ""


def plain(text):
    """A text with one sort of apostrophes and hyphens, each in its place."""
    return text if text.isascii() else text.translate(APOSTROPHES)


@lru_cache(maxsize=100_000)
def spelled(piece):
    """A Spelled of one piece of text without spaces."""
    if piece.isascii() and piece.isalnum():
        return Spelled((piece.lower()[:LONGEST],))
    parts = [part for part in map(fold, JOINED.split(piece.removesuffix("'s").removesuffix("'S"))) if part]
    if len(parts) > 1 and "." in piece and all(len(part) == 1 and part.isalpha() for part in parts):
        parts = ["".join(parts)]  # U.S.
    words = tuple(word for part in parts for word in _words(part))
    return Spelled(words, "".join(parts)[:LONGEST] if len(parts) > 1 else "")


def _words(folded):
    """The words of a folded text: one, unless it is of a script without spaces."""
    if folded.isascii() or not IS_UNSPACED.search(folded):
        return [folded[:LONGEST]]
    return [
        word for run in RUNS.findall(folded) for word in (pairs(run) if IS_UNSPACED.match(run) else [run[:LONGEST]])
    ]


def pairs(run):
    """The pairs of neighbouring characters of a text, and its last character."""
    return [run[place : place + 2] for place in range(len(run))]


def is_pair(word):
    """Whether a word is a piece of a script without spaces."""
    return IS_UNSPACED.match(word) is not None


@lru_cache(maxsize=100_000)
def stem(word):
    """The stem of a folded word: of an English one what its forms share, otherwise the word."""
    return stemmer.stemWord(word) if len(word) > 3 and word.isascii() and word.isalpha() else word
