"""Dates where they stand in prose. What a date means, `records.dates` says."""

import re
from typing import NamedTuple

from records.dates import InvalidDate, PartialDate
from records.points import MONTHS
from records.typed_dates import MONTHS_OF_WORDS

MOST_TOKENS = 16
NAMES_OF_MONTHS = "|".join(
    sorted((word.capitalize() for word, month in MONTHS_OF_WORDS.items() if month in MONTHS), key=len, reverse=True)
)
NAMES_OF_MONTHS += "|" + NAMES_OF_MONTHS.upper()
SEASONS = "spring|summer|autumn|fall|winter"
SEASONS += "|" + "|".join(season.capitalize() for season in SEASONS.split("|"))
QUALIFIERS = "early|mid|late|about|around|approximately|circa|ca?|possibly|perhaps|probably|end|beginning|middle"
QUALIFIERS += "|" + "|".join(word.capitalize() for word in QUALIFIERS.split("|"))
WEEKDAYS = r"(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,?"
PARTS_OF_YEARS = {
    "first half of": "early",
    "second half of": "late",
    "first quarter of": "January to March",
    "second quarter of": "April to June",
    "first quarter": "January to March",
    "second quarter": "April to June",
    "third quarter of": "July to September",
    "fourth quarter of": "October to December",
    "last quarter of": "October to December",
    "third quarter": "July to September",
    "fourth quarter": "October to December",
    "last quarter": "October to December",
    "1st quarter": "January to March",
    "2nd quarter": "April to June",
    "3rd quarter": "July to September",
    "4th quarter": "October to December",
    "first week of": "",
    "second week of": "",
    "third week of": "",
    "fourth week of": "",
    "last week of": "",
    "week of": "about",
    "week beginning": "about",
    "week starting": "about",
    "q1": "January to March",
    "q2": "April to June",
    "q3": "July to September",
    "q4": "October to December",
}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ROMAN_MONTHS = dict(zip(ROMAN, MONTHS.values(), strict=True))

TOKEN = re.compile(
    rf"""
      (?P<roman> \d{{1,2}} [ ./-] (?:XII|XI|IX|X|VIII|VII|VI|IV|V|III|II|I) [ ./-] (?:19|20|21)\d\d (?!\d) )
    | (?P<numeric> (?:19|20|21)\d\d([./-])\d{{1,2}}(?:\3\d{{1,2}})? (?!\d)
                  | \d{{1,2}}([./-])\d{{1,2}}\4\d{{4}} (?!\d) )
    | (?P<dotted> \d{{1,2}}\.\d{{1,2}}\.(?=[ ]?[-–—][ ]?\d{{1,2}}\.\d{{1,2}}\.[ ]?\d{{4}}) )
    | (?P<year> (?:19|20|21)\d\d (?![\d]) )
    | (?P<part> (?i:{"|".join(PARTS_OF_YEARS).replace(" ", "[ ]")})\b )
    | (?P<days> \d{{1,2}}\.[ ]?[-–—/][ ]?\d{{1,2}}\.(?=[ ](?:{NAMES_OF_MONTHS})) )
    | (?P<day> \d{{1,2}} (?:st|nd|rd|th)? (?![\w]) )
    | (?P<month> (?:{NAMES_OF_MONTHS}) (?![^\W\d_]) \.? )
    | (?P<season> (?:{SEASONS}) \b )
    | (?P<qualifier> (?:{QUALIFIERS}) \b \.? )
    | (?P<weekday> {WEEKDAYS} )
    | (?P<short> [’'] \d\d (?!\d) )
    | (?P<joint> (?:to|until|till|through|and|from|between|of|the) \b | [-‐‒–—―−/&] )
    """,
    re.VERBOSE,
)
PART = re.compile("|".join(PARTS_OF_YEARS), re.IGNORECASE)
DAYS = re.compile(r"(\d{1,2})(?:, \d{1,2})+,? (?:and|&) (\d{1,2}) (?=[A-Z])")
DOTTED_DAYS = re.compile(r"(\d{1,2})\.(\s?[-–—/]\s?\d{1,2})\.(?=\s)")
# Whoever writes dots puts the day first.
DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.(0?[1-9]|1[0-2])\.(?=\d{4}| ?[-–—])")
YEAR_FIRST = re.compile(r"((?:19|20|21)\d\d),? ((?!.*\d{4})[^,]*[^\W\d_]\.?)")  # “2012, 14–16 Nov.”
GAP = re.compile(r"[ ,]{0,3}")
OPENING = re.compile(
    rf"(?<![\w])(?:\d{{1,2}}(?:st|nd|rd|th)?(?![\w:])|(?:19|20|21)\d\d(?!\d)|(?:{NAMES_OF_MONTHS})(?![^\W\d_])|(?:{SEASONS})\b"
    rf"|(?:{QUALIFIERS})\b|(?i:{'|'.join(PARTS_OF_YEARS)})\b)"
)
SHORT_YEAR = re.compile(
    r"(\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+\.?|[A-Z][a-z]+\.? \d{1,2},?) ?[’']?(\d\d)$|([A-Z][a-z]+\.?) ?[’']?(\d\d)$"
)


