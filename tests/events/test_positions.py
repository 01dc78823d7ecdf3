"""Positions: where an event stands among others."""

from events.models import Event
from events.positions import Position, gap_of, with_gaps


def of_series(*numbers):
    return [Event(pk=place, series_id=1, number_in_series=number) for place, number in enumerate(numbers, start=1)]


def test_an_event_has_a_number_among_others_and_neighbours():
    first, second, third = events = of_series(None, None, None)
    assert Position.among(second, events) == Position(2, 3, first, third)
    assert Position.among(first, events) == Position(1, 3, None, second)
    assert Position.among(third, events).after is None


def test_who_is_not_among_them_has_no_position():
    assert Position.among(Event(pk=9), of_series(1, 2)) is None


def test_neighbours_that_are_shown_elsewhere_can_be_left_out():
    first, second, third = events = of_series(1, 2, 3)
    assert Position.among(second, events).besides([first]) == Position(2, 3, None, third)


def test_the_numbers_that_a_series_lacks_are_said():
    assert gap_of({1, 2, 3}, unnumbered=2) == ""
    assert gap_of(set()) == ""
    assert gap_of({1, 3}) == "Number 2 is not on record."
    assert gap_of({2, 5}) == "Numbers 1, 3 and 4 are not on record."
    assert gap_of({1, 30}) == "Of the first 30, 28 are not on record."


def test_what_has_no_number_may_be_what_lacks():
    assert gap_of({3}, unnumbered=2) == "Numbers 1 and 2 are not on record. 2 on record have no number."
    assert gap_of({1, 3}, unnumbered=1) == "Number 2 is not on record. 1 on record has no number."


def test_what_lacks_between_two_of_a_series_is_said():
    events = [
        Event(number_in_series=number, when=when)
        for number, when in ((3, "2002"), (4, "2003-12"), (6, "2005-11"), (9, "2009-11"), (10, ""), (None, "2011"))
    ]
    assert [event.gap for event in with_gaps(events)] == [
        "Numbers 1 and 2 missing",
        "",
        "Number 5 missing",
        "Nothing on record for 4 years; numbers 7 and 8 missing",
        "",
        "",
    ]


def test_many_missing_numbers_are_said_by_the_first_and_the_last():
    assert [event.gap for event in with_gaps(of_series(1, 30))] == ["", "Numbers 2 to 29 missing"]
