"""How pages show what the library holds."""

from django import template

from .. import holdings, languages
from ..readers import reader_of

register = template.Library()


@register.simple_tag(takes_context=True)
def held_of_event(context, event):
    """What the library has of an activity, as this page's reader may see it: {sort: [Holding]}."""
    return holdings.of_event(event, reader_of(context["request"]))


@register.simple_tag(takes_context=True)
def held_of_participant(context, participant):
    """What the library has of a country or agency, as this page's reader may see it: {sort: [Holding]}."""
    return holdings.of_participant(participant, reader_of(context["request"]))


@register.filter
def language(code):
    """The name of a language by its code."""
    return languages.in_words(code)
