"""Inlines of the admin: records that are entered on the form of the one that they belong to."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.forms.models import BaseInlineFormSet


class KnownSelect(AutocompleteSelect):
    """A field with suggestions that knows what is selected in it and need not ask the database."""

    known = None

    def optgroups(self, name, value, attr=None):
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        choices = [] if self.is_required else [("", "", False)]
        choices.append((self.known.pk, self.choices.field.label_from_instance(self.known), True))
        options = [self.create_option(name, *choice, index) for index, choice in enumerate(choices)]
        return [(None, options, 0)]


class InlineForm(forms.ModelForm):
    """One record of an inline, read with what it points to."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnownSelect) and self.instance.pk:
                widget.known = getattr(self.instance, name)


class InlineFormSet(BaseInlineFormSet):
    """The records of an inline. What is entered twice is refused in the words of the model's constraint."""

    def get_unique_error_message(self, unique_check):
        constraints = (each for each in self.model._meta.constraints if getattr(each, "fields", ()) == unique_check)
        constraint = next(constraints, None)
        return (
            constraint.get_violation_error_message() if constraint else super().get_unique_error_message(unique_check)
        )

    def get_form_error(self):
        return "This stands above already."


class RecordInline:
    """Mixed into an inline: as many queries for many records as for one."""

    form = InlineForm
    formset = InlineFormSet
    extra = 0

    def get_queryset(self, request):
        pointing = [field.name for field in self.model._meta.fields if field.many_to_one]
        return super().get_queryset(request).select_related(*pointing)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KnownSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
