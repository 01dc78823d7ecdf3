"""Figures: how many countries had taken something up, as a meeting reported it."""

import re

from . import phrases
from .documents import Figure
from .vocabulary import capture_nothing

NUMBER = "|".join([r"\d{1,3}", *sorted(phrases.NUMBERS, key=len, reverse=True)])
TENS = "twenty|thirty|forty|fifty"
COUNT = rf"(?<![\w-])(?P<count>(?:{TENS})-(?:{NUMBER})|{NUMBER}|no)(?![\w-])"
COUNTED = rf"(?: (?:of (?:the|them|these)|other|further|more|{NUMBER}|regional|participating|{phrases.COUNTED})){{0,5}}"
AFTER = [
    (re.compile(rf"{COUNT}{COUNTED},? {capture_nothing(words)}(?!\w)", re.IGNORECASE), status)
    for words, status in sorted(phrases.FIGURES, key=lambda row: -len(row[0]))
]
BEFORE = [
    (re.compile(rf"(?<!\w){capture_nothing(words)} {COUNT}(?: [\w-]+)? (?:{phrases.COUNTED})\b", re.IGNORECASE), status)
    for words, status in phrases.FIGURES_BEFORE
]
ANY_COUNT = re.compile(COUNT, re.IGNORECASE)
INSTRUMENT = re.compile(
    r"\b(?:legislation|laws?|acts?|plans?|guidelines?|models?|agreements?|toolkits?|tool kit|manual|guide|"
    r"framework|rules?|regulations?|measures|strateg(?:y|ies)|registers?|codes?|polic(?:y|ies)|provisions?|procedures|standards|it|one|this|that|funds?|systems?|database|convention|"
    r"protocol|in place|in force)\b",
    re.IGNORECASE,
)


def read_figures(reading):
    """Gather the figures of an entry, each number once."""
    found = {}
    for match, status in candidates(reading.words, reading.title_start):
        start, end = reading.passage.sentence_at(match.start())
        around = f"{reading.words[start : match.start()]} {reading.words[match.end('count') : end]}"
        if INSTRUMENT.search(around):
            found.setdefault(match.start("count"), (match, status))
    told = 0
    for start, (match, status) in sorted(found.items()):
        if start < told:  # “17 of the 45 countries”: 45 is how many there are
            continue
        told = match.end()
        reading.entry.figures.append(Figure(status, number(match["count"]), reading.passage.span(*match.span())))


def candidates(words, start):
    """Pairs of a match and the status that it tells."""
    for pattern, status in BEFORE:
        for match in pattern.finditer(words, start):
            yield match, status
    for count in ANY_COUNT.finditer(words, start):
        for pattern, status in AFTER:
            if match := pattern.match(words, count.start()):
                yield match, status


def number(words):
    words = words.lower()
    if words.isdigit():
        return int(words)
    return sum(phrases.NUMBERS.get(part, 0) for part in words.split("-"))
