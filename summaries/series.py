"""Series: “the fourth in a series”, “the second of three courses on interviewing”."""

import re
from functools import lru_cache

from records.folding import fold

from . import phrases
from .kinds import KIND, kind_in_title

ORDINAL = "|".join([*phrases.ORDINALS, r"\d{1,4}(?:st|nd|rd|th)"])
NUMBER = r"two|three|four|five|six|seven|eight|nine|ten|\d{1,2}"
IN_SERIES = re.compile(
    rf"\b(?P<ordinal>{ORDINAL})\b(?: [\w-]+){{0,3}}?"
    rf"(?: (?:in|of) (?:a|the|this|our|its) (?:\w+ )?series(?: of (?P<what>[^.,;()]{{3,120}}))?"
    rf"| of (?:the |its )?(?:{NUMBER}|such|a planned (?:{NUMBER})) (?P<these>[^.,;()]{{3,120}})"
    r"| such (?P<such>\w+)| of its kind)",
    re.IGNORECASE,
)
OF_SERIES = re.compile(r" (?:in|of) (?:a|the|this|our|its) (?:\w+ )?series\b", re.IGNORECASE)
FIRST_ORDINAL = re.compile(rf"(?:{ORDINAL}) ", re.IGNORECASE)
SUCH = re.compile(r"such (?=\w)", re.IGNORECASE)
END = re.compile(r" (?:that|which|who|held|organised|organized|run|aimed|aiming|to|planned|in [A-Z])\b.*$")


def read_series(reading):
    """Fill series and number where the prose says that the activity is one of a series."""
    match = IN_SERIES.search(reading.words, reading.title_start)
    if not match:
        return
    number = number_of(match["ordinal"])
    what = match["what"] or match["these"] or ""
    what = END.sub("", what).strip()
    name, inferred = (
        (what, False)
        if what and not SUCH.match(what) and len(what.split()) > 1
        else (plural(OF_SERIES.sub("", reading.entry.row["title"])), True)
    )
    known = known_series(reading.knowledge, name)
    reading.put("series", known or name, *match.span(), inferred=inferred)
    reading.put("number_in_series", str(number), *match.span("ordinal"))


def number_of(ordinal):
    """The number that an ordinal says, in letters or digits."""
    return phrases.ORDINALS.get(ordinal.lower()) or int(re.match(r"\d+", ordinal)[0])


def known_series(knowledge, name):
    """The known series of a name, or an empty string."""
    return knowledge.series.get(fold(name)) or knowledge.series.get(fold(singular(name)), "")


def plural(title):
    """What a series of events with this title would be called."""
    kind, _kind = kind_in_title(title)
    if kind is None:
        return f"{title} series"
    end = kind.end()
    title = title[:end] + "s" * (title[end - 1] != "s") + title[end:]
    title = FIRST_ORDINAL.sub("", title, count=1) if FIRST_ORDINAL.match(title) else title
    return title[0].upper() + title[1:]


def singular(name):
    return name[:-1] if name.endswith("s") else name


def read_predecessors(readings):
    """Number the events that came before one that is called the third of its series, as far as links lead to them."""
    entries = [reading.entry for reading in readings]
    for reading in readings:
        if reading.entry.row["number_in_series"] and reading.entry.row["series"] and not reading.says_series:
            count_back(reading.entry, entries)


def count_back(entry, entries):
    from .links import follow, heading

    number, current = int(entry.row["number_in_series"]), entry
    while number > 1:
        previous = next((link.target for link in current.links if link.kind == "follows" and link.target), None)
        if previous is None and current is entry:
            previous = most_alike(current, entries)
            if previous:
                field = entry.fields["number_in_series"]
                current.links.append(follow(previous, heading(previous), field.span))
        if previous is None or previous.row["series"] or meaning_differs(previous, current):
            return
        number -= 1
        for column, cell in (("series", entry.row["series"]), ("number_in_series", str(number))):
            span = previous.fields["title"].span
            previous.put(column, cell, span, inferred=True)
        current = previous


def meaning_differs(previous, current):
    return not set(words_of(previous.row["title"])) & set(words_of(current.row["title"]))


def most_alike(entry, entries):
    """The last event before an entry whose title is nearly the same, or None."""
    wanted = set(words_of(entry.row["title"]))
    index = next(place for place, each in enumerate(entries) if each is entry)
    for each in reversed(entries[max(0, index - 200) : index]):
        words = set(words_of(each.row["title"]))
        if len(wanted) > 1 and len(words & wanted) >= 0.8 * len(wanted | words):
            return each
    return None


@lru_cache(maxsize=1024)
def words_of(title):
    """The words of a title that tell it from others: without the kind and the ordinal."""
    plain = KIND.sub(" ", title).lower()
    return [
        word
        for word in re.findall(r"[^\W\d_]{4,}", plain)
        if word not in phrases.ORDINALS and word not in ("with", "from", "bali", "process")
    ]
