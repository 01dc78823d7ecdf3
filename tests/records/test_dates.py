import copy
import pickle
import string
import time
import warnings
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.dates import UNDATED, InvalidDate, PartialDate
from records.typed_dates import MONTHS_OF_WORDS, QUALIFIERS_OF_WORDS

from .strategies import partial_dates

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from edtf import parse_edtf


def bounds(text):
    partial_date = PartialDate.parse(text)
    return str(partial_date.starts_on), str(partial_date.ends_on)


# What is stored


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2002", "2002-01-01", "2002-12-31"),
        ("2002-02", "2002-02-01", "2002-02-28"),
        ("2004-02", "2004-02-01", "2004-02-29"),
        ("2002-02-26", "2002-02-26", "2002-02-26"),
        ("2002-02-26/2002-02-28", "2002-02-26", "2002-02-28"),
        ("2002-09/2004", "2002-09-01", "2004-12-31"),
        ("2004/2004-03", "2004-01-01", "2004-03-31"),
        ("1900", "1900-01-01", "1900-12-31"),
        ("2199", "2199-01-01", "2199-12-31"),
    ],
)
def test_it_goes_from_the_first_day_to_the_last_that_it_can_mean(text, first, last):
    assert PartialDate.parse(text) == text
    assert bounds(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2004-21", "2004-03-01", "2004-05-31"),
        ("2004-22", "2004-06-01", "2004-08-31"),
        ("2004-23", "2004-09-01", "2004-11-30"),
        ("2004-24", "2004-12-01", "2005-02-28"),
        ("2003-24", "2003-12-01", "2004-02-29"),
        ("2199-24", "2199-12-01", "2200-02-28"),
    ],
)
def test_a_season_spans_three_months_and_winter_ends_in_the_next_year(text, first, last):
    assert bounds(text) == (first, last)


@pytest.mark.parametrize("text", ["2004", "2004-09", "2004-09-01", "2004-21"])
def test_doubt_does_not_widen_it(text):
    assert bounds(f"{text}~") == bounds(f"{text}?") == bounds(text)


def test_blank_is_undated():
    for blank in ("", "  \n"):
        undated = PartialDate.parse(blank)
        assert undated == UNDATED == ""
        assert not undated
        assert (undated.starts_on, undated.ends_on, undated.display()) == (None, None, "")


@pytest.mark.parametrize("text", ["2002/2002", "2002-09/2002-09", "2002-02-26~/2002-02-26~", "2002 – 2002"])
def test_a_range_of_equal_ends_is_a_single_date(text):
    assert "/" not in PartialDate.parse(text)


def test_ends_that_are_not_equally_sure_stay_apart():
    assert PartialDate.parse("2002~/2002") == "2002~/2002"


def test_it_is_text_everywhere():
    when = PartialDate.parse("September 2002")
    assert f"{when}" == str(when) == "2002-09"
    assert type(str(when)) is str
    assert {when: 1}["2002-09"] == 1
    assert PartialDate("September 2002") == PartialDate.parse(when) == when


def test_it_survives_copying_and_pickling():
    when = PartialDate.parse("26–28 February 2002")
    for twin in (copy.copy(when), copy.deepcopy(when), pickle.loads(pickle.dumps(when))):  # noqa: S301
        assert isinstance(twin, PartialDate)
        assert (twin, twin.starts_on, twin.display()) == (when, when.starts_on, when.display())


@given(partial_dates())
def test_its_text_is_canonical(when):
    assert PartialDate.parse(str(when)) == when
    assert PartialDate.parse(str(when).replace("/", " / ")) == when
    assert when.starts_on <= when.ends_on


@given(partial_dates(months=range(1, 13)))
def test_it_means_what_another_reader_of_edtf_says(when):
    """Seasons are left out: that reader takes no doubt about them, and ends winter with December."""
    other = parse_edtf(str(when))
    assert date(*other.lower_strict()[:3]) == when.starts_on
    assert date(*other.upper_strict()[:3]) == when.ends_on


