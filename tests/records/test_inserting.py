"""Inserting rows without instances: what was given stands there, on both databases."""

import pytest
from django.db import DataError, IntegrityError, transaction

from records.inserting import MOST_ROWS, insert
from records.models import Batch, Change, Counter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["", " ", "\\N", "\\.", "a\tb", "a\nb", "a\\nb", "it's", '"', "%s", "Việt Nam"])
def test_a_text_is_inserted_as_it_is(text):
    batch = Batch.objects.create(origin="import")
    insert(Change, [(batch.pk, "events", text, "", '{"title":"A"}', None, None)])
    assert Change.objects.values_list("key", "before", "after", "erasure").get() == (text, {"title": "A"}, None, None)


def test_more_rows_than_a_statement_takes_are_all_inserted_in_their_order():
    names = [f"{number:04}" for number in range(2 * MOST_ROWS + 1)]
    batch = Batch.objects.create(origin="import")
    insert(Change, [(batch.pk, "events", name, "", None, "{}", None) for name in names])
    assert list(Change.objects.order_by("pk").values_list("key", flat=True)) == names


def test_no_rows_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert(Change, [])


def test_rows_that_a_rule_forbids_are_refused_as_by_a_model():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Counter, [("x", 1), ("x", 2)])
    assert not Counter.objects.filter(name="x").exists()


def test_a_value_that_its_column_does_not_take_is_refused_as_by_a_model():
    with pytest.raises((DataError, IntegrityError)), transaction.atomic():
        insert(Counter, [("x", None)])
