"""Two people at the form of one record: the second is shown what the first changed and loses nothing they typed."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from events.models import Event, Outcome, Place, Theme
from participants.models import Body, Country, Membership
from records.models import Batch
from tests.editing import Editor, address, all_the_same, entered, form_of, refusals
from tests.factories import (
    BodyFactory,
    CountryFactory,
    EventFactory,
    EventLinkFactory,
    InvolvementFactory,
    MembershipFactory,
    OutcomeFactory,
    PlaceFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

KEPT = "Yours stands here, and is kept if you save."


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path


@pytest.fixture
def first(django_user_model):
    user = django_user_model.objects.create_superuser("sari", first_name="Sari", last_name="Dewi")
    return Editor(Client(), user)


@pytest.fixture
def second(django_user_model):
    return Editor(Client(), django_user_model.objects.create_superuser("tom"))


class Form:
    """The form of a record, open in somebody's browser."""

    def __init__(self, who, subject):
        self.who, self.url = who, form_of(subject)
        self.page = who.open(subject)
        self.data = entered(self.page)

    def type(self, **fields):
        self.data |= fields
        return self

    def add(self, prefix, **fields):
        """Add a row to an inline."""
        number = int(self.data[f"{prefix}-TOTAL_FORMS"])
        self.data |= {f"{prefix}-{number}-{name}": text for name, text in fields.items()}
        self.data[f"{prefix}-TOTAL_FORMS"] = number + 1
        return self

    def send(self):
        """Send it; go on with the form on the page that is shown, if one is."""
        response = self.who.client.post(self.url, self.data)
        if response.status_code == 200:
            self.page, self.data = response, entered(response)
        return response


def text(response):
    return response.content.decode()


# --- The record itself ------------------------------------------------------------------------------------------------


def test_the_second_is_shown_what_the_first_changed_and_saves_again(first, second):
    event = EventFactory(reference="E1", title="Old title", venue="", description="Old")
    form = Form(second, event).type(title="My title", sources="Page 7")
    first.save(event, title="Their title", venue="Hall", description="Old")
    shown = form.send()
    assert "It was changed while you were typing" in text(shown)
    assert "Sari Dewi" in text(shown)
    assert "<del>Old</del> <ins>Their</ins> title" in text(shown)
    assert refusals(shown)["title"] == [f"Meanwhile saved: Their title. {KEPT}"]
    assert (form.data["title"], form.data["venue"], form.data["sources"]) == ("My title", "Hall", "Page 7")
    event.refresh_from_db()
    assert (event.title, event.sources) == ("Their title", "")
    assert Batch.objects.count() == 1

    assert form.send().status_code == 302
    event.refresh_from_db()
    assert (event.title, event.venue, event.sources) == ("My title", "Hall", "Page 7")
    assert Batch.objects.count() == 2
    assert all_the_same()


def test_what_only_the_first_changed_stays_so(first, second):
    themes = [ThemeFactory(), ThemeFactory()]
    event = EventFactory(when="2004", themes=themes, place=PlaceFactory())
    form = Form(second, event).type(venue="Hall")
    place = PlaceFactory()
    first.save(event, when="26–28 February 2004", themes=[themes[1].pk], place=place.pk)
    assert set(refusals(form.send())) == {""}
    assert form.send().status_code == 302
    event.refresh_from_db()
    assert (str(event.when), event.place, [*event.themes.all()]) == ("2004-02-26/2004-02-28", place, [themes[1]])
    assert event.venue == "Hall"


def test_what_both_chose_is_said_in_words(first, second):
    suva, nadi = PlaceFactory(city="Suva"), PlaceFactory(city="Nadi")
    event = EventFactory(themes=[ThemeFactory(name="Ports")], kind="workshop")
    form = Form(second, event).type(place=nadi.pk, kind="meeting", themes=[])
    first.save(event, place=suva.pk, kind="training", themes=[ThemeFactory(name="Visas").pk])
    wrong = refusals(form.send())
    assert str(suva) in wrong["place"][0]
    assert wrong["kind"] == [f"Meanwhile saved: Training. {KEPT}"]
    assert wrong["themes"] == [f"Meanwhile saved: Visas. {KEPT}"]
    form.send()
    event.refresh_from_db()
    assert (event.place, event.kind, event.themes.count()) == (nadi, "meeting", 0)


def test_what_the_first_emptied_is_said_to_be_nothing(first, second):
    event = EventFactory(venue="Hall")
    form = Form(second, event).type(venue="Great Hall")
    first.save(event, venue="")
    assert refusals(form.send())["venue"] == [f"Meanwhile saved: nothing. {KEPT}"]


