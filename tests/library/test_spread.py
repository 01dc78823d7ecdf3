"""What became of an instrument: country by country, in time, and as meetings reported it."""

import pytest

from library.models.uptake import UptakeStatus
from library.spread import MOST_YEARS, TALLEST, Spread
from tests.factories import CountryFactory, EventFactory, InstrumentFactory, ReportedFigureFactory, UptakeFactory

pytestmark = pytest.mark.django_db

IN_USE, ALREADY_HAD, CONSIDERING, NONE = UptakeStatus


@pytest.fixture
def law():
    return InstrumentFactory()


def know(law, **known):
    """Record what is known by country: `know(law, Fiji="considering 2003, in_use 2005")`."""
    for name, said in known.items():
        country = CountryFactory(name=name)
        for each in said.split(", "):
            status, _, as_of = each.partition(" ")
            UptakeFactory(instrument=law, country=country, status=status, as_of=as_of)


def test_a_country_stands_where_it_was_last_known_to_and_what_was_before_is_kept(law):
    know(law, Fiji="in_use 2005, considering 2003, none", Nauru="already_had")
    fiji, nauru = Spread.of(law).standings
    assert (fiji.country.name, fiji.latest.status) == ("Fiji", "in_use")
    assert [each.status for each in fiji.earlier] == ["considering", "none"]
    assert (nauru.latest.status, nauru.earlier) == ("already_had", [])


def test_of_two_dates_of_one_year_the_one_that_ends_later_is_the_latest(law):
    know(law, Fiji="in_use 2005, considering 2005-03")
    assert Spread.of(law).standings[0].latest.status == "in_use"


def test_what_is_known_and_what_was_reported_stand_beside_each_other_and_are_never_added(law):
    know(law, Fiji="in_use 2005", Nauru="in_use 2004", Palau="none 2004")
    first = EventFactory(when="2003-11")
    for status, count in ((CONSIDERING, 9), (IN_USE, 17)):
        ReportedFigureFactory(instrument=law, event=first, status=status, count=count)
    ReportedFigureFactory(instrument=law, event=EventFactory(when="2002"), status=IN_USE, count=3)
    told = [
        (status, known, [figure and figure.count for figure in figures])
        for status, known, figures in Spread.of(law).rows
    ]
    assert told == [(IN_USE, 2, [3, 17]), (CONSIDERING, 0, [None, 9]), (NONE, 1, [None, None])]


def test_figures_of_a_draft_are_not_told(law):
    ReportedFigureFactory(instrument=law, event=EventFactory(draft=True))
    assert Spread.of(law).reports == []


def test_bars_count_each_country_at_what_was_last_known_by_the_end_of_the_year(law):
    know(law, Fiji="considering 2003-11, in_use 2005", Nauru="in_use 2004", Palau="none", Tonga="already_had 2003")
    bars = Spread.of(law).bars
    assert bars.statuses == [IN_USE, ALREADY_HAD, CONSIDERING]
    assert [(bar.year.number, bar.cells) for bar in bars.years] == [
        (2003, [0, 1, 1]),
        (2004, [1, 1, 1]),
        (2005, [2, 1, 0]),
    ]
    assert bars.undated == 1
    assert not bars.is_shortened


def test_bars_stand_on_the_line_and_the_most_countries_reach_the_top(law):
    know(law, Fiji="in_use 2003", Nauru="considering 2004", Tonga="in_use 2004")
    bars = Spread.of(law).bars
    for bar in bars.years:
        lowest = bar.segments[0]
        assert round(lowest.y + lowest.height, 1) == bars.foot
        for below, above in zip(bar.segments, bar.segments[1:], strict=False):
            assert round(above.y + above.height, 1) == below.y
        assert bar.number == sum(bar.cells)
    heights = [bars.foot - bar.top for bar in bars.years]
    assert max(heights) == pytest.approx(TALLEST, abs=1)
    assert heights[0] == pytest.approx(TALLEST / 3, abs=1)


def test_a_long_line_of_time_is_cut_and_its_first_bar_holds_what_was_before(law):
    know(law, Fiji="in_use 1950", Nauru="considering 2009")
    bars = Spread.of(law).bars
    assert len(bars.years) == MOST_YEARS
    assert bars.is_shortened
    assert bars.years[0].number == 1


def test_where_nothing_is_dated_nothing_is_drawn(law):
    know(law, Fiji="in_use")
    assert Spread.of(law).bars.years == []
    assert Spread.of(InstrumentFactory()).bars.years == []
