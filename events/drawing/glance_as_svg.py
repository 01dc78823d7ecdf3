"""The record at a glance as HTML: numbers by kind and year, of which there are hundreds, as in the charts."""

from django.utils.html import escape
from django.utils.safestring import mark_safe

from records.addresses import address_of_page

from .marks import MARKS

TARGET = f'<rect class="target" x="-12" y="-12" width="24" height="24"/>{MARKS["ministerial"]}'


def bars_of(drawing):
    """The SVG of Bars."""
    address = address_of_page("events:activities")
    parts = [f'<svg class="bars" width="100%" height="{drawing.height}">\n']
    parts += [conference(each, drawing.foot) for each in drawing.conferences]
    parts += [lane(each, address) for each in drawing.lanes]
    parts += [year(each, drawing.foot, address) for each in drawing.scale.labelled_years]
    return mark_safe("".join([*parts, "</svg>\n"]))  # noqa: S308 - whatever comes from the record is escaped


def conference(each, foot):
    event = each["event"]
    words = escape(f"Conference {each['numeral']}: {event.title}, {event.when.display()}")
    return (
        f'<svg x="{each["at"]}%"><path class="bound" d="M0 12V{foot}"/></svg>'
        f'<a href="{event.get_absolute_url()}" aria-label="{words}"><svg x="{each["at"]}%" y="12">{TARGET}</svg></a>\n'
    )


def lane(each, address):
    kind, foot = each["kind"], each["foot"]
    return (
        f'<line class="hair" x2="100%" y1="{foot}" y2="{foot}"/><g class="{kind}" aria-hidden="true">'
        f"{''.join(bar(**numbers) for numbers in each['bars'])}</g>"
        f'<a href="{address}?kind={kind}"><text class="of" y="{each["top"] + 16}">{kind.several.capitalize()} '
        f'<tspan class="quiet">{each["number"]}</tspan></text></a>\n'
    )


def bar(number, start, at, width, y, height):
    return (
        f'<rect x="{start}%" y="{y}" width="{width}%" height="{height}"/>'
        f'<svg x="{at}%" y="{y}" class="wide"><text y="-4" text-anchor="middle">{number}</text></svg>'
    )


def year(each, foot, address):
    room = f' class="{each.room}"' if each.room else ""
    return (
        f'<a href="{address}?year={each.number}" aria-label="Activities of {each.number}"{room}>'
        f'<svg x="{each.middle}%" y="{foot}"><rect class="target" x="-17" width="34" height="26"/>'
        f'<text y="18" text-anchor="middle">{each.number}</text></svg></a>\n'
    )


def rows_of(tally):
    """The rows of the table that says the same: a year, the number of each kind, and of all."""
    address = address_of_page("events:activities")
    return mark_safe("\n".join(row(each, address) for each in tally.rows))  # noqa: S308 - numbers alone


def row(each, address):
    of_year = each["year"]
    cells = [cell(of["number"], of_year and f"{address}?year={of_year}&amp;kind={of['kind']}") for of in each["cells"]]
    of_all = cell(each["number"], of_year and f"{address}?year={of_year}")
    return f'<tr><th scope="row">{of_year or "Undated"}</th>{"".join(cells)}{of_all}</tr>'


def cell(number, address):
    said = f'<a href="{address}">{number}</a>' if number and address else number or "–"
    return f'<td class="number">{said}</td>'
