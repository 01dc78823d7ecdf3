"""The structure of a summary: its title, its sections with their headings and notes, and where each entry stands."""

import re
from dataclasses import dataclass, field

from . import phrases
from .dates import date_at, dates_in
from .passages import ABBREVIATED

BULLET = re.compile(
    r"[ \t]*(?:[•·∙▪▫◦‣●○■□◆◇➢➤►✓✔★*–—−-]|o(?=[ \t])|\(?\d{1,3}[.)](?=[ \t])|\d{1,2}(?:\.\d{1,2}){1,2}\.?(?=[ \t])"
    r"|\([a-z]\)(?=[ \t])|[a-z]\)(?=[ \t]))"
    r"(?:[ \t]+|$)"
)
SURE_BULLET = re.compile(r"[ \t](?=[•·∙▪▫◦‣●○■□◆◇➢➤►✓✔★][ \t]+\S)")
MARKED_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
ORNAMENT = re.compile(r"[^\w\s]{3,}$|[*_~=–—-]+(?:[ \t]+[*_~=–—-]+)*$")
FURNITURE = re.compile(rf"(?:{'|'.join(phrases.FURNITURE)})$", re.IGNORECASE)
LEAD_WORD = re.compile(r"(?:On|In|From|Between|During|Since|By|Towards|Around)(?: the)? (?=\S)")
AFTER_DATE = re.compile(r"\s*(?:[:;–—|-]|\.(?=\s)|,(?=\s))")
COLON = re.compile(r"\s*(?:[:–—|]|-(?=\s))")
TERMINAL = re.compile(r"[.!?:;)\]”’\"'*_]$")
UNFINISHED = re.compile(r"(?:[,(–—-]|\b(?:a|an|and|the|of|in|for|to|or|on|by|with|at|from|its|their))$", re.IGNORECASE)
SENTENCE_START = re.compile(r"(?<=[.!?;”)])[ \t\n]+(?=\S)")
HEADING_NOUN = re.compile(rf"\b(?:{'|'.join(phrases.HEADING_NOUNS)})\b", re.IGNORECASE)
YEARS_ALONE = re.compile(r"(?:19|20)\d\d(?:\s*(?:[-–/]|to|and)\s*(?:(?:19|20)\d\d|\d\d))?:?$")
UNDATED = re.compile(rf"[\[(]?(?:{'|'.join(map(re.escape, phrases.UNDATED))})[\])]?\s*[:–—,-]", re.IGNORECASE)
EVENT_WORD = re.compile(
    rf"\b(?:{'|'.join(sorted((re.escape(word) for word in phrases.KINDS), key=len, reverse=True))})\b", re.IGNORECASE
)
HAS_WORDS = re.compile(r"[^\W_]")
VERB = re.compile(r"\b(?:was|were|is|are|has|have|had|will|took|agreed|met|by)\b")
GOES_ON = re.compile(rf"(?:{'|'.join(phrases.CONTINUING)})\b(?! (?:{'|'.join(phrases.OF_THE_DOCUMENT)})\b)")
LONGEST_HEADING = 14  # words
SHORTEST_PARAGRAPH = 40  # characters of a line that is not a heading, though the next one is longer
SHORT = 400  # characters of a line that are looked at to tell what it is


@dataclass(slots=True)
class Line:
    """A line that is not blank: where its words stand, and what its form tells of it."""

    start: int
    end: int
    indent: int
    gap: bool  # whether a blank line stands before it
    hint: str = ""  # heading, title or item, where the file says so
    bullet: int = 0  # where its words begin, after a bullet, or 0


@dataclass(slots=True)
class Block:
    """A stretch of text: an entry, a note, or what is neither (`loose`). `words` is where it begins after a bullet."""

    start: int
    end: int
    words: int
    sort: str
    indent: int = 0
    bulleted: bool = False


@dataclass(slots=True)
class Part:
    """A section as it is found: the spans of its heading, and its blocks."""

    heading: tuple | None = None
    blocks: list = field(default_factory=list)


