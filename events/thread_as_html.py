"""A thread as HTML: its events in order of time, each with the gap to the next."""

from html import escape

from django.utils.safestring import mark_safe

from records.templatetags.records import time_element

from .drawing.marks import GLYPHS
from .lines import NO_PLACE


def thread_of(thread, event=None):
    """The HTML of a Thread, on the page of one of its events or of something else."""
    across = " across" if thread.across else ""
    steps = "".join([step_of(step, event) for step in thread.steps])
    return mark_safe(f'<ol class="thread{across}">\n{steps}</ol>\n')  # noqa: S308 - `step_of` escapes


def step_of(step, event):
    other, is_here = step.event, step.event == event
    gap = f'<p class="gap"><span class="unseen">To the next: </span>{step.gap}</p>' if step.gap else ""
    return (
        f'<li class="length-{step.length}{" here" if is_here else ""}">\n{GLYPHS[other.kind]}\n'
        f'<p class="when">{time_element(other.when) if other.when else "Undated"}</p>\n'
        f"{this(event) if is_here else another(other, step.words)}\n"
        f'<p class="where">{escape(str(other.place or NO_PLACE))}</p>\n{gap}\n</li>\n'
    )


def this(event):
    return f'<p aria-current="page">This {event.get_kind_display().lower()}</p>'


def another(event, words):
    return f'<p class="meta">{words}</p>\n<p><a href="{event.get_absolute_url()}">{escape(event.title)}</a></p>'
