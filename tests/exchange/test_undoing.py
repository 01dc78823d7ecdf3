"""A batch is taken back: the record is as it was before it, byte for byte, and taking that back gives it again."""

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange import registry, starting_record
from exchange.parts import PlanOfParts, apply
from exchange.undoing import undo_of
from records.models import Batch, Counter

from .doing import steps
from .record import bring_in, exports, rows_of, undone
from .strategies import examples_that_undo, record_sets

pytestmark = pytest.mark.django_db


def take_back(batch):
    """Take a batch back as a page does, and return the batch in which that was done."""
    undo = undo_of(batch)
    assert undo.kept_back == []
    planned = PlanOfParts(undo.parts)
    assert planned.is_good, [str(problem) for problem in planned.errors]
    taking = Batch(origin=Batch.Origin.UNDO, undoes=batch)
    apply(undo.parts, taking, shown=planned.fingerprint)
    return taking


def staged(do, *arguments):
    """Do something to the record; return the batch with the exports from before and after it, or None for no batch."""
    newest, before = Batch.objects.first(), exports()
    with transaction.atomic():
        do(*arguments)
    batch = Batch.objects.first()
    return (batch, before, exports()) if batch != newest else None


def counters():
    return {letter: Counter.last(letter) for letter in "EO"}


@settings(examples_that_undo, max_examples=examples_that_undo.max_examples // 3)
@given(record_sets(), st.lists(steps, min_size=3, max_size=8), st.data())
def test_any_mix_of_imports_saves_and_deletions_is_taken_back_and_done_again(sets, todo, data):
    """Batch after batch, to the empty record; then the undoing of each, to where it was."""
    with undone():
        doings = [(bring_in, (type, sets[type])) for type in registry.types()]
        doings += [(step, (data.draw, type)) for step, type in todo]
        stages = [stage for do, arguments in doings if (stage := staged(do, *arguments))]
        given = counters()
        back = [staged(take_back, batch) for batch, _before, _after in reversed(stages)]
        assert not any(rows_of(type) for type in registry.types())
        assert [(before, after) for _batch, before, after in back] == [
            (after, before) for _batch, before, after in reversed(stages)
        ]
        for undo, before, after in reversed(back):
            assert staged(take_back, undo)[1:] == (after, before)
        assert counters() == given


def test_the_starting_record_is_taken_back_whole_and_comes_again():
    starting_record.load()
    before = exports()
    undo = take_back(Batch.objects.get())
    assert not any(rows_of(type) for type in registry.types())
    take_back(undo)
    assert exports() == before
