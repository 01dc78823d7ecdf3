"""Forms of what the library holds."""

from events.forms import HeadingForm
from exchange.forms import DependentForm, PublishableForm

from .models import ActionItem, ReportedFigure, Review, Uptake


class NamedForm(PublishableForm, HeadingForm):
    """The form of collections and instruments, whose names no two share."""


class UptakeForm(DependentForm):
    belongs_to = "instruments"
    owners = ("instrument",)

    class Meta:
        model = Uptake
        fields = ["instrument", "country", "status", "as_of", "source"]


class FigureForm(DependentForm):
    belongs_to = "instruments"
    owners = ("instrument", "event")

    class Meta:
        model = ReportedFigure
        fields = ["instrument", "event", "status", "count", "remark"]


class ItemForm(DependentForm):
    belongs_to = "plans of action"
    owners = ("plan",)

    class Meta:
        model = ActionItem
        fields = ["reference", "plan", "number", "text", "leads", "body", "due", "added", "dropped"]


class ReviewForm(DependentForm):
    belongs_to = "plans of action"
    owners = ("plan", "event")

    class Meta:
        model = Review
        fields = ["reference", "plan", "item", "event", "as_of", "status", "finding"]

    def is_public(self):
        """A review that no event made is as public as its plan."""
        plan, event = self.cleaned_data.get("plan"), self.cleaned_data.get("event")
        return bool(plan and plan.is_published and (event is None or event.is_published))
