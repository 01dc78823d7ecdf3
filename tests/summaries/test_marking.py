"""A text is shown with what was read from it marked, and not a character is lost or moved."""

from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.marking import Piece, pieces, quoted

TEXT = "March 2003: AHEG I best practices workshop, Bangkok."


def test_what_was_read_from_a_piece_is_told_beside_it():
    assert pieces(TEXT, (0, 42), [("when", (0, 10)), ("title", (12, 42)), ("bodies", (12, 18))]) == [
        Piece("March 2003", ("when",), ("when",)),
        Piece(": ", (), ()),
        Piece("AHEG I", ("title", "bodies"), ("title", "bodies")),
        Piece(" best practices workshop", ("title",), ()),
    ]


def test_what_is_read_twice_begins_once_and_what_ends_beyond_is_cut():
    found = pieces(TEXT, (0, 15), [("when", (0, 5)), ("when", (6, 10)), ("title", (12, 42)), ("city", (44, 51))])
    assert found == [
        Piece("March", ("when",), ("when",)),
        Piece(" ", (), ()),
        Piece("2003", ("when",), ()),
        Piece(": ", (), ()),
        Piece("AHE", ("title",), ("title",)),
    ]


def test_words_are_quoted_on_one_line():
    assert (
        quoted("Protection of Victims of\nInternational  Trafficking", (14, 51))
        == "Victims of International Trafficking"
    )


spans = st.tuples(st.integers(-2, 60), st.integers(-2, 60))


@settings(max_examples=60)
@given(st.text(max_size=50), st.lists(st.tuples(st.sampled_from("abc"), spans), max_size=8))
def test_no_character_is_lost_whatever_is_marked(text, marks):
    found = pieces(text, (0, len(text)), marks)
    assert "".join(piece.text for piece in found) == text
    begun = [name for piece in found for name in piece.beginning]
    assert len(begun) == len(set(begun))
