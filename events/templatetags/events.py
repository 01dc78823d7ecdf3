"""How pages show activities."""

from django import template

from ..periods import numeral

register = template.Library()


@register.simple_tag(takes_context=True)
def numeral_of(context, event):
    """The numeral of an event among the page's `conferences`, or nothing for what is none of them."""
    numbers = {conference.pk: number for number, conference in enumerate(context.get("conferences", ()), start=1)}
    return numeral(numbers[event.pk]) if event.pk in numbers else ""


@register.simple_tag(takes_context=True)
def counted_for(context, involvement):
    """The country, one of the page's `participants`, that an involvement counts for as its agency's, or nothing."""
    country = involvement.participant.country
    return country if country and country.pk in {each.pk for each in context.get("participants", ())} else ""