class Found(NamedTuple):
    """A date in a text: where it stands, its EDTF, whether its year was taken from elsewhere, what is wrong."""

    start: int
    end: int
    when: str
    inferred: bool = False
    problem: str = ""


def date_at(words, position, year=None):
    """The longest date that begins at a position, or None. `year` is that of a date that leaves it out."""
    tokens, kinds = [], []
    place = position
    while len(tokens) < MOST_TOKENS and (match := TOKEN.match(words, place)):
        tokens.append(match)
        kinds.append(match.lastgroup)
        place = GAP.match(words, match.end()).end()
    if not tokens or kinds[0] == "joint":
        return None
    problem = ""
    for count in range(len(tokens), 0, -1):
        if kinds[count - 1] in ("joint", "qualifier", "part", "weekday"):
            continue
        known = set(kinds[:count])
        if not known & {"year", "numeric", "roman", "month", "season"}:
            break
        end = tokens[count - 1].end()
        text = words[position:end]
        when, inferred, problem = read(text, known, year)
        if when:
            return Found(position, end, when, inferred)
        if problem and "numeric" in known and count == 1:
            return Found(position, end, "", False, problem)
    return None


def read(text, kinds, year):
    """(EDTF, whether the year comes from elsewhere, what is wrong) of a text made of tokens of these kinds."""
    inferred = False
    if "roman" in kinds:
        text = re.sub(r"[ ./-]([XVI]+)[ ./-]", lambda match: f" {ROMAN_MONTHS[match[1]]} ", text)
    text = re.sub(f"{WEEKDAYS} ?", "", text)
    text = DAYS.sub(r"\1–\2 ", DOTTED_DAYS.sub(r"\1\2", text))
    text = DOTTED.sub(lambda match: f"{match[1]} {MONTHS[int(match[2])]} ", text)
    if "month" in kinds and (match := YEAR_FIRST.fullmatch(text)):
        text = f"{match[2]} {match[1]}"
    if "part" in kinds:
        text = PART.sub(lambda match: PARTS_OF_YEARS[match[0].lower()], text)
    if not kinds & {"year", "numeric", "roman"}:
        short = SHORT_YEAR.search(text)
        if short and (
            short[1] or "’" in text or "'" in text or int(short[4]) > 31 or (short[4][0] == "0" and not year)
        ):
            century = "19" if int(short[2] or short[4]) > 50 else "20"
            text = f"{text[: short.start()]}{short[1] or short[3]} {century}{short[2] or short[4]}"
        elif year and kinds & {"month", "season"} and "short" not in kinds:
            text, inferred = f"{text} {year}", True
        else:
            return "", False, ""
    try:
        return str(PartialDate.parse(text)), inferred, ""
    except InvalidDate as error:
        return "", False, str(error)


def dates_in(words, start, end, year=None):
    """All dates between two positions, from left to right."""
    position = start
    while match := OPENING.search(words, position, end):
        found = date_at(words, match.start(), year)
        if found:
            yield found
        position = max(match.end(), found.end if found else 0)
