"""Papers: the documents that an entry says its activity brought forth, such as guidelines or a statement."""

import re

from . import phrases
from .documents import Paper
from .outcomes import is_said_of_it
from .vocabulary import Phrasebook

PRODUCING = Phrasebook([(words, "") for words in phrases.PRODUCING])
PAPERS = Phrasebook(phrases.PAPERS)
# So far from what tells that something came of it stands what came of it: “development after that by … of …”.
REACH = 80
# What it is called begins after one of these, and ends before what goes on to say something of it.
BEFORE = re.compile(r"\b(?:an?|the|its|their|of|two|three|four|several) (?P<name>(?:[\w’'-]+ ){1,4})$", re.IGNORECASE)
AFTER = re.compile(
    r"[,;:.(\[|\0]| and (?:\w+ed|to|also|drew|met|held|set|made)\b"
    r"| (?:which|that|who|was|were|is|are|has|have|had|as|setting|including|containing|covering|by)\b"
)


def read_papers(reading):
    """Gather the documents of an entry, each once."""
    words, start = reading.words, reading.title_end
    for told, _meaning in PRODUCING.find(words, start):
        sentence_start, end = reading.passage.sentence_at(told.start())
        if words.startswith(" by ", told.end()) or not is_said_of_it(reading, told, max(sentence_start, start)):
            continue
        for noun, kind in PAPERS.find(words, told.end(), min(end, told.end() + REACH)):
            if is_reached(words, told, noun.start()):
                add(reading, kind, told.end(), noun, end)
            break


def is_reached(words, told, position):
    """Whether what tells of a document and what names it belong together; a development may first say whose it was."""
    return told[0].lower().startswith(("result", "led")) or not AFTER.search(words, told.end(), position)


def add(reading, kind, start, noun, end):
    """Add what a noun names, with the words before and after it that belong to its name."""
    words = reading.passage.words
    before = BEFORE.search(words, start, noun.start())
    first = before.start("name") if before else noun.start()
    after = AFTER.search(words, noun.end(), end)
    name = words[first : after.start() if after else end].rstrip()
    if all(name.casefold() != paper.title.casefold() for paper in reading.entry.documents):
        span = reading.passage.span(first, first + len(name))
        reading.entry.documents.append(Paper(kind, name[0].upper() + name[1:], span))
