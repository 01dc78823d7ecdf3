"""Inlines of the admin: records that are entered on the form of the one that they belong to."""

from functools import cached_property

from django import forms
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.forms.models import BaseInlineFormSet

from records.fields import PartialDateField
from records.forms import TypedDateInput

# No primary key has more digits; what has is no key.
LONGEST_KEY = 18


def is_key(text):
    """Whether a text that was sent can be a primary key."""
    return text.isdecimal() and len(text) <= LONGEST_KEY


class KeysAlone:
    """Mixed into a field with suggestions: what was sent or stands in an address and can be no key selects nothing."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [each for each in value if is_key(each)], attr)


class ManySelect(KeysAlone, AutocompleteSelectMultiple):
    """A field with suggestions that takes several."""


class KnownManySelect(ManySelect):
    """The same, which need not ask the database for what is selected in it: `known`, {key: record}."""

    known = {}

    def optgroups(self, name, value, attr=None):
        if not value or any(key not in self.known for key in value):
            return super().optgroups(name, value, attr)
        label_of = self.choices.field.label_from_instance
        options = [(self.known[key].pk, label_of(self.known[key]), True) for key in value]
        return [(None, [self.create_option(name, *option, index) for index, option in enumerate(options)], 0)]


class ManyChoiceField(forms.ModelMultipleChoiceField):
    """A choice of several, of which each has to be a key before the database is asked for it."""

    def _check_values(self, value):
        for key in value if isinstance(value, list | tuple) else ():
            if not is_key(str(key)):
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key}
                )
        return super()._check_values(value)


class KnownSelect(KeysAlone, AutocompleteSelect):
    """A field with suggestions that need not ask the database for what is selected in it: `known`, {key: record}."""

    known = {}

    def build_attrs(self, base_attrs, extra_attrs=None):
        """Without `required`, which wants an empty option: what is left out is refused when it is sent."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.pop("required", None)
        return attrs

    def create_option(self, name, value, label, *args, **kwargs):
        return super().create_option(name, value, label or "–", *args, **kwargs)

    def optgroups(self, name, value, attr=None):
        if len(value) != 1 or value[0] not in self.known:
            return super().optgroups(name, value, attr)
        record = self.known[value[0]]
        choices = [] if self.is_required else [("", "", False)]
        choices.append((record.pk, self.choices.field.label_from_instance(record), True))
        options = [self.create_option(name, *choice, index) for index, choice in enumerate(choices)]
        return [(None, options, 0)]


class KnownChoiceField(forms.ModelChoiceField):
    """A choice that need not ask the database for what is chosen: `known`, {key: record}, holds what may be."""

    known = {}

    def to_python(self, value):
        return self.known.get(str(value)) or super().to_python(value)


class InlineForm(forms.ModelForm):
    """One record of an inline."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)


class InlineFormSet(BaseInlineFormSet):
    """The records of an inline, read with what they point to: as many queries for many as for one.

    What is entered twice is refused in the words of the model's constraint.
    """

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            # What Django wraps around a field has the attributes of another form's.
            widget = getattr(field.widget, "widget", field.widget)
            # The headings of columns name fields for the eye alone.
            if not widget.is_hidden:
                widget.attrs.setdefault("aria-label", str(field.label or name).capitalize())
            if isinstance(widget, KnownSelect):
                widget.known = field.known = self.known(name, field, form.instance)
            if isinstance(widget, KnownManySelect) and not self.is_bound and form.instance.pk:
                widget.known = {str(record.pk): record for record in getattr(form.instance, name).all()}

    def known(self, name, field, record):
        """What a field of a form can show without a query: what the record points to, and all that was sent."""
        if not self.is_bound:
            pointed_to = getattr(record, name) if record.pk else None
            return {str(pointed_to.pk): pointed_to} if pointed_to else {}
        if name not in self.sent:
            self.sent[name] = self.chosen(name, field.queryset)
        return self.sent[name]

    @cached_property
    def sent(self):
        """What was chosen in the forms that were sent: {name of the field: {key: record}}."""
        return {}

    def chosen(self, name, records):
        keys = {self.data.get(f"{self.prefix}-{number}-{name}", "") for number in range(self.total_form_count())}
        keys = set(filter(is_key, keys))
        return {str(record.pk): record for record in records.filter(pk__in=keys)} if keys else {}

    def get_unique_error_message(self, unique_check):
        constraints = (each for each in self.model._meta.constraints if getattr(each, "fields", ()) == unique_check)
        constraint = next(constraints, None)
        return (
            constraint.get_violation_error_message() if constraint else super().get_unique_error_message(unique_check)
        )

    def get_form_error(self):
        return "This stands above already."


class Plain:
    """Mixed into an admin or inline: beside a relation stands the way to add to it, and no way to change or delete."""

    empty_value_display = "none"
    formfield_overrides = {PartialDateField: {"widget": TypedDateInput}}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(field, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs |= {"widget": KnownSelect(db_field, self.admin_site), "form_class": KnownChoiceField}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs = {"widget": ManySelect(db_field, self.admin_site), "form_class": ManyChoiceField} | kwargs
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class RecordInline(Plain):
    """Mixed into an inline: as many queries for many records as for one."""

    form = InlineForm
    formset = InlineFormSet
    extra = 0

    def get_queryset(self, request):
        pointing = [field.name for field in self.model._meta.fields if field.many_to_one]
        listing = [field.name for field in self.model._meta.many_to_many]
        return super().get_queryset(request).select_related(*pointing).prefetch_related(*listing)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownManySelect(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
