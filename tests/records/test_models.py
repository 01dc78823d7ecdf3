"""Numbers that are given once, and what changes say."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.db.transaction import TransactionManagementError

from records.models import Batch, Change, Counter, number_in, reference_validator, slug_validator
from tests.factories import BatchFactory, ChangeFactory


@pytest.mark.parametrize(
    ("reference", "number"),
    [
        ("E17", 17),
        ("E0", 0),
        ("E007", 7),
        ("O4", 0),
        ("e17", 0),
        ("E17a", 0),
        ("17", 0),
        ("", 0),
        ("E" + "9" * 16, 0),
        ("E१", 0),
    ],
)
def test_a_number_is_read_from_references_with_the_letter(reference, number):
    assert number_in(reference, "E") == number


@pytest.mark.django_db
def test_numbers_only_rise():
    assert (Counter.last("E"), Counter.next("E"), Counter.next("E"), Counter.next("O")) == (0, 1, 2, 1)
    Counter.raise_to("E", 40)
    Counter.raise_to("E", 7)
    assert (Counter.next("E"), Counter.last("E")) == (41, 41)
    assert str(Counter.objects.get(name="E")) == "E 41"


@pytest.mark.django_db
def test_locking_counts_the_writers():
    Counter.lock()
    Counter.lock()
    assert Counter.objects.get(name="record").value == 2


@pytest.mark.django_db(transaction=True)
def test_the_record_is_locked_in_a_transaction_only():
    with pytest.raises(TransactionManagementError, match="within a transaction only"):
        Counter.lock()
    with transaction.atomic():
        Counter.lock()
    assert Counter.objects.get(name="record").value == 1


@pytest.mark.parametrize("reference", ["E17", "Bali-2002", "a", "0", "x" * 40])
def test_references_are_letters_digits_and_hyphens(reference):
    reference_validator(reference)
    with pytest.raises(ValidationError):
        reference_validator(f"{reference} ")


@pytest.mark.parametrize("slug", ["iom", "ad-hoc-group-2"])
def test_slugs_are_joined_with_single_hyphens(slug):
    slug_validator(slug)
    for wrong in (f"-{slug}", f"{slug}-", slug.upper(), f"{slug}--x", f"{slug}\n", f"é{slug}"):
        with pytest.raises(ValidationError):
            slug_validator(wrong)


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        (None, {"title": "A"}, {"title": ("", "A")}),
        ({"title": "A"}, None, {"title": ("A", "")}),
        (
            {"title": "A", "note": "N"},
            {"title": "B", "venue": "V"},
            {"title": ("A", "B"), "note": ("N", ""), "venue": ("", "V")},
        ),
        ({"title": "A"}, {"title": "A"}, {}),
    ],
)
def test_a_change_says_what_differs(before, after, fields):
    assert Change(before=before, after=after).fields == fields


@pytest.mark.django_db
def test_changes_are_found_by_the_key_that_a_record_has_or_had():
    made = ChangeFactory(type="places", key="Seul / KR")
    moved = ChangeFactory(type="places", key="Seoul / KR", previous_key="Seul / KR")
    later = ChangeFactory(type="places", key="Seoul / KR", previous_key="Seoul / KR")
    assert list(Change.objects.of_key("Seul / KR")) == [made, moved]
    assert list(Change.objects.of_key("Seoul / KR")) == [moved, later]
    assert str(made) == "places Seul / KR"


@pytest.mark.django_db
def test_rows_come_back_from_changes_as_they_were_with_their_columns_in_order():
    row = {"title": 'ทดสอบ "x"', "kind": "meeting", "alongside": "=1+1\n'"}
    change = Change.objects.get(pk=ChangeFactory(before=row, after=None).pk)
    assert (change.before, list(change.before), change.after) == (row, list(row), None)


@pytest.mark.django_db
def test_batches_stay_with_their_changes_and_whoever_made_them(django_user_model):
    batch = BatchFactory(by=django_user_model.objects.create_user("clerk"))
    ChangeFactory(batch=batch)
    assert str(batch) == f"Batch {batch.pk}"
    with pytest.raises(ProtectedError):
        batch.delete()
    with pytest.raises(ProtectedError):
        batch.by.delete()
    assert Batch.objects.count() == 1
