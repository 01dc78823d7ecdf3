"""Events and what belongs to them: what the models refuse, and what they derive."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from events.models import Event, EventLink, Involvement, Outcome, Place, Series
from events.models.place import city_validator
from tests.factories import (
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


def test_an_event_says_its_reference_and_title():
    event = EventFactory(reference="E17", title="Workshop")
    assert (str(event), event.code, event.get_absolute_url()) == ("E17 Workshop", "E17", "/activities/E17/")


def test_an_event_is_held_in_person_regional_and_a_draft_unless_said_otherwise():
    event = Event()
    assert (event.status, event.format, event.scope, event.publication) == ("held", "in_person", "regional", "draft")
    assert not event.is_published


def test_events_stand_in_order_of_date_with_the_undated_last():
    for reference, when in (("E1", ""), ("E2", "2004-09"), ("E3", "2004-09-01"), ("E4", "2003")):
        EventFactory(reference=reference, when=when)
    assert [event.reference for event in Event.objects.all()] == ["E4", "E3", "E2", "E1"]


@pytest.mark.parametrize("reference", ["E 1", "É1", "E/1", "x" * 41])
def test_a_reference_has_letters_digits_and_hyphens(reference):
    with pytest.raises(ValidationError) as refusal:
        EventFactory.build(reference=reference).full_clean()
    assert list(refusal.value.message_dict) == ["reference"]


def test_a_number_in_a_series_needs_the_series():
    with pytest.raises(ValidationError, match="A number in a series needs the series"):
        EventFactory.build(number_in_series=1).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        EventFactory(number_in_series=1)
    EventFactory(number_in_series=1, series=SeriesFactory()).full_clean()


def test_no_event_ends_before_it_starts():
    event = EventFactory(when="2004")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(ends_on="2003-01-01")


def test_a_series_with_events_is_not_deleted():
    series = EventFactory(series=SeriesFactory()).series
    with pytest.raises(ProtectedError):
        series.delete()


def test_a_place_says_its_city_and_country():
    country = CountryFactory(name="Singapore")
    assert str(PlaceFactory(city="Changi", country=country)) == "Changi, Singapore"
    assert str(PlaceFactory(city="", country=country)) == "Singapore"


def test_a_country_has_a_city_once_however_it_is_written():
    place = PlaceFactory(city="Hà Nội")
    with pytest.raises(ValidationError, match="recorded already"):
        Place(city="HA NOI", country=place.country).full_clean()
    Place(city="HA NOI", country=CountryFactory()).full_clean()


def test_a_place_has_both_coordinates_or_none():
    with pytest.raises(ValidationError, match="both coordinates or none"):
        Place(city="Suva", country=CountryFactory(), latitude=1).full_clean()


def test_series_and_themes_have_names_and_addresses_of_their_own():
    series, theme = SeriesFactory(name="Targeting", slug="targeting"), ThemeFactory(name="Law", slug="law")
    assert (str(series), series.code, series.get_absolute_url()) == ("Targeting", "targeting", "/series/targeting/")
    assert (str(theme), theme.code, theme.get_absolute_url()) == ("Law", "law", "/themes/law/")
    with pytest.raises(ValidationError, match="This name is taken"):
        Series(name="TARGETING!", slug="another").full_clean()


def test_a_participant_has_a_role_once_an_event():
    part = InvolvementFactory()
    again = Involvement(event=part.event, participant=part.participant, role=part.role, recorded_as=part.recorded_as)
    with pytest.raises(ValidationError, match="a role once an event"):
        again.full_clean()
    again.role = "chair"
    again.full_clean()


def test_a_part_is_recorded_under_the_preferred_name_unless_another_is_said():
    country = CountryFactory(name="Republic of Korea", names=["ROK"])
    part = Involvement(event=EventFactory(), participant=country, role="host")
    part.save()
    assert str(part.recorded_as) == "Republic of Korea"
    assert str(part) == "Host: Republic of Korea"


def test_a_part_is_recorded_under_a_name_of_the_participant():
    name = CountryFactory(name="Fiji").known_names.get(kind="preferred")
    part = Involvement(event=EventFactory(), participant=CountryFactory(name="Tonga"), role="host", recorded_as=name)
    with pytest.raises(ValidationError, match="“Fiji” is no known name of Tonga"):
        part.full_clean()


@pytest.mark.parametrize("remark", ["a [b", "a] b"])
def test_a_remark_holds_no_brackets(remark):
    part = InvolvementFactory()
    part.remark = remark
    with pytest.raises(ValidationError, match="no square brackets"):
        part.full_clean()


def test_a_name_as_recorded_and_a_participant_with_a_part_are_not_deleted():
    part = InvolvementFactory()
    with pytest.raises(ProtectedError):
        part.recorded_as.delete()
    with pytest.raises(ProtectedError):
        part.participant.delete()


def test_an_event_is_not_linked_to_itself():
    event = EventFactory()
    with pytest.raises(ValidationError, match="not linked to itself"):
        EventLink(from_event=event, to_event=event, kind="reviews").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        EventLinkFactory(from_event=event, to_event=event)


def test_an_event_does_not_come_to_follow_on_itself():
    first, second, third = EventFactory(), EventFactory(), EventFactory()
    EventLinkFactory(from_event=second, to_event=first)
    link = EventLinkFactory(from_event=third, to_event=second)
    with pytest.raises(ValidationError, match="round in a circle"):
        EventLink(from_event=first, to_event=third, kind="follows").full_clean()
    EventLink(from_event=first, to_event=third, kind="reviews").full_clean()
    link.full_clean()


def test_a_link_says_what_leads_where():
    link = EventLinkFactory(
        from_event=EventFactory(reference="E2", title="B"), to_event=EventFactory(reference="E1", title="A")
    )
    assert str(link) == "E2 B follows on from E1 A"


def test_outcomes_and_links_go_with_their_event_but_not_with_where_they_were_taken_up():
    outcome = OutcomeFactory(reference="O1", taken_up_at=EventFactory())
    assert str(outcome) == "O1 recommendation"
    with pytest.raises(ProtectedError):
        outcome.taken_up_at.delete()
    EventLinkFactory(to_event=outcome.event)
    outcome.event.delete()
    assert not Outcome.objects.exists()
    assert not EventLink.objects.exists()


def test_what_belongs_to_events_is_as_public_as_they_are():
    published, draft = EventFactory(), EventFactory(draft=True)
    OutcomeFactory(event=draft)
    InvolvementFactory(event=draft)
    EventLinkFactory(from_event=published, to_event=draft)
    outcome, part = OutcomeFactory(event=published), InvolvementFactory(event=published)
    link = EventLinkFactory(from_event=published)
    assert list(Outcome.objects.published()) == [outcome]
    assert list(Involvement.objects.published()) == [part]
    assert list(EventLink.objects.published()) == [link]
    assert draft not in Event.objects.published()


def test_a_city_that_ligatures_make_too_long_is_refused_in_words():
    city_validator("ﷺ")
    with pytest.raises(ValidationError, match="ligatures"):
        city_validator("ﷺ" * 30)
