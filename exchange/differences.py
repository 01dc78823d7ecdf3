"""Differences: two texts as one, with what was taken out and what was put in."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join

WORD = re.compile(r"\s+|[^\s;]+|;")
# Above this many words, comparing them takes longer than anybody waits: the texts are shown whole.
MOST_WORDS = 3000
# Below this likeness, the one text was not made of the other: words that both happen to have would only confuse.
LIKENESS = 0.4


def difference(before, after):
    """HTML of what became of a text: `<del>` what went, `<ins>` what came, word by word where the texts are alike."""
    if before == after:
        return format_html("{}", after)
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if len(old) + len(new) > MOST_WORDS or matcher.quick_ratio() < LIKENESS or matcher.ratio() < LIKENESS:
        return marked(before, after)
    parts = (
        (marked(gone, come) if operation != "equal" else come)
        for operation, gone, come in (
            (operation, "".join(old[start:end]), "".join(new[other:last]))
            for operation, start, end, other, last in matcher.get_opcodes()
        )
    )
    return format_html_join("", "{}", ((part,) for part in parts))


def marked(gone, come):
    """HTML of a text that went and one that came in its place; either may be blank."""
    pairs = [(tag, text) for tag, text in (("del", gone), ("ins", come)) if text]
    return format_html_join(" ", "<{0}>{1}</{0}>", pairs)
