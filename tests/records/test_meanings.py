"""What a typed date is understood as is said in words."""

import pytest

from records.dates import InvalidDate
from records.meanings import meaning


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ""),
        ("2004", "2004, kept as 2004: 1 January to 31 December 2004"),
        ("dec 2004", "December 2004, kept as 2004-12: 1 to 31 December 2004"),
        ("26.2.2002", "26 February 2002, kept as 2002-02-26"),
        ("winter 2004", "winter 2004, kept as 2004-24: 1 December 2004 to 28 February 2005"),
        ("about 2004", "about 2004, kept as 2004~: 1 January to 31 December 2004"),
    ],
)
def test_a_date_is_said_in_words_with_the_days_that_it_can_mean(typed, words):
    assert meaning(typed) == words


def test_what_is_no_date_has_no_meaning():
    with pytest.raises(InvalidDate):
        meaning("lately")
