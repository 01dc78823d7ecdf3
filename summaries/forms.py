"""Forms of the review: the file that is read, and the columns of an entry as somebody corrects them."""

from django import forms
from django.utils.text import capfirst

from events.forms import words_of
from events.gazetteer import Events
from events.models import Event
from events.resources import EventResource
from events.resources.role import RoleColumn
from exchange.cells import ChoiceCell, DateCell
from exchange.forms import UploadForm
from exchange.problems import CellError
from exchange.sessions import Session
from participants.directory import Countries, Participants
from participants.resources.agency import KINDS
from records.dates import InvalidDate, PartialDate
from records.fields import text_of
from records.forms import LineFormField, PartialDateFormField, ProseFormField, TypedDateInput

from .extraction import SUFFIXES
from .reviewing import BESIDE_THE_ROW

# What an entry never says: its key is that of the activity that is chosen, and what is accepted is a draft.
UNASKED = frozenset(["reference", "publication"])
PROSE = frozenset(["description", "sources", "note"])


class SummaryForm(UploadForm):
    """A file that holds a summary. Nothing of the record is changed yet, so that there is no reason to give."""

    reason = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.fields["file"].help_text = "Word (.docx), a web page, a PDF with text, plain text or Markdown."
        self.fields["file"].widget.attrs["accept"] = ",".join(SUFFIXES)


