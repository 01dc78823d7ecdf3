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
from .periods import NO_PERIOD

MOST_WORDS = 8
NOT_ONCE = "“%(name)s” stands more than once, and can be asked for once only."
LACKING = {"date": "Date", "place": "Place", "body": "Body", "source": "Source"}


# --- Fields: what a parameter takes -----------------------------------------------------------------------------------


class SeveralField(forms.Field):
    """Any number of values, which are alternatives."""

    widget = forms.MultipleHiddenInput
    several = True

    def to_python(self, value):
        return [text for text in value or () if text]

    def run_validators(self, value):
        for text in value:
            super().run_validators(text)

    def words_of(self, text):
        """What people call a value."""
        return text


class KnownField(SeveralField):
    """Any number of values out of those that are known: `words` says what people call each, or a facet knows them.

    `noun` is what messages call a value, `read` what is done to it first.
    """

    def __init__(self, *, noun, words=None, facet=None, read=str, **kwargs):
        super().__init__(**kwargs)
        self.noun, self.facet, self.read = noun, facet, read
        self.words = dict(words or ())

    def to_python(self, value):
        typed = super().to_python(value)
        for text in typed:
            if self.known_words(text) is None:
                raise ValidationError(f"“{text}” is no {self.noun} of this record.", code="unknown")
        return [self.read(text) for text in typed]

    def words_of(self, text):
        return self.known_words(text) or text

    def known_words(self, text):
        """What people call a value; None where it is none."""
        if self.facet is None:
            return self.words.get(self.read(text))
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
            self.found[name.folded] = Known(whose.pk, whose.code, whose.name)
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


class WordsField(forms.CharField):
    def validate(self, value):
        super().validate(value)
        if len(value.split()) > MOST_WORDS:
            raise ValidationError(f"Ask for {MOST_WORDS} words at most.", code="words")


class OrderField(forms.ChoiceField):
    default_error_messages = {"invalid_choice": "“%(value)s” is no order: it is earliest, latest or title."}


class PageField(forms.CharField):
    default_validators = [RegexValidator(r"\A[0-9]{1,9}\Z", "“%(value)s” is no number of a page.")]


class YearField(forms.CharField):
    default_validators = [RegexValidator(r"\A(19|20|21)[0-9]{2}\Z", "“%(value)s” is no year from 1900 to 2199.")]


def given(data, name):
    """The texts that a parameter has in an address, each once, blank ones left out."""
    return [text for text in dict.fromkeys(data.getlist(name)) if text.strip()]


def countries_and_visible_agencies():
    """Countries are no secret; of agencies, those that the public sees."""
    visible = Participant.objects.visible().values("pk")
    return Participant.objects.filter(Q(kind=Participant.Kind.COUNTRY) | Q(pk__in=visible))


# --- Filters ----------------------------------------------------------------------------------------------------------


class ActiveFilter(NamedTuple):
    """A value that is filtered by: its parameter's label, the value in words, and the query without it."""

    label: str
    words: str
    query_without: str


class Loosening(NamedTuple):
    """A parameter that could be left out: its label, its values in words, the query without it, how many that finds."""

    label: str
    words: str
    query_without: str
    number: int


def optional(field_class, label, **kwargs):
    return field_class(label=label, required=False, **kwargs)


def participants_field(label):
    return optional(ParticipantsField, label, noun="country or agency", among=countries_and_visible_agencies)


class FilterForm(forms.Form):
    """The parameters that say which events are found."""

    reference = optional(SeveralField, "Reference", validators=[reference_validator])
    concerning = participants_field("Concerning")
    q = optional(WordsField, "Words")
    kind = optional(KnownField, "Kind", noun="kind", words=Event.Kind.choices)
    country = optional(CountriesField, "Held in")
    city = optional(KnownField, "City", noun="city", facet="city", read=fold)
    participant = participants_field("Taking part")
    role = optional(KnownField, "Role", noun="role", words=Involvement.Role.choices)
    body = optional(KnownField, "Body", noun="body", facet="body")
    theme = optional(KnownField, "Theme", noun="theme", facet="theme")
    series = optional(KnownField, "Series", noun="series", facet="series")
    period = optional(KnownField, "Period", noun="period", facet="period")
    lacking = optional(KnownField, "Not recorded", noun="fact that is asked for", words=LACKING.items())
    year = optional(YearField, "Year")
    since = optional(PartialDateFormField, "Since")
    until = optional(PartialDateFormField, "Until")

    def __init__(self, data, current):
        """`current` gives the facets, when a value needs them."""
        super().__init__(data)
        for field in self.fields.values():
            field.current = current

    def clean(self):
        """Refuse a parameter that stands twice where one value alone makes sense."""
        for name, field in self.fields.items():
            if not getattr(field, "several", False) and len(given(self.data, name)) > 1:
                self.add_error(name, ValidationError(NOT_ONCE, code="twice", params={"name": name}))


