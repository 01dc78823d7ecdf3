"""How outcomes are filtered: one set of parameters, for their page and their data."""

from functools import cached_property

from django.http import QueryDict

from participants.models import Body
from records.models import reference_validator

from .models import Outcome
from .parameters import AddressFilterSet, FilterForm, KnownField, PageField, SeveralField, WordsField, given, optional

# The values that stand for every status, and for outcomes that are addressed to no body.
ANY, NOBODY = "any", "none"
# What the page shows where nothing is asked for, and where nothing is left of what was asked for.
WAITING = f"kind={Outcome.Kind.RECOMMENDATION}&status={Outcome.Status.OPEN}"
ALL = f"status={ANY}"


class OutcomeFilterForm(FilterForm):
    """The parameters that say which outcomes are found."""

    reference = optional(SeveralField, "Reference", validators=[reference_validator])
    q = optional(WordsField, "Words")
    kind = optional(KnownField, "Kind", noun="kind", choices=Outcome.Kind.choices)
    status = optional(KnownField, "Status", noun="status", choices=[*Outcome.Status.choices, (ANY, "Any")])
    body = optional(KnownField, "Addressed to", noun="body")

    def __init__(self, data):
        super().__init__(data)
        bodies = Body.objects.order_by("name").values_list("slug", "name")
        self.fields["body"].choices = [*bodies, (NOBODY, "No body")]


class OutcomeListForm(OutcomeFilterForm):
    """The same, a page at a time."""

    page = optional(PageField, "Page")


class OutcomeFilterSet(AddressFilterSet):
    """Outcomes filtered by the parameters of an address."""

    form_class = OutcomeFilterForm
    showing = ("page",)

    def filtered(self):
        found = self.queryset
        if references := self.asked.get("reference"):
            found = found.filter(reference__in=references)
        if words := self.asked.get("q"):
            found = found.search(words)
        if kinds := self.asked.get("kind"):
            found = found.filter(kind__in=kinds)
        if statuses := self.asked.get("status"):
            found = found.filter(status__in=statuses)
        if slugs := self.asked.get("body"):
            found = found.addressed_to(set(slugs) - {NOBODY}, nobody=NOBODY in slugs)
        return found

    @cached_property
    def in_use(self):
        """All outcomes are not filtered by a status."""
        return [name for name in super().in_use if name != "status" or ANY not in self.data.getlist("status")]


class OutcomeListFilterSet(OutcomeFilterSet):
    """The same, a page at a time: open recommendations, where nothing else is asked for."""

    form_class = OutcomeListForm

    def __init__(self, data, queryset):
        if not any(given(data, name) for name in OutcomeFilterForm.base_fields):
            data = data.copy()
            data.update(QueryDict(WAITING))
        super().__init__(data, queryset)

    @property
    def address(self):
        """Its query as the address of the page has it: none for what it shows unasked."""
        return "" if self.query == WAITING else self.query

    @property
    def shows(self):
        """Which of the lists that the page leads to it is, by their queries; blank for another."""
        return self.query if self.query in (WAITING, ALL) else ""

    def query_without(self, name, *texts):
        return super().query_without(name, *texts) or ALL
