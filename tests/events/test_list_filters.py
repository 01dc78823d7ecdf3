"""The admin's list of events is filtered by date, as far as it is known, and by what staff know of events."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Event, Outcome
from participants.models import Body, Membership
from tests.editing import Editor, address
from tests.factories import (
    BodyFactory,
    CountryFactory,
    EventFactory,
    InvolvementFactory,
    MembershipFactory,
    OutcomeFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, admin_user):
    return Editor(client, admin_user)


def listed(administrator, model=Event, **query):
    return list(administrator.client.get(address(model, "changelist"), query).context["cl"].result_list)


def choices(administrator, **query):
    """What there is to choose from of dates."""
    changelist = administrator.client.get(address(Event, "changelist"), query).context["cl"]
    (spec,) = [spec for spec in changelist.filter_specs if getattr(spec, "is_line", False)]
    return [str(choice["display"]) for choice in spec.choices(changelist)]


def test_years_lead_to_their_months(administrator):
    EventFactory(when="2002-02-26")
    EventFactory(when="2004-12/2005-01")
    EventFactory(when="")
    assert choices(administrator) == ["All", "2002", "2003", "2004", "2005", "Undated"]
    assert choices(administrator, when="2004")[:3] == ["All", "All of 2004", "January"]
    assert choices(administrator, when="2004-12")[:3] == ["All", "All of 2004", "January"]


def test_an_empty_record_has_no_years(administrator):
    assert choices(administrator) == ["All", "Undated"]


def test_a_year_or_month_has_what_was_at_any_day_of_it(administrator):
    month, year = EventFactory(when="2004-12"), EventFactory(when="2004")
    both, undated = EventFactory(when="2004-12/2005-01"), EventFactory(when="")
    EventFactory(when="2006")
    assert set(listed(administrator, when="2004")) == {month, year, both}
    assert set(listed(administrator, when="2005-01")) == {both}
    assert listed(administrator, when="undated") == [undated]
    assert len(listed(administrator, when="lately")) == 5


def test_a_period_has_what_was_between_two_conferences(administrator):
    EventFactory(conference=True, reference="E1", when="2002-02-26")
    within = EventFactory(when="2003")
    EventFactory(conference=True, reference="E2", when="2004-02-26")
    EventFactory(when="2005")
    assert listed(administrator, period="E1") == [within]
    assert listed(administrator, period="E404") == []


def test_events_are_filtered_by_the_country_of_their_place(administrator):
    event = EventFactory(place=PlaceFactory())
    EventFactory(place=PlaceFactory())
    assert listed(administrator, place__country__id__exact=event.place.country_id) == [event]


def test_events_are_found_by_what_staff_know_of_them(administrator):
    fiji = CountryFactory(name="Fiji", names=["Viti"])
    place = PlaceFactory(city="Nadi", country=fiji)
    event = EventFactory(reference="E17", title="Ports", place=place, when="2004-05", note="Ask Suva")
    InvolvementFactory(event=event, participant=CountryFactory(name="IOM member"))
    EventFactory(reference="E2", title="Visas", when="2005")
    said = ["E17", "ports", "nadi", "viti", "2004 ports", "iom", "ask suva"]
    assert [words for words in said if listed(administrator, q=words) != [event]] == []


def test_empty_values_are_said_in_words(administrator):
    EventFactory(when="")
    MembershipFactory(joined="2003")
    BodyFactory(began="2002")

    def shown(model):
        return administrator.client.get(address(model, "changelist")).content.decode()

    assert "undated" in shown(Event)
    assert "no place" in shown(Event)
    assert "a member" in shown(Membership)
    assert "stands" in shown(Body)


def test_memberships_are_found_by_any_name_and_told_by_whether_they_go_on(administrator):
    now = MembershipFactory(member=CountryFactory(name="Republic of Korea", names=["ROK"]))
    once = MembershipFactory(left="2005", joined="2003")
    assert listed(administrator, Membership, q="rok") == [now]
    assert listed(administrator, Membership, current="yes") == [now]
    assert listed(administrator, Membership, current="no") == [once]


def test_outcomes_that_wait_for_follow_up_are_listed(administrator):
    year = timezone.localdate().year
    old, new = EventFactory(when=f"{year - 2}"), EventFactory(when=f"{year}")
    ministers = BodyFactory()
    forgotten = OutcomeFactory(event=old, addressed_to=ministers)
    unaddressed = OutcomeFactory(event=new)
    OutcomeFactory(event=old, status="done")
    OutcomeFactory(event=new, addressed_to=ministers)
    assert listed(administrator, Outcome, follow_up="old") == [forgotten]
    assert listed(administrator, Outcome, follow_up="nobody") == [unaddressed]
    assert len(listed(administrator, Outcome, follow_up="lost")) == 4


def test_the_list_of_outcomes_takes_as_many_queries_for_thirty_as_for_one(administrator):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            listed(administrator, Outcome)
        return len(captured)

    def grow(times):
        for _ in range(times):
            OutcomeFactory(addressed_to=BodyFactory(), status="taken_up", taken_up_at=EventFactory(when="2009"))

    grow(1)
    for_one = queries()
    grow(29)
    assert queries() == for_one
