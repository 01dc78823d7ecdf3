"""Who had a part in an activity, as prose says it: “co-chaired by Nepal and Fiji”, “Samoa and Tonga attended”."""

import re
from bisect import bisect_right

from exchange.cells import join
from records.folding import fold

from . import phrases
from .knowledge import BODY
from .names import Listed, listed, proposed_agency
from .vocabulary import Phrasebook, alternatives

REACH = 900  # characters before a phrase in which its names are looked for
VERBS = alternatives(phrases.ROLES_OF_VERBS)
JOINTLY = "|".join(phrases.JOINTLY)
BY = re.compile(
    rf"(?P<verb>{VERBS})(?: (?:and|,) (?P<other>{VERBS}))?(?P<jointly> (?:{JOINTLY}))?"
    rf"(?: (?:[a-z]+ ){{0,2}}(?:in|at) [A-Z]\w+(?: [A-Z]\w+)?)? by(?: (?:{JOINTLY}))?(?!\w)",
    re.IGNORECASE,
)
AFTER = Phrasebook(((words, (columns, remark)) for words, columns, remark in phrases.ROLES_AFTER))
BEFORE = Phrasebook(
    phrases.ROLES_BEFORE, after=rf"(?!(?: (?:{JOINTLY}))? by\b| with\b| over\b| as (?:an )?observers?\b)"
)
COORDINATOR = re.compile(
    r"\bCo-?ordinat(?:ors?|ing countr(?:y|ies))\s*(?:\((?P<inside>[^()]{1,200})\)|:\s*)", re.IGNORECASE
)
JOINT = re.compile(rf"\b(?:{JOINTLY})\b", re.IGNORECASE)
REPRESENTED = re.compile(rf",? ?\(?{phrases.REPRESENTED} ", re.IGNORECASE)
REMARK_END = re.compile(r"[.;:)]|,(?! ?(?:[A-Z]|and [A-Z]|the [A-Z]))| (?:and|which|who|that|in|on|at) (?=[a-z])")
BOUNDARY = re.compile(
    r"[;:(,] (?:and |with |where |in which |at which |while |when )?"
    r"|(?<![,;]) (?:and|with|which|while|by) (?:by )?|—|– "
)
RELATIVE = re.compile(r",? (?:which|who) ")
TRAILING = re.compile(
    r",?(?: (?!and\b|were\b|was\b)[a-z][\w-]*| [A-Z][a-z]+ (?:Authorities|Officials)| and(?= [a-z])){0,6}[ ,]*"
    r"(?:(?:which|who|that|all|each|also|both|had|have|has|together|then|jointly) )*"
)
JOINT_PROCESS = re.compile(
    r"\bjoint (?P<one>[A-Z]\w+)(?P<dash>[-–/])(?P<other>[A-Z]\w+)(?P<process> Process)?", re.IGNORECASE
)
OF_A_MILESTONE = re.compile(
    rf"(?:(?:official|formal) )?(?:{'|'.join(phrases.MILESTONE_OPENINGS)})\b[^.]{{0,200}}?"
    rf"(?P<by> by )(?:the )?(?=[A-Z])",
    re.IGNORECASE,
)


def read_roles(reading):
    """Fill the columns of roles."""
    parts = {}
    for columns, remark, names in statements(reading):
        for column in filter(None, columns):
            for name in names:
                keep(parts, column, name, name.remark or remark)
    for column, by_name in parts.items():
        write(reading, column, by_name)


def keep(parts, column, name, remark):
    """Note a name for a role, once for whoever it is; the first remark that there is stays."""
    identity = name.known.code if name.known else fold(name.text)
    column = parts.setdefault(column, {})
    if identity not in column:
        column[identity] = [name, remark]
    elif remark and not column[identity][1]:
        column[identity][1] = remark


def write(reading, column, by_name):
    cells, names = [], [name for name, _remark in by_name.values()]
    for name, remark in by_name.values():
        text = re.sub(r"[;\[\]]", "", reading.recorded(name))
        cells.append(f"{text} [{remark}]" if remark else text)
        if name.known is None:
            proposal = proposed_agency(reading, name.text)
            reading.entry.doubt(f"{column}: nothing is known as “{name.text}”. Proposed: {proposal}.")
        elif name.known.sort == BODY:
            reading.entry.doubt(f"{column}: “{name.text}” is a body, not a country or agency.")
    start, end = min(name.start for name in names), max(name.end for name in names)
    reading.put(column, join(cells), start, end)


def statements(reading):
    """What the prose says of roles: (columns, remark, names), each stretch of it read once."""
    taken = []
    for start, end, columns, remark, listed_names in sorted(found(reading), key=lambda each: (each[0], -each[1])):
        if any(start < other_end and end > other_start for other_start, other_end in taken[-4:]):
            continue
        names = [name for name in listed_names if name.known is None or name.known.code != reading.knowledge.root]
        if names:
            taken.append((start, end))
            reading.said.append((start, end))
            yield columns, remark, names


