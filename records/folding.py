"""Text as it is stored, and as it is compared: folded."""

import re
from functools import lru_cache
from hashlib import blake2b
from unicodedata import category, name, normalize

NOT_FOLDED_ASCII = re.compile(r"[^a-z0-9]+")

# Letters with a stroke or a hook, which no decomposition takes off, are told by their names.
ALTERED_LATIN = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH ")
LATIN = {"æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}

# The marks that Latin letters take; those of a script of its own, such as Thai, stand in that script's block.
SHARED_MARKS = re.compile(r"[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]")

# Letters and marks by their category, but read as punctuation or not at all: the ʻokina, variation selectors.
UNREAD = re.compile(r"[\u02B0-\u02FF\u034F\uFE00-\uFE0F\U000E0100-\U000E01EF]")


def tidy(text):
    """The text as it is stored: line breaks are LF, the edges are trimmed."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def one_line(text):
    """The text as it is stored where it must be one line: its lines are joined with a space."""
    return " ".join(filter(None, map(str.strip, tidy(text).split("\n"))))


def fold(text):
    """The text as it is compared: without case, spacing, punctuation and the accents of Latin letters.

    Marks of other scripts (Thai, Lao, Khmer, Burmese and Indic vowel signs) stay: they make other words. What has no
    letter and no digit folds to nothing.
    """
    if text.isascii():
        return NOT_FOLDED_ASCII.sub("", text.lower())
    folded, base_is_latin = [], True
    for character in _decompose(text):
        if SHARED_MARKS.match(character):
            if not base_is_latin:
                folded.append(character)
        elif letters := _letters(character):
            folded.append(letters)
            base_is_latin = _is_latin(character) if category(character)[0] != "M" else base_is_latin
    return normalize("NFC", "".join(folded))


def digest(*parts):
    """32 hexadecimal digits that are the same for parts that fold to the same, each by itself; None is as blank."""
    ended = "".join("\n" if part is None else fold(str(part)) + "\n" for part in parts)
    return blake2b(ended.encode(), digest_size=16).hexdigest()


def _decompose(text):
    """The text in small letters, each apart from its marks; taking off case can join them again, hence twice."""
    return normalize("NFKD", normalize("NFKD", text).casefold())


@lru_cache(maxsize=4096)
def _letters(character):
    """What a small letter, digit or mark folds to; nothing for all else."""
    if character in LATIN:
        return LATIN[character]
    if category(character)[0] not in "LMN" or UNREAD.match(character):
        return ""
    altered = ALTERED_LATIN.match(name(character, ""))
    return altered[1].lower() if altered else character


@lru_cache(maxsize=4096)
def _is_latin(character):
    return character.isdecimal() or name(character, "").startswith("LATIN ")
