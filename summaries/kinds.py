"""What kind of activity it was, how far it reached, in which form it was held, and whether it was."""

import re

from records.folding import fold

from . import phrases
from .vocabulary import alternatives, any_of

KIND = any_of(phrases.KINDS)
MEANINGS = {fold(words): kind for words, kind in (phrases.KINDS | phrases.KINDS_OF_GROUPS).items()}
GROUP = any_of(phrases.KINDS_OF_GROUPS)
KIND_OF_HEADING = any_of(phrases.KINDS_OF_HEADINGS)
OPENING = re.compile(rf"(?:the |official |formal )?{alternatives(phrases.MILESTONE_OPENINGS)}", re.IGNORECASE)
MADE = re.compile(
    rf"[ ,;:–—-]*(?:was |were )?(?P<verb>{alternatives(phrases.MILESTONE_VERBS)})(?= (?:jointly )?by\b)", re.IGNORECASE
)
PREPOSITION = re.compile(r",? (?:on|for|of|to|about|against|in|with|at|concerning|regarding) |[:,(–]")
OF_ANOTHER = re.compile(r" (?:for|of|on|to|with) (?:the|an?) (?:\w+ ){0,2}$")
KIND_OF_PROSE = re.compile(
    rf"\b(?:the|this|a|an|these|its)(?: (?!following\b|next\b|previous\b|other\b)[\w’'-]+){{0,3}}?"
    rf" (?P<kind>{alternatives(phrases.KINDS_OF_PROSE)})",
    re.IGNORECASE,
)
NOT_ITSELF = re.compile(
    r"(?:recommendations?|conclusions?|work|results?|following|from|of|for|since|in|at|to|before|after)"
    r" (?:the|a|its)\b",
    re.IGNORECASE,
)
SCOPE = re.compile(rf"(?P<scope>{alternatives(phrases.SCOPES)}) (?:[\w-]+ ){{0,2}}?(?:{KIND.pattern})", re.IGNORECASE)
SCOPE_OF_PROSE = any_of(phrases.SCOPES_OF_PROSE)
ONLINE_BEFORE = ("online", "virtual", "hybrid")
FORMAT = re.compile(
    rf"{alternatives(word for word in phrases.FORMATS if word not in ONLINE_BEFORE and '(' not in word)}"
    rf"|(?<!\w)(?:{'|'.join(ONLINE_BEFORE)}) (?:[\w-]+ ){{0,1}}?(?:{KIND.pattern})"
    rf"|(?:\(|, )(?:{'|'.join(ONLINE_BEFORE)})(?:\)|(?=[.,;]|$))",
    re.IGNORECASE,
)
ASIDE = re.compile(r"\s*\((?P<inside>[^()]{3,60})\)")
STATUS = re.compile("|".join(sorted(map(re.escape, phrases.STATUSES), key=len, reverse=True)), re.IGNORECASE)
GUESS = f"kind: the text names none; {phrases.USUAL_KIND} is a guess."


def meaning(words):
    """The kind that words mean."""
    return MEANINGS[fold(words)]


def kind_in_title(title):
    """The kind that a title names, as a match and a kind; (None, "") where it names none."""
    if opening := OPENING.match(title):
        return opening, "milestone"
    matches = list(KIND.finditer(title))
    if not matches:
        return None, ""
    for match in matches:
        if (kind := meaning(match[0])) in ("side_event", "ministerial", "senior_officials"):
            return match, kind
    if matches[-1].end() == len(title) and not OF_ANOTHER.search(title, 0, matches[-1].start()):
        return matches[-1], meaning(matches[-1][0])
    first = PREPOSITION.search(title)
    heads = [match for match in matches if first and match.end() <= first.start() + 1]
    match = heads[-1] if heads else matches[-1]
    return match, meaning(match[0])


