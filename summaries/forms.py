"""Forms of the review: the file that is read, and the columns of an entry as somebody corrects them."""

from django import forms

from events.models import Event
from events.resources import EventResource
from exchange.cells import ChoiceCell, DateCell
from exchange.forms import UploadForm
from exchange.problems import CellError
from exchange.sessions import Session
from records.dates import PartialDate
from records.folding import tidy
from records.forms import LineFormField, PartialDateFormField, ProseFormField, TypedDateInput

from .extraction import SUFFIXES

# What an entry never says: its key is that of the activity that is chosen, and what is accepted is a draft.
UNASKED = frozenset(["reference", "publication"])
PROSE = frozenset(["description", "sources", "note"])
NEW = "new"


class SummaryForm(UploadForm):
    """A file that holds a summary."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.fields["file"].help_text = "Word (.docx), a web page, a PDF with text, plain text or Markdown."
        self.fields["file"].widget.attrs["accept"] = ",".join(SUFFIXES)


class CorrectionForm(forms.Form):
    """The columns of an entry in the language of cells; `row` is what they say once the form is valid.

    A name that nothing knows yet is no error: it stays a doubt, which is decided beside it.
    """

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.resource = EventResource(Session())
        self.columns = {name: column for name, column in self.resource.columns.items() if name not in UNASKED}
        for name, column in self.columns.items():
            self.fields[name] = field_of(column)
            self.initial[name] = PartialDate.parse(row[name]) if name == "when" and row.get(name) else row.get(name)

    def clean(self):
        cleaned = super().clean()
        self.row = {name: str(cleaned.get(name) or "") for name in self.columns}
        for name in self.columns.keys() - self.errors.keys():
            self.refuse_unreadable(name)
        return cleaned

    def refuse_unreadable(self, name):
        column, cell = self.columns[name], self.row[name]
        if not cell and not column.required:
            return
        try:
            column.read(tidy(cell))
        except CellError as error:
            for message, _value, nearest, sought in error.faults:
                if not sought:
                    self.add_error(name, f"{message} Nearest: {', '.join(nearest)}." if nearest else message)


def field_of(column):
    """The field that a column is corrected in."""
    options = {"required": column.required, "help_text": column.help, "label": column.name.replace("_", " ")}
    if isinstance(column.widget, DateCell):
        return PartialDateFormField(widget=TypedDateInput, **options)
    if isinstance(column.widget, ChoiceCell):
        choices = Event._meta.get_field(column.name).choices
        return forms.ChoiceField(choices=[("", "not said"), *choices], **options)
    return (ProseFormField if column.name in PROSE else LineFormField)(**options)
