"""A PDF for print and for screen readers (PDF/UA-1), set by typst: the same bytes wherever it is made."""

import json
from dataclasses import asdict
from pathlib import Path
from textwrap import shorten

import typst

HERE = Path(__file__).parent
PAGE = HERE / "edition.typ"
FONTS = HERE / "fonts"
LONGEST_RUNNING_HEAD = 100  # characters


def write(printed):
    """The bytes of a PDF file."""
    return typst.compile(
        PAGE,
        root=HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"printed": json.dumps(data_of(printed), ensure_ascii=False)},
        timestamp=0,
    )


def data_of(printed):
    """What the page is set from."""
    day = printed.date.ends_on
    several = len(printed.sections) > 1
    return {
        "name": printed.name,
        "title": printed.title,
        "running_head": shorten(
            " · ".join(dict.fromkeys((printed.title[0], printed.title[-1]))), LONGEST_RUNNING_HEAD, placeholder="…"
        ),
        "day": day and {"year": day.year, "month": day.month, "day": day.day},
        "sections": [
            {
                "heading": section.heading,
                "opens": several and not section.heading,
                "runs": [{"kind": kind, "blocks": list(map(data_of_block, run))} for kind, run in section.runs],
            }
            for section in printed.sections
        ],
    }


def data_of_block(block):
    return asdict(block) | ({"pieces": block.pieces} if block.kind == "entry" else {})
