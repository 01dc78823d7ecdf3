"""How activities are filtered: one set of parameters, for pages, data and whoever else asks."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import CharField, Count, Exists, OuterRef, Q, Value
from django_filters import Filter, FilterSet

from exchange.suggestions import nearest
from participants.models import Body, Country, Name, Participant
from records.folding import fold
from records.forms import PartialDateFormField
from records.models import reference_validator

from .models import Event, Involvement, Place, Series, Theme
from .periods import NO_PERIOD, Periods, numeral

MOST_WORDS = 8
NOT_ONCE = "“%(name)s” stands more than once, and can be asked for once only."


# --- Fields: what a parameter takes -----------------------------------------------------------------------------------


class KnownField(forms.MultipleChoiceField):
    """Any number of values out of a list; `noun` is what messages call one of them, `read` what is done to it first."""

    several = True

    def __init__(self, *, noun, read=str, **kwargs):
        super().__init__(**kwargs)
        self.noun = noun
        self.read = read

    def clean(self, value):
        typed = [text for text in value or () if text]
        for text in typed:
            if not self.valid_value(self.read(text)):
                raise ValidationError(f"“{text}” is no {self.noun} of this record.", code="unknown")
        return [self.read(text) for text in typed]

    def words_of(self, text):
        """What people call a value."""
        return dict(self.choices).get(self.read(text), text)


class ParticipantsField(forms.Field):
    """Any number of countries or agencies, each by a code or a known name. Gives a list of participants.

    `among()` are those who can be named; the public learns nothing of others.
    """

    widget = forms.MultipleHiddenInput
    several = True

    def __init__(self, *, noun, among, **kwargs):
        super().__init__(**kwargs)
        self.noun = noun
        self.among = among
        self.found, self.names = {}, {}

    def to_python(self, value):
        typed = [text for text in value or () if text]
        if typed:
            names = Name.objects.filter(folded__in=[fold(text) for text in typed], participant__in=self.among())
            seen = Exists(Participant.objects.visible().filter(pk=OuterRef("participant")))
            names = list(names.annotate(seen=seen).select_related("participant"))
            self.found = {name.folded: name.participant for name in names}
            self.names = {name.folded: name.participant.name for name in names if name.seen}
        for text in typed:
            if fold(text) not in self.found:
                raise ValidationError(self.refusal(text), code="unknown")
        return [self.found[fold(text)] for text in typed]

    def refusal(self, text):
        """Why a text names nobody, with the nearest names of those that the public sees."""
        names = Name.objects.exclude(kind=Name.Kind.CODE).filter(participant__in=self.among().visible())
        like = nearest(text[:200], dict(names.values_list("text", "participant")))
        return f"No {self.noun} is known as “{text}”." + (f" Did you mean {' or '.join(like)}?" if like else "")

    def bound_data(self, data, initial):
        """What a form shows again: the codes of those who were found."""
        return [getattr(self.found.get(fold(text)), "code", text) for text in data if text]

    def words_of(self, text):
        """The preferred name of whom a text names, for those that the public sees."""
        return self.names.get(fold(text), text)


class ReferencesField(forms.Field):
    """Any number of references; one that no event has finds nothing."""

    widget = forms.MultipleHiddenInput
    several = True

    def to_python(self, value):
        return [text for text in value or () if text]

    def run_validators(self, value):
        for text in value:
            super().run_validators(text)


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


def choices_of_record():
    """What the record has to choose from, in one query: {parameter: [(value, name)]} of what the public sees."""
    sources = {
        "country": (Country.objects.filter(places__in=Place.objects.published()), "alpha2", "name"),
        "city": (Place.objects.published().cities(), "folded_city", "city"),
        "body": (Body.objects.all(), "slug", "name"),
        "theme": (Theme.objects.published(), "slug", "name"),
        "series": (Series.objects.published(), "slug", "name"),
    }
    first, *others = (
        records.order_by().values_list(Value(parameter, CharField()), code, name)
        for parameter, (records, code, name) in sources.items()
    )
    choices = {parameter: [] for parameter in sources}
    for parameter, code, name in sorted(first.union(*others), key=lambda row: fold(row[2])):
        choices[parameter].append((code, name))
    return choices


def choices_of_periods(periods):
    """A period's value is the reference of the conference that opened it."""
    for position, conference in enumerate(periods.conferences, start=1):
        yield conference.reference, f"Since conference {numeral(position)}, {conference.when.display()}"
    yield NO_PERIOD, "In no period"


