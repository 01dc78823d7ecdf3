"""What a cell of a sheet shows: how its number, date or truth is written as the text that a row holds."""

import re
from decimal import Decimal

WHOLE = "dmy"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
LITERAL = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
UNWRITABLE = re.compile("[\ufffe\uffff]")
# Of a date's format: what is quoted, escaped, padded or in brackets says nothing of its parts.
SILENT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|d{3,}|am/pm|a/p|general|standard', re.IGNORECASE)
ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
TIME_MINUTES = re.compile(r"(?<=h)(\W*)m+|m+(?=\W*s)", re.IGNORECASE)
FORMATS = {
    14: "m/d/y", 15: "d-m-y", 16: "d-m", 17: "m-y", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss",
    22: "m/d/y h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
}  # fmt: skip
# What these show depends on the language of the program; none of them is known to show a whole date everywhere.
OF_LANGUAGES = {*range(27, 37), *range(50, 59)}


LINKED = "This cell takes its value from another file: put the value itself there."
TIME = "This cell holds a time of the day, not a date or a text."


class Refused(str):
    """The text of a cell that cannot be taken: `message` says why."""

    message = ""

    def __new__(cls, text, message):
        refused = super().__new__(cls, text)
        refused.message = message
        return refused


def number_text(text):
    """A number as people write it: 2004 for 2004.0, no exponents. Raises ValueError."""
    if text.isdigit() and len(text) < 16:
        return str(int(text))
    number = float(text)
    if not abs(number) < 1e100:  # it would be written with as many digits; or it is no number at all
        raise ValueError(text)
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return format(Decimal(repr(number)), "f")


def truth_text(is_true):
    return "yes" if is_true else "no"


def parts_of_format(code):
    """Which of day, month and year a number format shows, as letters of "dmy"; "" for a time; None for no date."""
    code = SILENT.sub("", ELAPSED.sub(r"\1", code.split(";")[0])).lower()
    without_times = TIME_MINUTES.sub(r"\1", code)
    parts = "".join(part for part in WHOLE if part in without_times.replace("e", "y" if "m" in code else "e"))
    if parts:
        return parts
    return "" if re.search(r"[hs]", code) else None


def parts_of_builtin(number):
    """The same for one of the formats that have a number and no code."""
    if number in OF_LANGUAGES:
        return "?"
    return parts_of_format(FORMATS[number]) if number in FORMATS else None


def date_text(moment, parts):
    """A date as the text of a partial date; Refused where it does not show whether its day or month is meant."""
    day = moment.date().isoformat()
    if parts == WHOLE:
        has_time = moment.hour or moment.minute or moment.second
        return f"{day} {moment:%H:%M}" if has_time else day
    if parts == "my" and moment.day == 1:
        return day[:7]
    if parts == "y" and (moment.month, moment.day) == (1, 1):
        return day[:4]
    if not parts:
        return Refused(f"{moment:%H:%M}", TIME)
    return Refused(
        day,
        f"The spreadsheet program took what was typed here for the date {day}, but does not show it whole, so it "
        f"cannot be told what is meant. Write it as text, such as {day} or {day[:7]}.",
    )


def without_escapes(text):
    """A text of XLSX with the characters that stand there as numbers."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def with_escapes(text):
    """A text as XLSX keeps it: what XML cannot hold, and what would be taken for that, as numbers."""
    if "_x" in text:
        text = LITERAL.sub("_x005F_", text)
    return UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
