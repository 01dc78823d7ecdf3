"""The parameters of an address that say which records a list shows: what each takes, and what is said of them."""

from functools import cached_property
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

MOST_WORDS = 8
NOT_ONCE = "“%(name)s” stands more than once, and can be asked for once only."


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
    """Any number of values out of those that are known: `choices` are pairs of a value and what people call it.

    `noun` is what messages call a value, `read` what is done to it first.
    """

    def __init__(self, *, noun, choices=(), read=str, **kwargs):
        super().__init__(**kwargs)
        self.noun, self.choices, self.read = noun, list(choices), read

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
        return dict(self.choices).get(self.read(text))


class WordsField(forms.CharField):
    def validate(self, value):
        super().validate(value)
        if len(value.split()) > MOST_WORDS:
            raise ValidationError(f"Ask for {MOST_WORDS} words at most.", code="words")


class PageField(forms.CharField):
    default_validators = [RegexValidator(r"\A[0-9]{1,9}\Z", "“%(value)s” is no number of a page.")]


def given(data, name):
    """The texts that a parameter has in an address, each once, blank ones left out."""
    return [text for text in dict.fromkeys(data.getlist(name)) if text.strip()]


def optional(field_class, label, **kwargs):
    return field_class(label=label, required=False, **kwargs)


# --- Filters ----------------------------------------------------------------------------------------------------------


class ActiveFilter(NamedTuple):
    """A value that is filtered by: its parameter's label, the value in words, and the query without it."""

    label: str
    words: str
    query_without: str


class FilterForm(forms.Form):
    """The parameters of a list. Those of one value are refused where they stand twice."""

    def clean(self):
        for name, field in self.fields.items():
            if not getattr(field, "several", False) and len(given(self.data, name)) > 1:
                self.add_error(name, ValidationError(NOT_ONCE, code="twice", params={"name": name}))


class AddressFilterSet:
    """Records filtered by the parameters of an address. What is malformed finds nothing; what is unknown is ignored.

    data      the parameters, as a QueryDict
    queryset  what is filtered, in the order in which it is wanted
    """

    form_class = FilterForm
    # Parameters that say how a list is shown, not what is on it.
    showing = ("sort", "page")

    def __init__(self, data, queryset):
        self.data, self.queryset = data, queryset

    @cached_property
    def form(self):
        return self.form_class(self.data)

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
        return self.filtered() if self.in_use else self.queryset

    def filtered(self):
        """The query set, filtered by what is asked for."""
        raise NotImplementedError

    @cached_property
    def understood(self):
        """What is filtered by and well-formed, cleaned: {parameter: value}."""
        self.is_valid()
        return {name: self.form.cleaned_data[name] for name in self.in_use if name in self.form.cleaned_data}

    @property
    def asked(self):
        """What is filtered by, cleaned: {parameter: value}; nothing where any of it is malformed."""
        return self.understood if self.is_valid() else {}

    @property
    def page_number(self):
        return int(self.form.cleaned_data["page"] or 1) if self.is_valid() else 1

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
    def query(self):
        """The parameters that filter, as an address has them."""
        chosen = self.data.copy()
        for name in list(chosen):
            if name not in self.form.fields or name in self.showing or not given(chosen, name):
                del chosen[name]
        return chosen.urlencode()

    def query_without(self, name, *texts):
        """The query of the address without some values of a parameter, from the first page on."""
        remaining = self.data.copy()
        remaining.setlist(name, [other for other in given(remaining, name) if other not in texts])
        remaining.pop("page", None)
        return remaining.urlencode()

    def _words(self, name, text):
        words_of = getattr(self.form.fields[name], "words_of", str)
        return words_of(text)
