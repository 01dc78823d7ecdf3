"""Reading a summary: from its text, and what the record knows, to a document of sections and entries."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from .addresses import read_address
from .dates import date_at
from .documents import COLUMNS, Document, Entry, Section
from .figures import read_figures
from .heads import read_bodies, read_head
from .kinds import read_aside, read_format, read_kind, read_scope, read_status, settle_guesses
from .knowledge import TOKEN
from .links import read_links
from .matching import Matcher
from .outcomes import read_outcomes
from .papers import read_papers
from .passages import Passage
from .roles import read_roles
from .series import read_predecessors, read_series
from .statements import read_statements
from .structure import structure
from .tables import read_cells

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
AROUND_DATE = re.compile(
    r"[ ,;:()|–—-]|\b(?:on|from|in|between|during|the|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
SENTENCE_OVER = re.compile(r"[.;!?”\"]*(?: |$)")
SENTENCE_BEFORE = re.compile(r"[.;!?”’\")\]] $")
MARKS = re.compile(r"^#+\s*|^[*_]+|[*_]+$| (?:={3,}|-{3,})$")


def read(text, knowledge, hints=None):
    """Read a summary.

    text       what `extraction` took from its file, or any text
    knowledge  what the record knows (Knowledge)
    hints      {start of a line: "title", "heading" or "item"}, where the file told them

    Returns a Document, each of whose spans is one of `text`. Never fails, whatever the text is.
    """
    found = structure(text, hints)
    unbroken = whole_words(text)
    title = " ".join(plain(text[start:end]) for start, end in found.title)
    sections, readings = [], []
    for part in found.parts:
        section = section_of(text, part)
        when = date_of(section.heading)
        for block in part.blocks:
            if block.sort == "entry":
                year = year_of(section.heading) or year_of(title)
                reading = Reading(text, block, knowledge, section.heading, year, unbroken)
                reading.read()
                if when and not reading.entry.row["when"]:
                    reading.entry.put("when", when.when, part.heading, inferred=True)
                readings.append(reading)
                section.entries.append(reading.entry)
        sections.append(section)
    settle_guesses([reading.entry for reading in readings])
    recognise(readings, knowledge)
    read_links(readings, knowledge)
    read_predecessors(readings)
    document = Document(title, text, sections, [], found.title)
    document.unread = left_out(text, document.spans)
    return document


def recognise(readings, knowledge):
    """Give the entries that tell of events which the record knows the references of these."""
    entries = [reading.entry for reading in readings]
    known = Matcher(knowledge.events, knowledge.printed)
    for entry, reference in zip(entries, known.match([(each.row, each.text) for each in entries]), strict=True):
        entry.row["reference"] = reference


def whole_words(text):
    """The words of a text that breaks some at the ends of lines, by which the halves of one are known again."""
    return frozenset(re.findall(r"[^\W\d_]{4,}", text.lower())) if "-\n" in text else frozenset()


def section_of(text, part):
    heading = plain(text[slice(*part.heading)]) if part.heading else ""
    notes = [(block.start, block.end) for block in part.blocks if block.sort == "note"]
    spans = [part.heading] if part.heading else []
    spans += [(block.start, block.end) for block in part.blocks if block.sort != "loose"]
    span = (spans[0][0], spans[-1][1]) if spans else (0, 0)
    return Section(heading, "\n".join(plain(text[slice(*note)]) for note in notes), span, part.heading, notes)


def plain(text):
    """A heading or a note on one line, without the marks of Markdown."""
    return MARKS.sub("", " ".join(text.split())).strip()


def after_marks(words, position):
    """Where the next word, or what opens it, stands."""
    while position < len(words) and not (words[position].isalnum() or words[position] in '(“‘"'):
        position += 1
    return position


def year_of(heading):
    """The year of a heading or title that names one, for dates that leave it out, or None."""
    years = YEAR.findall(heading)
    return years[0] if len(years) == 1 else None


def date_of(heading):
    """The date that a heading is, where it is nothing but a month or a day, or None."""
    found = date_at(heading.rstrip(":"), 0)
    return found if found and found.end >= len(heading.rstrip(":")) and len(found.when) > 4 else None


def left_out(text, spans):
    """The spans of what is not blank and lies in none of these spans, which are in order."""
    left, position = [], 0
    for start, end in [*spans, (len(text), len(text))]:
        gap = text[position:start]
        if stripped := gap.strip():
            first = position + gap.index(stripped[0])
            left.append((first, first + len(stripped)))
        position = max(position, end)
    return left


class Reading:
    """One entry while it is read. `words` is its text on one line, without the bullet.

    Positions are those in `words` until `put` turns them into spans of the document's text.
    """

    def __init__(self, text, block, knowledge, heading="", year=None, whole_words=frozenset()):
        self.knowledge = knowledge
        self.heading = heading
        self.year = year
        self.columns = block.columns  # those of the table of which the entry is a row
        self.passage = Passage(text, block.words, block.end, whole_words, block.breaks)
        self.words = self.passage.words
        self.entry = Entry(text[block.start : block.end], (block.start, block.end), dict.fromkeys(COLUMNS, ""))
        self.head_start = self.title_start = self.title_end = self.prose_start = 0
        self.head_end = len(self.words)
        self.aside_end = 0
        self.is_quoted = False  # whether the whole title stands in quotation marks
        self.told = False  # whether the head is a sentence: “On 3 March the group met in …”
        self.place = None
        self.title = ""
        self.side_event_at = ()
        self.date_span = ()  # where the date stands, as far as the head tells it
        self.title_cell = ()  # where the title stands, if the entry is a row of a table
        self.said_links = []  # those that the entry says outright
        self.says_series = False  # whether it says its series outright; then each of the others would say its own
        self.said_roles = []  # likewise, as roles.found() gives them
        self.said = []  # spans of what columns say already, and the description need not

    def read(self):
        read_statements(self)
        read_address(self)
        read_cells(self, self.columns)
        read_head(self)
        read_aside(self)
        read_kind(self)
        read_bodies(self)
        read_scope(self)
        read_format(self)
        read_status(self)
        if self.is_quoted:
            self.leave_out([(self.title_start, self.title_end)])
        read_roles(self)
        read_series(self)
        read_outcomes(self)
        read_figures(self)
        read_papers(self)
        self.describe()

    def put(self, column, cell, start, end, inferred=False):
        """Fill a column with what was read at `words[start:end]`, unless it has been filled before."""
        if start < end <= len(self.words):
            self.entry.put(column, cell, self.passage.span(start, end), inferred)

    def leave_out(self, spans):
        """Let nothing that is read from here on find anything in some spans, which are in order."""
        kept, position = [], 0
        for start, end in spans:
            kept += [self.words[position:start], "\0" * (end - start)]
            position = end
        self.words = "".join([*kept, self.words[position:]])
        self.said += spans
        for cached in ("tokens", "token_starts"):
            self.__dict__.pop(cached, None)

    def describe(self):
        """Fill the description: the prose after title and place, without sentences at its ends that columns say."""
        start = max(self.title_end, self.aside_end, self.place.end if self.place else 0)
        if self.place and self.place.end < self.title_start:
            start = max(self.title_end, self.aside_end)
        if self.side_event_at and self.side_event_at[0] <= self.head_end:
            start = max(start, self.side_event_at[1])
        if self.date_span and not AROUND_DATE.sub("", self.words[start : self.date_span[0]]):
            start = max(start, self.date_span[1])
        start, end = self.unsaid(start, len(self.words))
        text = self.passage.words[start:end]
        if len(text.split()) > 2:
            self.put("description", text, start, end)

    def unsaid(self, start, end):
        """What is left between two positions once what columns say is taken off both ends."""
        words, ends = self.passage.words, dict(self.said)
        starts = {last: first for first, last in self.said}
        start = after_marks(words, start)
        while start in ends and SENTENCE_OVER.match(words, ends[start]):
            start = after_marks(words, ends[start])
        while end > start and words[end - 1] in " |":
            end -= 1
        while end > start:
            last = end if end in starts else end - 1
            first = starts.get(last)
            if first is None or first < start or (first > start and not SENTENCE_BEFORE.search(words, 0, first)):
                break
            end = first
            while end > start and words[end - 1].isspace():
                end -= 1
        return start, max(start, end)

    # --- Where things stand -------------------------------------------------------------------------------------------

    def sentence_end(self, position):
        return self.passage.sentence_at(min(position, max(len(self.words) - 1, 0)))[1] if self.words else 0

    def word_before(self, position):
        """Where the word before a position begins."""
        return self.words.rfind(" ", 0, max(position - 1, 0)) + 1

    @cached_property
    def tokens(self):
        """The spans of the words that names are made of."""
        return [match.span() for match in TOKEN.finditer(self.words)]

    @cached_property
    def token_starts(self):
        return [start for start, _end in self.tokens]

    def token_at(self, position):
        """The index of the token that begins at a position, or None."""
        index = bisect_left(self.token_starts, position)
        return index if index < len(self.tokens) and self.tokens[index][0] == position else None

    @cached_property
    def spotted(self):
        """The known names that stand in the words."""
        return self.knowledge.spot(self.words, self.tokens)

    @cached_property
    def spotted_starts(self):
        return [each.start for each in self.spotted]

    def spotted_between(self, start, end):
        return self.spotted[bisect_left(self.spotted_starts, start) : bisect_right(self.spotted_starts, end)]

    def spotted_in(self, text):
        """The known names in some other text, such as a title."""
        return self.knowledge.spot(text, [match.span() for match in TOKEN.finditer(text)])

    @staticmethod
    def shifted(match, group, offset):
        return match.start(group) + offset, match.end(group) + offset

    @staticmethod
    def recorded(name):
        """A listed name as a cell holds it: the known name as it is written there, for a code the preferred one."""
        if name.known is None:
            return name.text
        return name.known.label if name.known.is_code else name.known.text
