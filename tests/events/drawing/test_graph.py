"""The thread of an event as a graph."""

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.drawing.graph import COLUMN, LEFT, LONGER, MOST_COLUMNS, ROW, TOP, Graph
from events.models import Event
from events.threads import Step


def graph_of(number, *pairs, lengths=()):
    """A graph of some steps, linked by their numbers."""
    steps = [Step(Event(pk=place), length=dict(lengths).get(place, 1)) for place in range(number)]
    return Graph(steps, [(steps[one].event, steps[other].event) for one, other in pairs])


def columns(graph):
    return [(mark.x - LEFT) // COLUMN for mark in graph.marks]


def points(line):
    """The corners of a path."""
    x, found = None, []
    for command, numbers in re.findall(r"([MLV])([0-9 ]+)", line):
        values = [int(number) for number in numbers.split()]
        x = values[0] if command != "V" else x
        found.append((x, values[-1]))
    return found


def test_a_chain_is_one_straight_line():
    graph = graph_of(4, (0, 1), (1, 2), (2, 3))
    assert columns(graph) == [0, 0, 0, 0]
    assert set(graph.lines) == {f"M12 {TOP + row * ROW}L12 {TOP + (row + 1) * ROW}" for row in range(3)}


def test_a_longer_gap_is_drawn_longer():
    graph = graph_of(3, (0, 1), (1, 2), lengths={1: 4})
    assert [mark.y for mark in graph.marks] == [TOP, TOP + ROW, TOP + 2 * ROW + 3 * LONGER]


def test_what_all_came_of_one_hangs_on_one_line_beside_them():
    graph = graph_of(6, *((0, other) for other in range(1, 6)))
    assert columns(graph) == [0, 1, 1, 1, 1, 0]
    assert len(graph.lines) == 5


def test_what_all_led_to_one_runs_into_one_line():
    graph = graph_of(6, *((one, 5) for one in range(5)))
    assert columns(graph) == [0, 1, 1, 1, 1, 0]


def test_an_event_that_is_linked_to_none_of_the_others_stands_alone():
    graph = graph_of(3, (0, 2))
    assert columns(graph) == [0, 1, 0]


def test_words_stand_right_of_the_last_column():
    assert graph_of(2, (0, 1)).words_at < graph_of(3, (0, 2)).words_at


def test_two_links_between_the_same_are_one_line():
    assert len(graph_of(2, (0, 1), (1, 0)).lines) == 1


def test_there_are_no_more_columns_than_there_is_room_for():
    pairs = [(one, 20 + one) for one in range(20)]
    assert max(columns(graph_of(40, *pairs))) == MOST_COLUMNS - 1


@st.composite
def graphs(draw):
    number = draw(st.integers(2, 7))
    pairs = draw(st.lists(st.sampled_from(list(combinations(range(number), 2))), min_size=1, max_size=8, unique=True))
    return number, pairs


@given(graphs())
def test_every_line_joins_its_marks_and_goes_through_no_other(drawn):
    number, pairs = drawn
    graph = graph_of(number, *pairs)
    if max(columns(graph)) >= MOST_COLUMNS - 1:
        return
    places = [(mark.x, mark.y) for mark in graph.marks]
    ends = set()
    for line in graph.lines:
        start, *_, end = corners = points(line)
        ends.add((places.index(start), places.index(end)))
        for (x, y), (other_x, other_y) in pairwise(corners):
            crossed = [place for place in places if x == other_x == place[0] and y <= place[1] <= other_y]
            assert set(crossed) <= {start, end}
    assert ends == set(pairs)


@pytest.mark.parametrize("number", [1, 2])
def test_the_drawing_is_as_high_as_its_rows(number):
    assert graph_of(number).height == number * ROW
