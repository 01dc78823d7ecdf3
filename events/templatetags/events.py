"""How pages show activities."""

from django import template

from .. import facets, fields_as_html
from ..drawing.marks import GLYPHS, MARKS
from ..drawing.rule_as_svg import svg_of
from ..drawing.timerule import TimeRule
from ..outcome_as_html import became, mention, outcome_of
from ..thread_as_html import thread_of

register = template.Library()


@register.simple_tag(takes_context=True)
def time_rule(context, event=None, events=(), keys=None, span=None):
    """The line of time of a page: about one event, a few, many by their keys, or the time between two days."""
    if keys is not None:
        return svg_of(TimeRule.over(facets.of(context["request"]), keys))
    periods = facets.of(context["request"]).periods if "request" in context else None
    return svg_of(TimeRule.of(periods, event, events, span))


@register.simple_tag
def bare_time_rule():
    """The line alone, for pages that must do without the database."""
    return svg_of(TimeRule())


@register.simple_tag
def mark(kind):
    """The shape of a kind, within an SVG."""
    return MARKS[kind]


@register.simple_tag
def glyph(kind):
    """The shape of a kind on its own."""
    return GLYPHS[kind]


register.simple_tag(outcome_of)
register.simple_tag(became)
register.simple_tag(mention)
register.simple_tag(thread_of)


@register.simple_tag
def line(field, hint=""):
    """A field for a line of text by which a list is filtered."""
    return fields_as_html.line(field, hint)


@register.simple_tag
def errors_of(field):
    """What is wrong with a field; nothing of one that is not asked for."""
    return field and fields_as_html.said(field.html_name, field.errors)
