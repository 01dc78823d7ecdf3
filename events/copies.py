"""Copies: what a new event takes over from a past one."""

from .models import Involvement


def repeated(event):
    """What repeats from one event to the next of its like, as the initial data of a form."""
    return {
        "kind": event.kind,
        "scope": event.scope,
        "format": event.format,
        "title": event.title,
        "series": event.series_id,
        "bodies": [body.pk for body in event.bodies.all()],
        "themes": [theme.pk for theme in event.themes.all()],
    }


def next_in_series(event):
    """The same, with the next number in the series."""
    number = event.number_in_series
    return repeated(event) | {"number_in_series": number + 1 if number else None}


def repeated_parts(event):
    """Who coordinates it, as the initial data of forms."""
    return [
        {"participant": part.participant_id, "recorded_as": part.recorded_as_id, "role": part.role}
        for part in event.involvements.filter(role=Involvement.Role.COORDINATOR).order_by("pk")
    ]
