"""How pages show what every record has."""

import re

from django import template
from django.utils.html import format_html

from records import numbers
from records.dates import PartialDate

register = template.Library()

# Of the partial dates, HTML knows years, months and days.
HTML_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")


@register.filter
def partial_date(value):
    """A partial date as people write it: `September 2002`; `undated` where it is blank."""
    return PartialDate.parse(value or "").display() or "undated"


@register.filter
def time_element(value):
    """The same within a `<time>` element; as text alone where HTML has no such date."""
    words = partial_date(value)
    return format_html('<time datetime="{}">{}</time>', value, words) if HTML_DATE.fullmatch(value or "") else words


@register.filter
def precision(value):
    """How exactly a partial date is recorded: `recorded to the month`; nothing where it is blank."""
    date = PartialDate.parse(value or "")
    words = f"recorded to the {date.precision}" if date else ""
    return f"{words}, and not certain" if date.is_uncertain else words


@register.filter
def cardinal(number):
    """A number as sentences have it: `seven`, `13`."""
    return numbers.cardinal(number)
