"""What became of a text is read at a glance."""

import pytest

from exchange.differences import MOST_WORDS, difference, side_by_side


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("", "Ports", "<ins>Ports</ins>"),
        ("Ports", "", "<del>Ports</del>"),
        ("Ports", "Ports", "Ports"),
        ("Ports", "Visas", "<del>Ports</del> <ins>Visas</ins>"),
        ("Workshop on ports", "Workshop on visas", "Workshop on <del>ports</del> <ins>visas</ins>"),
        ("Fiji; IOM", "Fiji; Nauru; IOM", "Fiji; <ins>Nauru; </ins>IOM"),
        ("see entry 21 of it", "see printed page 7 of it", "see <del>entry 21</del> <ins>printed page 7</ins> of it"),
        ("a <b> c", "a <i> c", "a <del>&lt;b&gt;</del> <ins>&lt;i&gt;</ins> c"),
    ],
)
def test_what_went_and_what_came_is_marked_word_by_word(before, after, shown):
    assert difference(before, after) == shown


def test_texts_that_have_little_in_common_are_shown_whole():
    before, after = "The first meeting of officers", "A quite other text, of the officers alone"
    assert difference(before, after) == f"<del>{before}</del> <ins>{after}</ins>"


def test_very_long_texts_are_shown_whole():
    before = "word " * MOST_WORDS
    assert difference(before, before + "more") == f"<del>{before}</del> <ins>{before}more</ins>"


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ("one two three", "one two three", ("one two three", "one two three")),
        ("one two three", "one 2 three", ("one <mark>two</mark> three", "one <mark>2</mark> three")),
        ("one three", "one two three", ("one three", "one <mark>two</mark> three")),
        ("a <b> c", "a <i> c", ("a <mark>&lt;b&gt;</mark> c", "a <mark>&lt;i&gt;</mark> c")),
        ("one two three", "four five six", None),
    ],
)
def test_two_texts_stand_beside_each_other_with_what_one_alone_has_marked(first, second, shown):
    assert side_by_side(first, second) == shown
