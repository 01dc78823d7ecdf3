"""Likeness: how nearly two texts call the same thing, whatever the order of their words."""

import re
from functools import lru_cache

from rapidfuzz import fuzz, process, utils

from records.numbers import CARDINALS, ORDINALS

DIGITS = re.compile("[0-9]+")
ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
NUMBERS = {
    word: str(number) for words in (CARDINALS[1:], ORDINALS, ROMAN) for number, word in enumerate(words, start=1)
}
ENDINGS = ("st", "nd", "rd", "th")
# Texts with so many telling words, all of which another has too, may be a shorter form of it.
TELLING_WORDS, TELLING_LETTERS = 3, 4
SHORTER_FORM = 0.9
# How nearly names and sentences must be the same where nothing else tells, and how many are shown at most.
ALIKE = 85
SHOWN = 3


def likeness(first, second, at_least=0):
    """How nearly two texts are the same, from 0 to 100; 0 for less than `at_least`.

    Other numbers make other things, in whatever way they are written: “Second meeting” is not “Meeting III”, but may be
    “Meeting”.
    """
    one, other = wording(first), wording(second)
    if one.numbers and other.numbers and one.numbers != other.numbers:
        return 0
    alike = fuzz.ratio(one.sorted, other.sorted, score_cutoff=at_least)
    if not alike and min(one.telling, other.telling) >= TELLING_WORDS:
        alike = fuzz.token_set_ratio(one.sorted, other.sorted) * SHORTER_FORM
    return alike if alike >= at_least else 0


class Texts:
    """Many texts that others are compared with, given as pairs of a text and what it stands for."""

    def __init__(self, pairs):
        self.pairs = list(pairs)
        self.words = [wording(text).sorted for text, _owner in self.pairs]

    def like(self, text, at_least=ALIKE):
        """What those texts stand for that are most like this one, the likeliest first."""
        scores = {}
        found = process.extract(
            wording(text).sorted, self.words, scorer=fuzz.ratio, score_cutoff=at_least, limit=len(self.words)
        )
        for _words, _score, position in found:
            other, owner = self.pairs[position]
            scores[owner] = max(scores.get(owner, 0), likeness(text, other, at_least))
        return best(scores)


def best(scores):
    """The first few of {whatever: how likely it is}, the likeliest first; what is not likely at all is left out."""
    return sorted((each for each in scores if scores[each]), key=lambda each: (-scores[each], each))[:SHOWN]


class Wording:
    """A text as it is compared: its words in order, how many of them tell something, and the numbers among them."""

    __slots__ = ("numbers", "sorted", "telling")

    def __init__(self, text):
        words = sorted(utils.default_process(text).split())
        self.sorted = " ".join(words)
        self.telling = sum(len(word) >= TELLING_LETTERS for word in words)
        self.numbers = frozenset(filter(None, map(number_of, words)))


wording = lru_cache(maxsize=4096)(Wording)


def number_of(word):
    """The digits of a number in words, digits or Roman letters; None for any other word."""
    if DIGITS.match(word):
        return (word[:-2] if word.endswith(ENDINGS) else word).lstrip("0") or "0"
    return NUMBERS.get(word)


def digits(text):
    """All digits of a text: two texts that both have some, and not the same, are not alike."""
    return " ".join(DIGITS.findall(text))
