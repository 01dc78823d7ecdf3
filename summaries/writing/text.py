"""Plain text in UTF-8: a line a paragraph, however long, because a line that is broken does not tell where it ends."""

BULLETS = {"entry": "• "}


def write(printed):
    """The bytes of a text file, of which `read_summary` makes the same lines, sections and entries again."""
    paragraphs = ["\n".join(printed.title)] if printed.title else []
    for section in printed.sections:
        if section.heading:
            paragraphs.append(section.heading)
        for kind, run in section.runs:
            lines = [BULLETS.get(kind, "") + block.text for block in run]
            paragraphs += lines if kind == "note" else ["\n".join(lines)]
    return ("\n\n".join(paragraphs) + "\n").encode()
