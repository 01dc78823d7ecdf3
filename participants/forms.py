"""Forms of those that have names."""

from django import forms
from django.core.exceptions import ValidationError

from exchange.cells import join, parts_of
from records.chains import goes_round

from .models import Agency, Body, Country, Name
from .names import answers_to, further, refuse_taken, saved_names, short_form, with_former


class NamedForm(forms.ModelForm):
    """A form with all further names of a participant or body. A rename keeps the old name.

    After validation `others` are the further names that are to be saved.
    """

    further_names = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        required=False,
        help_text="All other names that lead here, separated with semicolons or one a line.",
    )
    chains = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.former = []
        if self.instance.pk:
            names = saved_names(self.instance).values()
            self.initial["further_names"] = join(name.text for name in names if name.kind == Name.Kind.OTHER)
            self.former = [self.instance.name, short_form(self.instance)]

    def clean_further_names(self):
        texts = parts_of(self.cleaned_data["further_names"].replace("\n", ";"))
        return [Name._meta.get_field("text").clean(text, None) for text in texts]

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        owner = self.instance
        others = with_former(self.cleaned_data["further_names"], self.former, [owner.name, short_form(owner)])
        answers = answers_to(owner, others)
        self.others = further(answers)
        try:
            refuse_taken(owner, answers)
        except ValidationError as error:
            self.add_error("further_names", error)
        for chain in self.chains:
            if owner.pk and goes_round(owner, lambda each, chain=chain: filter(None, [getattr(each, chain)])):
                self.add_error(chain, f"This would go round in a circle: nothing is its own {chain}, step by step.")


class CountryForm(NamedForm):
    class Meta:
        model = Country
        fields = ["alpha2", "name", "alpha3", "region", "administration"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "alpha2" in self.fields:
            self.fields["alpha2"].required = True


class AgencyForm(NamedForm):
    chains = ("parent",)

    class Meta:
        model = Agency
        fields = ["name", "slug", "acronym", "kind", "parent", "country", "url"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = True
        if "kind" in self.fields:
            self.fields["kind"].choices = [choice for choice in self.fields["kind"].choices if choice[0] != "country"]


class BodyForm(NamedForm):
    chains = ("parent", "predecessor")

    class Meta:
        model = Body
        fields = ["name", "slug", "short_name", "remit", "began", "ended", "parent", "predecessor"]