def aside_of(inside):
    """The columns that an aside in parentheses says: {column: cell}; none where it is no aside."""
    said = {}
    for part in inside.lower().replace("’", "'").split(", "):
        if part in phrases.ASIDES:
            column, cell = phrases.ASIDES[part]
            said[column] = cell
            continue
        scope = next((words for words in phrases.SCOPES if part.startswith(f"{words} ")), "")
        kind = MEANINGS.get(fold(part[len(scope) :])) if KIND.fullmatch(part[len(scope) :].strip()) else None
        if kind is None:
            return {}
        said["kind"] = kind
        if scope:
            said["scope"] = phrases.SCOPES[scope]
    return said


def read_aside(reading):
    """Fill what parentheses right after the title say of kind, scope, format and status."""
    match = ASIDE.match(reading.words, reading.prose_start)
    for column, cell in (aside_of(match["inside"]) if match else {}).items():
        reading.put(column, cell, *match.span("inside"))
        reading.aside_end = match.end()


def read_kind(reading):
    """Fill `kind`: from the title, else from the prose, else the usual one."""
    title = reading.title
    if reading.entry.row["kind"]:
        return
    match, kind = kind_in_title(title)
    if reading.entry.row["alongside"] and (reading.side_event_at or not kind):
        match, kind = None, "side_event"
    if kind:
        start = reading.title_start + (match.start() if match else 0)
        end = reading.title_start + (match.end() if match else len(title))
        if match is None and reading.side_event_at:
            start, end = reading.side_event_at
        reading.put("kind", kind, start, end)
        return
    for match in KIND_OF_PROSE.finditer(reading.words, reading.prose_start):
        if not NOT_ITSELF.match(reading.words, reading.word_before(match.start()), match.end()):
            reading.put("kind", meaning(match["kind"]), *match.span("kind"), inferred=True)
            return
    if match := GROUP.search(title):
        start = reading.title_start + match.start()
        reading.put("kind", meaning(match[0]), start, start + len(match[0]), inferred=True)
        return
    if match := MADE.match(reading.words, reading.title_end):
        reading.put("kind", "milestone", *match.span("verb"), inferred=True)
        return
    of_heading = {phrases.KINDS_OF_HEADINGS[match[0].lower()] for match in KIND_OF_HEADING.finditer(reading.heading)}
    kind = of_heading.pop() if len(of_heading) == 1 else ""
    reading.entry.put("kind", kind or phrases.USUAL_KIND, reading.entry.fields["title"].span, inferred=True)
    if not kind:
        reading.entry.doubt(GUESS)


def settle_guesses(entries):
    """Doubt no more that an entry with date and place is of the usual kind, where most others of its summary are."""
    guessed = [entry for entry in entries if GUESS in entry.doubts]
    usual = sum(entry.row["kind"] == phrases.USUAL_KIND for entry in entries) - len(guessed)
    if 2 * usual > len(entries) - len(guessed):
        for entry in guessed:
            if entry.row["when"] and (entry.row["city"] or entry.row["country"]):
                entry.doubts.remove(GUESS)


def read_scope(reading):
    start = reading.title_start
    if match := SCOPE.search(reading.words, start):
        reading.put("scope", phrases.SCOPES[match["scope"].lower()], *match.span("scope"))
    elif match := SCOPE_OF_PROSE.search(reading.words, start):
        reading.put("scope", phrases.SCOPES_OF_PROSE[match[0].lower()], *match.span(), inferred=True)


def read_format(reading):
    if match := FORMAT.search(reading.words, reading.title_start):
        text = match[0].lower()
        reading.put("format", "hybrid" if "hybrid" in text else "online", *match.span())


def read_status(reading):
    """Fill `status`: of several words that tell one, those count that say more of what became of the plan."""
    found = [
        (phrases.STATUSES[match[0].lower()], match) for match in STATUS.finditer(reading.words, reading.title_start)
    ]
    if found:
        status, match = min(found, key=lambda each: phrases.RANKS_OF_STATUSES.index(each[0]))
        reading.put("status", status, *match.span())
