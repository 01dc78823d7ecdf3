"""The cell of a role: names and their remarks."""

import re

PART = re.compile(r"(?P<name>[^\[\];]*)(?:\[(?P<remark>[^\[\]]*)\])?(?P<rest>[^;]*)(?:;|\Z)")


def role_parts(cell):
    """Pairs of a name and its remark, either of which may be blank, from a cell such as "IOM; Thailand [with UNHCR]".

    What stands where nothing may stand, such as a bracket that is not closed, is left in the name, for nobody to know.
    """
    pairs, start = [], 0
    while start < len(cell):
        match = PART.match(cell, start)
        name, remark = match["name"].strip(), (match["remark"] or "").strip()
        if match["rest"].strip():
            name, remark = match[0].rstrip(";").strip(), ""
        if name or remark:
            pairs.append((name, remark))
        start = match.end()
    return pairs
