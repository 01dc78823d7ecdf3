"""Model fields that every record uses: tidy text, partial dates, and what is derived from them.

Derived columns are filled whenever a record is saved or made in bulk. Writes that name their columns write those alone:
`save(update_fields=…)`, `bulk_update` and `update_conflicts` must name the derived ones too, and `QuerySet.update()`
derives nothing.
"""

import json
import re
from contextlib import suppress

from django.core import checks
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from .dates import LONGEST_TEXT, InvalidDate, PartialDate
from .folding import digest, fold, one_line, tidy
from .forms import LineFormField, PartialDateFormField, ProseFormField
from .lookups import Overlaps, Since, Until

# Neither spreadsheets nor XML hold these, and no database holds all of them.
UNSTORABLE = re.compile(r"[\x00-\x08\x0B\x0C\x0E-\x1F\uD800-\uDFFF]")


def validate_characters(text):
    """Raise ValidationError for control characters other than tabs and line breaks."""
    if match := UNSTORABLE.search(text):
        raise ValidationError(
            "There is an invisible control character (U+%(code)s) after “%(before)s”: take it out.",
            code="control_character",
            params={"code": f"{ord(match[0]):04X}", "before": text[max(0, match.start() - 20) : match.start()]},
        )


class LineField(models.CharField):
    """One line of text, stored tidily however it is saved: line breaks become spaces, edges are trimmed."""

    default_validators = [validate_characters]

    def to_python(self, value):
        value = super().to_python(value)
        return one_line(value) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LineFormField, **kwargs})


class ProseField(models.TextField):
    """Text of any number of lines, stored tidily however it is saved: line breaks are LF, edges are trimmed."""

    default_validators = [validate_characters]

    def to_python(self, value):
        value = super().to_python(value)
        return tidy(value) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": ProseFormField, **kwargs})


def read_date(value):
    """The PartialDate that a text, a date, a year or None (undated) means. Raises InvalidDate."""
    return value if isinstance(value, PartialDate) else PartialDate.parse("" if value is None else str(value))


def text_of(row):
    """The text that a row is kept as."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


class RowField(models.TextField):
    """A row, {column: cell}, or null. It is kept as text: its members stay in their order on every database."""

    def from_db_value(self, value, expression, connection):
        return value if value is None else json.loads(value)

    def to_python(self, value):
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        return value if value is None else text_of(value)


class WebAddressField(models.URLField):
    """An address on the web; what a form gets without a scheme is taken for https."""

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class PartialDateAttribute(DeferredAttribute):
    """Makes what is assigned a PartialDate and keeps the derived dates in step.

    A text that is no date stays as it is, for cleaning or saving to refuse.
    """

    def __set__(self, instance, value):
        with suppress(InvalidDate):
            value = read_date(value)
        instance.__dict__[self.field.attname] = value
        self.field.derive(instance, value)


class PartialDateField(models.CharField):
    """A PartialDate; blank where undated. Texts that are assigned or looked up may be as people type them.

    `starts` and `ends` name the DateFields (null allowed, not editable) that take its first and last day; the lookups
    `overlaps`, `since` and `until` need them. Declared above it, they are right from the moment of assignment on;
    declared below it, in a new record, from cleaning or saving on.
    """

    descriptor_class = PartialDateAttribute

    def __init__(self, *args, starts=None, ends=None, **kwargs):
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)
        self.starts, self.ends = starts, ends

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        options = {"starts": self.starts, "ends": self.ends}
        return name, path, args, kwargs | {option: field for option, field in options.items() if field}

    def check(self, **kwargs):
        return super().check(**kwargs) + [error for name in (self.starts, self.ends) for error in self._check(name)]

    def _check(self, derived):
        with suppress(FieldDoesNotExist):
            if derived is None or isinstance(self.model._meta.get_field(derived), models.DateField):
                return []
        return [checks.Error(f"“{derived}” is not a DateField of the model.", obj=self, id="records.E001")]

    def from_db_value(self, value, expression, connection):
        return value if value is None else PartialDate.parse(value)

    def to_python(self, value):
        try:
            return read_date(value)
        except InvalidDate as error:
            raise ValidationError(str(error), code="invalid") from None

    def get_prep_value(self, value):
        """What is looked up: a part of a date, as in `startswith`, stays as it is."""
        with suppress(InvalidDate):
            value = read_date(value)
        return str(value)

    def get_db_prep_save(self, value, connection):
        """What is saved. Raises InvalidDate for what is none."""
        return super().get_db_prep_save(value if hasattr(value, "as_sql") else read_date(value), connection)

    def pre_save(self, model_instance, add):
        value = read_date(super().pre_save(model_instance, add))
        self.derive(model_instance, value)
        return value

    def derive(self, instance, value):
        """Give the instance the first and the last day of the value."""
        if self.starts:
            setattr(instance, self.starts, getattr(value, "starts_on", None))
        if self.ends:
            setattr(instance, self.ends, getattr(value, "ends_on", None))

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PartialDateFormField, "max_length": LONGEST_TEXT, **kwargs})


for lookup in (Overlaps, Since, Until):
    PartialDateField.register_lookup(lookup)


class DerivedField(models.CharField):
    """Base of text that is derived from other attributes of its record and never entered."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"editable": False})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"]
        return name, path, args, kwargs

    def derive(self, instance):
        raise NotImplementedError

    def pre_save(self, model_instance, add):
        setattr(model_instance, self.attname, self.derive(model_instance))
        return super().pre_save(model_instance, add)

    def clean(self, value, model_instance):
        """Whatever stands there: checks of what is unique then see what will be saved."""
        return self.derive(model_instance)


class FoldedField(DerivedField):
    """The folded text of the attribute `source`."""

    def __init__(self, *args, source, **kwargs):
        super().__init__(*args, **kwargs)
        self.source = source

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source}

    def derive(self, instance):
        return fold(getattr(instance, self.source) or "")


class IdentityField(DerivedField):
    """A digest of the attributes `sources`, folded: the same for records with the same natural identity."""

    def __init__(self, *sources, **kwargs):
        super().__init__(**{"db_index": True} | kwargs | {"max_length": 32})
        self.sources = sources

    def deconstruct(self):
        name, path, _, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, list(self.sources), kwargs

    def derive(self, instance):
        return digest(*(getattr(instance, source) for source in self.sources))
