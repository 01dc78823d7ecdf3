"""Learning: names that a file was refused for are led to whom they mean, where its plan is shown, for good."""

from hashlib import sha256

from django import forms
from django.core.exceptions import ValidationError

from records.fields import validate_characters
from records.folding import fold
from records.forms import LineFormField

from . import registry
from .problems import CellError
from .recording import recording
from .sessions import Session

# The names at the top stand in the most rows; the others follow once these are known.
SHOWN = 20


class LeadForm(forms.Form):
    """Whom one name means: one of the nearest, or whoever answers to another name that is typed.

    After validation `target` is whom it is to lead to; None where that stays open.
    """

    nearest = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    other = LineFormField(required=False, max_length=200, validators=[validate_characters])

    def __init__(self, *args, name, resolver, **kwargs):
        super().__init__(*args, prefix=prefix_of(name), **kwargs)
        self.name = name
        self.resolver = resolver
        self.target = None
        choices = [(text, resolver.require(text).label) for text in name["nearest"] if resolver.find(text)]
        self.fields["nearest"].choices = [("", "Leave it open"), *choices]
        self.fields["nearest"].initial = ""
        self.fields["other"].widget.attrs |= {
            "list": names_of(resolver.noun),
            "aria-label": f"Somebody else whom {name['text']} means, by any known name",
            "autocomplete": "off",
        }

    def clean(self):
        text = self.cleaned_data.get("other") or self.cleaned_data.get("nearest")
        if text:
            try:
                self.target = self.resolver.require(text)
            except CellError as error:
                raise ValidationError({"other": said(error)}) from None


def prefix_of(name):
    """What the fields of a name's form begin with: the same as long as it is sought, whatever else is."""
    return f"name-{sha256(repr((name['sought'], fold(name['text']))).encode()).hexdigest()[:16]}"


def lead_forms(names, user, data=None):
    """The forms of names that nothing knows, of a preview, as far as whoever looks at them may lead them somewhere."""
    session = Session(user)
    resolvers = {noun: session.resolver(registry.learner_of(noun)) for noun in {name["sought"] for name in names}}
    able = [name for name in names if resolvers[name["sought"]].may_learn()]
    return [LeadForm(data, name=name, resolver=resolvers[name["sought"]]) for name in able[:SHOWN]]


def known_names(leads):
    """What can be typed into the forms: pairs of a list's name in the page and its names."""
    resolvers = {lead.resolver.noun: lead.resolver for lead in leads}
    return [(names_of(noun), resolver.labels()) for noun, resolver in resolvers.items()]


def names_of(noun):
    return f"names-{noun.replace(' ', '-')}"


def learn(leads, user, reason):
    """Let names lead where valid forms say, as one batch; return those that do, in words. None does if one cannot.

    A form whose name cannot is given the error, and nothing is returned.
    """
    led = [lead for lead in leads if lead.target]
    try:
        with recording(by=user, reason=reason) as recorder:
            for lead in led:
                lead.resolver.learn(lead.name["text"], lead.target, recorder)
    except CellError as error:
        lead.add_error("other", said(error))
        return []
    return [f"“{lead.name['text']}” leads to {lead.target.label} from now on." for lead in led]


def said(error):
    """What a CellError says, with the nearest names."""
    message, _value, near, _sought = error.faults[0]
    return f"{message} Nearest: {', '.join(near)}." if near else message
