"""Where it was: the city and the country that stand at the end of an activity's heading, or after “held in”."""

import re
from typing import NamedTuple

from records.folding import fold

from . import phrases
from .dates import NAMES_OF_MONTHS
from .kinds import KIND

CITY_SHAPE = re.compile(
    r"[^\W\d_a-z][\w’'.-]*"
    r"(?:[ -](?:(?:de|da|do|del|es|of|the|upon|al|el|la|las|los|sur|am|an der)[ -])?[^\W\d_a-z][\w’'.-]*){0,3}"
)
NO_CITY = re.compile(
    rf"^(?:{NAMES_OF_MONTHS})(?![^\W\d_])|"
    r"\b(?:Process|Group|Plan|Action|Smuggling|Trafficking|Persons|Migration|Asylum|Protection|Law|Crime|Borders?|"
    r"Victims?|Participants?|Ministers|Officials|Awareness|Return|Reintegration|Cooperation|Security|Phase|Part)\b",
)
VENUE = re.compile(rf"\b(?:{'|'.join(phrases.VENUES)})\b")
HELD_IN = re.compile(
    r"\b(?:held|hosted|met|meeting|place|convened|organised|organized|gathered|opened|assembled)"
    r"(?: (?:again|next|together|jointly))? (?:in|at)(?: the)? (?=[^\W\d_a-z])"
)
IN = re.compile(r" (?:held |hosted )?(?:in|at)(?: the)? (?=[^\W\d_a-z])")
BEFORE_COUNTRY = re.compile(r"(?:,| \() ?(?:the )?(?=[A-Z])")
SEPARATOR = re.compile(r"\s*(?:,|;|\||\s[–—-]\s|\(|\0+)\s*")


EDGES = " ,;:.)(–—-|\0"


class Place(NamedTuple):
    """A place that was read: the cells, where each stands, and what is inferred or doubted."""

    start: int
    end: int
    city: str = ""
    country: str = ""
    city_span: tuple = ()
    country_span: tuple = ()
    inferred: bool = False
    doubt: str = ""


class Segment(NamedTuple):
    start: int
    end: int
    text: str


def segments(words, start, end):
    """The parts of a stretch of text between its commas, dashes and brackets."""
    found, position = [], start
    for match in SEPARATOR.finditer(words, start, end):
        found.append(trimmed(words, position, match.start()))
        position = match.end()
    found.append(trimmed(words, position, end))
    return [segment for segment in found if segment.text]


def trimmed(words, start, end):
    while start < end and words[start] in EDGES:
        start += 1
    while end > start and words[end - 1] in EDGES:
        end -= 1
    return Segment(start, end, words[start:end])


def place_of(knowledge, parts, guess=True):  # noqa: C901, PLR0911 - one after another, as a reader would try
    """The place that the last of some segments name, and how many of them it takes; (None, 0) where they name none.

    `guess` says whether a city that nothing knows may be told by its shape alone.
    """
    if not parts:
        return None, 0
    last = parts[-1]
    if country := country_of(knowledge, last.text):
        city = knowledge.city_of_country(country)
        known = known_city(knowledge, parts[-2].text, country) if len(parts) > 1 else ""
        if known and fold(known) != fold(city):
            before = parts[-2]
            return Place(before.start, last.end, known, country, before[:2], last[:2]), 2
        if city:
            taken = 2 if len(parts) > 1 and fold(parts[-2].text) == fold(city) else 1
            start = parts[-taken].start
            return Place(start, last.end, city, country, (start, last.end), (last.start, last.end)), taken
        again = len(parts) > 1 and country_of(knowledge, parts[-2].text) == country
        if again:  # the country twice, as in tables
            place, taken = place_of(knowledge, parts[:-1], guess)
            return place, taken + 1
        if len(parts) > 1 and (city := city_label(knowledge, parts[-2].text, country)):
            before = parts[-2]
            return Place(before.start, last.end, city, country, before[:2], last[:2]), 2
        return Place(*last[:2], "", country, (), last[:2]), 1
    if turned := turned_round(knowledge, parts, guess):
        return turned, 2
    if known := knowledge.cities(last.text):
        if len(known) == 1:
            return Place(*last[:2], known[0].city, known[0].country, last[:2], last[:2], inferred=True), 1
        names = ", ".join(place.country for place in known)
        return Place(*last[:2], known[0].city, "", last[:2], (), doubt=f"there are places of that name in {names}"), 1
    if guess and city_shaped(last.text):
        return Place(
            *last[:2], last.text, "", last[:2], (), doubt="no place of that name is known, and no country said"
        ), 1
    return None, 0


