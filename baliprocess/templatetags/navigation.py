"""The ways into the record that stand on every page."""

from functools import cache

from django import template
from django.utils.safestring import mark_safe

from records.addresses import address_of_page

register = template.Library()

# What a page calls the section that it is of, where that begins, and its name.
SECTIONS = (
    ("activities", "events:activities", "Activities"),
    ("countries", "participants:countries", "Countries"),
    ("agencies", "participants:agencies", "Agencies"),
    ("bodies", "participants:bodies", "Bodies"),
    ("themes", "events:themes", "Themes"),
    ("series", "events:all_series", "Series"),
    ("outcomes", "events:outcomes", "Outcomes"),
    ("library", "library:documents", "Library"),
    ("summary", "summaries:editions", "Summary"),
    ("data", "data", "Data"),
    ("about", "about", "About"),
)
CURRENT = ' aria-current="true"'


@register.simple_tag
@cache
def sections(current=""):
    """A list of the sections; `current` is that of the page. It is the same on every page of one."""
    items = (
        f'<li><a href="{address_of_page(route)}"{CURRENT if section == current else ""}>{name}</a></li>\n'
        for section, route, name in SECTIONS
    )
    return mark_safe(f"<ul>\n{''.join(items)}</ul>")  # noqa: S308 - all of it stands above
