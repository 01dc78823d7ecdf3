"""A page of the list as HTML: put together without templates, which took as long for it as all else took together."""

from html import escape

from django.utils.safestring import mark_safe

from records.templatetags.records import time_element

from .lines import NO_PLACE


def html_of(listing):
    """The HTML of a Listing’s sections."""
    of_section = flat if listing.filterset.order == "title" else under_its_year
    found = "found " if listing.filterset.active else ""
    parts = [
        conference(**each) if "conference" in each else of_section(found=found, **each) for each in listing.sections
    ]
    return mark_safe("\n".join([*parts, ""]))  # noqa: S308 - its parts are


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
