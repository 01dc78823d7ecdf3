"""How activities are filtered: one set of parameters, for pages, data and whoever else asks."""

from datetime import date
from functools import cached_property

from django import forms

from participants.models import Country
from records.folding import fold
from records.forms import PartialDateFormField
from records.models import reference_validator
from search.queries import Query

from . import facets
from .facets import Known
from .finding import Finding
from .models import Event, Involvement
from .parameters import (
    FilterForm,
    KnownField,
    Loosening,
    PageField,
    Parameters,
    ParticipantsField,
    ReferencesField,
    YearField,
    countries_and_visible_agencies,
    given,
)
from .periods import NO_PERIOD

LACKING = {"date": "Date", "place": "Place", "body": "Body", "source": "Source"}


# --- Fields: what a parameter takes of the facets; `current` gives these when they are needed -------------------------


class FacetField(KnownField):
    """Any number of values of a facet, each by its code."""

    def __init__(self, *, facet, **kwargs):
        super().__init__(**kwargs)
        self.facet = facet

    def valid_value(self, text):
        return text in self.current().by_code[self.facet]

    def words_of(self, text):
        known = self.current().by_code[self.facet].get(self.read(text))
        return known.name if known else text


class KnownParticipantsField(ParticipantsField):
    """Participants as the facets know them; whom these do not know by a code is looked up. Gives them as `Known`."""

    def to_python(self, value):
        typed = [text for text in value or () if text]
        codes = self.current().by_folded_code if typed else {}
        known = {text: codes[fold(text)] for text in typed if fold(text) in codes and self.takes(codes[fold(text)])}
        looked_up = iter(super().to_python([text for text in typed if text not in known]))
        self.names |= {fold(text): each.name for text, each in known.items()}
        self.found |= {fold(text): each for text, each in known.items()}
        return [known.get(text) or known_as(next(looked_up)) for text in typed]

    def takes(self, known):
        return True


def known_as(participant):
    return Known.of(participant.pk, participant.code, participant.name)


class CountriesField(KnownParticipantsField):
    def takes(self, known):
        return known.pk in self.current().known["country"]


class OrderField(forms.ChoiceField):
    default_error_messages = {"invalid_choice": "“%(value)s” is no order: it is earliest, latest or title."}


# --- Filters ----------------------------------------------------------------------------------------------------------


def optional(field_class, label, **kwargs):
    return field_class(label=label, required=False, **kwargs)


def participants_field(label):
    among = countries_and_visible_agencies
    return optional(KnownParticipantsField, label, noun="country or agency", among=among)


class EventFilterForm(FilterForm):
    """The parameters that say which events are found."""

    SHOWN = ("q", "since", "until")

    reference = optional(ReferencesField, "Reference", validators=[reference_validator])
    concerning = participants_field("Concerning")
    q = optional(forms.CharField, "Words")
    kind = optional(KnownField, "Kind", noun="kind", choices=Event.Kind.choices)
    country = optional(CountriesField, "Held in", noun="country", among=Country.objects.all)
    city = optional(FacetField, "City", noun="city", facet="city", read=fold)
    participant = participants_field("Taking part")
    role = optional(KnownField, "Role", noun="role", choices=Involvement.Role.choices)
    body = optional(FacetField, "Body", noun="body", facet="body")
    theme = optional(FacetField, "Theme", noun="theme", facet="theme")
    series = optional(FacetField, "Series", noun="series", facet="series")
    period = optional(FacetField, "Period", noun="period", facet="period")
    lacking = optional(KnownField, "Not recorded", noun="fact that is asked for", choices=LACKING.items())
    year = optional(YearField, "Year")
    since = optional(PartialDateFormField, "Since")
    until = optional(PartialDateFormField, "Until")

    def __init__(self, data, current):
        """`current` gives the facets, when a value needs them.

        Of the fields, it has those alone that the address names, and those that are always shown.
        """
        named = {name: field for name, field in self.base_fields.items() if name in data or name in self.SHOWN}
        self.base_fields = named
        super().__init__(data)
        for field in self.fields.values():
            field.current = current


