"""Outcomes: what an activity agreed, recommended, decided, made or found, as its sentences say."""

import re

from . import phrases
from .documents import Outcome
from .vocabulary import Phrasebook, alternatives

PHRASES = Phrasebook(phrases.OUTCOMES)
SUBJECT = re.compile(
    rf"(?:{alternatives(phrases.SUBJECTS)}|\)|,)(?: (?:also|then|further|unanimously|jointly|thus|therefore))*[ ,]*$",
    re.IGNORECASE,
)
# Whoever a sentence begins with: “Heads of customs decided”, “Chief prosecutors agreed”, “The Network noted”.
WHOEVER = re.compile(
    rf"(?:(?:the|all|both|these) )?(?:[\w-]+ )?(?:{alternatives(phrases.SUBJECTS)}|{phrases.PEOPLE})"
    r"(?: (?:of|from|for|in) [\w’'-]+(?: [\w’'-]+){0,3})? |The (?-i:[A-Z])[\w-]+ ",
    re.IGNORECASE,
)
ABOUT = re.compile(r"(?:to|of|how|whether|who|had|have|has|been|be|not|the|previously|already) $", re.IGNORECASE)
ITEMS = re.compile(r", and (?=(?:support|commitment|agreement|an? )\b)")
ITSELF = re.compile(
    r"^(?:outcomes?|recommendations?|agreement|resulting|development|reached|made|noted that|considered that|"
    r"agreed that)\b",
    re.IGNORECASE,
)
PASSIVE = re.compile(r"^(?:it )?(?:was|were) ", re.IGNORECASE)
REACH = 120


def read_outcomes(reading):
    """Gather the outcomes of an entry: the sentence, or where one says several things, its part that says it."""
    start = reading.title_end
    by_sentence = {}
    for match, kind in PHRASES.find(reading.words, start):
        sentence = reading.passage.sentence_at(match.start())
        if reading.columns:
            sentence = within_cell(reading.words, sentence, match.start())
        if kind == "product" and reading.words.startswith(" by ", match.end()):
            continue  # who made it
        if is_said_of_it(reading, match, max(sentence[0], start)):
            by_sentence.setdefault(sentence, []).append((match, kind))
    for sentence, found in by_sentence.items():
        for kind, place, end in parts(found, sentence):
            for item_start, item_end in items(reading.words, place, end):
                add(reading, kind, max(item_start, start), item_end)


def within_cell(words, sentence, position):
    """What of a sentence stands in the same cell of a table as a position."""
    end = words.find("|", position, sentence[1])
    return max(sentence[0], words.rfind("|", 0, position) + 1), sentence[1] if end < 0 else end


def is_said_of_it(reading, match, start):
    """Whether the words tell what the activity itself came to, and not what others had or what it was about."""
    words = reading.words
    if ITSELF.match(match[0]) or PASSIVE.match(match[0]):
        return not ABOUT.search(words, max(start, match.start() - 12), match.start()) or match[0].lower().startswith(
            "development"
        )
    if ABOUT.search(words, max(start, match.start() - 12), match.start()):
        return False
    if match.start() - start <= 2 or WHOEVER.fullmatch(words, start, match.start()):
        return True
    before = words[max(start, match.start() - REACH) : match.start()]
    if SUBJECT.search(before):
        return True
    return ends_with_name(reading, max(start, match.start() - REACH), match.start())


def ends_with_name(reading, start, end):
    """Whether a known name stands right before the words: “Ministers agreed”."""
    return any(start <= each.start and end - 2 <= each.end <= end for each in reading.spotted_between(start, end))


def parts(found, sentence):
    """One outcome for each kind that a sentence tells of: (kind, start, end)."""
    kinds = []
    for match, kind in found:
        if not kinds or kinds[-1][0] != kind:
            kinds.append([kind, match.start()])
    for index, (kind, start) in enumerate(kinds):
        end = kinds[index + 1][1] if index + 1 < len(kinds) else sentence[1]
        yield kind, sentence[0] if index == 0 else start, end


def items(words, start, end):
    """The items of “Outcomes include …, and …”; of other sentences the whole."""
    if not re.match(r"Outcomes? ", words[start : start + 9]):
        yield start, end
        return
    for match in ITEMS.finditer(words, start, end):
        yield start, match.start()
        start = match.start() + 2
    yield start, end


def add(reading, kind, start, end):
    while start < end and reading.words[start] in " ,;:–—-|\0":
        start += 1
    text = re.sub(r"[ ,;|\0]*(?:\band|\bwhich)?[ ,;|\0]*$", "", reading.words[start:end])
    text = reading.passage.words[start : start + len(text)]
    if not text:
        return
    reading.entry.outcomes.append(
        Outcome(kind, text[0].upper() + text[1:], reading.passage.span(start, start + len(text)))
    )
