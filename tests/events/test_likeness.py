"""Which events, outcomes, series and themes a row without a key is probably of."""

import pytest

from tests.exchange.record import bring_in, planned_lines
from tests.factories import (
    AgencyFactory,
    BodyFactory,
    CountryFactory,
    EventFactory,
    OutcomeFactory,
    PlaceFactory,
    SeriesFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """A workshop of three days in Bangkok."""
    place = PlaceFactory(city="Bangkok", country=CountryFactory(alpha2="TH", name="Thailand"))
    PlaceFactory(city="Phuket", country=place.country)
    PlaceFactory(city="Jakarta", country=CountryFactory(alpha2="ID", name="Indonesia"))
    return EventFactory(
        reference="W1", title="Workshop on document fraud", kind="workshop", when="2004-09-06/2004-09-08", place=place
    )


ROW = {"title": "Document fraud workshop", "kind": "workshop", "when": "2004-09", "city": "Bangkok", "country": "TH"}


def likely(**cells):
    (line,) = planned_lines("events", [ROW | cells])
    assert not line.problems
    return list(line.likely)


def test_an_event_is_probably_one_of_much_the_same_title_date_and_place(event):
    much_the_same = [
        {},
        {"kind": "seminar"},
        {"when": "2004-09-20"},
        {"when": "2004"},
        {"when": ""} | {"title": "Document fraud workshop on"},
        {"city": ""},
        {"city": "", "country": ""},
        {"title": "Regional document fraud workshop", "when": "2004-09-07"},
        {"title": "Workshop on document fraud", "when": "2004-09-07", "city": "Phuket"},
        {"title": "Workshop on document fraud", "when": "2004-09-07", "city": "Hua Hin"},
    ]
    assert [cells for cells in much_the_same if likely(**cells) != ["W1"]] == []


def test_another_time_place_number_or_title_makes_another_event(event):
    another = [
        {"when": "2004-10"},
        {"when": "2005-09-06"},
        {"when": "2004-08-01"},
        {"country": "ID", "city": "Jakarta"},
        {"city": "Phuket"},
        {"title": "Seminar on returns"},
        {"when": ""} | {"title": "Workshop on documents"},
        {"when": "1995"},
    ]
    assert [cells for cells in another if likely(**cells)] == []


def test_numbers_of_titles_agree_where_both_have_some(event):
    EventFactory(reference="W2", title="Document fraud workshop 1", when="2004-09", place=event.place)
    found = {
        "Document fraud workshop 1": ["W2", "W1"],
        "Document fraud workshop 2": ["W1"],
        "First document fraud workshop": ["W2", "W1"],
        "Document fraud workshop": ["W2", "W1"],
    }
    assert {title: likely(title=title, when="2004-09-07") for title in found} == found


def test_an_undated_event_is_probably_one_whose_title_has_the_same_words(event):
    EventFactory(reference="W2", title="Fraud, document workshop", when="")
    assert likely() == ["W2", "W1"]
    assert likely(when="", title="Document on fraud workshop") == ["W1"]


def test_of_many_events_the_three_likeliest_are_shown(event):
    for title in ("Document fraud workshops", "Workshops about document fraud", "Document fraud workshop"):
        EventFactory(reference=f"X{len(title)}", title=title, when="2004-09-07")
    assert likely(when="2004-09-07") == ["X23", "X24", "W1"]


def test_what_a_file_writes_first_is_not_taken_for_what_was_there(event, monkeypatch):
    monkeypatch.setattr("exchange.plans.CHUNK", 1)  # each row is written before the next is planned
    assert bring_in("events", [ROW | {"when": when} for when in ("2009-01", "2010-01", "2009-01-07", "", "1990~")])


def test_an_outcome_is_probably_one_of_its_event_that_says_much_the_same(event):
    OutcomeFactory(reference="O1", event=event, text="Share lists of lost passports within 6 months.")
    OutcomeFactory(reference="O2", event=EventFactory(reference="W2"), text="Share lists of lost passports.")
    row = {"event": "W1", "kind": "decision", "text": "To share lists of lost passports within six months"}
    lines = planned_lines("outcomes", [row, row | {"text": "Share lists of lost passports within 12 months."}])
    assert [(line.status, list(line.likely)) for line in lines] == [("likely", ["O1"]), ("new", [])]


@pytest.mark.parametrize(
    ("type", "make", "row"),
    [
        ("agencies", AgencyFactory, {"name": "Department of Imigration", "kind": "agency"}),
        ("bodies", BodyFactory, {"name": "Department for Immigration"}),
        ("series", SeriesFactory, {"name": "Department of imigration"}),
        ("themes", ThemeFactory, {"name": "Immigration department, of"}),
    ],
)
def test_a_name_is_probably_one_that_is_much_the_same(type, make, row):
    make(slug="immigration", name="Department of Immigration")
    lines = planned_lines(type, [row, row | {"name": "Coast guard"}])
    assert [list(line.likely) for line in lines] == [["immigration"], []]


def test_a_group_with_another_number_is_another():
    BodyFactory(slug="aheg-one", name="Ad Hoc Experts’ Group I")
    assert planned_lines("bodies", [{"name": "Ad Hoc Experts’ Group II"}])[0].status == "new"
