"""Names of participants where prose lists them: “the Government of Fiji, ROK Justice and Labour ministries and IOM”."""

import re
from typing import NamedTuple

from records.folding import fold

from . import phrases
from .knowledge import PARTICIPANT

MOST_NAMES = 80
NO_NAMES = (
    frozenset(phrases.KINDS)
    | frozenset(phrases.NUMBERS)
    | {"it", "they", "this", "the", "participants", "both", "who", "outcomes", "zoom", "teams"}
)
LONGEST_NAME = 160  # characters

GROUP = "|".join(sorted(phrases.GROUPS, key=len, reverse=True))
BEFORE_NAME = re.compile(
    rf"(?:(?i:the|both|by|its|a|an|of|from|also|all|as well as|including|in particular|namely)\s+"
    rf"|(?:(?:(?!by\b)[a-z][\w’'-]*|[A-Z][a-z-]+|[0-9]+)\s+){{0,2}}(?i:{GROUP})\s+(?:of|from)\s+(?:the\s+)?"
    rf"|(?:[A-Z][a-z]+\s+)?[A-Z]?[a-z]+s\s+from\s+(?:the\s+)?(?=[A-Z])"
    rf"|(?:Governments?|Republics|Kingdoms)\s+of\s+(?:the\s+)?(?=[A-Z])"
    rf"|(?i:{GROUP})\s+(?=[A-Z])"
    rf"|(?:[a-z][\w-]*\s+)?(?:{'|'.join(phrases.GROUPINGS)})\s+(?:of|from)\s+(?:the\s+)?(?=[A-Z])"
    rf"|[A-Z][\w-]{{1,30}}-based\s+|(?:H\.E\.|Their Excellencies|Mr|Ms|Mrs|Dr)\.?\s+)"
)
CAPITAL_BEFORE = re.compile(
    r"(?:the\s+)?(?:Foreign\s+|Prime\s+|Interior\s+)?(?:Ministers?|Governments?)\s+(?:of|from)\s+(?:the\s+)?"
)
BETWEEN = re.compile(
    r"\s*(?:,\s*(?:and|&|as well as|together with|along with|then)?|and|&|as well as|together with|along with"
    r"|in (?:cooperation|co-operation|collaboration|conjunction) with|with|then)\s+"
)
WORD = r"[^\W\d_a-z][\w’'.&/-]*|[^\W\d_a-z]"
CAPITALISED = re.compile(rf"(?:{WORD})")
LINKING = re.compile(
    r" (?:of|for|de|du|la|al|against|on)(?: the)? (?=[A-Z])| (?:in|to|at)(?: the)? (?=[A-Z])"
    r"| and (?=[A-Z])|, (?=[A-Z])| & (?=[A-Z])"
)
REMARK = re.compile(
    r" (?:\[(?P<bracketed>[^\[\]]{1,300})\]|\((?P<remark>[a-z][^()\[\]]{1,300})\)|\([A-Z][A-Z&/-]{1,11}\)(?=[ .,;]|$))"
)
IN_PARENTHESES = re.compile(r" \([A-Z][A-Z&/-]{1,11}\)")
POSSESSIVE = re.compile(r"[’']s? (?=[A-Z])")
ANOTHER_WORD = re.compile(r" [A-Z][\w’'-]+")
SHORTENED = re.compile(rf"(?:[A-Z]\.)+|(?:{'|'.join(phrases.ABBREVIATIONS)})\.")
VERB_IN_NAME = re.compile(rf"(?:{'|'.join(phrases.VERBS_IN_NAMES)})\b")
OFFICE = re.compile(rf"\b(?:{'|'.join(phrases.OFFICES)})\b")
ENDS_IN_OFFICE = re.compile(
    rf"(?:[A-Z][\w’'-]* ){{0,3}}(?:{'|'.join(phrases.OFFICES)}|Service|Force|Police)\b(?! of\b)"
)
TAIL = "|".join(sorted(phrases.SHARED_NOUNS, key=len, reverse=True))
NAME_WORDS = r"[A-Z][\w’'-]*(?: (?!and\b)[A-Z][\w’'-]*){0,5}"
SMALL = r"(?!(?:and|by|of|in|the|for|with|from|to|at|was|were|as)\b)[a-z][\w’'-]*"
SHARED = re.compile(
    rf"(?P<first>{NAME_WORDS}(?: {SMALL}){{0,3}})(?P<more>(?:, (?:{NAME_WORDS}|{SMALL}(?: {SMALL}){{0,3}})){{0,6}}),?"
    rf" and (?:the )?(?P<last>{NAME_WORDS}|{SMALL}(?: {SMALL}){{0,3}}?)(?P<more_of_noun> {SMALL})??"
    rf" (?P<noun>(?i:{TAIL}))\b"
)
SHARED_BEFORE = re.compile(
    rf"(?P<nation>(?:[A-Z][\w’'-]+ ){{1,3}})?(?P<noun>(?i:{TAIL})) (?P<link>of|for) (?P<first>{NAME_WORDS})"
    rf"(?P<more>(?:, {NAME_WORDS}){{0,6}}),? and (?:(?:of|for) )?(?P<last>{NAME_WORDS})"
    rf"(?P<whose> of (?:the )?{NAME_WORDS})?"
)


