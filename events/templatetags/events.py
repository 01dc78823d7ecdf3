"""How pages show activities."""

from django import template

register = template.Library()

NUMERALS = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def numeral(number):
    """A number from 1 to 89 in Roman numerals: the conferences are known as Bali I, Bali II …"""
    text = ""
    for value, letters in NUMERALS:
        count, number = divmod(number, value)
        text += letters * count
    return text


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