@dataclass(slots=True)
class Structure:
    title: list = field(default_factory=list)  # spans
    parts: list = field(default_factory=list)


def structure(text, hints=None):
    """The structure of a text. `hints` are {start of a line: "title", "heading" or "item"}, where a file told them."""
    return Outline(text, hints or {}).structure


class Outline:
    """Goes through the lines of a text once, and says what each belongs to."""

    def __init__(self, text, hints):
        self.text = text
        self.lines = lines_of(text, hints)
        self.structure = Structure()
        self.part = None
        self.block = None
        self.bulleted = sum(1 for line in self.lines if line.bullet) > 1
        first = next((index for index, line in enumerate(self.lines) if self.begins_entry(index)), len(self.lines))
        start = self.front(first)
        for index in range(start, len(self.lines)):
            self.take(index)
        self.finish()

    # --- What a line is -----------------------------------------------------------------------------------------------

    def words(self, line):
        return self.text[line.bullet or line.start : min(line.end, line.start + SHORT)]

    def begins_entry(self, index):
        line = self.lines[index]
        words = self.words(line)
        if line.hint != "title" and is_date(words):
            following = self.lines[index + 1] if index + 1 < len(self.lines) else None
            return bool(
                following
                and not following.hint
                and not following.bullet
                and not begins_with_date(self.words(following))
            )
        if line.hint in ("heading", "title"):
            return False
        if line.bullet:
            return True
        previous = self.lines[index - 1] if index else None
        continues = previous and not line.gap and not self.closed(previous)
        return begins_with_date(words, strict=bool(continues)) or (line.gap and tells_event(words))

    def closed(self, line):
        """Whether a line may be the last of what it belongs to."""
        return bool(line.hint) or bool(TERMINAL.search(self.text, max(line.start, line.end - 1), line.end))

    def is_heading(self, index):  # noqa: PLR0911 - one after another, as a reader would tell
        line = self.lines[index]
        if self.begins_entry(index):
            return False
        if line.hint in ("heading", "title"):
            return True
        if line.hint or line.bullet:
            return False
        words = self.words(line)
        if not shaped_as_heading(words) or (FURNITURE.match(words) and not YEARS_ALONE.match(words)):
            return False
        named = bool(HEADING_NOUN.search(words) or YEARS_ALONE.match(words))
        previous = self.lines[index - 1] if index else None
        if previous and not line.gap and not self.closed(previous) and not named:
            return False
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        if following is None:
            return False
        if self.begins_entry(index + 1) or self.text.startswith("(", following.start):
            return True
        short = len(words) <= SHORTEST_PARAGRAPH and line.end - line.start < following.end - following.start
        return line.gap and (following.gap or named or (short and not starts_small(self.words(following))))

    # --- Before the first entry ---------------------------------------------------------------------------------------

    def front(self, first):
        """Take the title, and say with which line the rest begins."""
        index = 0
        style = None
        while index < first:
            line = self.lines[index]
            words = self.words(line)
            if line.hint == "heading" and (self.structure.title or not self.heads_heads(index)):
                break
            if not line.hint and not (shaped_as_heading(words) or self.wraps(index)):
                break
            if style is not None and not line.hint and self.is_first_heading(index, first, style):
                break
            style = words.isupper() if style is None else style
            self.structure.title.append((line.start, line.end))
            index += 1
        return index

    def heads_heads(self, index):
        """Whether a heading comes before another heading, as a title does."""
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        return index == 0 or (following is not None and following.hint in ("heading", "title"))

    def wraps(self, index):
        """Whether a line is the second of a title that is broken."""
        line, previous = self.lines[index], self.lines[index - 1] if index else None
        return bool(previous and not line.gap and UNFINISHED.search(self.text, previous.start, previous.end))

    def is_first_heading(self, index, first, style):
        line = self.lines[index]
        words = self.words(line)
        if words.isupper() and style:
            return False
        if index + 1 == len(self.lines):
            return False
        following = self.lines[index + 1]
        before_content = index + 1 >= first or not shaped_as_heading(self.words(following))
        if not before_content:
            return False
        return line.gap or bool(HEADING_NOUN.match(words) or YEARS_ALONE.match(words))

    # --- From there on ------------------------------------------------------------------------------------------------

    def take(self, index):
        line = self.lines[index]
        words = self.words(line)
        if self.is_heading(index):
            self.head(line)
        elif line.bullet and ORNAMENT.match(words):
            self.close()
        elif not line.hint and (FURNITURE.match(words) or ORNAMENT.match(words)):
            if self.block is None and self.part and not self.part.blocks and ORNAMENT.match(words):
                self.part.heading = (self.part.heading or (line.start,))[0], line.end
        elif self.belongs_below(line):
            self.block.end = line.end
        elif self.begins_entry(index):
            self.open(line, "entry")
        elif self.block and (not line.gap or self.goes_on(line)):
            self.block.end = line.end
        elif self.part is None or (not any(block.sort == "entry" for block in self.part.blocks) and self.block is None):
            self.open(line, "note")
        else:
            self.open(line, "note" if self.only_notes() else "loose")

    def only_notes(self):
        return all(block.sort == "note" for block in [*self.part.blocks, *filter(None, [self.block])])

    def belongs_below(self, line):
        """Whether a bullet is one below the bullet of the entry at hand."""
        return bool(
            line.bullet
            and self.block
            and self.block.sort == "entry"
            and self.block.bulleted
            and line.indent > self.block.indent + 1
            and not begins_with_date(self.words(line))
        )

    def goes_on(self, line):
        """Whether a line after a blank one still belongs to the entry at hand."""
        if self.block.sort != "entry":
            return False
        previous = self.text[max(self.block.start, self.block.end - 1) : self.block.end]
        words = self.words(line)
        if starts_small(words) and not TERMINAL.search(previous):
            return True
        return (
            line.indent > self.block.indent + 1
            or bool(GOES_ON.match(words))
            or is_date(self.text[self.block.words : self.block.end])
        )

    def head(self, line):
        self.close()
        self.part = Part((line.start, line.end))
        self.structure.parts.append(self.part)

    def open(self, line, sort):
        self.close()
        if self.part is None:
            self.part = Part()
            self.structure.parts.append(self.part)
        self.block = Block(line.start, line.end, line.bullet or line.start, sort, line.indent, bool(line.bullet))

    def close(self):
        if self.block:
            self.part.blocks.append(self.block)
            self.block = None

    def finish(self):
        self.close()
        parts = []
        for part in self.structure.parts:
            blocks, part.blocks = part.blocks, []
            parts.append(part)
            for block in blocks:
                for piece in split(self.text, block):
                    if piece.sort == "entry" and not HAS_WORDS.search(self.text, piece.words, piece.end):
                        piece.sort = "loose"
                    if piece.sort == "heading":
                        parts.append(Part((piece.start, piece.end)))
                    else:
                        parts[-1].blocks.append(piece)
        self.structure.parts = parts


