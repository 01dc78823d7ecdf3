"""The form that a file is uploaded with."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from records.fields import validate_characters
from records.forms import LineFormField


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
