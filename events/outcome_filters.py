"""How outcomes are filtered: one set of parameters, for their page and their data."""

from django.http import QueryDict

from participants.models import Body
from records.models import reference_validator

from .models import Outcome
from .parameters import AddressFilterSet, AnyOf, By, FilterForm, PageField, ReferencesField, WordsField, given

# The values that stand for every status, and for outcomes that are addressed to no body.
ANY, NOBODY = "any", "none"
# What the page shows where nothing is asked for, and where nothing is left of what was asked for.
WAITING = f"kind={Outcome.Kind.RECOMMENDATION}&status={Outcome.Status.OPEN}"
ALL = f"status={ANY}"


class OutcomeFilterSet(AddressFilterSet):
    """Outcomes filtered by the parameters of an address."""

    reference = AnyOf("reference", label="Reference", field_class=ReferencesField, validators=[reference_validator])
    event = AnyOf("event__reference", label="Came of", field_class=ReferencesField, validators=[reference_validator])
    q = By(WordsField, label="Words", method="search")
    kind = AnyOf("kind", label="Kind", noun="kind", choices=Outcome.Kind.choices)
    status = AnyOf(
        label="Status", noun="status", choices=[*Outcome.Status.choices, (ANY, "Any")], method="of_any_status"
    )
    body = AnyOf(label="Addressed to", noun="body", method="addressed_to")

    class Meta:
        model = Outcome
        fields = []
        form = FilterForm

    showing = ("page",)

    def __init__(self, data, queryset):
        super().__init__(data, queryset=queryset)
        self.bodies = list(Body.objects.order_by("name", "pk").only("slug", "name"))
        named = [(body.slug, body.name) for body in self.bodies]
        self.filters["body"].extra["choices"] = [*named, (NOBODY, "No body")]

    def search(self, outcomes, name, words):
        return outcomes.search(words)

    def of_any_status(self, outcomes, name, statuses):
        return outcomes.filter(status__in=statuses) if statuses and ANY not in statuses else outcomes

    def addressed_to(self, outcomes, name, slugs):
        return outcomes.addressed_to(set(slugs) - {NOBODY}, nobody=NOBODY in slugs) if slugs else outcomes


class OutcomeListFilterSet(OutcomeFilterSet):
    """The same, a page at a time: open recommendations, where nothing else is asked for."""

    page = By(PageField, label="Page", method="on_any_page")

    def __init__(self, data, queryset):
        if not any(given(data, name) for name in self.base_filters if name != "page"):
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

    def on_any_page(self, outcomes, name, number):
        return outcomes

    @property
    def _in_use(self):
        """All outcomes are not filtered by a status."""
        return [name for name in super()._in_use if name != "status" or ANY not in self.data.getlist("status")]

    def _query_without(self, name, *texts):
        return super()._query_without(name, *texts) or ALL
