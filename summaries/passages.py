"""A passage: a stretch of the text as one line, that knows where in the text each of its characters stands."""

import re
from bisect import bisect_right
from functools import cached_property

from .layout import BULLET
from .phrases import ABBREVIATIONS

# What is not part of the words: white space, and the marks with which Markdown sets words in other type.
UNWANTED = re.compile(
    r"(?P<broken>(?<=[^\W\d_])-[ \t]*\n\s*(?=[^\W\d_]))|(?P<space>\s+)|(?P<mark>\*+|`|(?<!\w)_+|_+(?!\w))"
)
LINKED = re.compile(r"\[(?P<words>[^\[\]\n]{1,200})\]\([^()\s]{1,500}\)")
SENTENCE_END = re.compile(r"[.!?][”’\"')\]]*(?= +[“‘\"'(]?[^\W_a-z])|[.!?][”’\"')\]]*$")
ABBREVIATED = re.compile(
    rf"(?:(?<!\w)(?:{'|'.join(map(re.escape, ABBREVIATIONS))}|[A-HJ-UWYZb-z]|(?:[A-Za-z]\.)+[A-Za-z]))$"
)


class Passage:
    """`text[start:end]` without superfluous space and marks, as `words`; `span(a, b)` leads back to the whole text.

    breaks  {where white space begins that parts more than words do: what stands for it}
    """

    def __init__(self, text, start, end, whole_words=frozenset(), breaks=None):
        self.start, self.end = start, end
        self.starts, self.sources, kept = [0], [start], []
        length = 0
        position = start
        for cut, resume, instead in cuts(text, start, end, whole_words, breaks or {}):
            kept.append(text[position:cut])
            length += cut - position
            if instead:
                self._note(length, cut)
                kept.append(instead)
                length += len(instead)
            position = resume
            self._note(length, position)
        kept.append(text[position:end])
        self.words = "".join(kept)

    def _note(self, position, source):
        if self.starts[-1] == position:
            self.sources[-1] = source
        else:
            self.starts.append(position)
            self.sources.append(source)

    def source(self, position):
        """Where in the whole text the character at a position of the words stands."""
        index = bisect_right(self.starts, position) - 1
        return self.sources[index] + position - self.starts[index]

    def span(self, start, end):
        """The span in the whole text of `words[start:end]`, which must not be empty."""
        return self.source(start), self.source(end - 1) + 1

    @cached_property
    def sentences(self):
        """The spans of the sentences, in `words`."""
        return list(sentences(self.words))

    def sentence_at(self, position):
        """The span of the sentence that holds a position."""
        index = bisect_right(self.sentences, (position, len(self.words) + 1)) - 1
        return self.sentences[max(index, 0)]


def cuts(text, start, end, whole_words, breaks):
    """What is left out of a passage: (from, to, what stands instead)."""
    links = {}
    if "](" in text[start:end]:
        for link in LINKED.finditer(text, start, end):
            links[link.start()] = link.start() + 1
            links[link.end("words")] = link.end()
    found = [(place, resume, "") for place, resume in links.items()]
    for match in UNWANTED.finditer(text, start, end):
        if match["space"]:
            if match[0] != " " or match.start() in breaks:
                bullet = BULLET.match(text, match.end(), end) if match.start() in breaks and "\n" in match[0] else None
                resume = bullet.end() if bullet else match.end()
                found.append((match.start(), resume, breaks.get(match.start(), " ")))
        elif match["broken"]:
            found.append((*match.span(), "" if joins(text, match, whole_words) else "-"))
        else:
            found.append((*match.span(), ""))
    position = start
    for cut, resume, instead in sorted(found):
        if cut >= position:
            yield cut, resume, instead
            position = resume


def joins(text, match, whole_words):
    """Whether the two halves of a word that is broken at the end of a line are elsewhere one word."""
    before = re.compile(r"[^\W\d_]+$").search(text, max(0, match.start() - 40), match.start())
    after = re.compile(r"[^\W\d_]+").match(text, match.end(), match.end() + 40)
    return bool(before and after and (before[0] + after[0]).lower() in whole_words)


def sentences(words):
    """The spans of the sentences of a text in one line."""
    start = 0
    for match in SENTENCE_END.finditer(words):
        shortened = words[match.start()] == "." and ABBREVIATED.search(
            words, max(start, match.end() - 12), match.start()
        )
        if shortened and match.end() != len(words):
            continue
        yield start, match.end()
        start = match.end() + 1
    if start < len(words):
        yield start, len(words)
