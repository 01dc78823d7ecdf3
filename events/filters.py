"""How activities are filtered: one set of parameters, for pages, data and whoever else asks."""

from datetime import date
from functools import cached_property
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Exists, OuterRef, Q

from exchange.suggestions import nearest
from participants.models import Country, Name, Participant
from records.folding import fold
from records.forms import PartialDateFormField
from records.models import reference_validator

from . import facets
from .facets import Known
from .finding import Finding
from .models import Event, Involvement
from .parameters import (
    AddressFilterSet,
    FilterForm,
    KnownField,
    PageField,
    SeveralField,
    WordsField,
    given,
    optional,
)
from .periods import NO_PERIOD

LACKING = {"date": "Date", "place": "Place", "body": "Body", "source": "Source"}


# --- Fields: what a parameter takes -----------------------------------------------------------------------------------


class FacetField(KnownField):
    """Any number of values that the facets know by their codes."""

    def __init__(self, *, facet, **kwargs):
        super().__init__(**kwargs)
        self.facet = facet

    def known_words(self, text):
        known = self.current().by_code[self.facet].get(self.read(text))
        return known and known.name


class ParticipantsField(SeveralField):
    """Any number of countries or agencies, each by a code or a known name. Gives them as `Known`.

    `among()` are those who can be named; the public learns nothing of others.
    """

    def __init__(self, *, noun, among, **kwargs):
        super().__init__(**kwargs)
        self.noun, self.among = noun, among
        self.found, self.names = {}, {}

    def to_python(self, value):
        typed = super().to_python(value)
        codes = self.current().by_folded_code if typed else {}
        for text in typed:
            if (known := codes.get(fold(text))) and self.takes(known):
                self.found[fold(text)], self.names[fold(text)] = known, known.name
        if missing := [fold(text) for text in typed if fold(text) not in self.found]:
            self.look_up(missing)
        for text in typed:
            if fold(text) not in self.found:
                raise ValidationError(self.refusal(text), code="unknown")
        return [self.found[fold(text)] for text in typed]

    def takes(self, known):
        return True

    def look_up(self, folded):
        """Find whom folded names mean, in one query; what those are called whom the public does not see is not said."""
        names = Name.objects.filter(folded__in=folded, participant__in=self.among())
        seen = Exists(Participant.objects.visible().filter(pk=OuterRef("participant")))
        for name in names.annotate(seen=seen).select_related("participant"):
            whose = name.participant
            self.found[name.folded] = Known.of(whose.pk, whose.code, whose.name)
            if name.seen:
                self.names[name.folded] = whose.name

    def refusal(self, text):
        """Why a text names nobody, with the nearest names of those that the public sees."""
        names = Name.objects.exclude(kind=Name.Kind.CODE).filter(participant__in=self.among().visible())
        like = nearest(text[:200], dict(names.values_list("text", "participant")))
        return f"No {self.noun} is known as “{text}”." + (f" Did you mean {' or '.join(like)}?" if like else "")

    def words_of(self, text):
        """The preferred name of whom a text names, for those that the public sees."""
        return self.names.get(fold(text), text)


class CountriesField(ParticipantsField):
    def __init__(self, **kwargs):
        super().__init__(noun="country", among=Country.objects.all, **kwargs)

    def takes(self, known):
        return known.pk in self.current().known["country"]


class OrderField(forms.ChoiceField):
    default_error_messages = {"invalid_choice": "“%(value)s” is no order: it is earliest, latest or title."}


class YearField(forms.CharField):
    default_validators = [RegexValidator(r"\A(19|20|21)[0-9]{2}\Z", "“%(value)s” is no year from 1900 to 2199.")]


def countries_and_visible_agencies():
    """Countries are no secret; of agencies, those that the public sees."""
    visible = Participant.objects.visible().values("pk")
    return Participant.objects.filter(Q(kind=Participant.Kind.COUNTRY) | Q(pk__in=visible))


# --- Filters ----------------------------------------------------------------------------------------------------------


class Loosening(NamedTuple):
    """A parameter that could be left out: its label, its values in words, the query without it, how many that finds."""

    label: str
    words: str
    query_without: str
    number: int


def participants_field(label):
    return optional(ParticipantsField, label, noun="country or agency", among=countries_and_visible_agencies)


class EventFilterForm(FilterForm):
    """The parameters that say which events are found."""

    reference = optional(SeveralField, "Reference", validators=[reference_validator])
    concerning = participants_field("Concerning")
    q = optional(WordsField, "Words")
    kind = optional(KnownField, "Kind", noun="kind", choices=Event.Kind.choices)
    country = optional(CountriesField, "Held in")
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
        """`current` gives the facets, when a value needs them."""
        super().__init__(data)
        for field in self.fields.values():
            field.current = current


class EventListForm(EventFilterForm):
    """The same, with those that say how events are shown."""

    ORDERS = (("earliest", "Earliest first"), ("latest", "Latest first"), ("title", "By title"))

    sort = optional(OrderField, "Order", choices=ORDERS)
    page = optional(PageField, "Page")


class EventFilterSet(AddressFilterSet):
    """Published events filtered by the parameters of an address."""

    form_class = EventFilterForm

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

    def filtered(self):
        return self.queryset.filter(pk__among=self.finding.found)

    @cached_property
    def pairs(self):
        """What was understood as an address says it in one way: pairs of a parameter and a code or text."""
        return [
            (name, getattr(each, "code", each))
            for name, value in self.understood.items()
            for each in (value if isinstance(value, list) else given(self.data, name))
        ]

    @property
    def periods(self):
        return self.facets.periods

    @property
    def participants(self):
        """The participants that are filtered by."""
        return self.asked.get("participant") or []

    @property
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
                self.query_without(name, *given(self.data, name)),
                len(Finding(self.facets, self.asked | {name: None}).found),
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

    @property
    def order(self):
        """The order that is asked for: `earliest` where none is."""
        return (self.is_valid() and self.form.cleaned_data["sort"]) or "earliest"

    @cached_property
    def pairs(self):
        return super().pairs + ([] if self.order == "earliest" else [("sort", self.order)])
