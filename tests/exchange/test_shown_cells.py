"""Cells as the pages of the admin show them."""

import pytest

from exchange.templatetags.exchange import difference, readable


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (
            '["hosts: nothing is known as “Ports”.","city: is it so?"]',
            "hosts: nothing is known as “Ports”.; city: is it so?",
        ),
        ('["one",[2]]', '["one",[2]]'),
        ('["one', '["one'),
        ("Seoul", "Seoul"),
    ],
)
def test_a_list_of_texts_is_shown_as_its_texts(cell, shown):
    assert readable(cell) == shown


def test_what_became_of_a_list_of_texts_is_shown_as_texts():
    assert difference('["One thing"]', "") == "<del>One thing</del>"