# What is shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2002", "2002"),
        ("2002-09", "September 2002"),
        ("2002-02-06", "6 February 2002"),
        ("2002-02-26/2002-02-28", "26–28 February 2002"),
        ("2002-02-26/2002-03-03", "26 February – 3 March 2002"),
        ("2004-12-30/2005-01-02", "30 December 2004 – 2 January 2005"),
        ("2002-09/2002-10", "September–October 2002"),
        ("2004-11/2005-02", "November 2004 – February 2005"),
        ("2002/2004", "2002–2004"),
        ("2004~", "about 2004"),
        ("2004-09?", "possibly September 2004"),
        ("2002-02-26~/2002-02-28~", "about 26–28 February 2002"),
        ("2002-02-26~/2002-02-28", "about 26 February 2002 – 28 February 2002"),
        ("2002-02-26/2002-02-28?", "26 February 2002 – possibly 28 February 2002"),
        ("2002~/2004~", "about 2002 – about 2004"),
        ("2002-09-03/2002-10", "3 September 2002 – October 2002"),
        ("2004-21", "spring 2004"),
        ("2004-24", "winter 2004"),
        ("2004-21/2004-22", "spring–summer 2004"),
    ],
)
def test_people_see_words(text, shown):
    assert PartialDate.parse(text).display() == shown


@given(partial_dates())
def test_what_is_shown_can_be_typed(when):
    assert PartialDate.parse(when.display()) == when
    assert PartialDate.parse(when.display().upper().replace(" ", "\u00a0 ").replace("–", "—")) == when


# What people type


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Sept. 2002", "2002-09"),
        ("SEP 2002", "2002-09"),
        ("September, 2002", "2002-09"),
        ("Sep-2002", "2002-09"),
        ("May 2002", "2002-05"),
        ("February 26, 2002", "2002-02-26"),
        ("the 26th of February 2002", "2002-02-26"),
        ("26-Feb-2002", "2002-02-26"),
        ("26 February 2002.", "2002-02-26"),
        ("26/02/2002", "2002-02-26"),
        ("02/26/2002", "2002-02-26"),
        ("26.02.2002", "2002-02-26"),
        ("05/05/2005", "2005-05-05"),
        ("30/04/2005 – 13/5/2005", "2005-04-30/2005-05-13"),
        ("2002/02/26", "2002-02-26"),
        ("2002-2-6", "2002-02-06"),
        ("2002\u201109", "2002-09"),
        ("２００２", "2002"),
    ],
)
def test_one_date_is_typed_in_many_ways(typed, text):
    assert PartialDate.parse(typed) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("26-28 February 2002", "2002-02-26/2002-02-28"),
        ("26 - 28 Feb. 2002", "2002-02-26/2002-02-28"),
        ("26–28-Feb-2002", "2002-02-26/2002-02-28"),
        ("26th to 28th February 2002", "2002-02-26/2002-02-28"),
        ("26 and 27 February 2002", "2002-02-26/2002-02-27"),
        ("February 26-28, 2002", "2002-02-26/2002-02-28"),
        ("February 26—March 3, 2002", "2002-02-26/2002-03-03"),
        ("from 26 February until 3 March 2002", "2002-02-26/2002-03-03"),
        ("26/28 February 2002", "2002-02-26/2002-02-28"),
        ("26–28/02/2002", "2002-02-26/2002-02-28"),
        ("Sept.–Oct. 2002", "2002-09/2002-10"),
        ("September 2002 - 3 October 2002", "2002-09/2002-10-03"),
        ("November 2004 to February 2005", "2004-11/2005-02"),
        ("2002-2004", "2002/2004"),
        ("2002 to 2004", "2002/2004"),
        ("2002-02-26 to 2002-02-28", "2002-02-26/2002-02-28"),
        ("2002-02-26–2002-02-28", "2002-02-26/2002-02-28"),
        ("2002-09 - 2002-10", "2002-09/2002-10"),
    ],
)
def test_a_range_is_typed_in_many_ways(typed, text):
    assert PartialDate.parse(typed) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("mid-2004", "2004~"),
        ("Mid 2004", "2004~"),
        ("early 2004", "2004~"),
        ("late 2004", "2004~"),
        ("around 2004", "2004~"),
        ("circa 2004", "2004~"),
        ("c. 2004", "2004~"),
        ("ca. 2004", "2004~"),
        ("c2004", "2004~"),
        ("~2004", "2004~"),
        ("mid-September 2004", "2004-09~"),
        ("possibly 2004", "2004?"),
        ("September 2004?", "2004-09?"),
        ("mid-2004 – late 2005", "2004~/2005~"),
        ("26–28 February 2002?", "2002-02-26?/2002-02-28?"),
        ("about 26 – possibly 28 February 2002", "2002-02-26~/2002-02-28?"),
        ("26 February – about 28 February 2002", "2002-02-26/2002-02-28~"),
        ("2002 – 2004?", "2002/2004?"),
        ("Fall 2004", "2004-23"),
        ("early spring 2004", "2004-21~"),
    ],
)
def test_doubt_and_seasons_are_typed_as_words(typed, text):
    assert PartialDate.parse(typed) == text


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_name_and_its_short_name(month):
    name = date(2002, month, 1).strftime("%B")
    assert PartialDate.parse(f"{name} 2002") == PartialDate.parse(f"{name[:3]}. 2002") == f"2002-{month:02}"


