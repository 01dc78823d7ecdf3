"""The index is exact: after whatever was done to the record it holds what the public sees, and nothing else."""

import random

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange import registry
from exchange.parts import PlanOfParts, apply
from exchange.undoing import undo_of
from records.models import Batch
from search.find import records
from search.keeping import rebuild
from search.queries import Query
from tests.exchange.doing import import_rows, steps
from tests.exchange.record import bring_in_each, rows_of, undone
from tests.exchange.strategies import examples_that_undo, record_sets

from . import scan
from .following import Follower, index
from .test_finding import keys_of

pytestmark = pytest.mark.django_db


def publish(draw, _type):
    """Publish some activities, or take them back."""
    rows = draw(st.permutations(rows_of("events")))[:3]
    state = draw(st.sampled_from(["published", "draft", "in_review"]))
    import_rows("events", [row | {"publication": state} for row in rows])


def undo(draw, _type):
    """Take back one of the last batches, as far as it can be."""
    batches = list(Batch.objects.order_by("-pk")[:3])
    if batches:
        batch = draw(st.sampled_from(batches))
        parts = undo_of(batch).parts
        if parts and PlanOfParts(parts).is_good:
            apply(parts, Batch(origin=Batch.Origin.UNDO, undoes=batch))


def rename(draw, _type):
    """Give a country or agency another name, which its activities then have."""
    rows = rows_of(draw(st.sampled_from(["countries", "agencies"])))
    if rows:
        row = draw(st.sampled_from(rows))
        type = "countries" if "alpha2" in row else "agencies"
        import_rows(type, [row | {"name": f"Renamed {draw(st.integers(1, 99))}"}])


steps = st.one_of(steps, st.tuples(st.sampled_from([publish, undo, rename]), st.none()))


def assert_exact(follower):
    """The index is as made anew, what follows it by versions has it too, and searching finds what a scan finds."""
    held = index()
    documents = scan.documents()
    assert {(type, key) for type, of_type in held.items() for key in of_type} == {
        (each.type, key) for each, key, _document in documents
    }
    for each, key, document in documents:
        row = held[each.type][key]
        assert tuple(row.values()) == document.cells(each)
    follower.follow()
    assert follower.held == held
    for text in some_texts(documents):
        query = Query(text)
        assert keys_of(query) == scan.found(query, documents)
        found = records(text, "events")
        assert found is None or set(found) == {key for type, key in scan.found(query, documents) if type == "events"}


def some_texts(documents):
    """Some of what is said, to search for."""
    dice = random.Random(len(documents))
    said = [text for _each, _key, document in documents for text in (document.title, *document.named) if text.split()]
    return [" ".join(dice.choice(said).split()[:2]) for _time in range(min(len(said), 3))]


@settings(examples_that_undo, max_examples=max(examples_that_undo.max_examples // 2, 1))
@given(record_sets(), st.lists(steps, min_size=3, max_size=6), st.data())
def test_after_any_mix_of_writes_the_index_holds_what_the_public_sees(sets, todo, data):
    with undone():
        for type in registry.types():
            bring_in_each(type, sets[type])
        follower = Follower()
        assert_exact(follower)
        for step, type in todo:
            with transaction.atomic():
                step(data.draw, type)
            assert_exact(follower)
        held = index()
        rebuild()
        assert index() == held
