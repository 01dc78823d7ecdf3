"""Staff enter, change, publish and delete events, with all that belongs to them."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event, EventLink, Involvement, Outcome, Place, Series, Theme
from records.models import Batch, Change, Counter
from tests.editing import Editor, address, all_the_same, refusals
from tests.factories import (
    AgencyFactory,
    BodyFactory,
    CountryFactory,
    EventFactory,
    EventLinkFactory,
    InvolvementFactory,
    OutcomeFactory,
    PlaceFactory,
    SeriesFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, admin_user):
    return Editor(client, admin_user)


@pytest.fixture
def editor(client, django_user_model):
    """Somebody who may do all but publish."""
    user = django_user_model.objects.create_user("editor", is_staff=True)
    user.user_permissions.set(Permission.objects.exclude(codename="publish_event"))
    return Editor(client, user)


def recorded():
    """The one batch, as [(type, key, fields)] of its changes."""
    batch = Batch.objects.get()
    assert batch.origin == "admin"
    return [(change.type, change.key, change.fields) for change in batch.changes.all()]


# --- Entering ---------------------------------------------------------------------------------------------------------


def test_an_event_with_all_that_belongs_to_it_is_one_batch(administrator):
    conference = EventFactory(reference="E1")
    Counter.raise_to("E", 1)
    country, body, theme = CountryFactory(name="Fiji"), BodyFactory(), ThemeFactory()
    series, place = SeriesFactory(name="Targeting"), PlaceFactory(city="Suva", country=country)
    sent = administrator.save(
        Event,
        {
            "involvements": [{"participant": country.pk, "role": "host", "remark": "with thanks"}],
            "links": [{"to_event": conference.pk, "kind": "follows"}],
            "outcomes": [{"kind": "finding", "text": "One\r\ntwo\r\n", "status": "open"}],
        },
        title="Third  targeting workshop ",
        kind="workshop",
        when="26–28 February 2004",
        place=place.pk,
        bodies=[body.pk],
        themes=[theme.pk],
        series=series.pk,
        number_in_series="3",
        description="First line\r\nsecond line\r\n",
    )
    assert sent.status_code == 302
    (_, key, event), link, outcome = recorded()
    assert key == event["reference"][1] == "E2"
    assert event["title"] == ("", "Third  targeting workshop")
    assert event["when"] == ("", "2004-02-26/2004-02-28")
    assert event["hosts"] == ("", "Fiji [with thanks]")
    assert event["description"] == ("", "First line\nsecond line")
    assert [event[name][1] for name in ("bodies", "themes", "series")] == [body.name, theme.name, "Targeting"]
    assert link[:2] == ("event_links", "E2 / E1 / follows")
    assert outcome[:2] == ("outcomes", "O1")
    assert Outcome.objects.get().text == "One\ntwo"
    assert Batch.objects.get().by == administrator.user
    assert all_the_same()


def test_a_form_that_is_sent_as_it_is_makes_no_batch(administrator):
    event = EventFactory(
        when="2004~",
        place=PlaceFactory(),
        series=SeriesFactory(),
        bodies=[BodyFactory()],
        themes=[ThemeFactory()],
        description="First\nsecond",
    )
    InvolvementFactory(event=event)
    records = [event, EventLinkFactory(from_event=event), OutcomeFactory(event=event, addressed_to=BodyFactory())]
    for record in [*records, event.place, event.series]:
        assert administrator.save(record).status_code == 302
    assert not Batch.objects.exists()


def test_a_change_of_who_took_part_is_a_change_of_the_event(administrator):
    event = EventFactory(reference="E1")
    InvolvementFactory(event=event, participant=CountryFactory(name="Fiji", names=["Viti"]))
    viti = Involvement.objects.get().participant.known_names.get(text="Viti")
    administrator.save(
        event,
        {"involvements": [{"participant": AgencyFactory(name="Interpol").pk, "role": "trainer"}]},
        **{"involvements-0-recorded_as": viti.pk, "involvements-0-role": "chair"},
    )
    fields = {"hosts": ("Fiji", ""), "chairs": ("", "Viti"), "trainers": ("", "Interpol")}
    assert recorded() == [("events", "E1", fields)]
    assert all_the_same()


def test_only_what_is_touched_leaves_a_change(administrator):
    event = EventFactory(reference="E1")
    for number in (1, 2, 3):
        OutcomeFactory(event=event, reference=f"O{number}", text="Old")
        EventLinkFactory(from_event=event, to_event=EventFactory(reference=f"F{number}"))
    administrator.save(event, **{"outcomes-1-text": "New", "outcomes-2-DELETE": "on", "links-0-DELETE": "on"})
    assert sorted(recorded()) == [
        ("event_links", "E1 / F1 / follows", {"from": ("E1", ""), "to": ("F1", ""), "kind": ("follows", "")}),
        ("outcomes", "O2", {"text": ("Old", "New")}),
        ("outcomes", "O3", Change.objects.get(key="O3").fields),
    ]
    assert Change.objects.get(key="O3").after is None
    assert all_the_same()


def test_participants_change_roles_and_make_room_in_one_form(administrator):
    event = EventFactory(reference="E1")
    for name, role in (("Fiji", "chair"), ("Samoa", "host"), ("Tonga", "trainer")):
        InvolvementFactory(event=event, participant=CountryFactory(name=name), role=role)
    samoa = Involvement.objects.get(role="host")
    fields = {"involvements-0-participant": samoa.participant_id, "involvements-0-recorded_as": samoa.recorded_as_id}
    administrator.save(event, **fields, **{"involvements-1-DELETE": "on", "involvements-2-role": "host"})
    assert recorded() == [
        ("events", "E1", {"chairs": ("Fiji", "Samoa"), "hosts": ("Samoa", "Tonga"), "trainers": ("Tonga", "")})
    ]
    swapped = Involvement.objects.get(role="host"), Involvement.objects.get(role="chair")
    for number, part in enumerate(swapped):
        fields |= {f"involvements-{number}-participant": part.participant_id}
        fields |= {f"involvements-{number}-recorded_as": part.recorded_as_id}
    administrator.save(event, **fields)
    assert Change.objects.last().fields == {"chairs": ("Samoa", "Tonga"), "hosts": ("Tonga", "Samoa")}
    assert all_the_same()


def test_links_change_places_in_one_form(administrator):
    event, first, second = (EventFactory(reference=f"E{number}") for number in (1, 2, 3))
    EventLinkFactory(from_event=event, to_event=first, kind="follows")
    EventLinkFactory(from_event=event, to_event=second, kind="reviews")
    EventLinkFactory(from_event=event, to_event=first, kind="prepares")
    swapped = {"links-0-to_event": second.pk, "links-0-kind": "reviews", "links-1-to_event": first.pk}
    administrator.save(event, **swapped, **{"links-1-kind": "prepares", "links-2-DELETE": "on"})
    assert set(EventLink.objects.values_list("to_event__reference", "kind")) == {("E2", "prepares"), ("E3", "reviews")}
    assert len(recorded()) == 3
    assert all_the_same()


def test_a_place_is_corrected_and_its_former_key_is_kept(administrator):
    place = PlaceFactory(city="Densapar", country=CountryFactory(alpha2="ID"))
    administrator.save(place, city="Denpasar", latitude="−8.65", longitude="115.21667")
    change = Change.objects.get()
    assert (change.previous_key, change.key) == ("Densapar / ID", "Denpasar / ID")
    assert change.fields["latitude"] == ("", "-8.65")
    assert all_the_same()


@pytest.mark.parametrize("model", [Series, Theme])
def test_headings_are_added_and_renamed(administrator, model):
    administrator.save(model, name="Targeting", slug="targeting")
    heading = model.objects.get()
    administrator.save(heading, name="Targeting workshops", slug="other")
    heading.refresh_from_db()
    assert (heading.slug, heading.name) == ("targeting", "Targeting workshops")
    assert Batch.objects.count() == 2


def test_links_and_outcomes_have_forms_of_their_own(administrator):
    first, second = EventFactory(reference="E1"), EventFactory(reference="E2")
    administrator.save(EventLink, from_event=first.pk, to_event=second.pk, kind="follows")
    administrator.save(Outcome, event=first.pk, kind="finding", text="Useful", taken_up_at=second.pk)
    assert [str(change) for change in Change.objects.all()] == ["event_links E1 / E2 / follows", "outcomes O1"]
    administrator.save(EventLink.objects.get(), kind="reviews")
    change = Change.objects.last()
    assert (change.previous_key, change.key) == ("E1 / E2 / follows", "E1 / E2 / reviews")


# --- References -------------------------------------------------------------------------------------------------------


def test_a_given_reference_is_kept_and_the_next_is_above_it(administrator):
    administrator.save(Event, title="Ports", kind="workshop", reference="E17")
    administrator.save(Event, title="Visas", kind="workshop")
    assert list(Event.objects.values_list("reference", flat=True)) == ["E17", "E18"]


def test_the_reference_of_what_was_deleted_is_not_given_again(administrator):
    administrator.save(Event, title="Ports", kind="workshop")
    administrator.delete(Event.objects.get())
    administrator.save(Event, title="Visas", kind="workshop")
    assert Event.objects.get().reference == "E2"


def test_a_reference_never_changes(administrator):
    event, outcome = EventFactory(reference="E1"), OutcomeFactory(reference="O1")
    for record in (event, outcome):
        assert administrator.save(record, reference="X9").status_code == 302
    assert not Batch.objects.exists()


def test_a_taken_or_odd_reference_is_refused(administrator):
    EventFactory(reference="E1")
    taken = administrator.save(Event, title="Ports", kind="workshop", reference="E1")
    assert refusals(taken) == {"reference": ["Event with this Reference already exists."]}
    odd = administrator.save(Event, title="Ports", kind="workshop", reference="E 1/2")
    assert refusals(odd) == {"reference": ["A reference has 1 to 40 letters without accents, digits and hyphens."]}


# --- What is refused, in words beside its field -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {
            "title": ("", "This field is required."),
            "when": ("03/04/2005", "it may be 3 April 2005 or 4 March 2005"),
            "kind": ("party", "party is not one of the available choices"),
            "number_in_series": ("0", "greater than or equal to 1"),
            "url": ("javascript:alert(1)", "Enter a valid URL."),
            "place": ("999", "not one of the available choices"),
        },
        {"title": ("Ports\x01", "an invisible control character"), "when": ("2004-13", "there is no month 13")},
        {"title": ("P" * 301, "at most 300 characters"), "when": ("28–26 February 2002", "can't be taken as a date")},
        {"number_in_series": ("3", "A number in a series needs the series.")},
    ],
)
def test_a_field_of_an_event_is_refused(administrator, wrong):
    sent = {"title": "Ports", "kind": "workshop"} | {field: cell for field, (cell, _message) in wrong.items()}
    found = administrator.refused(Event, **sent)
    assert found.keys() == wrong.keys()
    for field, (_cell, message) in wrong.items():
        assert message in found[field][0]
    assert not Batch.objects.exists()


def test_a_participant_has_a_role_once(administrator):
    event, country = EventFactory(), CountryFactory()
    row = {"participant": country.pk, "role": "host"}
    twice = administrator.refused(event, {"involvements": [row, row]})
    assert twice == {
        "involvements": ["A participant has a role once an event."],
        "involvements-1": ["This stands above already."],
    }
    InvolvementFactory(event=event, participant=country)
    again = administrator.refused(event, {"involvements": [row]})
    assert again["involvements"] == ["A participant has a role once an event."]


def test_a_participant_is_recorded_under_a_name_of_its_own_that_is_no_code(administrator):
    event, country, other = EventFactory(), CountryFactory(name="Fiji"), CountryFactory(name="Samoa")
    code, samoa = country.known_names.get(kind="code"), other.known_names.get(kind="preferred")
    row = {"participant": country.pk, "role": "host", "remark": "[sic]"}
    found = administrator.refused(event, {"involvements": [row | {"recorded_as": samoa.pk}]})
    assert found["involvements-0-recorded_as"] == ["“Samoa” is no known name of Fiji."]
    assert found["involvements-0-remark"] == ["A remark holds no square brackets."]
    found = administrator.refused(event, {"involvements": [row | {"recorded_as": code.pk, "remark": ""}]})
    assert list(found) == ["involvements-0-recorded_as"]


def test_names_are_suggested_without_codes(administrator):
    CountryFactory(name="Fiji", alpha2="FJ", names=["Viti"])
    BodyFactory(name="Fiji Group")
    asked = {"app_label": "events", "model_name": "involvement", "field_name": "recorded_as", "term": "fiji"}
    found = administrator.client.get("/admin/autocomplete/", asked).json()["results"]
    assert [each["text"] for each in found] == ["Fiji", "Viti"]


def test_a_link_stands_once_leads_elsewhere_and_goes_not_in_a_circle(administrator):
    first, second = EventFactory(), EventFactory()
    row = {"to_event": second.pk, "kind": "follows"}
    assert administrator.refused(first, {"links": [row, row]})["links"] == ["This link is recorded already."]
    itself = administrator.refused(first, {"links": [row | {"to_event": first.pk}]})
    assert itself == {"links-0-to_event": ["An event is not linked to itself."]}
    administrator.save(first, {"links": [row]})
    circle = "These links go round in a circle: an event cannot follow on itself."
    back = {"to_event": first.pk, "kind": "follows"}
    assert administrator.refused(second, {"links": [back]}) == {"links-0-to_event": [circle]}
    assert administrator.refused(EventLink, from_event=second.pk, **back) == {"to_event": [circle]}
    again = administrator.refused(EventLink, from_event=first.pk, **row)
    assert again == {"": ["This link is recorded already."]}


def test_a_place_is_recorded_once(administrator):
    place = PlaceFactory(city="Denpasar")
    other = PlaceFactory(city="", country=place.country)
    message = "This place is recorded already."
    assert administrator.refused(Place, city=" DEN-pasar", country=place.country.pk) == {"city": [message]}
    assert administrator.refused(Place, country=place.country.pk) == {"city": [message]}
    assert administrator.refused(other, city="Dénpasar") == {"city": [message]}
    assert administrator.refused(Place, city="Suva") == {"country": ["This field is required."]}


@pytest.mark.parametrize(
    ("degrees", "field", "message"),
    [
        ({"latitude": "-8.65"}, "longitude", "A place has both coordinates or none."),
        ({"longitude": "115"}, "latitude", "A place has both coordinates or none."),
        ({"latitude": "south", "longitude": "115"}, "latitude", "Enter a number."),
        ({"latitude": "91", "longitude": "115"}, "latitude", "less than or equal to 90"),
        ({"latitude": "1.1234567", "longitude": "115"}, "latitude", "no more than 5 decimal places"),
    ],
)
def test_odd_coordinates_are_refused(administrator, degrees, field, message):
    found = administrator.refused(PlaceFactory(), **degrees)
    assert list(found) == [field]
    assert message in found[field][0]


@pytest.mark.parametrize("factory", [SeriesFactory, ThemeFactory])
def test_a_heading_has_a_name_and_a_slug_of_its_own(administrator, factory):
    model = type(factory(name="Visa matters", slug="visas"))
    found = administrator.refused(model, name="Visa-Matters", slug="visas")
    assert found["name"] == ["The name “Visa-Matters” is taken."]
    assert "already exists" in found["slug"][0]
    assert list(administrator.refused(model, name="", slug="No")) == ["name", "slug"]


# --- Deleting ---------------------------------------------------------------------------------------------------------


def test_an_event_is_deleted_with_what_belongs_to_it(administrator):
    event = EventFactory(reference="E1")
    OutcomeFactory(event=event, reference="O1")
    EventLinkFactory(from_event=event, to_event=EventFactory(reference="E2"))
    InvolvementFactory(event=event)
    assert administrator.delete(event).status_code == 302
    assert [str(change) for change in Batch.objects.get().changes.all()] == [
        "outcomes O1",
        "event_links E1 / E2 / follows",
        "events E1",
    ]
    assert all_the_same()


@pytest.mark.parametrize("somebody", ["administrator", "editor"])
def test_what_goes_with_an_event_is_named_with_as_many_queries_for_much_as_for_little(request, somebody):
    client, event = request.getfixturevalue(somebody).client, EventFactory(draft=True)

    def queries(number):
        for _ in range(number):
            OutcomeFactory(event=event)
            EventLinkFactory(from_event=event)
            EventLinkFactory(to_event=event)
            InvolvementFactory(event=event)
        with CaptureQueriesContext(connection) as captured:
            shown = client.get(address(Event, "delete", event.pk))
        assert shown.content.decode().count("Outcome: <a href=") == event.outcomes.count()
        return len(captured)

    queries(1)
    assert queries(30) == queries(1)


def test_an_event_that_took_something_up_stays(administrator):
    event = EventFactory()
    OutcomeFactory(reference="O1", taken_up_at=event)
    assert "O1 recommendation" in str(administrator.delete(event).context["protected"])
    assert Event.objects.filter(pk=event.pk).exists()


# --- Publishing -------------------------------------------------------------------------------------------------------


def test_a_publisher_publishes(administrator):
    event = EventFactory(reference="E1", draft=True)
    administrator.save(event, publication="published")
    assert recorded() == [("events", "E1", {"publication": ("draft", "published")})]


def test_an_editor_works_on_drafts_and_does_not_publish(editor):
    event = EventFactory(draft=True)
    shown = editor.open(event).context["adminform"].form.fields["publication"].choices
    assert [value for value, _label in shown] == ["draft", "in_review"]
    assert list(editor.refused(event, publication="published")) == ["publication"]
    assert list(editor.refused(Event, title="A", kind="other", publication="published")) == ["publication"]
    editor.save(
        event,
        {
            "involvements": [{"participant": CountryFactory().pk, "role": "host"}],
            "outcomes": [{"kind": "finding", "text": "Useful", "status": "open"}],
            "links": [{"to_event": EventFactory().pk, "kind": "follows"}],
        },
        publication="in_review",
    )
    assert Batch.objects.get().changes.count() == 3
    assert editor.delete(event).status_code == 302


def test_an_editor_sees_what_is_published_and_leaves_it_as_it_is(editor):
    event = EventFactory(title="Ports")
    outcome, link = OutcomeFactory(event=event), EventLinkFactory(from_event=event)
    for record in (event, outcome, link):
        url = address(type(record), "change", record.pk)
        assert "Ports" in editor.client.get(url).content.decode()
        assert editor.client.post(url, {"title": "X", "text": "X"}).status_code == 403
        assert editor.delete(record).status_code == 403
        assert editor.delete_all([record]).status_code == 403
    assert not Batch.objects.exists()
    assert (Event.objects.count(), Outcome.objects.count(), EventLink.objects.count()) == (2, 1, 1)


def test_an_editor_deletes_no_list_with_something_published_in_it(editor):
    events = [EventFactory(draft=True), EventFactory()]
    assert editor.delete_all(events).status_code == 403
    assert Event.objects.count() == 2
    assert editor.delete_all(events[:1]).status_code == 302


def test_before_a_list_is_deleted_it_is_shown_what_goes_or_that_it_may_not(editor):
    draft, public = EventFactory(draft=True), EventFactory()
    OutcomeFactory(event=draft, reference="O1")
    shown = editor.delete_all([draft], confirmed="").content.decode()
    assert "This goes:" in shown
    assert ">O1 " in shown
    assert "Delete</button>" in shown
    refused = editor.delete_all([draft, public], confirmed="").content.decode()
    assert "They cannot be deleted by you" in refused
    assert "Delete</button>" not in refused
    assert Event.objects.count() == 2


def test_an_editor_adds_nothing_to_what_is_published(editor):
    public, other, draft = EventFactory(), EventFactory(), EventFactory(draft=True)
    message = "You have no right to change what belongs to published events."
    outcome = {"kind": "finding", "text": "Useful"}
    assert editor.refused(Outcome, event=public.pk, **outcome) == {"event": [message]}
    linked = editor.save(EventLink, from_event=public.pk, to_event=other.pk, kind="follows")
    assert refusals(linked) == {"from_event": [message]}
    editor.save(Outcome, event=draft.pk, **outcome)
    assert editor.refused(Outcome.objects.get(), event=public.pk) == {"event": [message]}
    assert editor.save(EventLink, from_event=draft.pk, to_event=public.pk, kind="follows").status_code == 302


def test_whoever_may_change_events_may_say_who_took_part(client, django_user_model):
    clerk = django_user_model.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=["change_event", "view_participant"]))
    event = EventFactory(draft=True)
    row = {"participant": CountryFactory(name="Fiji").pk, "role": "host"}
    assert Editor(client, clerk).save(event, {"involvements": [row]}).status_code == 302
    assert str(Involvement.objects.get()) == "Host: Fiji"


def test_drafts_have_no_way_to_a_public_page(administrator):
    draft, public = EventFactory(draft=True), EventFactory(reference="E5")
    assert "View on site" not in administrator.open(draft).content.decode()
    assert 'href="/activities/E5/"' in administrator.open(public).content.decode()


def test_lists_shorten_long_outcomes(administrator):
    OutcomeFactory(text="Long " * 40)
    shown = administrator.client.get(address(Outcome, "changelist")).content.decode()
    assert f"{'Long ' * 19}Long…" in shown


def test_lists_say_that_an_event_is_undated(administrator):
    EventFactory(when="")
    assert "undated" in administrator.client.get(address(Event, "changelist")).content.decode()


@pytest.mark.parametrize("fact", ["date", "place", "body", "source"])
def test_a_list_shows_what_lacks_something(administrator, fact):
    whole = {"when": "2004", "place": PlaceFactory(), "bodies": [BodyFactory()], "sources": "Summary"}
    empty = {"date": {"when": ""}, "place": {"place": None}, "body": {"bodies": []}, "source": {"sources": ""}}
    EventFactory(**whole)
    lacking = EventFactory(**whole | empty[fact])
    shown = administrator.client.get(address(Event, "changelist"), {"missing": fact}).context["cl"].result_list
    assert list(shown) == [lacking]