def test_errors_are_shown_beside_what_was_saved_meanwhile(first, second):
    event = EventFactory(title="Old")
    form = Form(second, event).type(title="", when="2004-13")
    first.save(event, title="Theirs")
    wrong = refusals(form.send())
    assert "there is no month 13" in wrong["when"][0]
    assert wrong["title"] == ["This field is required.", f"Meanwhile saved: Theirs. {KEPT}"]
    form.type(title="Mine", when="2004-12")
    assert form.send().status_code == 302
    event.refresh_from_db()
    assert (event.title, str(event.when)) == ("Mine", "2004-12")


def test_a_form_that_is_shown_for_its_errors_still_knows_when_it_was_opened(first, second):
    event = EventFactory(title="Old")
    form = Form(second, event).type(when="2004-13")
    assert "It was changed" not in text(form.send())
    first.save(event, title="Theirs")
    form.type(when="2004-12")
    assert "It was changed while you were typing" in text(form.send())
    form.send()
    event.refresh_from_db()
    assert (event.title, str(event.when)) == ("Theirs", "2004-12")


def test_a_third_change_is_shown_too(first, second):
    event = EventFactory(title="Old")
    form = Form(second, event).type(title="Mine")
    first.save(event, title="One")
    form.send()
    first.save(event, title="Two")
    assert refusals(form.send())["title"] == [f"Meanwhile saved: Two. {KEPT}"]
    assert form.send().status_code == 302
    assert Event.objects.get().title == "Mine"


def test_changes_of_other_records_hold_nobody_up(first, second):
    event, other = EventFactory(reference="E1"), EventFactory(reference="E11")
    form = Form(second, event).type(title="Mine")
    first.save(other, {"outcomes": [{"kind": "finding", "text": "Of E11, not of E1", "status": "open"}]}, venue="Hall")
    assert form.send().status_code == 302
    assert Event.objects.get(pk=event.pk).title == "Mine"


def test_who_saves_one_form_after_the_other_is_not_held_up(first):
    event = EventFactory()
    for title in ("One", "Two"):
        assert first.save(event, title=title).status_code == 302


# --- What belongs to it -----------------------------------------------------------------------------------------------


def test_an_event_with_all_that_belongs_to_it_is_merged(first, second):
    event = EventFactory(reference="E1")
    australia, fiji, nauru = (CountryFactory(name=name) for name in ("Australia", "Fiji", "Nauru"))
    InvolvementFactory(event=event, participant=australia)
    InvolvementFactory(event=event, participant=fiji, role="chair")
    outcome = OutcomeFactory(event=event, reference="O1", text="Old")
    targets = [EventFactory(), EventFactory()]
    EventLinkFactory(from_event=event, to_event=targets[0])
    form = Form(second, event).type(**{"involvements-0-remark": "mine", "outcomes-0-status": "done"})
    form.add("links", to_event=targets[1].pk, kind="reviews")
    first.save(
        event,
        {
            "involvements": [{"participant": nauru.pk, "role": "attendee"}],
            "outcomes": [{"kind": "finding", "text": "Theirs", "status": "open"}],
        },
        **{"outcomes-0-text": "New", "links-0-DELETE": "on", "involvements-0-remark": "theirs"},
    )
    shown = text(form.send())
    assert "You both changed these" in shown
    assert "involvement “Chair: Fiji”, Remark. Saved meanwhile: theirs" in shown
    assert form.send().status_code == 302
    parts = event.involvements.values_list("participant__name", "remark")
    assert set(parts) == {("Australia", ""), ("Fiji", "mine"), ("Nauru", "")}
    outcome.refresh_from_db()
    assert (outcome.text, outcome.status) == ("New", "done")
    assert set(event.outcomes.values_list("text", flat=True)) == {"New", "Theirs"}
    assert [link.to_event for link in event.links.all()] == [targets[1]]
    assert all_the_same()


def test_a_change_of_what_belongs_to_it_alone_is_shown(first, second):
    event = EventFactory(reference="E1")
    outcome = OutcomeFactory(event=event, text="Old")
    form = Form(second, event).type(**{"outcomes-0-status": "done"})
    first.save(outcome, text="New")
    assert "It was changed while you were typing" in text(form.send())
    form.send()
    outcome.refresh_from_db()
    assert (outcome.text, outcome.status) == ("New", "done")


def test_a_row_that_the_first_deleted_and_the_second_changed_is_there_again(first, second):
    event = EventFactory()
    outcome = OutcomeFactory(event=event, reference="O1", text="Old")
    form = Form(second, event).type(**{"outcomes-0-text": "Mine"})
    first.delete(outcome)
    form.send()
    assert form.send().status_code == 302
    assert Outcome.objects.get().text == "Mine"