def turned_round(knowledge, parts, guess):
    """The place of which the country stands before the city, “Fiji (Nadi)”, or None."""
    country = country_of(knowledge, parts[-2].text) if len(parts) > 1 else ""
    if not country:
        return None
    before, last = parts[-2:]
    city = known_city(knowledge, last.text, country) or (last.text if guess and city_shaped(last.text) else "")
    return Place(before.start, last.end, city, country, last[:2], before[:2]) if city else None


def country_of(knowledge, text):
    """The alpha-2 of a country that a segment names, with an article or not."""
    return knowledge.country(text) or (knowledge.country(text[4:]) if text[:4].lower() == "the " else "")


def city_label(knowledge, text, country):
    """The city that a segment before a country names, or an empty string."""
    return known_city(knowledge, text, country) or (text if city_shaped(text) else "")


def known_city(knowledge, text, country):
    """The known city of a country that has this name, or an empty string."""
    return next((place.city for place in knowledge.cities(text) if place.country == country), "")


def city_shaped(text):
    return bool(
        len(text) <= 60
        and CITY_SHAPE.fullmatch(text)
        and not KIND.search(text)
        and not NO_CITY.search(text)
        and not text.isupper()
    )


def place_in(reading, start, end, pattern, guess=False):
    """The first place that follows such words as “held in” between two positions, or None."""
    for match in pattern.finditer(reading.words, start, end):
        if place := place_at(reading, match.end(), end, guess):
            return match.start(), place
    return None


def place_at(reading, position, end, guess=False):
    """The place whose city or country begins at a position, or None."""
    words, knowledge = reading.words, reading.knowledge
    city = longest(words, position, end, lambda text: bool(knowledge.cities(text)) or bool(knowledge.country(text)))
    if city is None and guess and (shape := CITY_SHAPE.match(words, position, end)):
        city = trimmed(words, position, shape.end())
        city = city if city_shaped(city.text) else None
    if city is None:
        return None
    parts = [city]
    before = BEFORE_COUNTRY.match(words, city.end, end)
    if before and (country := longest(words, before.end(), end, lambda text: bool(knowledge.country(text)))):
        parts.append(country)
    return place_of(knowledge, parts, guess=True)[0]


def longest(words, position, end, accepts):
    """The longest run of up to five words from a position that is accepted, or None."""
    found, place = None, position
    word = re.compile(r"[^\W_][\w’'-]*(?:\.(?=[A-Z]))?")
    for _count in range(5):
        match = word.match(words, place, end)
        if not match:
            break
        if accepts(words[position : match.end()]):
            found = Segment(position, match.end(), words[position : match.end()])
        if not words.startswith(" ", match.end()):
            break
        place = match.end() + 1
    return found


def put_place(reading, place):
    """Fill the columns of a place."""
    if place.city:
        reading.put("city", place.city, *place.city_span)
    if place.country:
        reading.put("country", place.country, *place.country_span, inferred=place.inferred)
    if place.doubt:
        reading.entry.doubt(f"city: “{place.city}”: {place.doubt}.")
    elif place.city and not reading.knowledge.cities(place.city):
        reading.entry.doubt(f"city: “{place.city}” is not known yet; it would be added to {place.country}.")
