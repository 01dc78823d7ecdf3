"""Differences: two texts as one, with what was taken out and what was put in."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join

WORD = re.compile(r"\s+|[^\s;]+|;")
# Above this many words, comparing them takes longer than anybody waits: the texts are shown whole.
MOST_WORDS = 3000
# Below this likeness, the one text was not made of the other: words that both happen to have would only confuse.
LEAST_LIKENESS = 0.4


def difference(before, after):
    """HTML of what became of a text: `<del>` what went, `<ins>` what came, word by word where the texts are alike."""
    if before == after:
        return format_html("{}", after)
    old, new = WORD.findall(before), WORD.findall(after)
    if not comparable(old, new):
        return marked(before, after)
    return format_html_join("", "{}", ((same or marked(gone, come),) for same, gone, come in runs(old, new)))


def side_by_side(first, second):
    """HTML of two texts, in each of which what the other has not is a `<mark>`; None where they are not alike."""
    old, new = WORD.findall(first), WORD.findall(second)
    if not comparable(old, new):
        return None
    found = list(runs(old, new))
    return joined((same, gone) for same, gone, _come in found), joined((same, come) for same, _gone, come in found)


def joined(side):
    """The HTML of one of two texts, of pieces that both have or it alone."""
    return format_html_join("", "{}{}", ((same, alone(own)) for same, own in side))


def alone(words):
    """The HTML of what one text alone has: its spaces at the ends are not marked."""
    core = words.strip()
    if not core:
        return words
    before, _core, after = words.partition(core)
    return format_html("{}<mark>{}</mark>{}", before, core, after)


def comparable(old, new):
    """Whether comparing two lists of words would help anybody."""
    return len(old) + len(new) <= MOST_WORDS and likeness(old, new) >= LEAST_LIKENESS


def likeness(old, new):
    """How much two lists of words have in common, spaces apart: from 0 to 1."""
    words = ([word for word in each if not word.isspace()] for each in (old, new))
    return SequenceMatcher(None, *words, autojunk=False).ratio()


def runs(old, new):
    """Two lists of words as pieces (same, gone, come); what changed on both sides of a mere space is one change."""
    gone, come = "", ""
    for operation, start, end, other, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[start:end]), "".join(new[other:last])
        if operation == "equal" and not ((gone or come) and after.isspace()):
            if gone or come:
                yield "", gone, come
            yield after, "", ""
            gone, come = "", ""
        else:
            gone, come = gone + before, come + after
    if gone or come:
        yield "", gone, come


def marked(gone, come):
    """HTML of a text that went and one that came in its place; either may be blank."""
    pairs = [(tag, text) for tag, text in (("del", gone), ("ins", come)) if text]
    return format_html_join(" ", "<{0}>{1}</{0}>", pairs)