def test_what_both_added_is_there_once(first, second):
    event, fiji = EventFactory(), CountryFactory(name="Fiji")
    name = fiji.known_names.get(kind="preferred").pk
    row = {"participant": fiji.pk, "role": "host", "recorded_as": name, "remark": ""}
    form = Form(second, event).add("involvements", **row, event=event.pk)
    first.save(event, {"involvements": [row]}, venue="Hall")
    form.send()
    assert form.send().status_code == 302
    assert event.involvements.count() == 1


# --- Other types ------------------------------------------------------------------------------------------------------


def test_the_names_and_memberships_of_a_country_are_merged(first, second):
    country = CountryFactory(name="Republic of Korea", names=["ROK"])
    form = Form(second, country).type(region="Asia").add("memberships", body=BodyFactory().pk, role="Member")
    first.save(country, {"memberships": [{"body": BodyFactory().pk}]}, further_names="ROK; South Korea")
    assert "It was changed while you were typing" in text(form.send())
    assert form.send().status_code == 302
    country = Country.objects.get()
    assert country.region == "Asia"
    assert set(country.known_names.values_list("text", flat=True)) >= {"ROK", "South Korea"}
    assert Membership.objects.count() == 2


def test_a_place_that_was_renamed_is_the_same_place(first, second):
    place = PlaceFactory(city="Densapar", country=CountryFactory(alpha2="ID"))
    form = Form(second, place).type(latitude="-8.65", longitude="115.22")
    first.save(place, city="Denpasar")
    assert "Densapar" in text(form.send())
    assert form.send().status_code == 302
    place.refresh_from_db()
    assert (place.city, float(place.latitude)) == ("Denpasar", -8.65)


@pytest.mark.parametrize("factory", [ThemeFactory, BodyFactory, MembershipFactory, OutcomeFactory, EventLinkFactory])
def test_every_form_carries_what_it_held(first, factory):
    record = factory()
    shown = first.open(record)
    assert shown.context["opened"]
    assert 'type="hidden" name="opened"' in text(shown)


# --- Deleted, or published, meanwhile ---------------------------------------------------------------------------------


def test_what_was_deleted_meanwhile_is_made_again_with_what_was_typed(first, second):
    event = EventFactory(reference="E1", title="Old", venue="Hall")
    InvolvementFactory(event=event, participant=CountryFactory(name="Fiji"))
    OutcomeFactory(event=event, reference="O1", text="Useful")
    form = Form(second, event).type(title="Mine")
    first.delete(event)
    shown = form.send()
    assert "It was deleted while you were typing" in text(shown)
    assert "Sari Dewi" in text(shown)
    assert f"{address(Event, 'past')}?key=E1" in text(shown)
    assert not Event.objects.exists()
    assert f'action="{address(Event, "add")}"' in text(shown)
    form.url = address(Event, "add")
    assert form.send().status_code == 302
    event = Event.objects.get()
    assert (event.reference, event.title, event.venue) == ("E1", "Mine", "Hall")
    assert (event.involvements.get().participant.name, event.outcomes.get().text) == ("Fiji", "Useful")


@pytest.mark.parametrize(("model", "factory"), [(Theme, ThemeFactory), (Body, BodyFactory), (Place, PlaceFactory)])
def test_every_type_can_be_made_again(first, second, model, factory):
    record = factory()
    form = Form(second, record)
    first.delete(record)
    assert "It was deleted while you were typing" in text(form.send())
    form.url = address(model, "add")
    assert form.send().status_code == 302
    assert model.objects.count() == 1


def test_what_never_was_is_not_there(first):
    gone = first.client.post(address(Event, "change", 99), {"title": "Ports"}, follow=True)
    assert "Perhaps it was deleted?" in text(gone)


def test_who_may_not_change_it_any_more_keeps_what_was_typed(first, django_user_model):
    user = django_user_model.objects.create_user("editor", is_staff=True)
    user.user_permissions.set(Permission.objects.exclude(codename="publish_event"))
    event = EventFactory(draft=True, title="Old")
    form = Form(Editor(Client(), user), event).type(title="Mine & yours")
    first.save(event, publication="published")
    refused = form.send()
    assert refused.status_code == 403
    assert "you have no right to change it any more" in text(refused)
    assert "Mine &amp; yours" in text(refused)
    assert Event.objects.get().title == "Old"


def test_a_form_that_carries_nothing_is_saved_as_ever(first):
    event = EventFactory(title="Old")
    form = Form(first, event).type(title="New")
    del form.data["opened"]
    first.save(event, venue="Hall")
    assert form.send().status_code == 302
    assert Event.objects.get().title == "New"
