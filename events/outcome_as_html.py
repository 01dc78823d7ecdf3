"""An outcome as HTML: what was said, to whom, and what became of it."""

from html import escape

from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe

from records.templatetags.records import partial_date

from .threads import lapse_of


def outcome_of(outcome, *, whom=False, event=None):
    """An outcome in a list of several events’, on the page of one (`event`) or of something else.

    `whom` says whether it names the body that is to act on it.
    """
    to = to_whom(outcome) if whom else ""
    said = f'<p class="meta">{labelled(outcome)} of {mention(outcome.event)}{to}</p>\n{told(outcome, event)}'
    return mark_safe(said)  # noqa: S308 - its parts are escaped


def came_of(event, outcome):
    """An outcome on the page of the event that it came of."""
    return (
        f'<li id="{outcome.reference}">\n<p class="meta">{labelled(outcome)}{to_whom(outcome)}</p>\n'
        f"{told(outcome, event)}</li>\n"
    )


def put_to(event, outcome):
    """An outcome on the page of an event that it was put to."""
    return f"<li>{outcome_of(outcome, whom=True, event=event)}</li>\n"


def labelled(outcome):
    """Its kind, and its reference, which leads to its page."""
    link = f'<a href="{outcome.get_absolute_url()}">{outcome.reference}</a>'
    return f'<span class="label">{outcome.get_kind_display()}</span> {link}'


def to_whom(outcome):
    body = outcome.addressed_to
    return f' · to <a href="{body.get_absolute_url()}">{escape(body.name)}</a>' if body else ""


def told(outcome, event=None):
    """What was said, and what became of it, on the page of an event or of something else."""
    prose = linebreaks(outcome.text, autoescape=True)
    return f'<div class="prose">{prose}</div>\n<p class="meta">{became(outcome, event)}</p>\n'


def became(outcome, event=None):
    """What became of it, after what time and where: `Taken up after 7 months, at …`."""
    lapse, where = lapse_of(outcome, timezone.localdate()), outcome.publicly_taken_up_at
    said = f"{outcome.get_status_display()}{f' {lapse}' if lapse else ''}"
    if where:
        joined = "; taken up" if outcome.status == outcome.Status.OPEN else "," if lapse else ""
        there = f"this {event.get_kind_display().lower()}" if where == event else mention(where)
        said += f"{joined} at {there}"
    return mark_safe(said)  # noqa: S308 - a mention is escaped


def mention(event):
    """Which event it is, and when it was."""
    words = f'<a href="{event.get_absolute_url()}">{escape(event.title)}</a>, {partial_date(event.when)}'
    return mark_safe(words)  # noqa: S308 - the title is escaped, and a date has nothing to escape
