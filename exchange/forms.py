"""The forms that files are uploaded with."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from records.fields import validate_characters
from records.forms import LineFormField

from . import registry


class UploadForm(forms.Form):
    file = forms.FileField(
        label="File",
        help_text="CSV, a workbook (XLSX or ODS) or JSON. One of the first rows names the columns.",
    )
    reason = LineFormField(
        max_length=300,
        required=False,
        validators=[validate_characters],
        help_text="Why the record is changed, for its history.",
        widget=forms.TextInput(attrs={"size": 80}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        limit = settings.IMPORT_MAX_BYTES
        if file.size > limit:
            raise forms.ValidationError(
                f"The file has {filesizeformat(file.size)}, and {filesizeformat(limit)} are allowed: split it."
            )
        return file


class ImportForm(UploadForm):
    """The upload of a file of any type, or of a workbook with a sheet for each of several."""

    type = forms.ChoiceField(label="What it holds", required=False)
    field_order = ["file", "type", "reason"]

    def __init__(self, *args, types, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [
            ("", "A workbook with a sheet for each type"),
            *((type, registry.resource_of(type).title().capitalize()) for type in types),
        ]


class PublishableForm(forms.ModelForm):
    """The form of what can be published.

    asked  how public the record is to be by the button that was pressed, where it says so; it goes before what is
           chosen, which stays chosen where the form is shown again
    """

    asked = None

    def clean_publication(self):
        publication = self.asked or self.cleaned_data["publication"]
        if publication not in dict(self.fields["publication"].choices):
            raise forms.ValidationError("You have no right to publish.")
        return publication


class DependentForm(forms.ModelForm):
    """The form of what is as public as the records that it belongs to.

    owners       the fields that hold those records
    belongs_to   what people call them
    may_publish  whether whoever fills it in may change what is public
    """

    owners = ()
    belongs_to = ""
    may_publish = False

    def clean(self):
        super().clean()
        if not self.may_publish and self.is_public():
            self.add_error(self.owners[0], f"You have no right to change what belongs to published {self.belongs_to}.")

    def is_public(self):
        """Whether the public sees what is entered."""
        owners = [self.cleaned_data.get(owner) for owner in self.owners]
        return all(owner and owner.is_published for owner in owners)
