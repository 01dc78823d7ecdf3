"""Dates as people type them: `Sept. 2002`, `26–28 February 2002`, `mid-2004`."""

import re
from unicodedata import normalize

from .points import MONTHS, SEASONS, InvalidDate, Point

MONTHS_OF_WORDS = (
    {name.lower(): month for month, name in (MONTHS | SEASONS).items()}
    | {name[:length].lower(): month for month, name in MONTHS.items() for length in range(3, len(name))}
    | {"fall": 23}
)
QUALIFIERS_OF_WORDS = dict.fromkeys(
    ["about", "around", "approximately", "circa", "ca", "c", "early", "beginning", "mid", "middle", "late", "end"],
    "~",
)
QUALIFIERS_OF_WORDS |= dict.fromkeys(["possibly", "perhaps", "probably"], "?")
DASHES = frozenset(["-", "–", "/", "&", "to", "until", "till", "through", "and"])
FILLERS = frozenset(["the", "of"])
OPENINGS = frozenset(["from", "between"])

ONE_DASH = str.maketrans({"‐": "-", "‒": "–", "—": "–", "―": "–", "−": "–"})
JOINED_DAY = re.compile(r"\b([0-9]{1,2})-([a-z]+)\.?-([0-9]{4})\b")
JOINED_WORD = re.compile(r"\b(early|mid|late)-|([a-z]\.?)-(?=[0-9]{4}\b)")
TOKEN = re.compile(
    r"""
      (?P<numeric> (?: [0-9]{4}([./-])[0-9]{1,2}\2[0-9]{1,2} | [0-9]{1,2}([./-])[0-9]{1,2}\3[0-9]{4} ) (?![0-9]) )
    | (?P<month> [0-9]{4}-[0-9]{2} (?![0-9]) )
    | (?P<year> [0-9]{4} (?![0-9]) )
    | (?P<day> [0-9]{1,2} (?![0-9]) ) (?: (?:st|nd|rd|th)\b )?
    | (?P<word> [a-z]+ ) \.?
    | (?P<dash> [-–/&] )
    | (?P<qualifier> [~?] )
    """,
    re.VERBOSE,
)

UNREADABLE = "write it like 2002, 2002-09, September 2002, 26–28 February 2002, spring 2004 or about 2004"
NO_YEAR = "it needs a year of four digits (at each end of a range of years); two may be a day, or any century's year"
BOTH_QUALIFIERS = "it is either about (~) or possibly (?), not both"
REFUSED = (
    (re.compile(r"%|~\?|\?~"), BOTH_QUALIFIERS),
    (re.compile(r"\.\.|^[-–/]|[-–/]$"), "a range needs both its ends; where one is unknown, write the other alone"),
    (re.compile(r"[0-9]-?x"), "leave out the digits that are unknown: 2004, not 2004-XX"),
    (re.compile(r"[0-9]t[0-9]|[0-9]:[0-9]"), "times are not kept: write the day alone"),
)


def read(text):
    """The points that a typed text means: one, or the two ends of a range.

    Raises InvalidDate, with the reason alone, where the text can't be read, or in more than one way.
    """
    text = normalize("NFKC", text).lower().translate(ONE_DASH).strip()
    for pattern, reason in REFUSED:
        if pattern.search(text):
            raise InvalidDate(reason)
    if not re.search("[0-9]{4}", text):
        raise InvalidDate(NO_YEAR if re.search("[0-9]", text) else UNREADABLE)
    ends = [_gather(parts) for parts in _ends(text)]
    if len(ends) == 2:
        _complete(*ends, marked=text.endswith(("~", "?")))
    return [_point(end) for end in ends]


def _ends(text):
    """The parts, such as {"month": 9}, of one end or of two."""
    text = JOINED_WORD.sub(lambda match: f"{match[1] or match[2]} ", JOINED_DAY.sub(r"\1 \2 \3", text))
    if TOKEN.sub("", text.rstrip(" .,;")).strip(" ,\t\n"):
        raise InvalidDate(UNREADABLE)
    tokens = [(match.lastgroup, match[match.lastgroup]) for match in TOKEN.finditer(text)]
    ends = [[]]
    for kind, token in tokens:
        if token in DASHES:
            ends.append([])
        elif token not in FILLERS:
            ends[-1].append((kind, token))
    if len(ends) == 2 and ends[0] and ends[0][0][1] in OPENINGS:
        del ends[0][0]
    if len(ends) > 2 or not all(ends):
        raise InvalidDate(UNREADABLE)
    return [[_parts(*token) for token in end] for end in ends]


def _parts(kind, token):
    """What one token says: `sept` is {"month": 9}."""
    if kind == "numeric":
        return _numeric(token)
    if kind == "month":
        return {"year": int(token[:4]), "month": int(token[5:])}
    if kind == "qualifier":
        return {"qualifier": token}
    if kind != "word":
        return {kind: int(token)}
    if token in MONTHS_OF_WORDS:
        return {"month": MONTHS_OF_WORDS[token]}
    if token in QUALIFIERS_OF_WORDS:
        return {"qualifier": QUALIFIERS_OF_WORDS[token]}
    raise InvalidDate(UNREADABLE)


def _numeric(token):
    """Year, month and day of `2002/02/26` or `26.02.2002`; day and month come in either order, if only one fits."""
    one, two, three = map(int, re.split(r"[./-]", token))
    if token[:4].isdecimal():
        return {"year": one, "month": two, "day": three}
    readings = dict.fromkeys([Point(three, two, one), Point(three, one, two)])
    possible = [point for point in readings if _is_possible(point)]
    if len(possible) == 2:
        raise InvalidDate(f"it may be {possible[0].words} or {possible[1].words}; write the month as a word")
    point = (possible or [Point(three, two, one)])[0]
    return {"year": point.year, "month": point.month, "day": point.day}


def _is_possible(point):
    try:
        point.check()
    except InvalidDate:
        return False
    return True


def _gather(parts):
    """The parts of one end together; none may be said twice."""
    end = {}
    for part in parts:
        if end.keys() & part.keys():
            raise InvalidDate(BOTH_QUALIFIERS if "qualifier" in part else UNREADABLE)
        end |= part
    return end


def _complete(first, last, marked):
    """Give each end of a range what it leaves to the other: `26–28 February 2002`, `February 26–28, 2002`.

    Where they share the year, a qualifier before both, or a mark after both (`marked`), is of both.
    """
    if "year" in first:
        return
    if "month" not in last and "day" in last and "month" in first:
        last["month"] = first["month"]
    if "month" not in first and "day" in first and "day" in last:
        first["month"] = last.get("month")
    if not first.get("month") or not last.get("month"):
        raise InvalidDate(UNREADABLE)
    if "qualifier" in first:
        last.setdefault("qualifier", first["qualifier"])
    elif marked and "qualifier" in last:
        first["qualifier"] = last["qualifier"]
    first["year"] = last["year"]


def _point(end):
    if "year" not in end:
        raise InvalidDate(NO_YEAR)
    if "day" in end and "month" not in end:
        raise InvalidDate(UNREADABLE)
    return Point(**end)
