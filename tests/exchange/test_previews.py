"""A plan is read a page at a time, filtered by what its rows do; what has changed since is shown again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event
from exchange import previews, proposals
from exchange.parts import Part
from exchange.previews import preview_of
from exchange.problems import UnreadableFile
from exchange.proposals import Proposal
from records.models import Batch
from tests.editing import Editor, address
from tests.factories import CountryFactory, EventFactory, OutcomeFactory

from .record import bring_in

pytestmark = pytest.mark.django_db

HEADING = "reference,title,kind,when,city,country\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path
    return tmp_path / "proposals"


@pytest.fixture
def administrator(client, admin_user):
    return Editor(client, admin_user)


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def look(who, planned, **asked):
    """Look at the page of a plan again, with filters."""
    return who.client.get(planned.request["PATH_INFO"], asked)


def rows(response):
    return [line["number"] for line in response.context["page"]]


def filters(response):
    return {each["words"]: each["number"] for each in response.context["filters"]}


def propose(user, *parts):
    kept = [part.as_json() for part in parts]
    return proposals.keep(Proposal(user.pk, "events", "Trying", "admin", "/admin/", parts=kept))


@pytest.fixture
def mixed(administrator):
    """The page of a file that has rows of every kind."""
    EventFactory(reference="E1", title="Ports", kind="workshop", when="2004")
    EventFactory(reference="E2", title="Visas", kind="workshop", when="2004")
    CountryFactory(alpha2="MY", name="Malaysia")
    text = (
        "E1,Ports,workshop,2004,,\n"  # the same
        "E2,Visas and permits,workshop,2004,,\n"  # changed
        ",Passports,seminar,2005,,\n"  # new
        ",Passports,seminar,2005,,\n"  # said already
        ",Seals,seminar,2005-13,,Malasia\n"  # wrong twice
    )
    return administrator.upload(Event, HEADING + text)


# --- Filters and pages ------------------------------------------------------------------------------------------------


def test_the_kinds_of_rows_are_counted_and_each_count_leads_to_its_rows(administrator, mixed):
    assert filters(mixed) == {
        "with errors": 1,
        "alike with an earlier row": 1,
        "all that would be done": 2,
        "new": 1,
        "changed": 1,
        "the same": 1,
    }
    assert rows(mixed) == [6]
    for show, numbers in {"same": [2], "changed": [3], "new": [4], "duplicate": [5], "error": [6], "": [3, 4]}.items():
        shown = look(administrator, mixed, show=show)
        assert rows(shown) == numbers
        assert f'href="?show={show}" aria-current="true"' in page(shown)


def test_what_is_wrong_is_told_by_row_column_and_value(mixed):
    shown = page(mixed)
    assert "there is no month 13" in shown
    assert "No country is known as “Malasia”. Nearest: Malaysia." in shown
    assert shown.count('<th scope="row">6</th>') == 2


def test_what_nobody_can_ask_for_shows_what_is_shown_at_first(administrator, mixed):
    assert rows(look(administrator, mixed, show="nonsense", type="'", p="x")) == rows(mixed)


def test_rows_of_one_type_alone_are_shown_where_there_are_several(administrator):
    event = EventFactory(reference="E1")
    OutcomeFactory(reference="O1", event=event)
    parts = [
        Part("events", [{"reference": "E1", "title": "Another", "kind": event.kind}]),
        Part("outcomes", deleting=[{"reference": "O1"}]),
    ]
    proposal = propose(administrator.user, *parts)
    shown = administrator.client.get(address(Event, "plan", proposal.name))
    assert [line["key"] for line in shown.context["page"]] == ["E1", "O1"]
    assert "1 deleted" in page(shown)
    alone = administrator.client.get(address(Event, "plan", proposal.name), {"type": "outcomes"})
    assert [line["key"] for line in alone.context["page"]] == ["O1"]
    assert filters(alone) == {"deleted": 1}
    assert 'aria-current="true">deleted' in page(alone)


def test_a_type_that_was_not_come_to_is_named(administrator):
    parts = [Part("events", [{"reference": "E1", "title": "A", "kind": "worksop"}]), Part("themes", [{"name": "B"}])]
    shown = administrator.client.get(address(Event, "plan", propose(administrator.user, *parts).name))
    assert "not come to yet" in page(shown)


def test_a_page_asks_as_often_for_three_hundred_rows_as_for_three_and_plans_but_once(administrator, monkeypatch):
    def queries(number):
        text = "".join(f",Passports {each},seminar,2005-0{each % 9 + 1},,\n" for each in range(number))
        planned = administrator.upload(Event, HEADING + text)
        with monkeypatch.context() as patch, CaptureQueriesContext(connection) as captured:
            patch.setattr(previews, "PlanOfParts", None)
            assert page(look(administrator, planned, show="new"))
        return len(captured)

    queries(3)
    assert queries(300) == queries(3)


# --- What has changed since -------------------------------------------------------------------------------------------


@pytest.fixture
def retitling(administrator):
    """The page of a file that retitles three events."""
    for number in (1, 2, 3):
        EventFactory(reference=f"E{number}", title=f"Old {number}", kind="workshop")
    text = "".join(f"E{number},New {number},workshop\n" for number in (1, 2, 3))
    return administrator.upload(Event, "reference,title,kind\n" + text)


def test_rows_that_would_do_something_else_by_now_are_shown_again(administrator, retitling):
    bring_in("events", [{"reference": "E2", "title": "Another", "kind": "workshop"}])
    again = administrator.confirm(Event, retitling)
    assert "The record has changed since this was shown" in page(again)
    assert filters(again)["not as shown before"] == 1
    assert rows(again) == [3]
    assert "<del>Another</del> <ins>New 2</ins>" in page(again)
    assert Event.objects.filter(title__startswith="New").count() == 0
    administrator.confirm(Event, again)
    assert Event.objects.filter(title__startswith="New").count() == 3


def test_whoever_pages_on_is_told_that_rows_are_others_by_now(administrator, retitling):
    bring_in("events", [{"reference": "E2", "title": "New 2", "kind": "workshop"}])
    for _ in range(2):
        told = page(look(administrator, retitling, p=1))
        assert "1 row would do something else by now" in told
    assert rows(look(administrator, retitling, show="differing")) == [3]


def test_what_was_said_of_other_records_meanwhile_is_no_news(administrator, retitling):
    bring_in("events", [{"reference": "E9", "title": "Another", "kind": "workshop"}])
    assert "something else by now" not in page(look(administrator, retitling))
    administrator.confirm(Event, retitling)
    assert Event.objects.filter(title__startswith="New").count() == 3


def test_a_reference_that_another_took_first_stops_nobody(administrator):
    planned = administrator.upload(Event, "title,kind,when,city,country\nPorts,workshop,,,\n")
    bring_in("events", [{"title": "Another", "kind": "workshop", "when": "", "city": "", "country": ""}])
    administrator.confirm(Event, planned)
    assert Event.objects.get(title="Ports").reference == "E2"


# --- What is kept -----------------------------------------------------------------------------------------------------


def test_nothing_is_left_of_a_preview_that_could_not_be_made(admin_user, folder, monkeypatch):
    proposal = propose(admin_user, Part("themes", [{"name": "Ports"}]))

    def refuse(*args):
        raise UnreadableFile("Cut off.")

    monkeypatch.setattr(Proposal, "read_parts", refuse)
    with pytest.raises(UnreadableFile):
        preview_of(proposal, admin_user)
    assert [path.name for path in folder.iterdir()] == [proposal.path.name]


def test_a_preview_goes_with_its_proposal(administrator, mixed, folder):
    assert any(path.suffix == ".preview" for path in folder.iterdir())
    administrator.client.post(mixed.request["PATH_INFO"], {"cancel": "yes"})
    assert not any(path.suffix == ".preview" for path in folder.iterdir())
    assert not Batch.objects.exists()