# --- Filters ----------------------------------------------------------------------------------------------------------


class By(Filter):
    """Events by what a field of the form gives; whatever else is said goes to the field."""

    def __init__(self, field_class, field_name=None, lookup_expr="exact", **kwargs):
        super().__init__(field_name, lookup_expr, **kwargs)
        self.field_class = field_class


class AnyOf(By):
    """Events for which one of the values holds. `many`: an event can have several of them."""

    def __init__(self, field_name=None, *, field_class=KnownField, many=False, **kwargs):
        super().__init__(field_class, field_name, "in", **kwargs)
        self.many = many

    def filter(self, events, values):
        if not values:
            return events
        if not self.many:
            return super().filter(events, values)
        return events.filter(pk__in=super().filter(Event.objects.order_by(), values).values("pk"))


@dataclass(frozen=True)
class ActiveFilter:
    """A value that is filtered by: its parameter's label, the value in words, and the query without it."""

    label: str
    words: str
    query_without: str


@dataclass(frozen=True)
class Loosening:
    """A parameter that could be left out: its label, its values in words, the query without it, how many that finds."""

    label: str
    words: str
    query_without: str
    number: int


class FilterForm(forms.Form):
    def clean(self):
        """Refuse a parameter that stands twice where one value alone makes sense."""
        for name, field in self.fields.items():
            if not getattr(field, "several", False) and len(given(self.data, name)) > 1:
                self.add_error(name, ValidationError(NOT_ONCE, code="twice", params={"name": name}))


class AddressFilterSet(FilterSet):
    """Records filtered by the parameters of an address. What is malformed finds nothing; what is unknown is ignored."""

    # Parameters that say how a list is shown, not what is on it.
    showing = ("sort", "page")

    @property
    def qs(self):
        return super().qs if self.is_valid() else self.queryset.none()

    @property
    def page_number(self):
        return int(self.form.cleaned_data["page"] or 1) if self.is_valid() else 1

    @property
    def unknown(self):
        """The names of parameters that mean nothing here."""
        return [name for name in self.data if name not in self.filters and name not in self.showing]

    @property
    def active(self):
        """What is filtered by, whether it is well-formed or not."""
        self.is_valid()  # names are looked up when the form is cleaned
        return [
            ActiveFilter(self.form.fields[name].label, self._words(name, text), self._query_without(name, text))
            for name in self._in_use
            for text in given(self.data, name)
        ]

    @property
    def words(self):
        """What is filtered by, in words: {parameter: [words of each value]}."""
        return {name: [self._words(name, text) for text in given(self.data, name)] for name in self._in_use}

    @property
    def query(self):
        """The parameters that filter, as an address has them."""
        chosen = self.data.copy()
        for name in list(chosen):
            if name not in self.filters or name in self.showing or not given(chosen, name):
                del chosen[name]
        return chosen.urlencode()

    @property
    def _in_use(self):
        return [name for name in self.filters if name not in self.showing and given(self.data, name)]

    def _words(self, name, text):
        words_of = getattr(self.form.fields[name], "words_of", str)
        return words_of(text)

    def _query_without(self, name, *texts):
        remaining = self.data.copy()
        remaining.setlist(name, [other for other in given(remaining, name) if other not in texts])
        remaining.pop("page", None)
        return remaining.urlencode()


