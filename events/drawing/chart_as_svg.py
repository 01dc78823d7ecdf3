"""Charts as SVG. They hold hundreds of marks, and so are put together here: a template takes ten times as long."""

from django.utils.html import escape
from django.utils.safestring import mark_safe

from records.addresses import address_of_page
from records.numbers import cardinal

from ..lines import NO_PLACE
from .marks import GLYPHS, MARKS

WIDEST = ' class="widest"'


def svg_of(chart, key):
    """The HTML of a Chart; `key` says whether what the marks mean is told. Blank where there is nothing to draw."""
    if not chart.is_drawn:
        return ""
    grid = "".join([*lines(chart.scale.years[1:]), *lines_of_conferences(chart.conferences)])
    address = address_of_page("events:activities")
    parts = ['<div class="chart">\n', *([kinds(chart.kinds)] if key else [])]
    parts += [lane(drawn, grid, address, crowded=chart.is_crowded) for drawn in chart.lanes]
    parts += [axis(chart)]
    if chart.undated:
        parts.append(f'<p class="meta">Not drawn: {cardinal(chart.undated)} undated.</p>')
    return mark_safe("".join([*parts, "</div>"]))  # noqa: S308 - whatever comes from the record is escaped


def kinds(shown):
    meanings = (f'<span class="{kind.value}">{GLYPHS[kind.value]}{kind.label}</span> ' for kind in shown)
    return f'<p class="key">{"".join(meanings)}</p>\n'


def lines(years):
    return (f'<line x1="{year.start}%" x2="{year.start}%" y2="100%"/>' for year in years)


def lines_of_conferences(conferences):
    return (f'<line class="conference" x1="{each["at"]}%" x2="{each["at"]}%" y2="100%"/>' for each in conferences)


def lane(drawn, grid, address, *, crowded):
    label, number = escape(drawn.lane.label), len(drawn.lane.keys)
    query = f"{address}?{escape(drawn.lane.query)}"
    return "".join(
        [
            f'<div class="lane">\n<p>{label} <span class="number">{number}</span></p>\n',
            f'<svg width="100%" height="{drawn.height}">\n{grid}\n',
            *(mark(**each._asdict()) for each in drawn.marks),
            *(bar(each, query, WIDEST if crowded else "") for each in drawn.bars),
            "</svg>\n</div>\n",
        ]
    )


def mark(event, at, y):
    where = f", {event.where}" if event.where != NO_PLACE else ""
    return (
        f'<a href="{event.address}"><title>{escape(event.title)}, {event.when.display()}{where}</title>'
        f'<svg x="{at}%" y="{y}">{MARKS[event.kind]}</svg></a>\n'
    )


def bar(each, query, room):
    return (
        f'<a href="{query}&amp;year={each.year}"><title>{each.number} in {each.year}</title>'
        f'<svg x="{each.start}%" y="100%" width="{each.width}%">'
        f'<rect class="bar" x="15%" width="70%" y="-{each.height}" height="{each.height}"/>'
        f'<text{room} x="50%" y="-{each.height}" dy="-3" text-anchor="middle">{each.number}</text></svg></a>\n'
    )


def axis(chart):
    numerals = (
        f'<text class="conference" x="{each["at"]}%" y="12" text-anchor="middle">{each["numeral"]}</text>'
        for each in chart.conferences
    )
    years = (
        f'<text{WIDEST if year.room else ""} x="{year.middle}%" y="30" text-anchor="middle">{year.number}</text>'
        for year in chart.named_years
    )
    return (
        '<div class="lane axis" aria-hidden="true">\n<p></p>\n<svg width="100%" height="36">\n'
        f"{''.join(numerals)}\n{''.join(years)}\n</svg>\n</div>\n"
    )
