"""Form fields for text and partial dates as the record stores them."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from .dates import InvalidDate, PartialDate
from .folding import one_line, tidy
from .meanings import meaning


class LineFormField(forms.CharField):
    """One line of text, tidied."""

    def to_python(self, value):
        return one_line(super().to_python(value))


class ProseFormField(forms.CharField):
    """Text of any number of lines, tidied: browsers send CRLF, which would count twice against a limit."""

    widget = forms.Textarea

    def to_python(self, value):
        return tidy(super().to_python(value))


class TypedDateInput(forms.TextInput):
    """Repeats back beneath it what it holds is understood as; office.js does so while somebody types."""

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        return format_html(
            '{}<output class="understood" for="{}" data-understood="{}">{}</output>',
            field,
            (attrs or {}).get("id", ""),
            reverse("admin:understood"),
            self.understood(value),
        )

    def understood(self, value):
        try:
            text = meaning(value or "")
        except InvalidDate:  # which is said beside the field
            return ""
        return f"Understood as: {text}" if text else ""


class PartialDateFormField(forms.CharField):
    """A partial date as people type it; shows what is stored as people write it. Gives a PartialDate."""

    def __init__(self, **kwargs):
        kwargs["help_text"] = kwargs.get("help_text") or (
            "As far as it is known: 2002, September 2002, 26–28 February 2002, spring 2004, about 2004. "
            "Blank where nothing is known."
        )
        super().__init__(**kwargs)

    def to_python(self, value):
        try:
            return PartialDate.parse(super().to_python(value))
        except InvalidDate as error:
            raise ValidationError(str(error), code="invalid") from None

    def prepare_value(self, value):
        return value.display() if isinstance(value, PartialDate) else value
