"""The shapes of kinds: each has its own, around the point 0,0 of an SVG; its colour follows its class."""

from django.utils.safestring import mark_safe

HOLLOW_DIAMOND = '<path class="mark {}" d="M0-6 6 0 0 6-6 0Z"/>'
SHAPES = {
    "ministerial": '<path class="mark {}" d="M0-8 8 0 0 8-8 0Z"/>',
    "senior_officials": '<path class="mark {}" d="M-5-5H5V5H-5Z"/>',
    "meeting": '<circle class="mark {}" r="4.5"/>',
    "workshop": '<circle class="mark {}" r="5.5"/>',
    "seminar": '<path class="mark {}" d="M0-6 6 5H-6Z"/>',
    "training": '<path class="mark {}" d="M0 6 6-5H-6Z"/>',
    "side_event": '<path class="mark {}" d="M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z"/>',
    "milestone": HOLLOW_DIAMOND,
    "other": HOLLOW_DIAMOND,
}
MARKS = {kind: mark_safe(shape.format(kind)) for kind, shape in SHAPES.items()}  # noqa: S308 - all of it stands above
GLYPHS = {
    kind: mark_safe(f'<svg class="glyph" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">{mark}</svg>')  # noqa: S308
    for kind, mark in MARKS.items()
}
