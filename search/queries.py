"""Queries: what somebody asks for, as words that must be there, phrases, beginnings, and what must not be there.

seoul workshop          both words
"document fraud"        next to each other; so are words that a hyphen joins
traffick*               words that begin so
returns OR repatriation one of the two
-training               not this one
"""

import re
from functools import cache, cached_property, partial
from typing import NamedTuple

from .words import STOP_WORDS, all_spelled, is_pair, spelled, stem

LONGEST = 300
# So many words are looked for; a phrase or a beginning, which takes longer to find, counts for three.
MOST_WORDS, OF_SEVERAL = 24, 3
QUOTES = dict.fromkeys(map(ord, "“”„‟«»＂"), '"')
PIECE = re.compile(r'(?P<minus>[-–−]?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
OR = ("OR", "|")


class Sought(NamedTuple):
    """Words that must all be there.

    words      their stems; where it is a beginning, the last one as it is spelled
    is_phrase  they must stand next to each other
    is_begun   the last one is the beginning of a word
    """

    words: tuple
    is_phrase: bool = False
    is_begun: bool = False


class Query:
    """What is asked for in a text, whatever it is; nothing that somebody types is an error.

    wanted    lists of Sought: of each list, one must be there
    unwanted  Soughts that must not be there
    left_out  words that tell too little to be looked for
    is_cut    whether the text was too long, and only its beginning is looked for
    is_typed  whether the text is still being typed: its last word is the beginning of one
    """

    def __init__(self, text, *, is_typed=False):
        text = "".join(character if character.isprintable() else " " for character in text.translate(QUOTES))
        self.text = " ".join(text[:LONGEST].split())
        self.is_cut = len(text.strip()) > LONGEST
        self.wanted, self.unwanted, self.left_out = [], [], []
        self.number = 0
        self.is_alternative = False
        for piece in PIECE.finditer(self.text):
            self.read(piece, is_last=is_typed and piece.end() == len(self.text))

    def __bool__(self):
        """Whether there is something to look for."""
        return bool(self.wanted)

    def read(self, piece, *, is_last):
        """Take in one piece of the text."""
        if piece["word"] in OR and not piece["minus"]:
            self.is_alternative = bool(self.wanted)
        elif piece["phrase"] is not None:
            self.add(piece, [phrase(piece["phrase"])])
        else:
            word, found = piece["word"], list(all_spelled(piece["word"]))
            begun = found[-1] if found and (is_last or word.endswith("*")) else None
            if begun and is_letter(begun):
                found.pop()
                self.left_out.append(word)
            self.left_out += [each for one in found for each in one.words if len(found) == 1 and not one.stems]
            for one in found:
                self.add(piece, forms(one, is_begun=one is begun))

    def add(self, piece, soughts):
        """Add what is sought in one of several forms."""
        soughts = [sought for sought in soughts if sought.words]
        if not soughts:
            return
        self.number += OF_SEVERAL if any(sought.is_phrase or sought.is_begun for sought in soughts) else 1
        if self.number > MOST_WORDS:
            self.is_cut = True
        elif piece["minus"]:
            self.unwanted += soughts
        elif self.is_alternative:
            self.wanted[-1] += soughts
        else:
            self.wanted.append(soughts)
        self.is_alternative = False

    @cached_property
    def stems(self):
        """The stems that are to be marked in what is found."""
        return {
            word
            for soughts in self.wanted
            for sought in soughts
            for word in (sought.words[:-1] if sought.is_begun else sought.words)
        }

    @cached_property
    def beginnings(self):
        """The beginnings of words that are to be marked in what is found."""
        return tuple(sought.words[-1] for soughts in self.wanted for sought in soughts if sought.is_begun)

    @cached_property
    def marks(self):
        """Says whether a piece of a text, in which something is spelled, is to be marked; of each it remembers it."""
        return cache(partial(marks, self.stems, self.beginnings))


def marks(stems, beginnings, piece):
    """Whether a piece of a text has one of some stems, or a word that begins as one of some beginnings."""
    one = spelled(piece)
    if not stems.isdisjoint(one.stems) or (one.whole and stem(one.whole) in stems):
        return True
    return bool(beginnings) and any(word.startswith(beginnings) for word in (*one.words, one.whole))


def phrase(text):
    """What is sought where somebody quotes a text."""
    found = list(all_spelled(text))
    words = [word for one in found for word in one.stems]
    return Sought(whole_pairs(words), is_phrase=len(words) > 1)


def forms(one, *, is_begun):
    """The forms in which something spelled is sought: as words next to each other, and joined."""
    if is_begun and one.words:
        *before, last = one.words
        words = (*(stem(word) for word in before if word not in STOP_WORDS), last)
        return [Sought(words, is_begun=True), *([Sought((one.whole,), is_begun=True)] if one.whole else [])]
    words = whole_pairs(one.stems)
    if words and is_pair(words[0]) and len(words[0]) == 1:
        return [Sought(words, is_begun=True)]
    sought = Sought(words, is_phrase=len(words) > 1)
    return [sought, *([Sought((stem(one.whole),))] if one.whole else [])]


def is_letter(one):
    """Whether what is spelled is one letter or digit: too many words begin so."""
    return len(one.words) == 1 and len(one.words[0]) == 1 and not is_pair(one.words[0])


def whole_pairs(words):
    """Words without the last character of a text that is in pairs: it may go on otherwise in what is found."""
    if len(words) > 1 and is_pair(words[-1]) and len(words[-1]) == 1:
        return tuple(words[:-1])
    return tuple(words)
