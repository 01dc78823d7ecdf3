"""Completeness: what the record should say of an event before it is published, and what of that it says."""

from typing import NamedTuple

from .models import Involvement


class Check(NamedTuple):
    """Something that the record should say: its words, whether it does, what to do otherwise, and in which section."""

    words: str
    is_met: bool
    hint: str = ""
    section: str = "what"


def completeness(event):
    """The checks of an event, in the order of its form. Three queries for one that is saved."""
    saved = event.pk is not None
    bodies = event.bodies.count() if saved else 0
    roles = list(event.involvements.order_by().values_list("role", flat=True)) if saved else []
    outcomes = event.outcomes.count() if saved else 0
    present = Involvement.Role.ATTENDEE in roles
    return [
        Check("Title and kind", bool(event.title and event.kind), "Both are needed."),
        Check("Description", bool(event.description), "A sentence or two on what was done."),
        Check("Date", bool(event.when), "As far as it is known: the year alone is a date.", "when"),
        Check("Place", event.place_id is not None, "A country as a whole is a place.", "when"),
        Check("Body", bodies > 0, "Fine where the source names a coordinator instead.", "who"),
        Check("Who was behind it", bool(set(roles) - {"attendee", "observer"}), "Host, chair, coordinator …", "who"),
        Check("Who attended", present, "Where it is not known, the page says so.", "who"),
        Check(
            "What came of it",
            outcomes > 0,
            "Add an outcome, or leave it: the page says that none is recorded.",
            "outcomes",
        ),
        Check("Source", bool(event.sources), "Where is this known from?", "sources"),
    ]
