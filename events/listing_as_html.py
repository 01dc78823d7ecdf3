"""A page of the list as HTML: put together without templates, which took as long for it as all else took together."""

from html import escape

from django.template.defaultfilters import truncatechars
from django.utils.safestring import mark_safe

from records.addresses import address_of_page
from records.templatetags.records import time_element

from .lines import NO_PLACE

# Of what somebody typed, so many letters are said again.
LONGEST = 80
CURRENT = ' aria-current="true"'


def html_of(listing):
    """The HTML of a Listing’s sections."""
    of_section = flat if listing.filterset.order == "title" else under_its_year
    found = "found " if listing.filterset.active else ""
    parts = [
        conference(**each) if "conference" in each else of_section(found=found, **each) for each in listing.sections
    ]
    return mark_safe("\n".join([*parts, ""]))  # noqa: S308 - its parts are


def found_in_words(listing):
    """How much a Listing has found, and the orders that it can be shown in."""
    filterset, activities = listing.filterset, "activity" if listing.all == 1 else "activities"
    said = f"<strong>{listing.all}</strong> {activities} on record"
    if filterset.active:
        phrase = f": {escape(listing.phrase)}" if listing.phrase else ""
        said = f"<strong>{listing.found}</strong> of {listing.all} {activities}{phrase}"
    orders = "".join(
        f'<a href="?{escape(query)}"{CURRENT if is_current else ""}>{words}</a>\n'
        for query, words, is_current in filterset.orders
    )
    options = f'<p class="options">{orders}</p>' if listing.found else ""
    return mark_safe(f'<p id="found" tabindex="-1">{said}</p>\n{options}')  # noqa: S308 - its parts are


def in_use(filterset):
    """The filters in use, each with the address without it."""
    if not filterset.active:
        return ""
    address, values = address_of_page("events:activities"), []
    for each in filterset.active:
        words = escape(truncatechars(each.words, LONGEST))
        without = f"{address}?{escape(each.query_without)}" if each.query_without else address
        values.append(
            f'<li><span>{each.label}</span> {words} <a href="{without}" aria-label="Remove: {each.label} {words}">×</a>'
            "</li>\n"
        )
    return mark_safe(  # noqa: S308 - what was typed is escaped
        f'<ul class="active" aria-label="Filters in use">\n{"".join(values)}'
        f'<li class="all"><a href="{address}">Clear all</a></li>\n</ul>'
    )


def flat(lines, found):
    return entries(lines)


def under_its_year(lines, year, found, since=None, number=None):
    begins = f'<p class="meta">{number} {found}since {since}</p>' if since else ""
    return (
        f'<section class="year{"" if year else " undated"}">\n<h2>{year or "Undated"}</h2>\n{begins}\n'
        f"{entries(lines)}\n</section>"
    )


def entries(lines):
    return "\n".join(['<ol class="entries">', *lines, "</ol>"])


def conference(conference, numeral, found, words=()):
    """A conference between the years, with who led it where it is found."""
    said = ". ".join([escape(str(conference.place or NO_PLACE)), *map(escape, words)])
    return (
        f'<section class="conference{"" if found else " orientation"}">\n'
        f'<p class="numeral" aria-hidden="true">{numeral}</p>\n<div class="what">\n'
        f'<h2><a href="{conference.get_absolute_url()}">{escape(conference.title)}</a></h2>\n'
        f'<p class="meta">{said}</p>\n</div>\n<p class="where">{time_element(conference.when)}</p>\n</section>\n'
    )
