"""The form that a file is uploaded with."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat


class UploadForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        help_text="UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs; the first row names the columns.",
    )
    reason = forms.CharField(
        max_length=300, required=False, help_text="Why the record is changed, for its history.", label="Reason"
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        limit = settings.IMPORT_MAX_BYTES
        if file.size > limit:
            raise forms.ValidationError(
                f"The file has {filesizeformat(file.size)}, and {filesizeformat(limit)} are allowed: split it."
            )
        return file
