"""A PDF for print and for screen readers (PDF/UA-1), set by typst: the same bytes wherever it is made."""

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from textwrap import shorten

import typst

HERE = Path(__file__).parent
PAGE = HERE / "edition.typ"
FONTS = HERE / "fonts"
# What no line holds, of scripts that set spaces between words and of those that do not.
SPACED = r"[^\s\u0e00-\u109f\u1780-\u17ff\u2e80-\ud7af\uf900-\ufaff\uff00-\uffef]"
UNBROKEN = re.compile(rf"{SPACED}{{60}}(?=\S)|\S{{500}}(?=\S)")
BREAK = "\u200b"
# Marks, and what is not seen; no letter of any script has thirty, and time goes with the square of their number.
MARKS = "".join(each for each in map(chr, range(0x20000)) if unicodedata.category(each) in ("Mn", "Mc", "Me", "Cf"))
PILED = re.compile(rf"[{MARKS}]{{30}}(?=[{MARKS}])")
BASE = "\u00a0"
CONFERENCES = "ministerial"  # what the first section has, where it has no heading or one with this word
LONGEST_RUNNING_HEAD = 100  # characters


def write(printed):
    """The bytes of a PDF file."""
    return page_of(json.dumps(data_of(printed), ensure_ascii=False))


@lru_cache(maxsize=8)
def page_of(data):
    """The bytes of the page that is set from data, kept for a few editions: anybody may ask for them, and often."""
    return typst.compile(
        PAGE,
        root=HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"printed": data},
        timestamp=0,
    )


def data_of(printed):
    """What the page is set from."""
    day = printed.date.ends_on
    ends = dict.fromkeys([*printed.title[:1], *printed.title[-1:]]) or [printed.name]
    several = len(printed.sections) > 1
    return {
        "name": printed.name,
        "title": [breakable(line) for line in printed.title],
        "running_head": shorten(" · ".join(ends), LONGEST_RUNNING_HEAD, placeholder="…"),
        "day": day and {"year": day.year, "month": day.month, "day": day.day},
        "sections": [
            {
                "heading": breakable(section.heading),
                "conferences": several and number == 0 and CONFERENCES in (section.heading or CONFERENCES).lower(),
                "runs": [{"kind": kind, "blocks": list(map(data_of_block, run))} for kind, run in section.runs],
            }
            for number, section in enumerate(printed.sections)
        ],
    }


def data_of_block(block):
    if block.kind != "entry":
        return {"text": breakable(block.text)}
    return {"pieces": list(map(breakable, block.pieces)), "address": block.address}


def breakable(text):
    """A text whose overlong words, and piles of marks, may be broken: they would leave the page, or take minutes."""
    return UNBROKEN.sub(rf"\g<0>{BREAK}", PILED.sub(rf"\g<0>{BREAK}{BASE}", text))
