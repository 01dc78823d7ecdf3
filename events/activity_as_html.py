"""The page of an activity as HTML, as far as every activity has it: a template took half of the page's time for it."""

from functools import partial
from html import escape
from itertools import groupby
from urllib.parse import quote

from django.template.defaultfilters import truncatechars
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from participants.models import address_of_participant
from records.addresses import address_of_page
from records.numbers import cardinal, ordinal
from records.templatetags.records import partial_date, precision, time_element

from .around import MOST_LISTED
from .drawing.marks import GLYPHS
from .lines import ROLES
from .models import Event
from .outcome_as_html import came_of, put_to
from .thread_as_html import thread_of

# Of an address so many letters are shown.
LONGEST_ADDRESS = 60


def html_of(around):
    """The parts of the page, by what they are about, of what lies Around an activity."""
    event, thread = around.event, around.thread
    parts = {
        "head": head(around),
        "facts": facts(around),
        "description": description(event),
        "who": who(around),
        "thread": thread_of(thread, event) if thread.is_of_several else "",
        "outcomes": outcomes(around.outcomes, partial(came_of, event)),
        "put": outcomes(around.put, partial(put_to, event)),
        "neighbours": "".join(all_neighbours(around)),
        "sources": sources(event),
        "citation": citation(event),
    }
    return {part: mark_safe(html) for part, html in parts.items()}  # noqa: S308 - what comes from the record is escaped


def head(around):
    """Its kind, its title, where and when it was, and the way to it."""
    event = around.event
    kind = f"{event.get_kind_display()} {around.periods.numeral_of(event)}".strip()
    status = "" if event.status == Event.Status.HELD else f" · {event.get_status_display()}"
    place = f"{escape(str(event.place))}, " if event.place else ""
    return (
        f'<div class="head {event.kind}">\n<nav aria-label="Where this is">{" / ".join(way_to(around))}</nav>\n'
        f'<p class="kind">{kind}{status}</p>\n<h1>{escape(event.title)}</h1>\n'
        f'<p class="lead">{place}{partial_date(event.when)}</p>\n</div>'
    )


def way_to(around):
    """The steps to it from the list, through its period."""
    yield f'<a href="{address_of_page("events:activities")}">Activities</a>'
    if around.period:
        yield period(around)
    yield capfirst(partial_date(around.event.when))


# --- Facts ------------------------------------------------------------------------------------------------------------


def facts(around):
    """What is recorded of it in a word or two each, and what is not."""
    event = around.event
    told = [
        ("When", dated(event.when) if event.when else "Undated"),
        ("Where", where(event)),
        ("Alongside", escape(event.alongside)),
        ("Status", f"{event.get_status_display()}, {event.get_format_display().lower()}"),
        ("Scope", event.get_scope_display()),
        ("Activity of", [link(each) for each in around.bodies] or "No body is recorded"),
        ("Period", f"{period(around)} {place_in_period(around.in_period)}" if around.period else ""),
        ("Series", f"{link(event.series)} {place_in_series(event, around.in_series)}" if event.series else ""),
        ("Themes", [link(each) for each in around.themes] or "No theme is recorded"),
        ("Reference", event.reference),
    ]
    return "\n".join(['<dl class="facts">', *(fact(words, values) for words, values in told if values), "</dl>"])


def fact(words, values):
    """One of them, with a value or several."""
    values = [values] if isinstance(values, str) else values
    return f"<div><dt>{words}</dt>{''.join([f'<dd>{value}</dd>' for value in values])}</div>"


def dated(when):
    """When it was, and how exactly that is recorded."""
    return f"{time_element(when)} {aside(precision(when))}"


def where(event):
    """Its venue and its place, with what else was there."""
    venue, place = escape(event.venue), event.place
    if not place:
        return f"No place is recorded{f': {venue}' if venue else ''}"
    said = [venue] if venue else []
    if place.city and place.city != place.country.name:
        query = f"country={place.country.alpha2}&amp;city={quote(place.folded_city)}"
        said.append(f'<a href="{address_of_page("events:activities")}?{query}">{escape(place.city)}</a>')
    return ", ".join([*said, link(place.country)])


def period(around):
    """The way to all that is of its period."""
    address, reference = address_of_page("events:activities"), around.period.reference
    return f'<a href="{address}?period={reference}">Since conference {opened_by(around)}</a>'


def opened_by(around):
    """The numeral of the conference that opened its period."""
    return around.periods.numeral_of(around.period)


def place_in_period(position):
    """Which one of its period it is, of how many."""
    if not position:
        return ""
    only = position.total == 1
    return aside("the only activity" if only else f"{ordinal(position.number)} of {position.total} activities")


