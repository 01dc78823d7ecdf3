"""The line that lists show of an activity, ready to print: made when the activity changes, not when it is read."""

import re
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import NamedTuple

from django.utils.safestring import mark_safe

from records.dates import PartialDate
from records.prepared import Prepared
from records.templatetags.records import HTML_DATE
from search.models import Indexed

from .models import Event, Involvement

NO_PLACE = "No place recorded"
KIND_AND_PLACE = re.compile(r'<li class="entry (\w+)">.*<p class="where">(.*)</p>', re.DOTALL)
OF_KIND = '<span class="kind">'
KINDS, STATUSES, ROLES = dict(Event.Kind.choices), dict(Event.Status.choices), dict(Involvement.Role.choices)
# Without their year these say too little: two years, and `about` alone.
NEEDS_ITS_YEAR = re.compile(r"[0-9]{4}|(about|possibly)$")


def told(*columns):
    """A query of what the index tells of published events."""
    return Prepared(lambda keys: Indexed.objects.filter(type="events", record__among=keys).values_list(*columns))


LINES, TOLD = told("record", "line"), told("record", "line", "title", "address", "when")


def line_of(event, bodies, parts):
    """The HTML of an activity's line.

    event   with its place and that place's country
    bodies  the names of its bodies
    parts   the leading ones as (role, name as recorded), in the order of the roles
    """
    said = [f"{OF_KIND}{KINDS[event.kind]}</span>"]
    if event.status != Event.Status.HELD:
        said.append(f"<strong>{STATUSES[event.status]}</strong>")
    said += [*map(escape, bodies), *map(escape, parts_in_words(parts))]
    return mark_safe(  # noqa: S308 - whatever comes from the record is escaped
        f'<li class="entry {event.kind}">\n<p class="when">{date_in_list(event.when)}</p>\n<div class="what">\n'
        f'<p class="title"><a href="{event.get_absolute_url()}">{escape(event.title)}</a></p>\n'
        f'<p class="meta">{" · ".join(said)}</p>\n</div>\n'
        f'<p class="where">{escape(str(event.place or NO_PLACE))}</p>\n</li>'
    )


class Told(NamedTuple):
    """What the index tells of a published event: its line, and what drawings say of it; `where` is HTML."""

    line: str
    title: str
    address: str
    when: PartialDate
    kind: str
    where: str


def told_of(keys):
    """What the index tells of published events, in one query, and none for no keys: {primary key: Told}."""
    return {
        key: Told(mark_safe(line), title, address, PartialDate.parse(when), *KIND_AND_PLACE.match(line).groups())  # noqa: S308
        for key, line, title, address, when in (TOLD(keys) if keys else ())
    }


def lines_of(keys):
    """The lines of published events, as the index has them, in one query: {primary key: HTML}."""
    return {key: mark_safe(line) for key, line in LINES(keys)}  # noqa: S308 - made by `line_of`


def with_more(line, more):
    """A line with a paragraph of HTML below what it says; nothing in a line ends a division but its own."""
    return mark_safe(line.replace("</div>", f'<p class="meta">{more}</p>\n</div>', 1))  # noqa: S308 - as in `line_of`


def with_numeral(line, numeral):
    """A line of a conference that says which one it is."""
    said = f'<span class="numeral" aria-hidden="true">{numeral}</span> '
    return mark_safe(line.replace('<p class="when">', f'<p class="when">{said}', 1))  # noqa: S308 - as in `line_of`


def unprinted(line):
    """A line that a printed page leaves out."""
    return mark_safe(line.replace('">', ' unprinted">', 1))  # noqa: S308 - as in `line_of`


def numbered(line, number):
    """A line that says which one of its series it is."""
    before, kind, after = line.partition(OF_KIND)
    return mark_safe(before + kind + after.replace("</span>", f"</span> · number {number}", 1))  # noqa: S308 - as above


def without(line, body):
    """A line that does not name a body, on the page of that body."""
    before, meta, after = line.partition('<p class="meta">')
    return mark_safe(before + meta + after.replace(f" · {escape(body)}", "", 1))  # noqa: S308 - as in `line_of`


def parts_in_words(parts):
    """Parts by role, `Host: Fiji, Nauru`, of pairs of a role and a name that come in the order of the roles."""
    for role, named in groupby(parts, key=lambda part: part[0]):
        yield f"{ROLES[role]}: {', '.join(name for _role, name in named)}"


@lru_cache(maxsize=4096)
def date_in_list(when):
    """A partial date in few letters; its year is marked, so that it can be left out where the line stands under it."""
    date = PartialDate.parse(when or "")
    if not date:
        return "Undated"
    words = date.short()
    within = words.removesuffix(f" {date.starts_on.year}")
    if within != words and not NEEDS_ITS_YEAR.search(within):
        words = f'{within}<span class="of-year"> {date.starts_on.year}</span>'
    return f'<time datetime="{date}">{words}</time>' if HTML_DATE.fullmatch(date) else words
