"""How outcomes are filtered."""

import pytest
from django.http import QueryDict

from events.models import Outcome
from events.outcome_filters import OutcomeFilterSet, OutcomeListFilterSet
from tests.factories import BodyFactory, EventFactory, OutcomeFactory

pytestmark = pytest.mark.django_db


def asked(query, filterset=OutcomeFilterSet):
    return filterset(QueryDict(query), Outcome.objects.published())


def found(query, filterset=OutcomeFilterSet):
    return sorted(asked(query, filterset).qs.values_list("reference", flat=True))


@pytest.fixture
def record():
    ministers, officials = BodyFactory(slug="ministers", name="Ministers"), BodyFactory(slug="officials")
    passports = EventFactory(title="Passports", reference="E7")
    OutcomeFactory(reference="O1", addressed_to=ministers, text="Share data on lost documents.")
    OutcomeFactory(reference="O2", addressed_to=officials, status="taken_up", event=passports)
    OutcomeFactory(reference="O3", kind="decision")
    OutcomeFactory(reference="O4", kind="product", status="done", text="A LIST of lost documents.")
    OutcomeFactory(reference="O5", addressed_to=ministers, event=EventFactory(draft=True))


@pytest.mark.parametrize(
    ("query", "references"),
    [
        ("", ["O1", "O2", "O3", "O4"]),
        ("kind=recommendation", ["O1", "O2"]),
        ("kind=decision&kind=product", ["O3", "O4"]),
        ("status=open", ["O1", "O3"]),
        ("status=any", ["O1", "O2", "O3", "O4"]),
        ("status=any&status=open", ["O1", "O2", "O3", "O4"]),
        ("body=ministers", ["O1"]),
        ("body=ministers&body=officials", ["O1", "O2"]),
        ("body=none", ["O3", "O4"]),
        ("body=none&body=ministers", ["O1", "O3", "O4"]),
        ("q=lost+list", ["O4"]),
        ("q=passports", ["O2"]),
        ("reference=O1&reference=O4", ["O1", "O4"]),
        ("event=E7", ["O2"]),
        ("kind=recommendation&status=open&body=officials", []),
        ("status=lost", []),
        ("kind=party", []),
        ("body=nobody", []),
        ("q=a&q=b", []),
    ],
)
def test_outcomes_are_found_by_what_is_asked_for(record, query, references):
    assert found(query) == references


def test_the_list_shows_open_recommendations_where_nothing_else_is_asked_for(record):
    for query in ("", "page=1", "kind=", "colour=red"):
        assert found(query, OutcomeListFilterSet) == ["O1"], query
    assert found("kind=decision", OutcomeListFilterSet) == ["O3"]
    assert found("status=any", OutcomeListFilterSet) == ["O1", "O2", "O3", "O4"]


def test_an_unknown_parameter_is_named_and_a_malformed_value_refused():
    filterset = asked("colour=red&sort=latest&status=lost", OutcomeListFilterSet)
    assert filterset.unknown == ["colour", "sort"]
    assert filterset.form.errors == {"status": ["“lost” is no status of this record."]}


def test_each_filter_in_use_can_be_left_out(record):
    filterset = asked("", OutcomeListFilterSet)
    assert [(each.label, each.words, each.query_without) for each in filterset.active] == [
        ("Kind", "Recommendation", "status=open"),
        ("Status", "Open", "kind=recommendation"),
    ]
    (last,) = asked("body=ministers", OutcomeListFilterSet).active
    assert (last.words, last.query_without) == ("Ministers", "status=any")
    assert asked("status=any", OutcomeListFilterSet).active == []
