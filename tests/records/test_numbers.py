"""Numbers as sentences have them."""

import pytest

from records.numbers import cardinal, counted, enumerated, ordinal


@pytest.mark.parametrize(("number", "words"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (2000, "2000")])
def test_small_numbers_are_words(number, words):
    assert cardinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "first"), (10, "tenth"), (11, "11th"), (12, "12th"), (21, "21st"), (22, "22nd"), (23, "23rd"), (111, "111th")],
)
def test_which_one_is_said_in_words_up_to_ten(number, words):
    assert ordinal(number) == words


def test_a_number_comes_with_its_noun():
    assert counted(1, "month") == "one month"
    assert counted(7, "month") == "seven months"
    assert counted(2, "activity", "activities") == "two activities"


@pytest.mark.parametrize(("words", "sentence"), [("a", "a"), ("ab", "a and b"), ("abc", "a, b and c")])
def test_words_are_listed_as_in_a_sentence(words, sentence):
    assert enumerated(list(words)) == sentence