class EventFilterSet(AddressFilterSet):
    """Events filtered by the parameters of an address."""

    reference = AnyOf("reference", label="Reference", field_class=ReferencesField, validators=[reference_validator])
    concerning = By(
        ParticipantsField,
        label="Concerning",
        noun="country or agency",
        among=countries_and_visible_agencies,
        method="of_or_in",
    )
    q = By(WordsField, label="Words", method="search")
    kind = AnyOf("kind", label="Kind", noun="kind", choices=Event.Kind.choices)
    country = AnyOf(
        "place__country", label="Held in", noun="country", field_class=ParticipantsField, among=Country.objects.all
    )
    city = AnyOf("place__folded_city", label="City", noun="city", read=fold)
    participant = By(
        ParticipantsField,
        label="Taking part",
        noun="country or agency",
        among=countries_and_visible_agencies,
        method="together",
    )
    role = AnyOf(label="Role", noun="role", choices=Involvement.Role.choices, method="together")
    body = AnyOf("bodies__slug", label="Body", noun="body", many=True)
    theme = AnyOf("themes__slug", label="Theme", noun="theme", many=True)
    series = AnyOf("series__slug", label="Series", noun="series")
    period = AnyOf(label="Period", noun="period", method="of_periods")
    year = By(YearField, "when", "overlaps", label="Year")
    since = By(PartialDateFormField, "when", "since", label="Since")
    until = By(PartialDateFormField, "when", "until", label="Until")

    class Meta:
        model = Event
        fields = []
        form = FilterForm

    def __init__(self, data, queryset):
        super().__init__(data, queryset=queryset)
        self.periods = Periods.among(Event.objects.published())
        self.choices = choices_of_record() | {"period": list(choices_of_periods(self.periods))}
        for name in ("period", "city", "body", "theme", "series"):
            self.filters[name].extra["choices"] = self.choices[name]

    @property
    def participants(self):
        """The participants that are filtered by."""
        return self.form.cleaned_data.get("participant") or [] if self.is_valid() else []

    @property
    def span(self):
        """The first and the last day of the time that is asked for, None where it has no end; None for all time."""
        spans = list(self._spans()) if self.is_valid() else []
        if not spans:
            return None
        firsts, lasts = ([day for day in days if day] for days in zip(*spans, strict=True))
        return max(firsts, default=None), min(lasts, default=None)

    def loosened(self):
        """What would be found with one parameter left out, in one query, the most first; nothing that finds nothing."""
        variants = {f"without_{name}": self._without(name).order_by().values("pk") for name in self._in_use}
        counts = {name: Count("pk", filter=Q(pk__in=variant)) for name, variant in variants.items()}
        numbers = self.queryset.order_by().aggregate(**counts)
        loosenings = [
            Loosening(
                self.form.fields[name].label,
                " or ".join(words),
                self._query_without(name, *given(self.data, name)),
                numbers[f"without_{name}"],
            )
            for name, words in self.words.items()
        ]
        return sorted((each for each in loosenings if each.number), key=lambda each: -each.number)

    def search(self, events, name, words):
        return events.search(words)

    def of_periods(self, events, name, references):
        within = Q()
        for reference in references:
            within |= self.periods.opened_by(reference)
        return events.filter(within)

    def filter_queryset(self, events):
        return self._found(events, self.form.cleaned_data)

    def _found(self, events, asked):
        """The events that fit cleaned values."""
        for name, value in asked.items():
            events = self.filters[name].filter(events, value)
        if participants := asked["participant"]:
            parts = Involvement.objects.of(participants)
            return events.with_parts(parts.in_roles(asked["role"]) if asked["role"] else parts)
        return events.with_parts(Involvement.objects.in_roles(asked["role"])) if asked["role"] else events

    def _without(self, name):
        return self._found(self.queryset, self.form.cleaned_data | {name: None})

    def together(self, events, name, value):
        """Participants and roles are asked for in one: `_found` sees to it that one part is both."""
        return events

    def of_or_in(self, events, name, participants):
        """Events in which the participants or their agencies have a part, and those that were held in them."""
        if not participants:
            return events
        parts, places = Involvement.objects.of(participants), Place.objects.filter(country__in=participants)
        return events.filter(pk__in=(parts.events() | places.events()).order_by().values("pk"))

    def _spans(self):
        asked = self.form.cleaned_data
        if asked["year"]:
            yield date(int(asked["year"]), 1, 1), date(int(asked["year"]), 12, 31)
        if asked["since"]:
            yield asked["since"].starts_on, None
        if asked["until"]:
            yield None, asked["until"].ends_on
        if asked["period"] and NO_PERIOD not in asked["period"]:
            spans = [self.periods.span_of(reference) for reference in asked["period"]]
            lasts = [last for _first, last in spans]
            yield min(first for first, _last in spans), None if None in lasts else max(lasts)


class EventListFilterSet(EventFilterSet):
    """The same, in an order and a page at a time, as lists of activities are shown."""

    ORDERS = (("earliest", "Earliest first"), ("latest", "Latest first"), ("title", "By title"))

    sort = By(OrderField, label="Order", choices=ORDERS, method="in_order")
    page = By(PageField, label="Page", method="on_any_page")

    @property
    def order(self):
        """The order that is asked for: `earliest` where none is."""
        return self.form.cleaned_data.get("sort") or "earliest"

    def in_order(self, events, name, order):
        if order == "title":
            return events.by_title()
        return events.latest_first() if order == "latest" else events.earliest_first()

    def on_any_page(self, events, name, number):
        return events
