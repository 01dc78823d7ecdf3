"""Layout: where the form of an entry parts it as much as a mark would: a date that its text hangs beside, a heading."""

import re

from .dates import date_at

BULLET = re.compile(
    r"[ \t]*(?:[•·∙▪▫◦‣●○■□◆◇➢➤►✓✔★*–—−-]|o(?=[ \t])|\(?\d{1,3}[.)](?=[ \t])|\d{1,2}(?:\.\d{1,2}){1,2}\.?(?=[ \t])"
    r"|\([a-z]\)(?=[ \t])|[a-z]\)(?=[ \t]))"
    r"(?:[ \t]+|$)"
)
WIDE = re.compile(r"(?:[ ]{2,}|[ ]*\t[ \t]*)(?=\S)")  # white space that may part columns
EMPHASIS = re.compile(r"[*_]{1,3}(?=[^\s*_])")
EMPHASIS_END = re.compile(r"(?P<mark>[:.,]?)[*_]{1,3}(?=\s*[\w:–—-])")
WORD = re.compile(r"\S+")
INDENT = re.compile(r"[ \t]*")
BLANK_LINE = re.compile(r"[ \t]*\n[ \t]*\n")
SHORT = 400  # characters of a line that are looked at


def emphasised(text, start, end):
    """What ends a date that is set in other type by the marks of Markdown, or None."""
    opening = EMPHASIS.match(text, start, end)
    found = date_at(text[opening.end() : min(end, start + SHORT)], 0, year="2000") if opening else None
    return EMPHASIS_END.match(text, opening.end() + found.end, end) if found else None


def width_of(text):
    """How many characters the longest line of a text has."""
    return max(map(len, text.split("\n")))


def breaks_of(text, start, end, width):
    """The marks that the form of an entry stands for: {where the white space begins that parts it: the mark}.

    start, end  where its words begin, after a bullet, and end
    width       that of the longest line of the text
    """
    line_end = stripped_end(text, start, end_of_line(text, start, end))
    if closing := emphasised(text, start, line_end):
        return {} if closing["mark"] or not text[closing.end()].isspace() else {closing.end(): ": "}
    if gap := hanging(text, start, end):
        ends = line_end < end and ends_early(text, line_end, width)
        return {gap.start(): ": "} | ({line_end: ": "} if ends else {})
    if BLANK_LINE.match(text, line_end, end) and text[line_end - 1] not in ".!?:;":
        found = date_at(text[start : min(line_end, start + SHORT)], 0)
        return {} if found and start + found.end == line_end else {line_end: ". "}
    return {}


def below_of(text, block):
    """The marks that the bullets below that of an entry stand for: each begins a sentence, if that before is over."""
    places = [
        (start, stripped_end(text, block.words, start)) for start in block.below if block.words < start < block.end
    ]
    return {end: " " if text[end - 1] in ".!?:;," else ". " for _start, end in places}


def hanging(text, start, end):
    """The white space between a date at a position and the text that hangs beside it, or None.

    Two blanks are enough where the next line is indented to just there.
    """
    line_end = end_of_line(text, start, end)
    if not WIDE.search(text, start, min(line_end, start + SHORT)):
        return None
    found = date_at(text[start : min(line_end, start + SHORT)], 0, year="2000")
    gap = WIDE.match(text, start + found.end, line_end) if found else None
    if gap and len(gap[0]) < 3 and "\t" not in gap[0]:
        below = INDENT.match(text, line_end + 1).end() - line_end - 1
        column = gap.end() - text.rfind("\n", 0, start) - 1
        return gap if line_end < len(text) and below == column else None
    return gap


def ends_early(text, line_end, width):
    """Whether the first word of the next line would have had room in a line, which was thus ended on purpose."""
    following = WORD.search(text, line_end)
    length = line_end - text.rfind("\n", 0, line_end) - 1
    return (
        bool(following and "\n\n" not in text[line_end : following.start()]) and length + 1 + len(following[0]) <= width
    )


def end_of_line(text, start, end):
    found = text.find("\n", start, end)
    return end if found < 0 else found


def stripped_end(text, start, end):
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
