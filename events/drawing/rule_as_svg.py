"""The time rule as SVG.

It stands on every page, and so is put together here: a template took two milliseconds for it, a fifth of a page.
"""

from html import escape

from django.utils.safestring import mark_safe

from .marks import MARKS

# From here on there is more room before a mark than behind it.
NEAR_THE_END = 97
HEAD = '<nav class="time-rule" id="time-rule" aria-label="Ministerial conferences">\n<svg width="100%" height="48">\n'
LINE = '<line x1="0" x2="100%" y1="10" y2="10"/>\n'
FOOT = "</svg>\n</nav>\n"
TARGET = f'<rect class="target" x="-12" y="-12" width="24" height="24"/>{MARKS["ministerial"]}'


def svg_of(rule):
    """The HTML of a TimeRule."""
    parts = [HEAD]
    if rule.span:
        parts.append(
            f'<rect class="chosen" x="{rule.span["start"]}%" y="10" width="{rule.span["width"]}%" height="38"/>\n'
        )
    parts.append(LINE)
    if rule.scale:
        parts += ['<g aria-hidden="true">', *years(rule.scale.labelled_years), "</g>\n"]
        parts += [small(each) for each in rule.marks]
        parts += [conference(each) for each in rule.conferences]
    if rule.here:
        parts.append(here(**rule.here))
    parts.append(FOOT)
    return mark_safe("".join(parts))  # noqa: S308 - whatever comes from the record is escaped


def years(named):
    for place, year in enumerate(named):
        tick, indent = ('<path d="M0 11v7"/>', ' x="4"') if place else ("", "")
        yield (f'<svg x="{year.start}%"{of_class(year.room)}>{tick}<text{indent} y="43">{year.number}</text></svg>')


def small(mark):
    return f'<svg class="small" x="{mark["at"]}%" y="20" aria-hidden="true">{MARKS[mark["event"].kind]}</svg>\n'


def conference(each):
    event, current = each["event"], ' aria-current="page"' if each["current"] else ""
    words = escape(f"Conference {each['numeral']}: {event.title}, {event.when.display()}")
    return (
        f'<a href="{event.get_absolute_url()}" aria-label="{words}"{current}><svg x="{each["at"]}%" y="10">{TARGET}'
        f"{numeral(each)}</svg></a>\n"
    )


def numeral(each):
    if each["room"] is None:
        return ""
    turned = beside(9, each["at"] > NEAR_THE_END)
    return f'<text{of_class(each["room"])}{turned} y="16">{each["numeral"]}</text>'


def here(event, at, side):
    words = f'<text class="wide"{beside(12, side == "left")} y="27">{event.when.display()}</text>' if side else ""
    mark = f'<path d="M0 8v12"/><svg y="23">{MARKS[event.kind]}</svg>'
    return f'<svg class="here {event.kind}" x="{at}%" aria-hidden="true">{mark}{words}</svg>\n'


def beside(distance, is_left):
    return f' x="-{distance}" text-anchor="end"' if is_left else f' x="{distance}"'


def of_class(name):
    return f' class="{name}"' if name else ""
