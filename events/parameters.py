"""The parameters of an address that say which records a list shows: what each takes, and what is said of them."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import TooManyFieldsSent, ValidationError
from django.core.validators import RegexValidator
from django.db.models import Exists, OuterRef, Q
from django_filters import Filter, FilterSet

from exchange.suggestions import nearest
from participants.models import Name, Participant
from records.folding import fold

from .models import Event

MOST_WORDS = 8
# So many values are more than people ask for at once, and each is said on the page with the address without it.
MOST_VALUES = 100
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


# --- What is asked for ------------------------------------------------------------------------------------------------


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


def refuse_too_many(data):
    """Raise TooManyFieldsSent, whose answer is 400, where an address asks for more at once than people do."""
    if sum(len(values) for _name, values in data.lists()) > MOST_VALUES:
        raise TooManyFieldsSent(f"A list is filtered by {MOST_VALUES} values at most.")


class Parameters:
    """What the parameters of an address, `data`, ask for by a form, and what is said of it.

    What is malformed finds nothing; what is unknown is ignored.
    """

    # Parameters that say how a list is shown, not what is on it.
    showing = ("sort", "page")

    @property
    def page_number(self):
        return int(self.form.cleaned_data.get("page") or 1) if self.is_valid() else 1

    @cached_property
    def unknown(self):
        """The names of parameters that mean nothing here."""
        return [name for name in self.data if name not in self.form.fields and name not in self.showing]

    @cached_property
    def active(self):
        """What is filtered by, whether it is well-formed or not."""
        return [
            ActiveFilter(self.form.fields[name].label, words, self._query_without(name, text))
            for name, of_values in self.words.items()
            for text, words in zip(given(self.data, name), of_values, strict=True)
        ]

    @cached_property
    def words(self):
        """What is filtered by, in words: {parameter: [words of each value]}."""
        self.is_valid()  # names are looked up when the form is cleaned
        return {name: [self._words(name, text) for text in given(self.data, name)] for name in self._in_use}

    @property
    def query(self):
        """The parameters that filter, as an address has them."""
        chosen = set(self._in_use)
        return urlencode([(name, text) for name, of_name in self.data.lists() if name in chosen for text in of_name])

    @cached_property
    def _in_use(self):
        """The parameters that filter, in the order of the form."""
        return [name for name in self.form.fields if name not in self.showing and given(self.data, name)]

    def _words(self, name, text):
        words_of = getattr(self.form.fields[name], "words_of", str)
        return words_of(text)

    def _query_without(self, name, *texts):
        """The query of the address without some values of a parameter, from the first page on."""
        return self._query_with(name, *(text for text in given(self.data, name) if text not in texts))

    def _query_with(self, name, *texts):
        """The query of the address with these values alone of a parameter, from the first page on."""
        values = dict(self.data.lists()) | {name: texts}
        return urlencode([(each, text) for each, of_each in values.items() if each != "page" for text in of_each])


# --- Query sets that are filtered by it -------------------------------------------------------------------------------


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


class AddressFilterSet(Parameters, FilterSet):
    """Records of a query set, filtered by the parameters of an address."""

    @property
    def qs(self):
        return super().qs if self.is_valid() else self.queryset.none()