def found(reading):
    """All that may be said of roles: (start, end, columns, remark, names); the phrase is what lies between both."""
    words = reading.words
    active = list(before_verbs(reading))
    starts = sorted(statement[0] for statement in active)
    yield from active
    yield from reading.said_roles
    yield from coordinators(reading)
    yield from joint_processes(reading)
    if match := OF_A_MILESTONE.match(words, reading.title_start):
        yield after(reading, match.start("by") + 1, match.end(), ["organisers"], "", starts)
    for match in BY.finditer(words, reading.head_start):
        verbs = [match[verb].lower().replace("’", "'") for verb in ("verb", "other") if match[verb]]
        columns = [columns_of(reading, phrases.ROLES_OF_VERBS[verb]) for verb in verbs]
        if JOINT.search(match[0]):
            columns = ["co_chairs" if column == "chairs" else column for column in columns]
        remark = "run jointly" if "run jointly by" in match[0].lower() else ""
        yield after(reading, match.start(), match.end() + 1, columns, remark, starts)
    for match, (column, remark) in AFTER.find(words, reading.head_start):
        yield after(reading, match.start(), match.end() + 1, [columns_of(reading, column)], remark, starts)


def before_verbs(reading):
    """The statements whose names come before what they did."""
    passive = {match.end() + 1 for match in BY.finditer(reading.words, reading.head_start)}
    passive |= {match.end() + 1 for match, _meaning in AFTER.find(reading.words, reading.head_start)}
    for match, columns in BEFORE.find(reading.words, reading.head_start if reading.told else reading.title_end):
        statement = before(reading, match.start(), columns.split(", "), passive)
        if statement:
            yield statement


def columns_of(reading, column):
    """The column of a role, where it depends on the kind of activity."""
    kind = reading.entry.row["kind"]
    if column == phrases.PRODUCER:
        return "organisers" if kind == "milestone" else "contributors"
    if column == phrases.FACILITATOR:
        return "trainers" if kind == "training" else "organisers"
    return column


def coordinators(reading):
    for match in COORDINATOR.finditer(reading.words):
        start, stop = match.span("inside") if match["inside"] else (match.end(), reading.sentence_end(match.end()))
        names, end = listed(reading, start, stop)
        yield match.start(), max(end, match.end()), ["coordinators"], "", names


def joint_processes(reading):
    """Of an activity joint with another process, that one is the partner: “joint Bali-Budapest workshop”."""
    for match in JOINT_PROCESS.finditer(reading.words):
        for part in ("one", "other"):
            text = f"{match[part]} Process"
            known = reading.knowledge.name(text)
            if known and known.code != reading.knowledge.root and known.sort != BODY:
                remark = f"{match[0][0].lower()}{match[0][1:]} {reading.entry.row['kind']}"
                name = Listed(known.text, *match.span(part), known)
                yield *match.span(), ["partners"], remark, [name]


def after(reading, start, position, columns, remark, starts):
    """The statement of a phrase that begins at `start` and is followed by names at `position`.

    Its names go no further than to where those of another statement begin, one of `starts`.
    """
    index = bisect_right(starts, position)
    stop = min([reading.sentence_end(start), *starts[index : index + 1]])
    names, end = listed(reading, position, stop)
    if names and (represented := REPRESENTED.match(reading.words, end)):
        of_remark, end = remark_at(reading, represented.end())
        remark = f"{phrases.REPRESENTED} {of_remark}"
    return start, end, columns, remark, names


def remark_at(reading, position):
    stop = reading.sentence_end(position)
    names, end = listed(reading, position, stop)
    if not any(name.known for name in names):
        match = REMARK_END.search(reading.words, position, stop)
        end = match.start() if match else stop
    return re.sub(r"[\[\]]", "", reading.passage.words[position:end]).rstrip(" .,"), end


def before(reading, phrase, columns, passive):
    """The statement of a phrase that names come before, or None: the longest list that ends at the phrase."""
    start, _end = reading.passage.sentence_at(phrase)
    start = max(start, phrase - REACH, reading.head_start)
    starts = [start, *(match.end() for match in BOUNDARY.finditer(reading.words, start, phrase))]
    for place in starts[:40]:
        names, end = listed(reading, place, phrase)
        if not names or not reaches(reading.words, end, phrase):
            continue
        if place not in passive and not is_word(names, end, phrase):
            return names[0].start, phrase, columns, "", names
        if place in passive and RELATIVE.match(reading.words, end, phrase):
            return end, phrase, columns, "", names  # the names themselves are told by the verb before them
    return None


def is_word(names, end, phrase):
    """Whether what was taken for a name is the first word of a sentence: “Ten countries took part”."""
    first = names[0]
    return first.known is None and first.text.isalpha() and not first.text.isupper() and end + 1 < phrase


def reaches(words, end, phrase):
    """Whether between a list of names and a phrase stands nothing that parts them."""
    match = TRAILING.match(words, end, phrase)
    return end <= phrase and (match.end() if match else end) >= phrase
