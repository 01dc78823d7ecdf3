"""What a search is asked with: the parameters of its address."""

from django import forms
from django.core.validators import RegexValidator

from . import registry


class SearchForm(forms.Form):
    """`q` is what is looked for, `type` of which sort alone, `page` how far one has read; all else means nothing."""

    q = forms.CharField(required=False, strip=True)
    type = forms.CharField(required=False)
    page = forms.CharField(
        required=False, validators=[RegexValidator(r"\A[1-9][0-9]{0,3}\Z", "“%(value)s” is no number of a page.")]
    )

    def clean_type(self):
        type = self.cleaned_data["type"]
        if type and type not in registry.types():
            known = ", ".join(registry.types())
            raise forms.ValidationError(f"“{type[:40]}” is nothing that can be looked for. There are: {known}.")
        return type

    def clean_page(self):
        return int(self.cleaned_data["page"] or 1)

    def clean(self):
        for name in self.fields:
            if len(set(self.data.getlist(name))) > 1:
                self.add_error(name, f"“{name}” stands more than once, and can be asked for once only.")

    @property
    def unknown(self):
        """The names of parameters that mean nothing here."""
        return [name for name in self.data if name not in self.fields]
