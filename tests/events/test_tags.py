"""How dates stand in lists."""

import re

import pytest
from django.template import Context, Template

from records.dates import PartialDate


@pytest.mark.parametrize(
    ("text", "alone", "under_2004"),
    [
        ("2004-09", "Sep 2004", "Sep"),
        ("2004-05-03", "3 May 2004", "3 May"),
        ("2004-02-26/2004-02-28", "26–28 Feb 2004", "26–28 Feb"),
        ("2004-21", "spring 2004", "spring"),
        ("2004-09~", "about Sep 2004", "about Sep"),
        ("2004", "2004", "2004"),
        ("2004~", "about 2004", "about 2004"),
        ("2003-12-30/2004-01-02", "30 Dec 2003 – 2 Jan 2004", "30 Dec 2003 – 2 Jan 2004"),
        ("2003-09", "Sep 2003", "Sep 2003"),
        ("", "Undated", "Undated"),
    ],
)
def test_a_date_is_short_and_leaves_out_the_year_that_it_stands_under(text, alone, under_2004):
    for year, expected in ((None, alone), (2004, under_2004)):
        html = Template("{% load events %}{% short_date date year %}").render(
            Context({"date": PartialDate(text), "year": year})
        )
        assert re.sub("<.+?>", "", html) == expected


def test_machines_read_the_whole_date():
    html = Template("{% load events %}{% short_date date 2004 %}").render(Context({"date": PartialDate("2004-09")}))
    assert html == '<time datetime="2004-09">Sep</time>'
