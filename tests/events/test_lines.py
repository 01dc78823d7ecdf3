"""The line of an activity in a list."""

import pytest
from django.utils.html import strip_tags

from events.lines import date_in_list, lines_of, with_more, with_numeral
from tests.factories import BodyFactory, CountryFactory, EventFactory, InvolvementFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def line(event):
    return lines_of([event.pk])[event.pk]


def words(html):
    return " ".join(strip_tags(html).split())


def test_a_line_says_when_what_by_whom_and_where():
    event = EventFactory(
        title="Targeting workshop",
        when="2004-05",
        place=PlaceFactory(city="Bangkok", country=CountryFactory(name="Thailand")),
        bodies=[BodyFactory(name="Experts’ Group II")],
    )
    for name, role in (("Malaysia", "host"), ("Fiji", "attendee"), ("Brunei", "host"), ("Nauru", "chair")):
        InvolvementFactory(event=event, participant=CountryFactory(name=name), role=role)
    assert words(line(event)) == (
        "May 2004 Targeting workshop Workshop · Experts’ Group II · Chair: Nauru · Host: Brunei, Malaysia "
        "Bangkok, Thailand"
    )
    assert f'href="/activities/{event.reference}/"' in line(event)


def test_a_line_says_what_is_not_known_and_what_did_not_take_place():
    event = EventFactory(title="Forum", when="", place=None, status="postponed")
    assert words(line(event)) == "Undated Forum Workshop · Postponed No place recorded"


def test_what_people_wrote_is_text():
    place = PlaceFactory(city="<b>", country=CountryFactory(name="<i>"))
    event = EventFactory(title="</div><script>", place=place, bodies=[BodyFactory(name="<u>")])
    InvolvementFactory(event=event, participant=CountryFactory(name="<s>"))
    html = with_more(line(event), "more")
    assert not any(mark in html for mark in ("<b>", "<i>", "<u>", "<s>", "<script>"))
    assert words(html).endswith("&lt;s&gt; more &lt;b&gt;, &lt;i&gt;")


@pytest.mark.parametrize(
    ("when", "html"),
    [
        ("", "Undated"),
        ("2004", '<time datetime="2004">2004</time>'),
        ("2004-05", '<time datetime="2004-05">May<span class="of-year"> 2004</span></time>'),
        ("2004-05-01/2004-05-03", '1–3 May<span class="of-year"> 2004</span>'),
        ("2003-12/2004-01", "Dec 2003 – Jan 2004"),
        ("2004~", "about 2004"),
    ],
)
def test_the_year_of_a_date_is_marked_where_the_rest_says_enough(when, html):
    assert date_in_list(when) == html


def test_the_line_of_a_conference_can_say_which_one_it_is():
    conference = EventFactory(conference=True, when="2003-04-28/2003-04-30", title="Second conference")
    assert words(with_numeral(line(conference), "II")).startswith("II 28–30 Apr 2003 Second conference")
