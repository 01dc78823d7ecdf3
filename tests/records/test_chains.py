"""Chains: what comes back to itself."""

import pytest

from records.chains import goes_round


@pytest.mark.parametrize(
    ("following", "round"),
    [
        ({}, False),
        ({1: [1]}, True),
        ({1: [2]}, False),
        ({1: [2], 2: [3], 3: [1]}, True),
        ({1: [2, 3], 2: [], 3: [4], 4: [1]}, True),
        ({1: [2], 2: [3], 3: [2]}, False),
        ({1: [2, 3], 2: [4], 3: [4], 4: []}, False),
        ({2: [1], 3: [2]}, False),
    ],
)
def test_a_chain_goes_round_when_it_leads_back_to_where_it_starts(following, round):
    assert goes_round(1, lambda item: following.get(item, ())) is round


def test_a_long_chain_is_followed_to_its_end():
    assert not goes_round(0, lambda item: [item + 1] if item < 100_000 else [])
    assert goes_round(0, lambda item: [(item + 1) % 100_000])
