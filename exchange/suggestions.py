"""Suggestions: the names nearest to one that nothing answers to."""

from rapidfuzz import fuzz, process, utils

CUTOFF = 60
LIMIT = 3
# What is longer is no misspelt name, and would take long to compare.
LONGEST = 200


def nearest(text, names, limit=LIMIT):
    """The names most like the text, nearest first; none where nothing is like it or the text is too long for a name.

    `names` is an iterable of texts, or a mapping of texts to whatever should stand once in the answer.
    """
    if len(text) > LONGEST:
        return []
    owners = names if hasattr(names, "items") else {name: name for name in names}
    found = process.extract(
        text, list(owners), scorer=_likeness, processor=utils.default_process, score_cutoff=CUTOFF, limit=limit * 4
    )
    once = {}
    for name, _score, _position in found:
        once.setdefault(owners[name], name)
    return list(once.values())[:limit]


def _likeness(first, second, *, score_cutoff=None):
    return max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second) * 0.95)
