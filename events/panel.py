"""The panel beside the list: its facets, each value a link that adds it to what is asked for or takes it away again.

Its rows are HTML that is made here rather than in a template, since there are some hundred of them on each page.
"""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.html import escape
from django.utils.safestring import mark_safe

from .facets import Known
from .filters import LACKING
from .models import Event, Involvement

# A long facet shows so many values, so many more when it is opened, and leaves the rest to be typed.
MOST_SHOWN, MOST_OPENED = 10, 90
# So many years have room for a bar each, in a drawing so high.
MOST_BARS, HEIGHT = 60, 40
CURRENT = 'aria-current="true"'


def known_among(choices):
    """Values that have no record of their own, as what is known of them."""
    return [Known.of(code, code, words) for code, words in choices]


KINDS, ROLES, FACTS = map(known_among, (Event.Kind.choices, Involvement.Role.choices, LACKING.items()))


@dataclass(frozen=True)
class Facet:
    """A facet as it is shown.

    rows      the values as HTML
    rest      those that stand folded, and how many these are
    left_out  how many more there are
    is_open   whether it is unfolded from the beginning
    """

    name: str
    title: str
    rows: str
    rest: str = ""
    number_of_rest: int = 0
    left_out: int = 0
    is_open: bool = True


class Panel:
    """The facets of a filter set under what of it was understood."""

    def __init__(self, filterset):
        self.filterset, self.facets, self.finding = filterset, filterset.facets, filterset.finding
        self.pairs = filterset.pairs
        self.query = escape(urlencode(self.pairs))

    @cached_property
    def groups(self):
        """The facets by their names."""
        facets = [
            self._short("kind", "Kind", KINDS),
            self._short("period", "Period", self.facets.by_code["period"].values()),
            self._long("country", "Held in"),
            self._long("city", "City", is_open=False),
            self._long("participant", "Taking part"),
            self._short("role", "Role", ROLES, is_open=False),
            self._long("body", "Body"),
            self._long("theme", "Theme"),
            self._long("series", "Series", is_open=False),
            self._short("lacking", "Not recorded", FACTS, is_open=False),
        ]
        return {facet.name: facet for facet in facets}

    @cached_property
    def hidden(self):
        """What the form sends along with what is typed: (parameter, value)."""
        return [(name, text) for name, text in self.pairs if name not in ("q", "since", "until")]

    # --- Values -------------------------------------------------------------------------------------------------------

    def _short(self, name, title, known, *, is_open=True):
        """A facet of few values, which are all shown, in an order of their own."""
        counts = self.finding.counts(name)
        rows = self._rows(name, [(each, counts.get(each.pk, 0)) for each in known])
        return Facet(name, title, rows, is_open=is_open or self._is_in_use(name))

    def _long(self, name, title, *, is_open=True):
        """A facet of any number of values: what is asked for, then what most are found of."""
        counts, chosen = self.finding.counts(name), self._chosen(name)
        known = self.facets.by_code[name].values()
        ordered = sorted(known, key=lambda each: (each.code not in chosen, -counts.get(each.pk, 0)))
        numbered = [(each, counts.get(each.pk, 0)) for each in ordered[: MOST_SHOWN + MOST_OPENED]]
        # One that stands alone would take no less room folded.
        shown = MOST_SHOWN if len(ordered) > MOST_SHOWN + 1 else len(ordered)
        return Facet(
            name,
            title,
            self._rows(name, numbered[:shown]),
            self._rows(name, numbered[shown:]),
            len(numbered[shown:]),
            len(ordered) - len(numbered),
            is_open or self._is_in_use(name),
        )

    def _rows(self, name, numbered):
        """The values of a facet as HTML, of pairs of what is known of each and how many are found of it."""
        chosen = self._chosen(name)
        adding = f"?{self.query}&amp;{name}=" if self.query else f"?{name}="
        words = '<span class="kind">' if name == "kind" else "<span>"
        rows = []
        for known, number in numbered:
            opened, closed = f'<li class="{known.code}">' if name == "kind" else "<li>", "</a></li>"
            if known.code in chosen:
                opened += f'<a id="{name}-{known.code_in_html}" href="?{self._without(name, known.code)}" {CURRENT}>'
            elif number:
                opened += f'<a id="{name}-{known.code_in_html}" href="{adding}{known.code_in_html}">'
            else:
                opened, closed = f"{opened}<p>", "</p></li>"
            rows.append(f'{opened}{words}{known.name_in_html}</span> <span class="number">{number}</span>{closed}')
        return mark_safe("\n".join(rows))  # noqa: S308 - names and codes are escaped

    def _chosen(self, name):
        return {text for parameter, text in self.pairs if parameter == name}

    def _is_in_use(self, name):
        return any(parameter == name for parameter, _text in self.pairs)

    def _without(self, name, code=None):
        kept = [(other, text) for other, text in self.pairs if other != name or (code is not None and text != code)]
        return escape(urlencode(kept))

    # --- Years --------------------------------------------------------------------------------------------------------

    @cached_property
    def years(self):
        """The first and the last year that have a bar; none where nothing is dated."""
        years = self.facets.values["year"].sets
        return (max(min(years), max(years) - MOST_BARS + 1), max(years)) if years else ()

    @cached_property
    def bars(self):
        """A bar for each year as HTML, as high as its number under all that is asked for but the time."""
        if not self.years:
            return ""
        first, last = self.years
        counts = self.finding.counts("year")
        highest = max((counts.get(year, 0) for year in range(first, last + 1)), default=0)
        width = 100 / (last - first + 1)
        bars = [
            self._bar(year, counts[year], round((year - first) * width, 2), round(width, 2), highest)
            for year in range(first, last + 1)
            if counts.get(year)
        ]
        return mark_safe("\n".join(bars))  # noqa: S308 - numbers, and a query that is escaped

    def _bar(self, year, number, at, width, highest):
        high = max(round(HEIGHT * number / highest), 2)
        query, current, chosen = self._without_time, "", ""
        address = f"?{query}&amp;year={year}" if query else f"?year={year}"
        if str(year) in self._chosen("year"):
            address, current = f"?{query}", f" {CURRENT}"
        if self._is_asked_for(year):
            chosen = ' class="in"'
        said = f"{year}: {number} {'activity' if number == 1 else 'activities'}"
        return (
            f'<a id="year-{year}" href="{address}" aria-label="{said}"{current}>'
            f'<rect class="target" x="{at}%" width="{width}%" height="{HEIGHT}"/>'
            f'<rect{chosen} x="{at}%" y="{HEIGHT - high}" width="{round(width * 0.86, 2)}%" height="{high}"/></a>'
        )

    @cached_property
    def _without_time(self):
        return escape(urlencode([(name, text) for name, text in self.pairs if name not in ("year", "since", "until")]))

    @cached_property
    def _span(self):
        return self.filterset.span

    def _is_asked_for(self, year):
        first, last = self._span or (None, None)
        return (first is None or year >= first.year) and (last is None or year <= last.year)
