"""Forms of documents and their files: one with its next file, and many files at once."""

from datetime import timedelta

from django import forms
from django.core import signing

from events.forms import Unasked
from exchange.forms import PublishableForm
from exchange.problems import UnreadableFile

from .intake import Taken, known_as, refuse_same, take_in
from .kinds import SUFFIXES
from .models import Document, DocumentVersion

ACCEPT = ",".join(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)
MOST = 20
SALT = "library.files"
KEPT = timedelta(hours=12)  # for which a file that was let in waits for the rest of the form; it is not swept before


class DocumentForm(PublishableForm):
    """The form of a document, with which its next version can come; `taken` is that file, once it was let in."""

    file = forms.FileField(
        required=False,
        label="A new version",
        help_text="PDF, DOCX, XLSX, PPTX, ODT, TXT, CSV, PNG or JPEG. The files that are here stay.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        max_length=None,
    )
    taken = None

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload:
            try:
                self.taken = take_in(upload)
                refuse_same(self.instance, self.taken)
            except UnreadableFile as error:
                raise forms.ValidationError(str(error)) from None
        return upload


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Files that are sent together, each refused only where it has no name; the value is a list."""

    widget = ManyFilesInput(attrs={"accept": ACCEPT})

    def clean(self, data, initial=None):
        return data if isinstance(data, list) else [data] if data else []


class FilesForm(forms.ModelForm):
    """Many files, each to become a draft document of its own, and what they have in common.

    Files that were let in are kept while others are refused, so that they need not be sent again; `taken` has them.
    `again` is asked where some are in the record already.
    """

    files = ManyFilesField(
        required=False,
        label="Files",
        help_text=f"Up to {MOST} at once: PDF, DOCX, XLSX, PPTX, ODT, TXT, CSV, PNG or JPEG. Each becomes a draft, "
        "whose title is made of the name of its file.",
    )
    kept = forms.CharField(required=False, widget=Unasked)
    again = forms.BooleanField(required=False, label="Add those all the same", widget=Unasked)
    field_order = ["files", "kept", "again"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.taken = []

    def clean(self):
        super().clean()
        uploads = self.cleaned_data.get("files", [])
        self.taken = self.kept_before()
        if len(uploads) + len(self.taken) > MOST:
            self.add_error("files", f"These are {len(uploads) + len(self.taken)} files, and {MOST} are taken at once.")
            return
        for upload in uploads:
            self.take(upload)
        self.data = self.data.copy()
        self.data["kept"] = signing.dumps([list(each) for each in self.taken], salt=SALT)
        if not self.taken and not self.errors:
            self.add_error("files", "Choose the files.")
        self.point_out()

    def kept_before(self):
        """The files that were let in when the form was sent before."""
        kept = self.cleaned_data.get("kept") or ""
        try:
            return [Taken(*each) for each in signing.loads(kept, salt=SALT, max_age=KEPT)]
        except signing.BadSignature:
            return []

    def take(self, upload):
        try:
            taken = take_in(upload)
        except UnreadableFile as error:
            self.add_error("files", f"{upload.name}: {error}")
            return
        if any(each.sha256 == taken.sha256 for each in self.taken):
            self.add_error("files", f"{taken.name}: this file was chosen twice.")
        else:
            self.taken.append(taken)

    def point_out(self):
        """Say which files are in the record already, until it is said that they are to be added all the same."""
        known = known_as(each.sha256 for each in self.taken)
        if not known or self.cleaned_data.get("again"):
            return
        self.fields["again"].widget = forms.CheckboxInput()
        for taken in self.taken:
            for document in known.get(taken.sha256, [])[:1]:
                self.add_error("again", f"{taken.name} is in the record already, as a file of {document}.")

    def documents(self):
        """The documents to be made, not yet saved: pairs of a document and its file."""
        common = {name: self.cleaned_data[name] for name in self._meta.fields}
        return [(Document(title=taken.title, **common), taken) for taken in self.taken]


class VersionForm(forms.ModelForm):
    """The form of a version, of which little may be mended."""

    class Meta:
        model = DocumentVersion
        fields = ["name", "added"]
