"""The structure of a summary: its title, its sections with their headings and notes, and where each entry stands."""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice

from records.dates import PartialDate

from . import phrases
from .dates import date_at, dates_in
from .layout import BULLET, below_of, breaks_of, emphasised, hanging, width_of
from .passages import ABBREVIATED, sentences
from .tables import RULE, columns_of, fits

NUMBER = re.compile(r"\d{1,2}[.)] ")
SURE_BULLET = re.compile(r"(?<=\S)[ \t]{1,8}(?=[•·∙▪▫◦‣●○■□◆◇➢➤►✓✔★][ \t]+\S)")
MARKED_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
ORNAMENT = re.compile(r"[^\w\s]{3,}$|[*_~=–—-]+(?:[ \t]+[*_~=–—-]+)*$")
UNDERLINE = re.compile(r"={3,}|-{3,}")
FURNITURE = re.compile(rf"(?:{'|'.join(phrases.FURNITURE)})$", re.IGNORECASE)
LEAD_WORD = re.compile(
    r"(?:On|In|From|Between|During|Since|By|Towards|Around|At)(?: the)? (?=\S)|[Tt]he (?=\w+ (?:week|half|quarter) of )"
)
AFTER_DATE = re.compile(r"\s*(?:[:;–—|-]|\.(?=\s)|,(?=\s))")
COLON = re.compile(r"\s*(?:[:–—|]|-(?=\s))")
TERMINAL = re.compile(r"[.!?:;)\]”’\"'*_]$")
UNFINISHED = re.compile(r"(?:[,(–—-]|\b(?:a|an|and|the|of|in|for|to|or|on|by|with|at|from|its|their))$", re.IGNORECASE)
SENTENCE_START = re.compile(r"(?<=[.!?;”)])[ \t\n]+(?=\S)")
HEADING_NOUN = re.compile(rf"\b(?:{'|'.join(phrases.HEADING_NOUNS)})\b", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d\b")
YEARS_AT_END = re.compile(r"(?<![\w/.-])(?<!\d [-–])(?:19|20)\d\d(?: ?[-–/] ?(?:(?:19|20)\d\d|\d\d))?$")
YEARS_ALONE = re.compile(r"(?:19|20)\d\d(?:\s*(?:[-–/]|to|and)\s*(?:(?:19|20)\d\d|\d\d))?:?$")
UNDATED = re.compile(rf"[\[(]?(?:{'|'.join(map(re.escape, phrases.UNDATED))})[\])]?\s*[:–—,-]", re.IGNORECASE)
EVENT_WORD = re.compile(
    rf"\b(?:{'|'.join(sorted((re.escape(word) for word in phrases.KINDS), key=len, reverse=True))})\b", re.IGNORECASE
)
HAS_WORDS = re.compile(r"[^\W_]")
VERB = re.compile(r"\b(?:was|were|is|are|has|have|had|will|took|agreed|met|by)\b")
GOES_ON = re.compile(rf"(?:{'|'.join(phrases.CONTINUING)})\b(?! (?:{'|'.join(phrases.OF_THE_DOCUMENT)})\b)")
LONGEST_HEADING = 14  # words
LONGEST_ACTIVITY = timedelta(days=62)  # what takes longer is the time that a section tells of
SHORTEST_PARAGRAPH = 40  # characters of a line that is not a heading, though the next one is longer
SHORT_TITLE = 200  # characters of a line in which a title ends that tells its activity's kind by no word
MOST_LINES = 4  # lines of a paragraph that are looked at to tell whether an entry begins with it
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
    columns: list = field(default_factory=list)  # those of the table of which it is a row
    broken: bool = False  # whether whoever wrote it began it anew within a paragraph


@dataclass(slots=True)
class Block:
    """A stretch of text: an entry, a note, or what is neither (`loose`). `words` is where it begins after a bullet.

    columns  those of the table of which it is a row
    breaks   the marks that its form stands for, as layout.breaks_of() gives them
    headed   whether it is the heading of its own paragraphs
    below    where the lines begin that have bullets below that of the entry
    """

    start: int
    end: int
    words: int
    sort: str
    indent: int = 0
    bulleted: bool = False
    columns: list = field(default_factory=list)
    breaks: dict = field(default_factory=dict)
    headed: bool = False
    below: list = field(default_factory=list)


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
        self.width = width_of(text)
        self.tabulate()
        self.structure = Structure()
        self.part = None
        self.block = None
        self.bulleted = sum(1 for line in self.lines if line.bullet) > 1
        self.first = len(self.lines)
        self.first = next((index for index in range(len(self.lines)) if self.begins_entry(index)), len(self.lines))
        start = self.front(self.first)
        for index in range(start, len(self.lines)):
            self.take(index)
        self.finish()

    def tabulate(self):
        """Tell the rows of tables what the heads of these say."""
        columns = []
        for line in self.lines:
            words = self.words(line)
            if head := columns_of(words):
                columns = head
            elif fits(words, columns):
                line.columns = [] if RULE.match(words) else columns
            else:
                columns = []

    # --- What a line is -----------------------------------------------------------------------------------------------

    def words(self, line):
        return self.text[line.bullet or line.start : min(line.end, line.start + SHORT)]

    def begins_entry(self, index):
        """Whether an entry begins with a line."""
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
            return self.heads_itself(index)
        if line.bullet or line.columns or parts_off_date(self.text, line):
            return not self.is_numbered_heading(index)
        previous = self.lines[index - 1] if index else None
        continues = previous and not line.gap and not self.closed(previous)
        if self.introduces(index):
            return False
        return begins_with_date(words, strict=bool(continues)) or (
            (line.gap or line.broken) and self.opens_entry(index)
        )

    def opens_entry(self, index):
        """Whether a paragraph tells of an activity by how it begins; above the first of them, titles may do so too."""
        opening = self.opening(index)
        if index > self.first:
            return tells_event(opening) or titled_and_dated(opening)
        return tells_event(opening) and not (shaped_as_heading(opening) and YEARS_AT_END.search(opening))

    def heads_itself(self, index):
        """Whether a heading is that of one activity, which the paragraphs below it tell of."""
        line, following = self.lines[index], self.lines[index + 1 : index + 2]
        words = self.words(line)
        if line.hint != "heading" or not is_titled(words):
            return False
        return not following or following[0].hint == "heading" or not self.begins_entry(index + 1)

    def opening(self, index):
        """How the paragraph that begins with a line begins, on one line."""
        parts = []
        for each in self.lines[index : index + MOST_LINES]:
            if parts and (each.gap or each.broken or each.hint or each.bullet):
                break
            parts.append(self.words(each))
        return " ".join(parts)[:SHORT]

    def introduces(self, index):
        """Whether a paragraph stands between a heading and a list, and is a sentence that begins with its year."""
        line, before, after = self.lines[index], self.lines[index - 1 : index], self.lines[index + 1 : index + 2]
        words = self.words(line)
        return bool(
            before
            and after
            and after[0].bullet
            and before[0].hint == "heading"
            and (opening := LEAD_WORD.match(words))
            and YEAR.match(words, opening.end())
        )

    def closed(self, line):
        """Whether a line may be the last of what it belongs to."""
        return bool(line.hint) or bool(TERMINAL.search(self.text, max(line.start, line.end - 1), line.end))

    def is_heading(self, index):  # noqa: PLR0911 - one after another, as a reader would tell
        line = self.lines[index]
        if self.begins_entry(index):
            return False
        if line.hint in ("heading", "title") or self.is_numbered_heading(index):
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

    def is_numbered_heading(self, index):
        """Whether a line that begins with a number is the heading of what has no number, or letters for numbers."""
        line, following = self.lines[index], self.lines[index + 1 : index + 2]
        if line.hint or not (line.gap or index == 0) or not following or not following[0].gap:
            return False
        words = self.words(line)
        return bool(
            NUMBER.match(self.text, line.start, line.end)
            and not NUMBER.match(self.text, following[0].start, following[0].end)
            and shaped_as_heading(words)
            and not next(dates_in(words, 0, len(words)), None)
        )

    # --- Before the first entry ---------------------------------------------------------------------------------------

    def front(self, first):
        """Take the title, and say with which line the rest begins."""
        index = 0
        style = None
        while index < first:
            line = self.lines[index]
            words = self.words(line)
            if self.structure.title and not line.gap and UNDERLINE.fullmatch(words):
                self.structure.title[-1] = self.structure.title[-1][0], line.end
                index += 1
                continue
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
        if self.is_headed(line):
            self.put_below(line)
        elif self.is_heading(index):
            self.head(line)
        elif line.bullet and ORNAMENT.match(words):
            self.close()
        elif not line.hint and (FURNITURE.match(words) or ORNAMENT.match(words)):
            if self.block is None and self.part and not self.part.blocks and ORNAMENT.match(words):
                self.part.heading = (self.part.heading or (line.start,))[0], line.end
        elif self.belongs_below(line):
            self.put_below(line)
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
        """Whether a bullet is one below the bullet of the entry at hand, and tells more of its activity."""
        words = self.words(line)
        return bool(
            line.bullet
            and self.block
            and self.block.sort == "entry"
            and self.block.bulleted
            and line.indent > self.block.indent + 1
            and not begins_with_date(words)
            and (not is_titled(words) or self.is_of_one())
        )

    def is_of_one(self):
        """Whether the entry at hand tells of one activity, and is not a name above several."""
        words = self.text[self.block.words : min(self.block.end, self.block.words + SHORT)]
        return begins_with_date(words) or is_titled(words)

    def put_below(self, line):
        self.block.end = line.end
        if line.bullet:
            self.block.below.append(line.start)

    def is_headed(self, line):
        """Whether a line stands below the heading of the activity at hand, and tells of no other."""
        words = self.words(line)
        return bool(
            self.block
            and self.block.headed
            and line.hint not in ("heading", "title")
            and not line.columns
            and not begins_with_date(words)
            and not (line.bullet and tells_event(words))
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
        words = line.bullet or line.start
        headed = sort == "entry" and line.hint == "heading"
        bulleted = bool(line.bullet) or headed or parts_off_date(self.text, line)
        self.block = Block(line.start, line.end, words, sort, line.indent, bulleted, line.columns, headed=headed)

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
                    if piece.sort == "entry" and not piece.columns:
                        piece.breaks = breaks_of(self.text, piece.words, piece.end, self.width)
                        piece.breaks |= below_of(self.text, piece)
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
        line = Line(start, end, len(text[match.start() : start].expandtabs(4)), gap, hints.get(match.start(), ""))
        if line.hint == "line":
            line.hint, line.broken = "", True
        if heading := MARKED_HEADING.match(text, start, end):
            line.hint = "heading"
            line.bullet = heading.end()
        elif line.hint not in ("heading", "title"):
            bullet = BULLET.match(text, start, end)
            if bullet and not date_at(text[start : start + 60], 0):
                line.bullet = bullet.end()
        if lines and not line.gap and UNDERLINE.fullmatch(text, start, end):
            underlined(text, lines[-1])
        lines.append(line)
        gap = line.hint in ("heading", "title")
    return lines


def underlined(text, line):
    """Make a heading of a line that one of dashes stands below."""
    if not (line.hint or line.bullet) and shaped_as_heading(text[line.start : min(line.end, line.start + SHORT)]):
        line.hint = "heading"


def parts_off_date(text, line):
    """Whether a line begins with a date that its type, or its place, parts from the words after it."""
    start = line.bullet or line.start
    return bool(emphasised(text, start, line.end) or hanging(text, start, len(text)))


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
    """Whether a paragraph opens with an activity and its date: “Workshop on … (Manila, May 2008).”

    The date may stand, perhaps beside the place, in a sentence of its own: “Workshop on …. Manila, May 2008.”
    """
    first, second = ([words[start:end] for start, end in islice(sentences(words), 2)] + ["", ""])[:2]
    kind = EVENT_WORD.search(first)
    if first.startswith("(") or not kind:
        return False
    if any(found.start > kind.start() for found in dates_in(first, 0, len(first))):
        return True
    return not VERB.search(first) and is_dated(second)


def is_titled(heading):
    """Whether a heading is that of one activity: it tells what it was, and when, to the month at least."""
    if not (tells_event(heading) or titled_and_dated(heading)):
        return False
    dates = [PartialDate.parse(found.when) for found in dates_in(heading, 0, len(heading)) if found.when]
    return any(when.ends_on - when.starts_on < LONGEST_ACTIVITY for when in dates)


def is_dated(sentence):
    """Whether a sentence is no more than a date with a few words, such as a place."""
    found = next(dates_in(sentence, 0, len(sentence)), None)
    return bool(found and len(sentence) - (found.end - found.start) < SHORTEST_PARAGRAPH and not VERB.search(sentence))


def titled_and_dated(words):
    """Whether a paragraph opens with a few words that are no sentence, and a date: “Directory of officers, 2017, …”"""
    found = next(dates_in(words[:SHORT_TITLE], 0, min(len(words), SHORT_TITLE)), None)
    before = words[: found.start] if found else ""
    return bool(
        before.endswith((", ", "(", " – ", "; "))
        and words[:1].isupper()
        and not VERB.search(before)
        and not GOES_ON.match(words)
        and len(list(sentences(before))) == 1
    )


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
    if block.columns:
        yield block
        return
    words = block.words
    start = block.start
    sort = block.sort
    prose = sort != "entry" or not (block.bulleted or begins_with_date(text[words : words + SHORT], strict=True))
    lead = date_at(text[words : words + SHORT], 0)
    below = set(block.below)
    for place in joints(text, block):
        if place <= words + (lead.end if lead else 0) or place in below:
            continue
        bullet = BULLET.match(text, place, block.end)
        after = bullet.end() if bullet else place
        begins = begins_with_date(text[after : after + SHORT], strict=not prose or ends_part(text, place))
        if bullet and text[place] not in "•·∙▪▫◦‣●○■□◆◇➢➤►✓✔★" and not begins:
            continue
        if (bullet and HAS_WORDS.search(text, after, min(after + SHORT, block.end))) or begins:
            yield from tailed(
                text, replace(block, start=start, end=stripped(text, start, place), words=words, sort=sort)
            )
            start, words, sort = place, after, "entry"
    yield from tailed(text, replace(block, start=start, words=words, sort=sort))


def ends_part(text, position):
    """Whether what stands before a joint is only a part of a sentence: “…; Chengdu, China; 21 June 2017. It …”"""
    return text[max(0, position - 20) : position].rstrip().endswith(";")


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
            yield replace(block, end=tail.start())
            yield Block(tail.end(), block.end, tail.end(), "heading")
            return
    yield block


def stripped(text, start, end):
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
