"""The panel beside the list: its facets, each value a link that adds it to what is asked for or takes it away again.

They are HTML that is made here rather than in a template, since there are some hundred values on each page.
"""

from collections import defaultdict
from functools import cached_property
from html import escape
from urllib.parse import urlencode

from django.utils.safestring import mark_safe

from .facets import Known
from .fields_as_html import by_name, said
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


class Panel:
    """The facets of a filter set under what of it was understood."""

    def __init__(self, filterset):
        self.filterset, self.facets, self.finding = filterset, filterset.facets, filterset.finding
        self.pairs = filterset.pairs
        self.query = escape(urlencode(self.pairs))
        self.chosen = defaultdict(set)
        for name, text in self.pairs:
            self.chosen[name].add(text)

    @cached_property
    def groups(self):
        """The facets as HTML, by their names."""
        return {
            "kind": self._short("kind", "Kind", KINDS),
            "period": self._short("period", "Period", self.facets.by_code["period"].values()),
            "country": self._long("country", "Held in"),
            "city": self._long("city", "City", is_open=False, is_typed=True),
            "participant": self._long("participant", "Taking part", is_typed=True),
            "role": self._short("role", "Role", ROLES, is_open=False),
            "body": self._long("body", "Body"),
            "theme": self._long("theme", "Theme"),
            "series": self._long("series", "Series", is_open=False),
            "lacking": self._short("lacking", "Not recorded", FACTS, is_open=False),
        }

    @cached_property
    def hidden(self):
        """What the form sends along with what is typed: (parameter, value)."""
        return [(name, text) for name, text in self.pairs if name not in ("q", "since", "until")]

    # --- Facets -------------------------------------------------------------------------------------------------------

    def _short(self, name, title, known, *, is_open=True):
        """A facet of few values, which are all shown, in an order of their own."""
        counts = self.finding.counts(name)
        return self._facet(name, title, is_open, self._rows(name, [(each, counts.get(each.pk, 0)) for each in known]))

    def _long(self, name, title, *, is_open=True, is_typed=False):
        """A facet of any number of values: what is asked for, then what most are found of."""
        counts, known = self.finding.counts(name), list(self.facets.by_code[name].values())
        numbers = [counts.get(each.pk, 0) for each in known]
        ordered = sorted(range(len(known)), key=numbers.__getitem__, reverse=True)
        if chosen := self.chosen[name]:
            ordered.sort(key=lambda place: known[place].code not in chosen)
        numbered = [(known[place], numbers[place]) for place in ordered[: MOST_SHOWN + MOST_OPENED]]
        # One that stands alone would take no less room folded.
        shown = MOST_SHOWN if len(ordered) > MOST_SHOWN + 1 else len(ordered)
        typed = by_name(name, self.filterset.errors.get(name, ())) if is_typed else ""
        more = self._more(name, numbered[shown:], len(ordered) - len(numbered))
        return self._facet(name, title, is_open, self._rows(name, numbered[:shown]), more, typed)

    def _facet(self, name, title, is_open, rows, more="", typed=""):
        """A facet as HTML: the values that stand open, those that are folded, and where others can be typed."""
        unfolded = " open" if is_open or self.chosen[name] else ""
        listed = f'<ul class="facet">\n{rows}\n</ul>' if rows else '<p class="absent">None is recorded.</p>'
        return mark_safe(  # noqa: S308 - its parts are
            f'<details id="of-{name}"{unfolded}>\n<summary>{title}</summary>\n{listed}\n{more}\n{typed}\n</details>\n'
        )

    def _more(self, name, numbered, left_out):
        """The values that stand folded, and how many there are beside."""
        if not numbered:
            return ""
        others = f'<p class="hint">{left_out} others have fewer.</p>' if left_out else ""
        return (
            f'<details id="more-{name}">\n<summary>{len(numbered)} more</summary>\n'
            f'<ul class="facet">\n{self._rows(name, numbered)}\n</ul>{others}\n</details>'
        )

    def _rows(self, name, numbered):
        """The values of a facet as HTML, of pairs of what is known of each and how many are found of it."""
        chosen = self.chosen[name]
        adding = f"?{self.query}&amp;{name}=" if self.query else f"?{name}="
        item, words = "<li>", "<span>"
        rows = []
        for (_key, code, _name, code_in_html, name_in_html, *_kind), number in numbered:
            if name == "kind":
                item, words = f'<li class="{code}">', '<span class="kind">'
            said = f'{words}{name_in_html}</span> <span class="number">{number}</span>'
            if code in chosen:
                address = f"?{self._without(name, code)}"
                rows.append(f'{item}<a id="{name}-{code_in_html}" href="{address}" {CURRENT}>{said}</a></li>')
            elif number:
                rows.append(f'{item}<a id="{name}-{code_in_html}" href="{adding}{code_in_html}">{said}</a></li>')
            else:
                rows.append(f"{item}<p>{said}</p></li>")
        return "\n".join(rows)

    def _without(self, name, code=None):
        kept = [(other, text) for other, text in self.pairs if other != name or (code is not None and text != code)]
        return escape(urlencode(kept))

    # --- Years --------------------------------------------------------------------------------------------------------

    @cached_property
    def years(self):
        """The first and the last year that have a bar; none where nothing is dated."""
        years = self.facets.values["year"].sets
        return (max(min(years), max(years) - MOST_BARS + 1), max(years)) if years else ()

    @property
    def errors_of_year(self):
        """What is wrong with the year that was asked for; a form that was asked for none has no field for it."""
        return said("year", self.filterset.errors.get("year", ()))

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
        if str(year) in self.chosen["year"]:
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
