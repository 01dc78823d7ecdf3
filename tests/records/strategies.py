"""Made-up partial dates for property tests."""

from hypothesis import strategies

from records.dates import InvalidDate, PartialDate
from records.points import FIRST_YEAR, LAST_YEAR, SEASONS, Point


@strategies.composite
def points(draw, months=(*range(1, 13), *SEASONS)):
    year = draw(strategies.integers(FIRST_YEAR, LAST_YEAR) | strategies.integers(2002, 2005))
    month = draw(strategies.none() | strategies.sampled_from(months))
    point = Point(year, month, None, draw(strategies.sampled_from(["", "", "~", "?"])))
    if month in range(1, 13):
        point = point._replace(day=draw(strategies.none() | strategies.integers(1, point.ends_on.day)))
    return point


def edtf_texts(**options):
    """One point or two in order; a few are refused, as 2004-24/2005 is."""
    one = points(**options)
    two = strategies.tuples(one, one).map(lambda pair: sorted(pair, key=lambda point: point.starts_on))
    return (one.map(lambda point: [point]) | two).map(lambda ends: "/".join(point.edtf for point in ends))


def partial_dates(**options):
    return edtf_texts(**options).filter(is_date).map(PartialDate)


def is_date(text):
    try:
        PartialDate(text)
    except InvalidDate:
        return False
    return True