class ListForm(FilterForm):
    """The same, with those that say how events are shown."""

    ORDERS = (("earliest", "Earliest first"), ("latest", "Latest first"), ("title", "By title"))

    sort = optional(OrderField, "Order", choices=ORDERS)
    page = optional(PageField, "Page")


class EventFilterSet:
    """Published events by the parameters of an address: what is malformed finds nothing, what is unknown is ignored.

    data      the parameters, as a QueryDict
    queryset  the published events, in the order in which they are wanted
    """

    form_class = FilterForm
    # Parameters that say how events are shown, not which.
    showing = ("sort", "page")

    def __init__(self, data, queryset):
        self.data, self.queryset = data, queryset

    @cached_property
    def facets(self):
        return facets.current()

    @cached_property
    def form(self):
        return self.form_class(self.data, lambda: self.facets)

    @property
    def errors(self):
        return self.form.errors

    def is_valid(self):
        return self.form.is_valid()

    @cached_property
    def finding(self):
        """What is found of that which was understood."""
        return Finding(self.facets, self.understood)

    @cached_property
    def understood(self):
        """What is filtered by and well-formed, cleaned: {parameter: value}."""
        self.is_valid()
        return {name: self.form.cleaned_data[name] for name in self.in_use if name in self.form.cleaned_data}

    @property
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

    @property
    def qs(self):
        """What is found, as a query set."""
        if not self.is_valid():
            return self.queryset.none()
        return self.queryset.filter(pk__among=self.finding.found) if self.in_use else self.queryset

    @property
    def periods(self):
        return self.facets.periods

    @property
    def participants(self):
        """The participants that are filtered by."""
        return self.asked.get("participant") or []

    @cached_property
    def unknown(self):
        """The names of parameters that mean nothing here."""
        return [name for name in self.data if name not in self.form.fields and name not in self.showing]

    @cached_property
    def in_use(self):
        """The parameters that filter, in the order of the form."""
        return [name for name in self.form.fields if name not in self.showing and given(self.data, name)]

    @cached_property
    def active(self):
        """What is filtered by, whether it is well-formed or not."""
        return [
            ActiveFilter(self.form.fields[name].label, words, self.query_without(name, text))
            for name, all_words in self.words.items()
            for text, words in zip(given(self.data, name), all_words, strict=True)
        ]

    @cached_property
    def words(self):
        """What is filtered by, in words: {parameter: [words of each value]}."""
        self.is_valid()  # names are looked up when the form is cleaned
        return {name: [self._words(name, text) for text in given(self.data, name)] for name in self.in_use}

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

    @property
    def query(self):
        """The parameters that filter, as an address has them."""
        chosen = self.data.copy()
        for name in list(chosen):
            if name not in self.in_use:
                del chosen[name]
        return chosen.urlencode()

    def query_without(self, name, *texts):
        """The query of the address without some values of a parameter, from the first page on."""
        remaining = self.data.copy()
        remaining.setlist(name, [other for other in given(remaining, name) if other not in texts])
        remaining.pop("page", None)
        return remaining.urlencode()

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

    def _words(self, name, text):
        words_of = getattr(self.form.fields[name], "words_of", str)
        return words_of(text)


class EventListFilterSet(EventFilterSet):
    """The same, in an order and a page at a time, as lists of activities are shown."""

    form_class = ListForm
    ORDERS = ListForm.ORDERS

    @property
    def page_number(self):
        return int(self.form.cleaned_data["page"] or 1) if self.is_valid() else 1

    @property
    def order(self):
        """The order that is asked for: `earliest` where none is."""
        return (self.is_valid() and self.form.cleaned_data["sort"]) or "earliest"

    @cached_property
    def pairs(self):
        return super().pairs + ([] if self.order == "earliest" else [("sort", self.order)])