def test_year_and_month_are_not_years():
    assert PartialDate.parse("2002-09") == "2002-09"
    assert PartialDate.parse("2002-03") == "2002-03"


# What is refused


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("03/04/2005", "3 April 2005 or 4 March 2005"),
        ("05-04-2005", "5 April 2005 or 4 May 2005"),
        ("Sep-02", "year of four digits"),
        ("26/02/02", "year of four digits"),
        ("26 Feb 02", "year of four digits"),
        ("2002–03", "year of four digits"),
        ("26 February", "year of four digits"),
        ("1899", "1900 to 2199"),
        ("2200-01", "1900 to 2199"),
        ("26/02/1850", "1900 to 2199"),
        ("2002-13", "no month 13"),
        ("2002-00", "no month 0"),
        ("2002-20", "no month 20"),
        ("2002-25", "no month 25"),
        ("2002-02-29", "February 2002 has no day 29"),
        ("2002-02-00", "February 2002 has no day 0"),
        ("31/04/2002", "April 2002 has no day 31"),
        ("2004-21-05", "spring 2004 has no day 5"),
        ("2004/2003", "ends before it starts"),
        ("30 December – 2 January 2005", "write the year at both ends"),
        ("2004%", "not both"),
        ("about 2004?", "not both"),
        ("..", "both its ends"),
        ("2004/..", "both its ends"),
        ("2004/", "both its ends"),
        ("– 2004", "both its ends"),
        ("200X", "leave out the digits"),
        ("2004-XX", "leave out the digits"),
        ("2002-02-26T10:00", "times are not kept"),
        ("2002-02-26 00:00:00", "times are not kept"),
        ("winter 2004–2005", "write winter 2004 (December to February) or December 2004 – 2005"),
        ("2004-24/2005", "one winter"),
        ("soon", "write it like"),
        ("from 2004", "write it like"),
        ("to 2004", "write it like"),
        ("about – 2004", "write it like"),
        ("26 2002", "write it like"),
        ("26 – March 2002", "write it like"),
        ("September – 2002", "write it like"),
        ("26 28 February 2002", "write it like"),
        ("25, 26 and 27 and 28 February 2002", "write it like"),
        ("Febtober 2002", "write it like"),
        ("20020226", "write it like"),
        ("126/02/2002", "write it like"),
        ("พ.ศ. 2545", "write it like"),
        ("2002" * 30, "longer than 100"),
    ],
)
def test_a_refusal_names_the_text_and_says_what_to_do(text, said):
    with pytest.raises(InvalidDate) as refusal:
        PartialDate.parse(text)
    assert f"“{text[:100]}" in str(refusal.value)
    assert said in str(refusal.value)


PIECES = [*MONTHS_OF_WORDS, *QUALIFIERS_OF_WORDS, *string.punctuation, *"–—  ", "to", "the", "from", "T10:00", "ﷺ"]
PIECES += ["2002", "2004", "1850", "26", "3", "31", "02", "2002-02-26", "2002-09", "26/02/2002", "26th"]


@given(st.text(max_size=120) | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join) | st.text("0123456789-/~? "))
def test_any_text_is_either_a_date_or_refused(text):
    try:
        when = PartialDate.parse(text)
    except InvalidDate as refusal:
        assert "can't be taken as a date" in str(refusal)  # noqa: PT017 - either is right
    else:
        assert PartialDate.parse(str(when)) == PartialDate.parse(when.display()) == when


def test_long_texts_are_refused_quickly():
    started = time.perf_counter()
    for text in ("2002 " * 10**6, "a" * 10**6, "9" * 10**6, "-" * 100, "a-" * 50, "ﷺ" * 100):
        with pytest.raises(InvalidDate):
            PartialDate.parse(text)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("", ""),
        ("2002", "year"),
        ("2002-21", "season"),
        ("2002-09", "month"),
        ("2002-02-26/2002-02-28", "day"),
        ("2002-02-26/2002-03", "month"),
        ("2002-09/2003", "year"),
    ],
)
def test_a_date_is_as_precise_as_its_vaguer_end(text, precision):
    assert PartialDate.parse(text).precision == precision


def test_a_date_is_uncertain_when_one_of_its_ends_is():
    assert PartialDate.parse("2004~").is_uncertain
    assert PartialDate.parse("2004/2005?").is_uncertain
    assert not PartialDate.parse("2004/2005").is_uncertain
