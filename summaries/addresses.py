"""Addresses on the web, where one stands in an entry: that of the activity, or of what came of it."""

import re

from events.models import Event

from . import phrases

PART = r"[^\s<>\"“”«»|\0\[\]{}\\^`]"
ADDRESS = re.compile(
    rf"(?<![\w@./-])(?:(?:https?://|www\.){PART}{{4,400}}"
    rf"|(?:[a-z0-9-]{{1,60}}\.){{1,4}}(?:com|edu|gov|info|int|net|org)\b(?![\w@.-]*\w)(?:/{PART}{{0,400}})?)",
    re.IGNORECASE,
)
HOST = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::[0-9]{1,5})?(?:[/?#]|$)", re.IGNORECASE
)
BEFORE = re.compile(rf"(?:^|(?<=[.;!?)”] ))(?:{'|'.join(phrases.BEFORE_ADDRESSES)}):? <?$", re.IGNORECASE)
CLOSING = ".,;:!?’'*_"
REACH = 60  # characters before an address in which the words that lead to it stand
LONGEST = Event._meta.get_field("url").max_length


def read_address(reading):
    """Fill `url` with the first address of an entry, and leave out of the words what says no more than that it is one.

    What Markdown keeps behind other words is none of them: the name of a city may lead to a page on it.
    """
    spans = []
    for match in ADDRESS.finditer(reading.words):
        start, end = match.start(), match.start() + len(trimmed(match[0]))
        address = as_written(reading, start, end)
        if is_address(address):
            reading.put("url", complete(address), start, end)
        if before := BEFORE.search(reading.words, max(0, start - REACH), start):
            spans.append((before.start(), end))
    reading.leave_out(spans)


def trimmed(address):
    """An address without what ends the sentence or closes the brackets in which it stands."""
    end = len(address)
    opened, closed = address.count("("), address.count(")")
    while address[end - 1] in CLOSING or (address[end - 1] == ")" and opened < closed):
        closed -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def as_written(reading, start, end):
    """The characters of the document at some words, with those that Markdown would take for its marks."""
    first, last = reading.passage.span(start, end)
    return reading.entry.text[first - reading.entry.span[0] : last - reading.entry.span[0]]


def complete(address):
    return address if "://" in address else f"https://{address}"


def is_address(text):
    """Whether a text is an address that an activity can have, and that is told in prose where it ends."""
    whole = complete(text)
    return bool(ADDRESS.fullmatch(text) and HOST.match(whole)) and trimmed(text) == text and len(whole) <= LONGEST
