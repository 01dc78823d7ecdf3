"""The form that a file is uploaded with."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from records.fields import validate_characters
from records.forms import LineFormField

ZIP = b"PK\x03\x04"


class UploadForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        help_text="UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs; the first row names the columns.",
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
        if file.read(len(ZIP)) == ZIP:
            raise forms.ValidationError("This is a workbook of a spreadsheet. Save it as CSV, and upload that.")
        return file
