"""Lexemes: what a record is found by, as one text that both databases search in the same way.

First stand the stems of its texts in their order, between spaces, a line for each paragraph, so that a phrase is found
as it stands; then what it is found by beside these. A character before a lexeme says where it comes from.
"""

import re
from functools import lru_cache
from itertools import chain

from records.dates import PartialDate

from .words import STOP_WORDS, all_spelled, stem, stems_of

IN_TITLE = "¹"  # a stem of what it is called
SPELLED_IN_TITLE = "²"  # a word of what it is called as it is spelled, for beginnings of words
IN_FILES = "³"  # a stem of what its files say

# PostgreSQL keeps less than a megabyte of different lexemes for one record.
MOST_BYTES = 800_000


def lexemes_of(document):
    """The lexemes of a document, as one text."""
    title = list(map(list, paragraphs(document.title, document.names, document.code)))
    said = list(map(list, paragraphs(document.named, in_words(document.when), document.text)))
    lines = [stream(paragraph) for paragraph in chain(title, said)]
    lines.append(" ".join(wholes(chain.from_iterable(chain(title, said)))))
    lines.append(" ".join(of_title(list(chain.from_iterable(title)))))
    lines += (stream(paragraph, IN_FILES) for paragraph in paragraphs(document.more))
    return cut("\n".join(lines))


@lru_cache(maxsize=20_000)
def in_words(when):
    """A partial date as people write it: September 2004."""
    return PartialDate.parse(when).display() if when else ""


def paragraphs(*texts):
    """What is spelled in each paragraph of texts."""
    return (all_spelled(paragraph) for text in texts if text for paragraph in text.split("\n"))


def stream(paragraph, mark=""):
    """The stems of a paragraph in their order."""
    stems = chain.from_iterable(map(stems_of, paragraph))
    return f" {' '.join(map(mark.__add__, stems) if mark else stems)} "


def wholes(all_spelled):
    """What is joined of several words, as one."""
    return dict.fromkeys(stem(spelled.whole) for spelled in all_spelled if spelled.whole)


def of_title(all_spelled):
    """What only what it is called is found by."""
    words = dict.fromkeys(word for spelled in all_spelled for word in (*spelled.words, spelled.whole))
    kept = [word for word in words if word and word not in STOP_WORDS]
    return [*dict.fromkeys(IN_TITLE + stem(word) for word in kept), *(SPELLED_IN_TITLE + word for word in kept)]


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
