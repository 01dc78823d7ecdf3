"""Forms of those that have names, and of memberships."""

from django import forms
from django.core.exceptions import ValidationError

from exchange.cells import join, parts_of
from exchange.inlines import InlineForm, InlineFormSet
from records.chains import goes_round
from records.folding import fold

from .models import Agency, Body, Country, Name
from .names import (
    answers_to,
    further,
    in_use,
    other_names,
    owner_of,
    saved_names,
    short_form,
    spoken,
    taken,
    used,
    with_former,
)


class NamedForm(forms.ModelForm):
    """A form with all further names of a participant or body. A rename keeps the old name.

    After validation `others` are the further names that are to be saved.

    known_by  the fields beside `further_names` under which one is known
    chains    the fields that point to others of the same kind, and may not go round in a circle
    """

    further_names = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        required=False,
        help_text="All other names that lead here, separated with semicolons or one a line.",
    )
    known_by = ()
    chains = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.former = []
        if self.instance.pk:
            self.initial["further_names"] = further_names(self.instance)
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
        self.refuse_taken(answers)
        self.refuse_going(answers)
        self.refuse_circles()

    def refuse_taken(self, answers):
        """Refuse, beside its field, each name that somebody else answers to."""
        own = [name.pk for name in saved_names(self.instance).values()]
        for name in Name.objects.filter(folded__in=answers).exclude(pk__in=own).select_related("participant", "body"):
            text = answers[name.folded][0]
            field = next((field for field in self.known_by if self.cleaned_data.get(field) == text), "further_names")
            self.add_error(field, taken(text, name.participant or name.body))

    def refuse_going(self, answers):
        """Refuse that a name goes, or is left as a code alone, while it stands as recorded."""
        kept = spoken(answers)
        going = {name.pk: name.text for folded, name in saved_names(self.instance).items() if folded not in kept}
        for pk in in_use(going):
            self.add_error("further_names", used(going[pk]))

    def refuse_circles(self):
        for chain in self.chains:
            if goes_round(self.instance, lambda each, chain=chain: filter(None, [getattr(each, chain)])):
                self.add_error(chain, f"This would go round in a circle: nothing is its own {chain}, step by step.")


def further_names(owner):
    """The further names of a participant or body as one text."""
    return join(other_names(owner))


class CountryForm(NamedForm):
    known_by = ("name", "alpha2", "alpha3")

    class Meta:
        model = Country
        fields = ["alpha2", "name", "alpha3", "region", "administration"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "alpha2" in self.fields:
            self.fields["alpha2"].required = True


class AgencyForm(NamedForm):
    known_by = ("name", "acronym", "slug")
    chains = ("parent",)

    class Meta:
        model = Agency
        fields = ["name", "slug", "acronym", "kind", "parent", "country", "url"]
        error_messages = {
            "parent": {"invalid_choice": "The parent is no agency; of a country’s agency, say the country below."}
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = True
        if "kind" in self.fields:
            self.fields["kind"].choices = [choice for choice in self.fields["kind"].choices if choice[0] != "country"]


class BodyForm(NamedForm):
    known_by = ("name", "short_name", "slug")
    chains = ("parent", "predecessor")

    class Meta:
        model = Body
        fields = ["name", "slug", "short_name", "remit", "began", "ended", "parent", "predecessor"]


class NameForm(forms.ModelForm):
    """One more name of somebody known.

    may_name  whether whoever fills it in may add names to an owner
    """

    may_name = None

    class Meta:
        model = Name
        fields = ["text", "participant", "body"]
        labels = {"text": "Name", "participant": "Country or agency", "body": "Or body"}
        help_texts = {
            "text": "As sources write it, such as ROK. Fields and files understand it from then on.",
            "participant": "Whom it leads to. Find them by any name they have already.",
            "body": "Where it is the name of a body instead.",
        }

    def clean(self):
        super().clean()
        participant, body = self.cleaned_data.get("participant"), self.cleaned_data.get("body")
        if not self.errors and bool(participant) == bool(body):
            self.add_error("participant", "Say whose name it is: one country or agency, or one body.")

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        if not self.may_name(owner_of(self.instance)):
            self.add_error("text", "You have no right to change names of this owner.")
        known = Name.objects.filter(folded=fold(self.instance.text)).select_related("participant", "body").first()
        if known:
            self.add_error("text", taken(known.text, owner_of(known)))


class MembershipForm(InlineForm):
    """One of several memberships, which are compared as they will stand together: its form set does it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.clean = self.instance.check_alone


class MembershipFormSet(InlineFormSet):
    """All memberships of a body or of a participant."""

    def clean(self):
        super().clean()
        standing = [form for form in self.initial_forms if not form.has_changed()]
        for form in self.forms:
            if form.has_changed() and form.is_valid() and not self._should_delete_form(form):
                self.compare(form, standing)
                standing.append(form)

    def compare(self, form, others):
        """Refuse, beside its fields, a membership that overlaps one of the same member and body in other forms."""
        same = [each.instance for each in others if pair(each.instance) == pair(form.instance)]
        try:
            form.instance.check_among(same)
        except ValidationError as error:
            form.add_error(None, error)


def pair(membership):
    return membership.body_id, membership.member_id