class Listed(NamedTuple):
    """A name in a list: as it would stand alone, where it stands, and the known name that it is, or None."""

    text: str
    start: int
    end: int
    known: object = None
    remark: str = ""


def listed(reading, start, stop):
    """The names of a list that begins at `start` and goes no further than `stop`, and where the list ends."""
    words = reading.words
    found, position, end = [], start, start
    while position < stop and len(found) < MOST_NAMES:
        place = opened(words, position, stop)
        names, after = shared(reading, place, stop) or name_at(reading, place, stop)
        if not names or after > stop:
            break
        remark, after = remark_of_name(words, after)
        found += [name._replace(remark=remark) for name in names] if remark else names
        end = after
        joint = BETWEEN.match(words, after, stop)
        if not joint:
            break
        position = joint.end()
    return found, end


def remark_of_name(words, position):
    """What brackets right after a name say of it, and where they end: “UNHCR (which gave the main input)”.

    Parentheses hold a remark where it begins with a small letter and no phrase of another role stands in it.
    """
    match = REMARK.match(words, position)
    if not match:
        return "", position
    remark = match["bracketed"] or match["remark"] or ""
    if match["remark"] and is_role_of_others(remark):
        return "", position
    return remark, match.end()


def is_role_of_others(remark):
    from .roles import AFTER, BY

    return bool(BY.search(remark) or next(AFTER.find(remark), None))


def opened(words, position, stop):
    """Where a name begins, after articles and what stands for several people of somebody."""
    while match := (CAPITAL_BEFORE.match(words, position, stop) or BEFORE_NAME.match(words, position, stop)):
        if match.end() == position:
            break
        position = match.end()
    return position


def name_at(reading, position, stop):
    """The name that stands at a position, in a list, and where it ends."""
    words = reading.words
    index = reading.token_at(position)
    known_end, known = position, None
    if index is not None and (found := reading.knowledge.name_at(words, reading.tokens, index)):
        last, known = found
        known_end = reading.tokens[last - 1][1]
        following = words[known_end : known_end + 1]
        opening = {")": "(", ".": "."}.get(following)
        if opening and opening in words[position:known_end]:
            known_end += 1
    if known and (known_end >= stop or not goes_on(words, known_end, known)):
        return [Listed(known.text, position, known_end, known)], known_end
    end = unknown_end(reading, position, stop)
    if known and end <= known_end:
        return [Listed(known.text, position, known_end, known)], known_end
    text = words[position:end].rstrip(" .,’'")
    end = position + len(text)
    if not has_name(text):
        return ([Listed(known.text, position, known_end, known)], known_end) if known else ([], position)
    whole = reading.knowledge.name(text)
    return [Listed(whole.text if whole else text, position, end, whole)], end


def has_name(text):
    return (
        len(text) > 1
        and text[0].isupper()
        and text.split("-")[0].lower() not in phrases.NUMBERS
        and (text.lower() not in NO_NAMES or text in phrases.NAMES_BY_THEMSELVES)
    )


def goes_on(words, end, known):
    """Whether a known name is only the beginning of a longer one: “Australia’s Department …”, “Thailand Police”."""
    if POSSESSIVE.match(words, end):
        return True
    return known.sort == PARTICIPANT and bool(ANOTHER_WORD.match(words, end))


def unknown_end(reading, position, stop):
    """Where a name ends that is told by its capitals alone."""
    words = reading.words
    limit = min(stop, position + LONGEST_NAME)
    end = position
    while match := CAPITALISED.match(words, end, limit):
        end = match.end()
        if words[end - 1] == "." and not SHORTENED.fullmatch(match[0]):
            break
        if possessive := POSSESSIVE.match(words, end - 2 if match[0].endswith(("’s", "'s")) else end):
            end = max(end, possessive.end() - 1)
        if abbreviation := IN_PARENTHESES.match(words, end, limit):
            end = abbreviation.end()
        if words.startswith(" ", end) and CAPITALISED.match(words, end + 1, limit):
            end += 1
            continue
        linking = LINKING.match(words, end, limit)
        if not linking or not belongs(reading, words[position:end], linking):
            break
        end = linking.end()
    return end