class CorrectionForm(forms.Form):
    """An entry, column by column in the language of cells; once it is valid, `row` is what it says.

    A name that nothing knows yet is no error, be it of somebody or of a series: `unknown` has those, {name: column}.
    """

    activity = LineFormField(
        required=False,
        max_length=40,
        label="Activity of the record",
        help_text="The reference of the activity that it is, such as E17. Blank: the one most like it, if any is.",
        widget=forms.TextInput(attrs={"list": "activities", "autocomplete": "off"}),
    )
    is_new = forms.BooleanField(
        required=False, label="A new activity", help_text="Whatever others of the record are like it."
    )

    def __init__(self, *args, entry, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.entry = entry
        self.row, self.unknown = {}, {}
        self.session = session = Session()
        self.events = session.resolver(Events)
        self.resource = EventResource(session)
        self.columns = {name: column for name, column in self.resource.columns.items() if name not in UNASKED}
        self.initial["activity"] = entry.proposal.get("reference", "")
        self.initial["is_new"] = entry.proposal.get("reference") == ""
        for name, column in self.columns.items():
            self.fields[name] = field_of(column)
            self.initial[name] = shown(name, entry.proposal.get(name, ""))
        if found := dict(self.found_beside()):
            self.fields["left_out"] = forms.MultipleChoiceField(
                choices=found.items(),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                label="Read, and not to be kept",
            )
        if entry.doubts:
            self.fields["settled"] = forms.MultipleChoiceField(
                choices=[(doubt, capfirst(doubt)) for doubt in entry.doubts],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                label="Doubts that are settled",
            )

    def found_beside(self):
        """What was read beside the columns: pairs of what stands for it and what people read of it."""
        for sort, said in BESIDE_THE_ROW.items():
            for found in getattr(self.entry, sort):
                yield choice_of(sort, found), ": ".join(said(found))

    def kept(self, sort):
        """Those of the outcomes, links, figures or documents that are kept."""
        left_out = self.cleaned_data.get("left_out", [])
        return [found for found in getattr(self.entry, sort) if choice_of(sort, found) not in left_out]

    @property
    def settled_doubts(self):
        return self.cleaned_data.get("settled", [])

    @property
    def says_which(self):
        """Whether it says which activity it is, or that it is a new one."""
        return bool(self.cleaned_data["activity"] or self.cleaned_data["is_new"])

    def clean_activity(self):
        reference = self.cleaned_data["activity"]
        self.events.prepare({reference})
        target = self.events.find(reference) if reference else None
        if reference and target is None:
            raise forms.ValidationError(f"The record has no activity {reference}.")
        return target.code if target else ""

    def clean(self):
        cleaned = super().clean()
        self.row = {name: str(cleaned.get(name) or "") for name in self.columns}
        for name in self.columns.keys() - self.errors.keys():
            for fault in self.faults(name, self.row[name]):
                self.heed(name, *fault)
        self.check_place(self.row["city"], self.row["country"])
        if cleaned.get("activity") and cleaned.get("is_new"):
            self.add_error("is_new", "Name the activity that it is, or say that it is a new one, not both.")
        return cleaned

    def check_place(self, city, country):
        """Refuse a country that nothing knows, and a city that needs its country."""
        try:
            self.resource.place(city, country)
        except CellError as error:
            self.add_error("country" if country else "city", words_of(error))

    def heed(self, name, message, value, nearest, sought):
        """Refuse what cannot be read in a column, but for what can come to be known."""
        if name == "series" or (sought and self.has_names(name)):
            self.unknown[value] = name
        else:
            self.add_error(name, f"{message} Nearest: {', '.join(nearest)}." if nearest else message)

    def faults(self, name, cell):
        """What cannot be read of a column's cell, as a CellError has it."""
        try:
            if cell:
                self.columns[name].read(cell)
        except CellError as error:
            return error.faults
        return []

    def unknown_in(self, row):
        """The names in a row that nothing knows."""
        roles = filter(self.has_names, self.columns)
        faults = (fault for name in roles for fault in self.faults(name, row.get(name, "")))
        return list(dict.fromkeys(value for _message, value, _nearest, sought in faults if sought))

    def has_names(self, name):
        """Whether a column holds names as recorded, which can come to be known."""
        return isinstance(self.columns[name], RoleColumn)


def choice_of(sort, found):
    """What stands for an outcome, a link or a figure in a form, whichever others there are."""
    return f"{sort} {text_of(found)}"


def shown(name, cell):
    """A cell as a form shows it: dates as people write them."""
    try:
        return PartialDate.parse(cell) if name == "when" else cell
    except InvalidDate:
        return cell


def field_of(column):
    """The field that a column is corrected in."""
    options = {
        "required": column.required,
        "help_text": column.help,
        "label": column.name.replace("_", " ").capitalize(),
    }
    if isinstance(column.widget, DateCell):
        return PartialDateFormField(widget=TypedDateInput, **options)
    if isinstance(column.widget, ChoiceCell):
        choices = Event._meta.get_field(column.name).choices
        return forms.ChoiceField(choices=[("", "not said"), *choices], **options)
    return (ProseFormField if column.name in PROSE else LineFormField)(**options)


class NameForm(forms.Form):
    """What becomes of a name that nothing knows: it is somebody known, or a new agency, or stays a doubt."""

    LATER, KNOWN, NEW = "", "known", "new"

    text = forms.CharField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        choices=[(LATER, "Decide later"), (KNOWN, "It is somebody known:"), (NEW, "It is a new agency:")],
        required=False,
        widget=forms.RadioSelect,
    )
    known = LineFormField(
        required=False,
        label="Known as",
        help_text="Any known name or code. The name becomes one more of theirs.",
        widget=forms.TextInput(attrs={"list": "names", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(choices=KINDS, required=False)
    country = LineFormField(
        required=False,
        help_text="Whose agency it is, if of any.",
        widget=forms.TextInput(attrs={"list": "countries", "autocomplete": "off"}),
    )

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.participants, self.countries = session.resolver(Participants), session.resolver(Countries)
        self.owner = None

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") == self.KNOWN:
            self.owner = self.found("known", self.participants)
        elif cleaned.get("decision") == self.NEW and cleaned.get("country"):
            self.owner = self.found("country", self.countries)
        return cleaned

    def found(self, name, resolver):
        """The target that a field names, which is refused where it names none."""
        try:
            return resolver.require(self.cleaned_data.get(name, ""))
        except CellError as error:
            self.add_error(name, words_of(error))


NameForms = forms.formset_factory(NameForm, extra=0)
