"""Statements: sentences that say one thing outright, and are read as nothing else.

“Third in the series “Targeting workshops”.”, “Venue: Grand Hotel.”, “Agreement: …”, “Reviews “Legislation workshop”
(May 2004).”, “In the margins of “Global Forum”.”
"""

import re
from contextlib import suppress
from typing import NamedTuple

from records.dates import InvalidDate, PartialDate

from . import phrases
from .dates import date_at
from .documents import Outcome
from .places import place_of, segments
from .series import ORDINAL, known_series, number_of

INSIDE = r"(?:[^“”]|“[^“”]{0,300}”)"
QUOTED = re.compile(rf"“(?P<inside>{INSIDE}{{1,2000}}?)”(?=[ .,;:()]|$)")
BEGINNING = r"(?:(?<=[.!?;”’)\]] )|^)"
LABELS = "|".join([*phrases.COLUMNS_SAID, *phrases.FACTS_SAID, *phrases.OUTCOMES_SAID])
LABEL = re.compile(rf"{BEGINNING}(?P<label>{LABELS}): (?P<value>“|(?=\S))")
SERIES = re.compile(rf"{BEGINNING}(?:(?P<ordinal>{ORDINAL}) i|I)n the series (?=“)", re.IGNORECASE)
LINK = re.compile(rf"{BEGINNING}(?P<words>{'|'.join(phrases.LINKS_SAID)}) (?=“)")
DATE = re.compile(r" \((?P<date>[^()]{1,100})\)")
MARGINS = re.compile(rf"{BEGINNING}(?:{'|'.join(phrases.ALONGSIDE)})(?=“)", re.IGNORECASE)
END = re.compile(r"(?=[.;]?(?: |$))")


class SaidLink(NamedTuple):
    """A link that an entry says outright: its kind, and title and date of where it leads; where it stands."""

    kind: str
    title: str
    when: str
    start: int
    end: int


def read_statements(reading):
    """Read what an entry says outright, and leave it out of the words for all that reads after."""
    for pattern, read in ((LABEL, labelled), (SERIES, in_series), (LINK, linked), (MARGINS, in_margins)):
        said = []
        for match in pattern.finditer(reading.words):
            if said and match.start() < said[-1][1]:
                continue
            end = read(reading, match)
            if end and END.match(reading.words, end):
                said.append((match.start(), end))
        reading.leave_out(said)


def labelled(reading, match):
    label, start = match["label"], match.start("value")
    if label in phrases.FACTS_SAID:
        return fact(reading, phrases.FACTS_SAID[label], start)
    quoted = QUOTED.match(reading.words, start)
    if quoted:
        start, stop, end = *quoted.span("inside"), quoted.end()
    else:
        stop = end = reading.sentence_end(start)
    text = reading.words[start:stop]
    if label in phrases.OUTCOMES_SAID:
        if text.strip(" ."):
            span = reading.passage.span(start, stop)
            reading.entry.outcomes.append(Outcome(phrases.OUTCOMES_SAID[label], text, span))
        return end
    if not quoted:
        stop = end = start + len(text.rstrip(" ."))
    reading.put(phrases.COLUMNS_SAID[label], reading.words[start:stop], start, stop)
    return end


def fact(reading, sort, start):
    """Take a date or a place that is all that stands up to the end of a sentence, and say where it ends, or None."""
    words, end = reading.words, reading.sentence_end(start)
    end = start + len(words[start:end].split(";")[0].rstrip(" ."))
    if sort == "when":
        found = date_at(words, start, reading.year)
        if not found or not found.when or found.end != end:
            return None
        reading.put("when", found.when, start, end, inferred=found.inferred)
        return end
    parts = segments(words, start, end)
    place, taken = place_of(reading.knowledge, parts)
    if not place or taken != len(parts):
        return None
    reading.place = place
    return end


def in_series(reading, match):
    quoted = QUOTED.match(reading.words, match.end())
    if not quoted:
        return None
    name = quoted["inside"]
    known = known_series(reading.knowledge, name)
    reading.says_series = True
    reading.put("series", known or name, *quoted.span("inside"))
    if match["ordinal"]:
        reading.put("number_in_series", str(number_of(match["ordinal"])), *match.span("ordinal"))
    if not known:
        reading.entry.doubt(f"series: nothing is known as “{name}”. Proposed: a new series of that name.")
    return quoted.end()


def linked(reading, match):
    quoted = QUOTED.match(reading.words, match.end())
    if not quoted:
        return None
    when, end = "", quoted.end()
    if date := DATE.match(reading.words, end):
        with suppress(InvalidDate):
            when, end = str(PartialDate.parse(date["date"])), date.end()
    kind = phrases.LINKS_SAID[match["words"]]
    reading.said_links.append(SaidLink(kind, quoted["inside"], when, match.start(), end))
    return end


def in_margins(reading, match):
    quoted = QUOTED.match(reading.words, match.end())
    if not quoted:
        return None
    reading.put("alongside", quoted["inside"], *quoted.span("inside"))
    return quoted.end()
