"""Labels beside marks on a line."""

from hypothesis import given
from hypothesis import strategies as st

from events.drawing.packing import MOST_ROWS, pack, sides


def packed(positions, labels, lines=(), width=800):
    return [(spot["row"], spot["side"]) for spot in pack(positions, labels, width=width, mark=20, lines=lines)]


def test_a_label_stands_at_the_right_of_its_mark_and_at_the_left_near_the_end():
    assert packed([100, 780], [60, 60]) == [(0, "right"), (0, "left")]


def test_what_would_cover_another_moves_a_row_down():
    assert packed([100, 130], [60, 10]) == [(0, "right"), (1, "right")]
    assert packed([100, 190], [60, 10]) == [(0, "right"), (0, "right")]


def test_a_label_turns_away_from_a_line_and_crosses_it_only_at_need():
    assert packed([100], [60], lines=[130]) == [(0, "left")]
    assert packed([100], [60], lines=[100]) == [(0, "right")]
    assert packed([100], [60], lines=[80, 130]) == [(0, "right")]


def test_a_label_that_fits_nowhere_is_left_out():
    assert packed([100], [900]) == [(0, None)]
    rows = [row for row, side in packed([100] * (MOST_ROWS + 2), [10] * (MOST_ROWS + 2))]
    assert rows == list(range(MOST_ROWS + 2))


def test_in_the_rows_that_marks_alone_made_needful_no_label_is_put():
    crowd = [100] * (MOST_ROWS + 1)
    assert packed([*crowd, 130], [200] * len(crowd) + [10])[-2:] == [(MOST_ROWS, None), (MOST_ROWS, None)]


@given(st.lists(st.tuples(st.floats(0, 800), st.floats(0, 200)), max_size=40))
def test_no_label_covers_another_or_leaves_the_drawing(marks):
    marks.sort()
    spots = pack([at for at, _label in marks], [label for _at, label in marks], width=800, mark=20)
    extents = [[] for _ in range(MOST_ROWS)]
    for (at, label), spot in zip(marks, spots, strict=True):
        if spot["side"]:
            start, end = (at - 10, at + 10 + label) if spot["side"] == "right" else (at - 10 - label, at + 10)
            assert start >= 0
            assert end <= 800
            assert all(end <= other[0] or start >= other[1] for other in extents[spot["row"]])
            extents[spot["row"]].append((start, end))


def test_labels_of_one_row_cover_neither_the_marks_beside_theirs_nor_each_other():
    assert sides([10, 100, 190, 790], [60, 100, 20, 60], width=800, mark=20) == ["right", None, "right", "left"]
    assert sides([10, 200, 290], [20, 100, 80], width=300, mark=20) == ["right", "left", None]
