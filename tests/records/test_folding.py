import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.folding import digest, fold, one_line, tidy

# The scripts of the region, marks that Latin letters take, and what is read as nothing.
LETTERS = "".join(
    chr(code)
    for first, last in [
        (0x20, 0x24F),
        (0x2B0, 0x52F),
        (0x5D0, 0x6FF),
        (0x900, 0xBFF),
        (0xE00, 0xEFF),
        (0x1000, 0x11FF),
        (0x1780, 0x17FF),
        (0x1E00, 0x206F),
        (0x3040, 0x30FF),
        (0xAC00, 0xAC40),
        (0xFE00, 0xFE0F),
        (0xFF00, 0xFFEF),
    ]
    for code in range(first, last)
)
texts = st.text(max_size=30) | st.text(LETTERS, max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("AHEG II", "ahegii"),
        ("AHEG-II", "ahegii"),
        ("  Viet  Nam. ", "vietnam"),
        ("Türkiye", "turkiye"),
        ("Tu\u0308rkiye", "turkiye"),
        ("Đà Nẵng", "danang"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("Straße", "strasse"),
        ("Diyarbakır", "diyarbakir"),
        ("İstanbul", "istanbul"),
        ("Nuku‘alofa", "nukualofa"),
        ("Nukuʻalofa", "nukualofa"),
        ("Côte d’Ivoire", "cotedivoire"),
        ("Parañaque", "paranaque"),
        ("Ｂａｌｉ", "bali"),
        ("—", ""),
    ],
)
def test_case_spacing_punctuation_and_accents_do_not_count(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("กา", "กิ"),  # Thai
        ("ກາ", "ກີ"),  # Lao
        ("កា", "កិ"),  # Khmer
        ("ကာ", "ကိ"),  # Burmese
        ("का", "कि"),  # Devanagari
        ("কা", "কি"),  # Bengali
        ("கா", "கி"),  # Tamil
        ("කා", "කි"),  # Sinhala
        ("ދަ", "ދި"),  # Thaana
        ("か", "が"),
        ("и", "й"),
    ],
)
def test_marks_of_other_scripts_count(one, other):
    assert fold(one) != fold(other)


def test_spaces_that_are_not_seen_do_not_count():
    assert fold("ไทย\u200bแลนด์") == fold("ไทยแลนด์")


@given(texts)
def test_what_is_folded_stays_as_it_is(text):
    assert fold(fold(text)) == fold(text)


@given(texts, st.sampled_from([*string.punctuation, *string.whitespace, "–", "\u200b", "\u00a0"]))
def test_spacing_makes_no_difference_anywhere(text, space):
    assert fold(f"{space}{text}{space}") == fold(text)


@given(st.text(string.printable))
def test_ascii_folds_to_its_letters_and_digits(text):
    assert fold(text) == "".join(filter(str.isalnum, text)).lower()
    assert fold(f"{text}\u00a0") == fold(text)


def test_text_is_stored_with_plain_line_breaks_and_trimmed_edges():
    assert tidy(" \r\none\r\n\r\n  two \rthree\t\n") == "one\n\n  two \nthree"


@given(st.text())
def test_what_is_tidy_stays_as_it_is(text):
    assert tidy(tidy(text)) == tidy(text)
    assert one_line(one_line(text)) == one_line(text)
    assert "\n" not in one_line(text)


def test_lines_are_joined_with_a_space():
    assert one_line("Workshop on \r\n\r\n  return\n") == "Workshop on return"


def test_a_digest_is_the_same_for_what_folds_to_the_same():
    assert digest("Meeting", None, 7) == digest("MEETING!", "", "7")
    assert len(digest()) == len(digest("a")) == 32


@pytest.mark.parametrize("others", [("a", "bc"), ("abc",), ("ab", "c", ""), ("", "ab", "c")])
def test_a_digest_tells_where_a_part_ends(others):
    assert digest("ab", "c") != digest(*others)


@given(st.lists(texts), st.lists(texts))
def test_digests_are_as_different_as_the_folded_parts(one, other):
    same = list(map(fold, one)) == list(map(fold, other))
    assert (digest(*one) == digest(*other)) == same
