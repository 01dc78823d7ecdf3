"""How pages draw activities and list them beside the drawing."""

from django import template

from ..dossiers import Dossier
from ..drawing.chart import Chart, lanes_of_kinds

register = template.Library()


@register.inclusion_tag("events/_chart.html", takes_context=True)
def chart(context, lanes, key=True):
    """A drawing of lanes over the whole line of the record; `key` says what the marks mean, where lanes do not."""
    return {"chart": Chart(lanes, context["conferences"]), "key": key}


@register.simple_tag
def kinds_of(events, query):
    """A lane for each kind among some activities; `query` finds them all in the list of activities."""
    return lanes_of_kinds(events, query)


@register.simple_tag
def dossier_of(participant, events):
    """What the activities that concern a participant say of it."""
    return Dossier(participant, events)