# --- Lines ------------------------------------------------------------------------------------------------------------


def lines_of(text, hints):
    lines, gap = [], False
    for match in re.finditer(r"[^\n]+", text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            gap = True
            continue
        gap = gap or "\n\n" in text[max(0, match.start() - 2) : match.start()]
        line = Line(start, end, start - match.start(), gap, hints.get(match.start(), ""))
        if heading := MARKED_HEADING.match(text, start, end):
            line.hint = "heading"
            line.bullet = heading.end()
        elif line.hint not in ("heading", "title"):
            bullet = BULLET.match(text, start, end)
            if bullet and not date_at(text[start : start + 60], 0):
                line.bullet = bullet.end()
        lines.append(line)
        gap = line.hint in ("heading", "title")
    return lines


def is_date(words):
    """Whether a line is a date, of a month at least, and nothing else."""
    words = words.strip("*_ ").rstrip(":.–— ")
    found = date_at(words, 0) if len(words) < SHORTEST_PARAGRAPH else None
    return bool(found and found.end == len(words) and len(found.when) > 4)


def begins_with_date(words, strict=False):
    """Whether a line begins as an entry does: with a date, and what tells that the date is not part of a sentence."""
    if UNDATED.match(words):
        return True
    opening = LEAD_WORD.match(words)
    found = date_at(words, opening.end() if opening else 0, year="2000")
    if not found:
        return False
    if opening:
        return not strict and bool(EVENT_WORD.search(words, found.end))
    separator = COLON.match(words, found.end) or (not strict and AFTER_DATE.match(words, found.end))
    if separator:
        return True
    rest = words[found.end :].lstrip()
    return (
        not strict and not found.inferred and len(found.when) > 4 and rest[:1] not in ("", ")") and rest[:1].isupper()
    )


def tells_event(words):
    """Whether a paragraph opens with an activity and its date: “Workshop on … (Manila, May 2008).”"""
    first = re.split(r"(?<=[.])\s", words, maxsplit=1)[0]
    if first.startswith("("):
        return False
    kind = EVENT_WORD.search(first)
    return bool(kind and any(found.start > kind.start() for found in dates_in(first, 0, len(first))))


def shaped_as_heading(words):
    """Whether a line looks like a heading: a few words that are no sentence."""
    words = words.strip("*_ ")
    count = len(words.split())
    if " | " in words or not 0 < count <= LONGEST_HEADING or words[-1] in ".;,!?" or starts_small(words):
        return False
    return not words.startswith(("(", "[", "“")) and not UNFINISHED.search(words)


def starts_small(words):
    return words[:1].islower()


# --- What stands in one block -----------------------------------------------------------------------------------------


def split(text, block):
    """The pieces of a block in which entries, or an entry and the next heading, run together."""
    words = block.words
    start = block.start
    sort = block.sort
    prose = sort != "entry" or not (block.bulleted or begins_with_date(text[words : words + SHORT], strict=True))
    lead = date_at(text[words : words + SHORT], 0)
    for place in joints(text, block):
        if place <= words + (lead.end if lead else 0):
            continue
        bullet = BULLET.match(text, place, block.end)
        after = bullet.end() if bullet else place
        begins = begins_with_date(text[after : after + SHORT], strict=not prose)
        if bullet and text[place] not in "•·∙▪▫◦‣●○■□◆◇➢➤►✓✔★" and not begins:
            continue
        if (bullet and HAS_WORDS.search(text, after, min(after + SHORT, block.end))) or begins:
            yield from tailed(
                text, Block(start, stripped(text, start, place), words, sort, block.indent, block.bulleted)
            )
            start, words, sort = place, after, "entry"
    yield from tailed(text, Block(start, block.end, words, sort, block.indent, block.bulleted))


def joints(text, block):
    """Where another entry may begin within a block."""
    places = {
        match.end()
        for match in SENTENCE_START.finditer(text, block.words, block.end)
        if not ABBREVIATED.search(text, max(block.words, match.start() - 12), match.start() - 1)
    }
    places |= {match.end() for match in SURE_BULLET.finditer(text, block.words, block.end)}
    return sorted(places)


def tailed(text, block):
    """An entry, and the heading that stands at the end of its last line, if one does."""
    tail = None
    if block.sort == "entry":
        window = max(block.words, block.end - 160)
        for match in SENTENCE_START.finditer(text, window, block.end):
            tail = match
    if tail is not None:
        words = text[tail.end() : block.end]
        if HEADING_NOUN.search(words) and shaped_as_heading(words) and not VERB.search(words) and "\n" not in words:
            yield Block(block.start, tail.start(), block.words, block.sort, block.indent, block.bulleted)
            yield Block(tail.end(), block.end, tail.end(), "heading")
            return
    yield block


def stripped(text, start, end):
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
