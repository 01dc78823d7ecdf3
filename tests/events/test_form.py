"""The form of an event saves steps: places on the spot, pasted lists, buttons that go on, copies of past events."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event, EventLink, Involvement, Place
from records.models import Batch, Change
from tests.editing import Editor, address, all_the_same, entered, refusals
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
def clerk(client, django_user_model):
    """Somebody who may enter events and no more."""
    user = django_user_model.objects.create_user("clerk", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_event", "change_event", "view_event"]))
    return Editor(client, user)


def text_of(response):
    return response.content.decode()


# --- The order of thought ---------------------------------------------------------------------------------------------


def test_the_parts_of_the_form_stand_in_the_order_of_thought_with_their_numbers(administrator):
    event = EventFactory()
    for _ in range(2):
        InvolvementFactory(event=event)
    OutcomeFactory(event=event)
    EventLinkFactory(from_event=event)
    EventLinkFactory(to_event=event)
    shown = administrator.open(event)
    counts = [(section.fieldset.name, section.count) for section in shown.context["form_sections"]]
    assert counts == [
        ("What", None),
        ("When and where", None),
        ("Who", 2),
        ("What came of it", 1),
        ("What it built on and led to", 2),
        ("Sources and notes", None),
        ("Publishing", None),
    ]
    places = [text_of(shown).index(text) for text in ('id="who"', 'id="involvements-group"', 'id="outcomes"')]
    assert places == sorted(places)


def test_links_are_entered_from_either_end(administrator):
    event, later = EventFactory(reference="E1"), EventFactory(reference="E2")
    administrator.save(event, {"links_to": [{"from_event": later.pk, "kind": "follows"}]})
    link = EventLink.objects.get()
    assert (link.from_event, link.to_event) == (later, event)
    assert "Led to" in text_of(administrator.open(event))
    assert all_the_same()


def test_what_is_wrong_is_summed_up_at_the_top_with_the_way_to_each_field(administrator):
    shown = text_of(administrator.save(EventFactory(), {"outcomes": [{"kind": "finding"}]}, title="", when="lately"))
    summary = shown[shown.index("error-summary") : shown.index("form-sections")]
    assert '<a href="#id_title">Title</a>: This field is required.' in summary
    assert '<a href="#id_when">When</a>: “lately” can&#x27;t be taken as a date' in summary
    assert '<a href="#id_outcomes-0-text">Outcome 1, text</a>: This field is required.' in summary


# --- Dates are repeated back ------------------------------------------------------------------------------------------


def test_a_date_is_repeated_back_under_its_field(administrator):
    shown = text_of(administrator.open(EventFactory(when="dec 2004")))
    assert "Understood as: December 2004, kept as 2004-12: 1 to 31 December 2004</output>" in shown


def test_a_date_is_repeated_back_while_it_is_typed(administrator):
    answer = administrator.client.get("/admin/understood/", {"date": "26-28 Feb 2002"}).json()
    assert answer == {"understood": "26–28 February 2002, kept as 2002-02-26/2002-02-28: 26 to 28 February 2002"}
    answer = administrator.client.get("/admin/understood/", {"date": "03/04/2005"}).json()
    assert "it may be 3 April 2005 or 4 March 2005" in answer["refused"]


def test_dates_are_repeated_back_to_staff_alone(client):
    assert client.get("/admin/understood/", {"date": "2004"}).status_code == 302


# --- Places on the spot -----------------------------------------------------------------------------------------------


def test_a_new_place_is_made_with_the_event_in_one_batch(administrator):
    fiji = CountryFactory(name="Fiji", alpha2="FJ", names=["Viti"])
    administrator.save(Event, title="Ports", kind="workshop", new_place=" Nadi,  Viti ")
    event = Event.objects.get()
    assert (event.place.city, event.place.country) == ("Nadi", fiji)
    assert {change.type for change in Batch.objects.get().changes.all()} == {"places", "events"}
    assert Change.objects.get(type="events").after["city"] == "Nadi"
    assert all_the_same()


@pytest.mark.parametrize("text", ["NADI, fj", "nadi", "Fiji"])
def test_a_place_that_is_known_is_taken_rather_than_made(administrator, text):
    fiji = CountryFactory(name="Fiji", alpha2="FJ")
    places = {"Fiji": PlaceFactory(city="", country=fiji)}
    nadi = PlaceFactory(city="Nadi", country=fiji)
    administrator.save(Event, title="Ports", kind="workshop", new_place=text)
    assert Event.objects.get().place == places.get(text, nadi)
    assert Place.objects.count() == 2


def test_a_country_as_a_whole_is_made(administrator):
    CountryFactory(name="Fiji")
    administrator.save(Event, title="Ports", kind="workshop", new_place="Fiji")
    assert str(Event.objects.get().place) == "Fiji"


def test_near_places_are_named_before_another_is_made(administrator):
    fiji = CountryFactory(name="Fiji")
    PlaceFactory(city="Nadi", country=fiji)
    fields = {"title": "Ports", "kind": "workshop", "new_place": "Naddi, Fiji"}
    asked = administrator.save(Event, **fields)
    assert refusals(asked) == {
        "new_place": ["Is it one of these? Nadi, Fiji. If not, tick the box and save again."],
    }
    assert 'type="checkbox" name="make_place"' in text_of(asked)
    assert not Batch.objects.exists()
    assert administrator.save(Event, make_place="on", **fields).status_code == 302
    assert Event.objects.get().place.city == "Naddi"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Nadi, Fidji", "No country is known as “Fidji”. Nearest: Fiji."),
        ("Nadi", "Say the country too, such as Nadi, Fiji."),
        ("…, Fiji", "“…” is no city: it has no letter and no digit."),
    ],
)
def test_a_place_that_means_none_is_refused(administrator, text, message):
    CountryFactory(name="Fiji")
    assert administrator.refused(Event, title="A", kind="other", new_place=text) == {"new_place": [message]}


def test_a_place_is_chosen_or_made_and_not_both(administrator):
    event = EventFactory(place=PlaceFactory())
    message = "Choose a place or write a new one, not both."
    assert administrator.refused(event, new_place="Nadi, Fiji") == {"new_place": [message]}


def test_who_may_not_add_places_makes_none(clerk):
    CountryFactory(name="Fiji")
    refused = clerk.refused(Event, title="A", kind="other", new_place="Nadi, Fiji")
    assert refused == {"new_place": ["You have no right to add places."]}


# --- Pasted lists -----------------------------------------------------------------------------------------------------


def resolve(editor, subject, text, role="attendee", **fields):
    return editor.save(subject, pasted=text, pasted_role=role, _resolve="1", **fields)


def rows(response):
    """Who stands in the rows of a form: (role, participant, name as recorded)."""
    data = entered(response)
    total = int(data["involvements-TOTAL_FORMS"])
    names = ["role", "participant", "recorded_as"]
    return [tuple(str(data.get(f"involvements-{number}-{name}", "")) for name in names) for number in range(total)]


def test_a_pasted_list_becomes_rows_and_is_saved_with_the_event(administrator):
    event = EventFactory(reference="E1", draft=True)
    korea = CountryFactory(name="Republic of Korea", names=["ROK"])
    migration = AgencyFactory(name="Organization for Migration", acronym="IOM")
    shown = resolve(administrator, event, "ROK and IOM", title="Typed", role="host")
    rok, iom = (owner.known_names.get(text=text) for owner, text in ((korea, "ROK"), (migration, "IOM")))
    assert rows(shown) == [
        ("host", str(korea.pk), str(rok.pk)),
        ("host", str(migration.pk), str(iom.pk)),
    ]
    data = entered(shown)
    assert (data["title"], data["pasted"]) == ("Typed", "")
    assert "2 rows added above. Nothing is saved yet." in text_of(shown)
    assert not Batch.objects.exists()
    administrator.client.post(address(Event, "change", event.pk), data)
    assert [str(part.recorded_as) for part in Involvement.objects.order_by("pk")] == ["ROK", "IOM"]


def test_what_is_in_doubt_is_marked_and_stays_to_be_mended(administrator):
    fiji, samoa = CountryFactory(name="Fiji", alpha2="FJ"), CountryFactory(name="Samoa")
    BodyFactory(name="Ad Hoc Group")
    event = EventFactory()
    InvolvementFactory(event=event, participant=fiji, role="attendee")
    shown = resolve(administrator, event, "Fiji, Samoa, Fidji, Samoa, Ad Hoc Group and FJ")
    assert refusals(shown) == {
        "pasted": [
            "“Fiji” stands there already.",
            "No country or agency is known as “Fidji”. Nearest: Fiji.",
            "“Samoa” stands in the list twice; it was taken once.",
            "“Ad Hoc Group” is a body, which takes no part itself.",
            "No country or agency is known as “FJ”. Nearest: Fiji.",
        ]
    }
    assert entered(shown)["pasted"] == "Fidji\nAd Hoc Group\nFJ"
    assert [participant for _role, participant, _name in rows(shown)] == [str(fiji.pk), str(samoa.pk)]


def test_reading_a_list_says_nothing_of_what_is_not_typed_yet(administrator):
    CountryFactory(name="Fiji")
    assert refusals(resolve(administrator, Event, "Fiji")) == {}


@pytest.mark.parametrize("said", ["", "many", "999999999999"])
def test_a_list_is_refused_with_a_form_that_miscounts_its_rows(administrator, said):
    fields = {"involvements-TOTAL_FORMS": said, "pasted": "Fiji", "_resolve": "1"}
    sent = administrator.client.post(address(Event, "add"), entered(administrator.open(Event)) | fields)
    assert "No country or agency is known as “Fiji”." in text_of(sent)
    assert not Event.objects.exists()


def test_long_lists_are_shown_with_as_many_queries_as_short_ones(administrator):
    """Beside those that check each row: whether what it points to is there, and whether it stands there already."""
    names = [CountryFactory().name for _ in range(30)]
    event = EventFactory()
    data = entered(administrator.open(event)) | {"pasted_role": "host", "_resolve": "1"}

    def number_of_queries(text):
        with CaptureQueriesContext(connection) as queries:
            administrator.client.post(address(Event, "change", event.pk), data | {"pasted": text})
        return len([query for query in queries if not query["sql"].startswith("SELECT 1 ")])

    number_of_queries(names[0])  # what is asked once a process
    assert number_of_queries(", ".join(names)) == number_of_queries(names[0])


# --- Buttons ----------------------------------------------------------------------------------------------------------


def test_a_publisher_publishes_with_one_button(administrator):
    event = EventFactory(reference="E1", draft=True)
    sent = administrator.save(event, _publish="1")
    assert sent.url == address(Event, "changelist")
    event.refresh_from_db()
    assert event.is_published
    assert "E1" in text_of(administrator.client.get(sent.url))


def test_what_could_not_be_published_is_saved_as_the_draft_that_it_was(administrator):
    event = EventFactory(draft=True)
    shown = administrator.save(event, when="some day", _publish="1")
    assert "when" in refusals(shown)
    administrator.client.post(address(Event, "change", event.pk), entered(shown) | {"when": "2004", "_continue": "1"})
    event.refresh_from_db()
    assert (event.when, event.publication) == ("2004", "draft")


def test_an_editor_sends_to_review_and_cannot_publish(clerk):
    event = EventFactory(draft=True)
    shown = text_of(clerk.open(event))
    assert 'name="_review"' in shown
    assert 'name="_publish"' not in shown
    assert list(clerk.refused(event, _publish="1")) == ["publication"]
    clerk.save(event, _review="1")
    event.refresh_from_db()
    assert event.publication == "in_review"


def test_the_next_in_a_series_begins_with_what_repeats(administrator):
    series, body, theme = SeriesFactory(), BodyFactory(), ThemeFactory()
    event = EventFactory(
        reference="E1", series=series, number_in_series=2, bodies=[body], themes=[theme], scope="national", draft=True
    )
    coordinator = InvolvementFactory(event=event, role="coordinator")
    InvolvementFactory(event=event, role="host")
    sent = administrator.save(event, _next="1")
    shown = administrator.client.get(sent.url)
    data = entered(shown)
    assert (data["series"], data["number_in_series"], data["kind"]) == (series.pk, 3, "workshop")
    assert (data["bodies"], data["themes"], data["scope"]) == ([body.pk], [theme.pk], "national")
    assert [data.get(name) for name in ("when", "place", "reference")] == [None] * 3
    assert [row[:2] for row in rows(shown)] == [("coordinator", str(coordinator.participant_id))]
    administrator.client.post(sent.url, data | {"title": "The third"})
    third = Event.objects.get(title="The third")
    assert third.publication == "draft"
    assert [part.role for part in third.involvements.all()] == ["coordinator"]


def test_a_copy_takes_over_what_repeats_and_is_a_draft(administrator):
    event = EventFactory(reference="E1", kind="seminar", when="2004", place=PlaceFactory(), sources="A source")
    OutcomeFactory(event=event)
    assert "?copy=E1" in text_of(administrator.open(event))
    data = entered(administrator.client.get(address(Event, "add"), {"copy": "E1"}))
    assert (data["title"], data["kind"], data["publication"]) == (event.title, "seminar", "draft")
    assert [data.get(name) for name in ("when", "place", "sources")] == [None] * 3
    assert data["outcomes-TOTAL_FORMS"] == 0


@pytest.mark.parametrize("sent", ["x", "9" * 40])
def test_what_can_be_no_key_is_chosen_nowhere(administrator, sent):
    event = EventFactory()
    assert administrator.client.get(address(Event, "add"), {"place": sent, "bodies": sent}).status_code == 200
    shown = administrator.save(event, place=sent, bodies=[sent], series=sent)
    assert refusals(shown).keys() == {"place", "bodies", "series"}


def test_a_copy_of_nothing_is_an_empty_form(administrator):
    assert "title" not in entered(administrator.client.get(address(Event, "add"), {"copy": "E404"}))


def test_who_may_only_look_is_shown_what_is_recorded_and_nothing_to_type_in(client, django_user_model):
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    shown = text_of(Editor(client, viewer).open(EventFactory(title="Ports", draft=True)))
    assert "Ports" in shown
    assert "Paste a list" not in shown
    assert "new place" not in shown
    assert 'name="_preview"' not in shown


# --- What is missing --------------------------------------------------------------------------------------------------


def unmet(response):
    return [check.words for check in response.context["checks"] if not check.is_met]


def test_the_form_says_what_is_missing_before_publishing(administrator):
    event = EventFactory(place=PlaceFactory(), bodies=[BodyFactory()], sources="A source", description="What was done.")
    for role in ("host", "attendee"):
        InvolvementFactory(event=event, role=role)
    OutcomeFactory(event=event)
    assert unmet(administrator.open(event)) == []
    assert "Place" in unmet(administrator.open(EventFactory()))
    assert "Title and kind" in unmet(administrator.open(Event))


# --- Preview ----------------------------------------------------------------------------------------------------------


def test_a_draft_is_shown_as_the_public_would_see_it_and_stays_a_draft(administrator):
    draft = EventFactory(reference="E1", draft=True, title="Ports", note="Ask Suva")
    EventLinkFactory(from_event=draft, to_event=EventFactory(title="Visas"))
    EventLinkFactory(from_event=draft, to_event=EventFactory(title="Hidden", draft=True))
    OutcomeFactory(event=draft, text="A useful finding")
    shown = administrator.client.get(address(Event, "preview", draft.pk))
    text = text_of(shown)
    assert "Preview." in text
    for words in ("Ports", "Visas", "A useful finding"):
        assert words in text
    for words in ("Ask Suva", "Hidden"):
        assert words not in text
    assert shown.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in shown.headers["Cache-Control"]
    draft.refresh_from_db()
    assert draft.publication == "draft"
    assert administrator.client.get("/activities/E1/").status_code == 404


def test_what_is_typed_is_previewed_and_not_saved(administrator):
    country = CountryFactory(name="Fiji")
    event = EventFactory(reference="E1", draft=True, title="Ports")
    rows = {"involvements": [{"participant": country.pk, "role": "host"}]}
    text = text_of(administrator.save(event, rows, title="Typed title", new_place="Nadi, Fiji", _preview="1"))
    for words in ("Preview.", "Typed title", "Nadi", "Fiji"):
        assert words in text
    event.refresh_from_db()
    assert (event.title, event.place, event.publication) == ("Ports", None, "draft")
    assert not Batch.objects.exists()
    assert not Place.objects.exists()


def test_a_new_event_is_previewed_and_takes_no_reference(administrator):
    text = text_of(administrator.save(Event, title="Ports", kind="workshop", _preview="1"))
    assert "Preview." in text
    assert not Event.objects.exists()
    administrator.save(Event, title="Ports", kind="workshop")
    assert Event.objects.get().reference == "E1"


def test_what_is_wrong_is_shown_instead_of_a_preview(administrator):
    assert list(administrator.refused(EventFactory(), title="", _preview="1")) == ["title"]


def test_a_preview_is_for_those_who_may_see_the_draft(client, django_user_model):
    draft = EventFactory(draft=True)
    url = address(Event, "preview", draft.pk)
    assert client.get(url).status_code == 302
    client.force_login(django_user_model.objects.create_user("stranger", is_staff=True))
    assert client.get(url).status_code == 403


def test_a_preview_of_nothing_is_not_found(administrator):
    assert administrator.client.get(address(Event, "preview", 404)).status_code == 404