class EventListForm(EventFilterForm):
    """The same, with those that say how events are shown."""

    ORDERS = (("earliest", "Earliest first"), ("latest", "Latest first"), ("title", "By title"))

    sort = optional(OrderField, "Order", choices=ORDERS)
    page = optional(PageField, "Page")


class EventFilterSet(Parameters):
    """Published events filtered by the parameters of an address.

    `queryset` says in which order they are wanted; who asks for keys alone needs none.
    """

    form_class = EventFilterForm

    def __init__(self, data, queryset=None):
        self.data, self.queryset = data, queryset

    @cached_property
    def facets(self):
        return facets.current()

    @cached_property
    def form(self):
        return self.form_class(self.data, lambda: self.facets)

    @cached_property
    def finding(self):
        """What is found of that which was understood."""
        return Finding(self.facets, self.understood)

    @property
    def errors(self):
        return self.form.errors

    def is_valid(self):
        return self.form.is_valid()

    @property
    def qs(self):
        """What is found, as a query set."""
        if not self.is_valid():
            return self.queryset.none()
        return self.queryset.filter(pk__among=self.finding.found) if self._in_use else self.queryset

    @cached_property
    def understood(self):
        """What is filtered by and well-formed, cleaned: {parameter: value}."""
        self.is_valid()
        return {name: self.form.cleaned_data[name] for name in self._in_use if name in self.form.cleaned_data}

    @cached_property
    def asked(self):
        """What is filtered by, cleaned: {parameter: value}; nothing where any of it is malformed."""
        return self.understood if self.is_valid() else {}

    @cached_property
    def pairs(self):
        """What was understood as an address says it in one way: pairs of a parameter and a code or text."""
        return [
            (name, getattr(each, "code", each))
            for name, value in self.understood.items()
            for each in (value if isinstance(value, list) else given(self.data, name))
        ]

    @cached_property
    def words_sought(self):
        """What is looked for in words, as the search takes it; it is false where it has none that can be looked for."""
        return Query(self.asked["q"]) if "q" in self.asked else None

    @property
    def periods(self):
        return self.facets.periods

    @property
    def participants(self):
        """The participants that are filtered by."""
        return self.asked.get("participant") or []

    @cached_property
    def span(self):
        """The first and the last day of the time that is asked for, None where it has no end; None for all time."""
        spans = list(self._spans())
        if not spans:
            return None
        firsts, lasts = ([day for day in days if day] for days in zip(*spans, strict=True))
        return max(firsts, default=None), min(lasts, default=None)

    def loosened(self):
        """What would be found with one parameter left out, the most first; nothing that finds nothing."""
        loosenings = [
            Loosening(
                self.form.fields[name].label,
                " or ".join(words),
                self._query_without(name, *given(self.data, name)),
                len(self.finding.without(name)),
            )
            for name, words in self.words.items()
        ]
        return sorted((each for each in loosenings if each.number), key=lambda each: -each.number)

    def _spans(self):
        asked = self.asked
        if year := asked.get("year"):
            yield date(int(year), 1, 1), date(int(year), 12, 31)
        if since := asked.get("since"):
            yield since.starts_on, None
        if until := asked.get("until"):
            yield None, until.ends_on
        if (references := asked.get("period")) and NO_PERIOD not in references:
            spans = [self.periods.span_of(reference) for reference in references]
            lasts = [last for _first, last in spans]
            yield min(first for first, _last in spans), None if None in lasts else max(lasts)


class EventListFilterSet(EventFilterSet):
    """The same, in an order and a page at a time, as lists of activities are shown."""

    form_class = EventListForm
    ORDERS = EventListForm.ORDERS

    @cached_property
    def order(self):
        """The order that is asked for: `earliest` where none is."""
        return (self.is_valid() and self.form.cleaned_data.get("sort")) or "earliest"

    @cached_property
    def pairs(self):
        return super().pairs + ([] if self.order == "earliest" else [("sort", self.order)])

    @property
    def orders(self):
        """The orders that there are: of each the address with it, its words, and whether it is asked for."""
        return [(self._query_with("sort", order), words, order == self.order) for order, words in self.ORDERS]
