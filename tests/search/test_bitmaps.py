"""Orders of records, here in blocks of two, against a look at each record."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from search import bitmaps

RANKS = st.integers(0, 9)
RECORDS = st.dictionaries(st.integers(1, 40), RANKS, max_size=30)
ENDS = st.none() | st.tuples(RANKS)


@pytest.fixture(autouse=True, scope="module")
def _blocks_of_two():
    with patch.object(bitmaps, "BLOCK", 2):
        yield


def ranked(records):
    return sorted(((rank, key), key) for key, rank in records.items())


@given(RECORDS, ENDS, ENDS)
def test_between_two_ranks_stands_what_has_one_of_them(records, first, last):
    order = bitmaps.Order.of(ranked(records))
    within = [key for rank, key in ranked(records) if (not first or rank >= first) and (not last or rank < last)]
    assert order.between(first, last) == BitMap(within)


@given(RECORDS, st.sets(st.integers(1, 40)), RECORDS)
def test_what_is_changed_stands_in_its_new_place(records, gone, written):
    records = {key: rank for key, rank in records.items() if key not in written}
    order = bitmaps.Order.of(ranked(records)).changed(BitMap(gone | set(written)), ranked(written))
    left = {key: rank for key, rank in records.items() if key not in gone} | written
    assert list(order) == ranked(left)
    assert order.between((3,), (7,)) == BitMap(key for key, rank in left.items() if 3 <= rank < 7)


@given(RECORDS, st.sets(st.integers(1, 40)), st.integers(0, 20), st.integers(1, 9))
def test_a_page_is_that_of_what_is_asked_for(records, among, start, length):
    found = [pair for pair in ranked(records) if pair[1] in among]
    assert bitmaps.Order.of(ranked(records)).page(BitMap(among), start, start + length) == found[start : start + length]