def place_in_series(event, position):
    """Which one of its series it is: by the number that it has, and else by its place among those on record."""
    if not position:
        return ""
    number, total = event.number_in_series, cardinal(position.total)
    if number and number != position.number:
        return aside(f"number {number}; {total} on record")
    return aside(f"{ordinal(position.number)} of {total}")


# --- What it was and who was there ------------------------------------------------------------------------------------


def description(event):
    """What it was about, or that this is not recorded."""
    if not event.description:
        return '<p class="absent opens">No description is recorded.</p>'
    return f'<div class="prose opens">{linebreaks(event.description, autoescape=True)}</div>'


def who(around):
    """Those who had a part in it, by their roles, and what is not recorded of them."""
    if not around.parts:
        return '<p class="absent">Who was behind it and who attended is not recorded.</p>\n'
    roles = "".join([of_role(*parts) for parts in groupby(around.parts, key=lambda part: part.role)])
    lacks = "" if around.has_attendance else '<p class="absent">Who attended is not recorded.</p>'
    return f'<dl class="roles">\n{roles}</dl>\n{lacks}'


def of_role(role, parts):
    """All who had a part in one role."""
    return f"<div><dt>{ROLES[role]}</dt>\n{''.join([part_of(each) for each in parts])}</div>\n"


def part_of(part):
    """Who had a part, whose agency that is, under which name, and what is remarked."""
    said = f"<dd>{link_to(part.whose)}"
    if part.country:
        said += f", agency of {link_to(part.country)}"
    if part.recorded_as != part.whose.name:
        said += f" {aside(f'recorded as “{escape(part.recorded_as)}”')}"
    if part.remark:
        said += f" {aside(escape(part.remark))}"
    return f"{said}</dd>\n"


def link_to(known):
    """The way to a participant, as the facets know it."""
    return f'<a href="{address_of_participant(known.kind, known.code)}">{known.name_in_html}</a>'


def outcomes(found, entry):
    """A list of outcomes, each by a callable that makes the entry of one; no longer than a page lists."""
    if not found:
        return ""
    return f'<ul class="outcomes">\n{"".join([entry(each) for each in found[:MOST_LISTED]])}</ul>\n'


# --- What stands beside it --------------------------------------------------------------------------------------------


def all_neighbours(around):
    """Those before and after it in its series, unless its thread has them, and in its period."""
    yield neighbours(around.beside_in_series, "Neighbours in the series", "prev", "next")
    since = f"Neighbours since conference {opened_by(around)}" if around.period else "Neighbouring conferences"
    yield neighbours(around.in_period, since)


def neighbours(position, title, before="", after=""):
    """The events before and after one, with what they are to it, such as `prev`."""
    sides = [(position.before, "Before", before), (position.after, "After", after)] if position else []
    found = [neighbour(*side) for side in sides if side[0]]
    if not found:
        return ""
    return f'<section>\n<h2>{title}</h2>\n<div class="neighbours">\n{"".join(found)}</div>\n</section>\n'


def neighbour(event, words, relation):
    relation = f' rel="{relation}"' if relation else ""
    when, place = (f", {partial_date(event.when)}" if event.when else ""), escape(str(event.place or ""))
    return (
        f'<div>\n<p class="meta">{words}{when}</p>\n'
        f'<p class="title">{GLYPHS[event.kind]}<a{relation} href="{event.get_absolute_url()}">{escape(event.title)}</a>'
        f'</p>\n<p class="meta">{event.get_kind_display()}{f" · {place}" if place else ""}</p>\n</div>\n'
    )


def sources(event):
    """Where it is known from, and a page about it elsewhere."""
    said = '<p class="absent">No source is recorded.</p>'
    if event.sources:
        said = f'<div class="meta">{linebreaks(event.sources, autoescape=True)}</div>'
    if not event.url:
        return said
    address, words = escape(event.url), escape(truncatechars(event.url, LONGEST_ADDRESS))
    return f'{said}\n<p class="meta"><a href="{address}" rel="external">{words}</a></p>'


def citation(event):
    """What stands before its address where it is cited."""
    place = f"{escape(event.place.city or str(event.place.country))}, " if event.place else ""
    return (
        f"Bali Process, “{escape(event.title)}”, {place}{partial_date(event.when)}. "
        f"Record of activities, {event.reference}."
    )


def link(record):
    """The way to a record, by its name."""
    return f'<a href="{record.get_absolute_url()}">{escape(str(record))}</a>'


def aside(html):
    """What is said beside something else, in smaller letters."""
    return f'<span class="meta">{html}</span>'
