"""Which events entries tell of."""

import pytest

from summaries.knowledge import KnownEvent
from summaries.matching import Matcher

VISAS = KnownEvent("E1", "Workshop on visas", "workshop", "2004-05-03/2004-05-05", "Bangkok", "TH")


def row(**cells):
    return {
        "title": "Visas workshop",
        "kind": "workshop",
        "when": "2004-05",
        "city": "Bangkok",
        "country": "TH",
    } | cells


def match(*rows, events=(VISAS,), **options):
    return Matcher(events, **options).match([(each, f"• {each['when']}: {each['title']}.") for each in rows])


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({}, "E1"),
        ({"when": "2004"}, "E1"),
        ({"when": "2004-06"}, ""),
        ({"city": ""}, "E1"),
        ({"city": "", "country": "ID"}, ""),
        ({"city": "Phuket"}, ""),
        ({"title": "Ports workshop"}, ""),
        ({"title": "Visas and ports workshop"}, "E1"),
        ({"title": "Meeting on visas", "kind": "meeting"}, "E1"),
        ({"title": "Meeting on visas and other papers of travellers", "kind": "meeting", "city": ""}, "E1"),
        ({"when": "", "title": "Workshop on visas"}, "E1"),
        ({"when": "", "title": "Ports"}, ""),
        ({"when": "1900/2100"}, ""),
    ],
)
def test_date_place_and_title_tell(cells, found):
    assert match(row(**cells)) == [found]


def test_an_event_is_that_of_one_entry_the_one_that_is_most_like_it():
    assert match(row(title="Training on visas", kind="training"), row()) == ["", "E1"]


def test_numbers_tell_meetings_of_one_name_apart():
    first, second = (
        KnownEvent(f"E{number}", f"{ordinal} Ad Hoc Group Meeting", "meeting", "2009", "Bali", "ID")
        for number, ordinal in ((1, "First"), (2, "Second"))
    )
    cells = {"kind": "meeting", "when": "2009-07", "city": "Bali", "country": "ID"}
    rows = [row(**cells, title=f"{ordinal} Ad Hoc Group Meeting") for ordinal in ("Second", "First", "Third")]
    assert match(*rows, events=[first, second]) == ["E2", "E1", ""]


def test_what_was_printed_before_is_known_whatever_was_corrected_since():
    corrected = VISAS._replace(title="Seminar on travel papers", when="2005-01", city="Perth", country="AU")
    printed = [("o  2004-05: Visas WORKSHOP", "E1")]
    assert match(row(), row(), events=[corrected], printed=printed) == ["E1", ""]


def test_events_that_are_taken_are_not_found():
    assert match(row(), taken=["E1"]) == [""]


def test_titles_without_words_that_tell_are_compared_as_they_stand():
    meeting = VISAS._replace(title="The meeting")
    assert match(row(title="Meeting"), events=[meeting]) == ["E1"]
    assert match(row(title="Ode"), events=[meeting]) == [""]
