"""Labels beside marks on a line, so that none covers another."""

MOST_ROWS = 8


def pack(positions, labels, *, width, mark, lines=(), rows=MOST_ROWS):
    """Where each mark and its label go: a list of {"row": …, "side": "right", "left" or None (unlabelled)}.

    `positions` are those of the marks on the line, `labels` the widths of their words and `mark` that of a mark;
    `lines` are places that no label should cross. A label that fits in none of the `rows` is left out; marks get as
    many rows as they need.
    """
    taken = [[] for _ in range(rows)]
    packed = []
    for at, label in zip(positions, labels, strict=True):
        row, side, extent = _spot(at, label, taken, rows, width, mark, lines)
        taken[row].append(extent)
        packed.append({"row": row, "side": side})
    return packed


def sides(positions, labels, *, width, mark):
    """On which side of each mark its label has room in the one row of all: "right", "left" or None (unlabelled)."""
    half = mark / 2
    following = [*(position - half for position in positions), width][1:]
    taken, found = 0, []
    for at, label, end in zip(positions, labels, following, strict=True):
        right, left = at + half + label <= end, at - half - label >= taken
        found.append("right" if right else "left" if left else None)
        taken = at + half + (label if right else 0)
    return found


def _spot(at, label, taken, rows, width, mark, lines):
    """The first free row and side for a mark and its label, over a line only at need; then for the mark alone.

    Rows beyond `rows` are for marks alone.
    """
    half = mark / 2
    alone = (at - half, at + half)
    sides = {"right": (at - half, at + half + label), "left": (at - half - label, at + half)}
    within = {side: extent for side, extent in sides.items() if extent[0] >= 0 and extent[1] <= width}
    clear = {side: extent for side, extent in within.items() if not _crosses(extent, at, lines)}
    for allowed, several in ((clear, rows), (within, rows), ({None: alone}, len(taken))):
        for row, extents in enumerate(taken[:several]):
            for side, extent in allowed.items():
                if _free(extent, extents):
                    return row, side, extent
    taken.append([])
    return len(taken) - 1, None, alone


def _crosses(extent, at, lines):
    """Whether the words beside a mark go over a line; the one that the mark stands on is none."""
    start, end = extent
    words = (start, at) if at - start > end - at else (at, end)
    return any(words[0] + 1 < line < words[1] - 1 for line in lines)


def _free(extent, extents):
    return all(extent[1] <= start or extent[0] >= end for start, end in extents)
