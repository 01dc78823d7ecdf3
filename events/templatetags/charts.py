"""How pages draw activities and list them beside the drawing."""

from django import template

from .. import facets
from ..dossiers import Dossier
from ..drawing import glance_as_svg
from ..drawing.chart import Chart
from ..drawing.chart_as_svg import svg_of
from ..gatherings import Gathering

register = template.Library()


@register.simple_tag(takes_context=True)
def chart(context, lanes, key=True, told=None):
    """A drawing of lanes over the whole line of the record; `key` says what the marks mean, where lanes do not.

    `told` are the events of its marks (`lines.told_of`), where the page has them.
    """
    return svg_of(Chart(lanes, facets.of(context["request"]), told), key)


register.simple_tag(glance_as_svg.bars_of)
register.simple_tag(glance_as_svg.rows_of)


@register.simple_tag(takes_context=True)
def dossier_of(context, participant):
    """What the activities that concern a participant, and the page's `agencies`, if it has any, say of it."""
    return Dossier(participant, facets.of(context["request"]), context.get("agencies", ()))


@register.simple_tag(takes_context=True)
def gathering_of(context, facet, record):
    """The activities of a body, a series or a theme, as its page tells of them."""
    return Gathering(facet, record, facets.of(context["request"]))
