"""The line of time that drawings share."""

import pytest

from events.drawing.marks import MARKS
from events.drawing.scale import Scale
from events.models import Event
from records.dates import PartialDate


def test_a_scale_holds_whole_years_from_the_earliest_to_the_latest_date():
    dates = [PartialDate(text) for text in ("2004-05", "", "2002-02-26/2002-02-28", "2003/2009-02")]
    assert Scale.over(dates) == Scale(2002, 2009)


@pytest.mark.parametrize("dates", [[], [PartialDate("")]])
def test_without_a_date_there_is_no_scale(dates):
    assert Scale.over(dates) is None


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("2002-01-01", 0.03),
        ("2002", 12.5),
        ("2002/2005", 50),
        ("2004-12-31", 74.97),
        ("2003-12-31/2004-01-01", 50),
        ("1999", 0),
        ("2150", 100),
    ],
)
def test_a_date_stands_at_its_middle_and_never_beyond_the_line(text, position):
    assert Scale(2002, 2005).at(PartialDate(text)) == pytest.approx(position, abs=0.01)


def test_leap_years_are_as_long_as_others():
    assert [year.start for year in Scale(2003, 2006).years] == [0, 25, 50, 75]
    assert [year.middle for year in Scale(2003, 2006).years] == [12.5, 37.5, 62.5, 87.5]


def test_years_are_named_as_far_as_there_is_room():
    assert [year.number for year in Scale(2002, 2009).labelled_years] == list(range(2002, 2010))
    assert not any(year.room for year in Scale(2002, 2011).years)
    labelled = Scale(2002, 2024).labelled_years
    assert [year.number for year in labelled] == list(range(2002, 2025))
    assert [year.number for year in labelled if year.room != "widest"] == list(range(2002, 2025, 2))
    assert [year.number for year in labelled if not year.room] == list(range(2002, 2025, 4))
    assert [year.number for year in Scale(1900, 2199).labelled_years] == list(range(1900, 2200, 20))


def test_each_kind_has_a_shape_of_its_own_and_says_its_kind():
    shapes = {kind: MARKS[kind] for kind in Event.Kind.values}
    assert all(f'class="mark {kind}"' in shape for kind, shape in shapes.items())
    drawn = {shape.replace(f" {kind}", "") for kind, shape in shapes.items()}
    assert len(drawn) == len(shapes) - 1  # milestones and others share one
