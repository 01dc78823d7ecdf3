"""Whether two texts call the same thing."""

import pytest

from exchange.likeness import Texts, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Workshop on document fraud", "Document Fraud Workshop"),
        ("Workshop on document fraud", "Workshop on documents fraud"),
        ("Second meeting of senior officials", "2nd Meeting of Senior Officials"),
        ("Expert Group II meeting", "Expert Group 2 meeting"),
        ("Fourth Ministerial Conference", "Ministerial Conference"),
        ("Child sex tourism seminar", "Regional seminar on combating child sex tourism in the Pacific"),
        ("การประชุมปฏิบัติการ", "การประชุม ปฏิบัติการ"),
    ],
)
def test_texts_are_alike_whatever_the_order_and_form_of_their_words(one, other):
    assert likeness(one, other, 80) == likeness(other, one, 80) > 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Workshop on document fraud 1", "Workshop on document fraud 10"),
        ("First meeting of senior officials", "Second meeting of senior officials"),
        ("Expert Group I meeting", "Expert Group II meeting"),
        ("Workshop on passports", "Seminar on visas"),
        ("Workshop", "Workshop on document fraud"),
        ("Workshop", ""),
    ],
)
def test_other_numbers_and_other_words_are_something_else(one, other):
    assert likeness(one, other, 80) == likeness(other, one, 80) == 0


def test_the_likeliest_come_first_and_no_more_than_a_few():
    texts = Texts(
        [("Returns groups", 1), ("Group on returns", 2), ("Visas", 3), *(("Returns group", n) for n in (4, 5, 6))]
    )
    assert texts.like("Returns group") == [4, 5, 6]
    assert texts.like("Group, on returns") == [2, 4, 5]
    assert texts.like("Something else") == Texts([]).like("Visas") == []
