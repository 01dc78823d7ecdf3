"""The forms with which editions are composed, edited and issued."""

from django import forms

from records.forms import PartialDateFormField, TypedDateInput

from .models import Edition, Entry, Section


class UntilForm(forms.Form):
    """Up to when an edition reports."""

    until = PartialDateFormField(
        label="Up to", widget=TypedDateInput, help_text="The activities that had begun by then: June 2011, 2011."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)


class IssueForm(forms.Form):
    """When an edition is issued, and whether the public sees it from then on."""

    issued = PartialDateFormField(
        label="Issued", widget=TypedDateInput, help_text="The day that stands on it. It may be a month."
    )
    publish = forms.BooleanField(
        label="Publish it too", required=False, initial=True, help_text="Everybody sees it from then on."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)


class EditionForm(forms.ModelForm):
    class Meta:
        model = Edition
        fields = ["title", "date", "note", "publication"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class SectionForm(forms.ModelForm):
    class Meta:
        model = Section
        fields = ["edition", "number", "heading", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}


class EntryForm(forms.ModelForm):
    """An entry; one whose words are left blank is told in the house form."""

    class Meta:
        model = Entry
        fields = ["edition", "section", "number", "event", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def clean(self):
        super().clean()
        if not self.cleaned_data.get("text") and not self.cleaned_data.get("event"):
            self.add_error("text", "An entry has words, or an activity that it tells of.")