def belongs(reading, name, linking):  # noqa: PLR0911 - one after another, as they are thought
    """Whether what follows a linking word is still part of the name."""
    word = linking[0].split()[0]
    if word in ("of", "for", "de", "du", "la", "al", "against", "on"):
        return True
    if word == "to" and VERB_IN_NAME.match(reading.words, linking.end()):
        return True
    if word in ("in", "to", "at"):
        return bool(OFFICE.search(name) or re.search(r"\b(?:Mission|Delegation|Embassy|Representation)\b", name))
    if word == "and" and any(
        name.endswith(one) and reading.words.startswith(other, linking.end()) for one, other in phrases.JOINED_WORDS
    ):
        return True
    if word == "and" and shares_office(reading, name, linking.end()):
        return True
    if not OFFICE.search(name) or word == ",":
        return False
    after = CAPITALISED.match(reading.words, linking.end())
    if not after or after[0].rstrip(".,") in phrases.NAMES_BY_THEMSELVES or after[0].rstrip(".,").isupper():
        return False
    if after[0] in phrases.ADJECTIVES or after[0] in ("Royal", "National") or after[0] in phrases.OFFICES:
        return False
    index = reading.token_at(linking.end())
    return not (index is not None and reading.knowledge.name_at(reading.words, reading.tokens, index))


def shares_office(reading, name, position):
    """Whether the two halves of a name share its last word: “Australian Customs and Border Protection Service”."""
    nation = nation_of(reading, name)
    match = ENDS_IN_OFFICE.match(reading.words, position)
    return bool(match and nation and nation != name and not OFFICE.search(name) and not nation_of(reading, match[0]))


# --- Names that share words -------------------------------------------------------------------------------------------


def shared(reading, position, stop):
    """The names of several that share words, and where they end, or None: “Justice and Interior ministries”."""
    words = reading.words
    if match := SHARED.match(words, position, stop):
        if not words[position].isupper():
            return None
        parts = [match["first"], *match["more"].split(", ")[1:], match["last"]]
        parts = [" ".join(word[0].upper() + word[1:] for word in part.split()) for part in parts]
        noun = f"{match['more_of_noun'] or ''} {match['noun'].lower()}".strip()
        noun = (
            " ".join(word.capitalize() for word in noun.split()[:-1])
            + " "
            + phrases.SHARED_NOUNS[match["noun"].lower()]
        )
        nation = nation_of(reading, match["first"])
        last_nation = nation_of(reading, match["last"])
        if nation == match["first"] and last_nation:
            noun = f"{match['last'][len(last_nation) :].strip()} {noun}".strip()
            parts[-1] = last_nation
        texts = [" ".join(f"{part} {noun}".split()) for part in parts]
        if nation and nation != match["first"]:
            texts = [texts[0], *(text if nation_of(reading, text) else f"{nation} {text}" for text in texts[1:])]
        return alone(reading, texts, match.start(), match.end()), match.end()
    if match := SHARED_BEFORE.match(words, position, stop):
        parts = [match["first"], *match["more"].split(", ")[1:], match["last"]]
        noun = phrases.SHARED_NOUNS[match["noun"].lower()]
        texts = [f"{match['nation'] or ''}{noun} {match['link']} {part}{match['whose'] or ''}" for part in parts]
        return alone(reading, texts, match.start(), match.end()), match.end()
    return None


def alone(reading, texts, start, end):
    return [
        Listed(known.text if (known := reading.knowledge.name(text)) else text, start, end, known) for text in texts
    ]


def nation_of(reading, text):
    """The name or adjective of a country that a text begins with, or an empty string."""
    parts = text.split(" ")
    for count in range(min(len(parts), 4), 0, -1):
        beginning = " ".join(parts[:count])
        for nation in (beginning, beginning.removesuffix("’s").removesuffix("'s")):
            if nation in phrases.ADJECTIVES or reading.knowledge.country(nation):
                return nation
    return ""


def proposed_agency(reading, text):
    """What could be entered for a participant that nothing knows, in words."""
    country = phrases.ADJECTIVES.get(nation_of(reading, text)) or reading.knowledge.country(nation_of(reading, text))
    for spotted in reading.spotted_in(text) if not country else ():
        if fold(spotted.known.text) in reading.knowledge.countries:
            country = spotted.known.code
    kinds = {"ministry": "ministry", "department": "ministry", "police": "police", "process": "process"}
    kind = next((kind for word, kind in kinds.items() if word in text.lower()), "agency" if country else "organisation")
    return f"a new agency of kind {kind}" + (f", {country}" if country else "")
