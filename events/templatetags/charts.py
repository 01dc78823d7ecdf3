"""How pages draw activities and list them beside the drawing."""

from django import template

from ..chart import Chart, lanes_of_kinds
from ..dossiers import Dossier

register = template.Library()


@register.inclusion_tag("events/_chart.html", takes_context=True)
def chart(context, lanes):
    """A drawing of lanes over the whole line of the record."""
    return {"chart": Chart(lanes, context["conferences"])}


@register.simple_tag
def kinds_of(events, query):
    """A lane for each kind among some activities; `query` finds them all in the list of activities."""
    return lanes_of_kinds(events, query)


@register.simple_tag
def dossier_of(participant, events):
    """What the activities that concern a participant say of it."""
    return Dossier(participant, events)
