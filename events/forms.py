"""Forms of events' places, headings, links and outcomes."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from exchange.forms import DependentForm, PublishableForm
from exchange.problems import CellError
from exchange.sessions import Session
from participants.directory import Countries
from records.folding import fold, one_line

from .gazetteer import Places
from .models import EventLink, Involvement, Outcome, Place

NO_COUNTRY = "Say the country too, such as Nadi, Fiji."


class HeadingForm(forms.ModelForm):
    """Refuses, beside its field, a name that is taken but for case, spacing, punctuation and accents."""

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = self._meta.model.objects.exclude(pk=self.instance.pk)
        if others.filter(folded_name=fold(name)).exists():
            raise forms.ValidationError(f"The name “{name}” is taken.")
        return name


class DegreesField(forms.DecimalField):
    """Decimal degrees, with any of the characters that are read as a minus."""

    widget = forms.TextInput

    def to_python(self, value):
        return super().to_python(value.replace("−", "-") if isinstance(value, str) else value)


class PlaceForm(forms.ModelForm):
    class Meta:
        model = Place
        fields = ["city", "country", "latitude", "longitude"]
        field_classes = {"latitude": DegreesField, "longitude": DegreesField}
        widgets = {"latitude": forms.TextInput, "longitude": forms.TextInput}

    def clean(self):
        super().clean()
        self.refuse_half()
        self.refuse_twice()

    def refuse_half(self):
        """Refuse one coordinate without the other, beside the one that is missing."""
        entered = [name for name in ("latitude", "longitude") if self[name].data]
        if len(entered) == 1:
            missing = "longitude" if entered == ["latitude"] else "latitude"
            self.add_error(missing, "A place has both coordinates or none.")

    def refuse_twice(self):
        city, country = self.cleaned_data.get("city"), self.cleaned_data.get("country")
        others = Place.objects.exclude(pk=self.instance.pk)
        if city is not None and country and others.filter(country=country, folded_city=fold(city)).exists():
            self.add_error("city", "This place is recorded already.")


class Unasked(forms.HiddenInput):
    """A question that is not asked, so that it has no label."""

    def id_for_label(self, id_):
        return ""


class EventForm(PublishableForm):
    """The form of an event, on which a place can be made and a list of participants be pasted.

    may_make_places  whether whoever fills it in may add places
    roll             what a pasted list was read as; while there is one, nothing is saved
    """

    may_make_places = False
    roll = None

    new_place = forms.CharField(
        max_length=250,
        required=False,
        label="or a new place",
        help_text="City and country, such as Nadi, Fiji, when the field beside this one does not find it.",
    )
    make_place = forms.BooleanField(required=False, label="Make this place all the same", widget=Unasked)
    pasted = forms.CharField(
        required=False,
        label="paste a list of participants",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as “Australia, ROK, Viet Nam and IOM”. It becomes rows above; what is in doubt stays here.",
    )
    pasted_role = forms.ChoiceField(
        choices=Involvement.Role.choices, initial=Involvement.Role.ATTENDEE, required=False, label="who were there as"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)

    def full_clean(self):
        """While a list is read, say what is in doubt about it and nothing else."""
        super().full_clean()
        if self.roll is not None:
            self._errors = ErrorDict()
            if self.roll.doubts:
                self.add_error("pasted", self.roll.doubts)

    def is_valid(self):
        return super().is_valid() and self.roll is None

    def clean_new_place(self):
        text = one_line(self.cleaned_data["new_place"])
        if text and not self.may_make_places:
            raise ValidationError("You have no right to add places.")
        return text

    def clean(self):
        super().clean()
        text = self.cleaned_data.get("new_place")
        if text and self.cleaned_data.get("place"):
            self.add_error("new_place", "Choose a place or write a new one, not both.")
        elif text:
            self.set_place(text)

    def set_place(self, text):
        """Take the place that a text means, made where it is new, for the event's; it is saved with the event."""
        try:
            self.cleaned_data["place"] = self.read_place(text)
        except (CellError, ValidationError) as error:
            self.add_error("new_place", words_of(error))

    def read_place(self, text):
        """The place that a text means: one of the record, or one that is not saved yet.

        Raises CellError or ValidationError where it means none, or one that is much like a known one.
        """
        session = Session()
        places, countries = session.resolver(Places), session.resolver(Countries)
        city, _, country = (part.strip() for part in text.rpartition(","))
        if not city:
            return self.read_single(country, places, countries)
        country = countries.require(country)
        known = places.of(city, country.pk)
        if known:
            return Place.objects.get(pk=known.pk)
        self.refuse_near(city, places, countries)
        place = Place(city=city, country_id=country.pk)
        place.clean_fields()
        return place

    def read_single(self, text, places, countries):
        """The place of a text without a comma: a country as a whole, or the only city of this name."""
        cities = places.named(text)
        if len(cities) == 1:
            return Place.objects.get(pk=cities[0].pk)
        country = countries.find(text)
        if country is None or cities:
            raise ValidationError(NO_COUNTRY)
        known = places.of("", country.pk)
        return Place.objects.get(pk=known.pk) if known else Place(city="", country_id=country.pk)

    def refuse_near(self, city, places, countries):
        """Refuse a new city that is much like known ones, until it is said that it is to be made all the same."""
        if self.cleaned_data.get("make_place"):
            return
        near = [f"{place.label}, {countries.at(place.details['country']).label}" for place in places.near(city)]
        if near:
            self.fields["make_place"].widget = forms.CheckboxInput()
            raise ValidationError(f"Is it one of these? {'; '.join(near)}. If not, tick the box and save again.")

    def _post_clean(self):
        """A place that is not saved yet cannot be given to the event before it is."""
        place = self.cleaned_data.get("place")
        self.made_place = place if place and place.pk is None else None
        if self.made_place:
            self.cleaned_data["place"] = None
        super()._post_clean()


def words_of(error):
    """What is wrong, in words, with the nearest names where there are some."""
    if isinstance(error, ValidationError):
        return error.messages
    return [
        f"{message} Nearest: {', '.join(nearest)}." if nearest else message
        for message, _value, nearest, *_ in error.faults
    ]


class LinkForm(DependentForm):
    belongs_to = "events"
    owners = ("from_event", "to_event")

    class Meta:
        model = EventLink
        fields = ["from_event", "to_event", "kind"]


class OutcomeForm(DependentForm):
    belongs_to = "events"
    owners = ("event",)

    class Meta:
        model = Outcome
        fields = ["reference", "event", "kind", "text", "addressed_to", "status", "taken_up_at"]
