"""Forms of events and what stands under a name."""

from django import forms

from records.folding import fold

from .models import Place


class UniqueFoldedForm(forms.ModelForm):
    """A form that refuses, beside its field, a name that is taken but for case, spacing, punctuation and accents."""

    def _post_clean(self):
        super()._post_clean()
        name = self.cleaned_data.get("name")
        others = self._meta.model.objects.exclude(pk=self.instance.pk)
        if name and others.filter(folded_name=fold(name)).exists():
            self.add_error("name", f"The name “{name}” is taken.")


class PlaceForm(forms.ModelForm):
    class Meta:
        model = Place
        fields = ["city", "country", "latitude", "longitude"]

    def _post_clean(self):
        super()._post_clean()
        city, country = self.cleaned_data.get("city", ""), self.cleaned_data.get("country")
        others = Place.objects.exclude(pk=self.instance.pk)
        if country and others.filter(country=country, folded_city=fold(city)).exists():
            self.add_error("city", "This place is recorded already.")
