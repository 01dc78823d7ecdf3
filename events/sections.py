"""Sections: the parts of the event's form, each with the rows that belong to it, in the order of thought."""

from typing import NamedTuple

ANCHORS = ["what", "when", "who", "outcomes", "links", "sources", "publishing"]


class Section(NamedTuple):
    """A part of the form: its anchor, Django's fieldset, and the inlines that stand under it."""

    anchor: str
    fieldset: object
    inlines: list

    @property
    def count(self):
        """How many rows stand in it; None where it has none to count."""
        return sum(inline.formset.total_form_count() for inline in self.inlines) if self.inlines else None


def sections(adminform, inlines):
    """The sections of a form with its inlines."""
    return [
        Section(anchor, fieldset, [inline for inline in inlines if inline.opts.section == anchor])
        for anchor, fieldset in zip(ANCHORS, adminform, strict=True)
    ]
