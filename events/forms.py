"""Forms of events' places, headings, links and outcomes."""

from django import forms

from records.folding import fold

from .models import EventLink, Outcome, Place


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


class DependentForm(forms.ModelForm):
    """The form of what is as public as its events.

    owners       the fields that hold those events
    may_publish  whether whoever fills it in may change what is public
    """

    owners = ()
    may_publish = False

    def clean(self):
        super().clean()
        events = [self.cleaned_data.get(owner) for owner in self.owners]
        if not self.may_publish and all(event and event.is_published for event in events):
            self.add_error(self.owners[0], "You have no right to change what belongs to published events.")


class LinkForm(DependentForm):
    owners = ("from_event", "to_event")

    class Meta:
        model = EventLink
        fields = ["from_event", "to_event", "kind"]


class OutcomeForm(DependentForm):
    owners = ("event",)

    class Meta:
        model = Outcome
        fields = ["reference", "event", "kind", "text", "addressed_to", "status", "taken_up_at"]
