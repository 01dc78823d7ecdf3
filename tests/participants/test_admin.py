"""Staff keep who takes part, under which names, and who belongs to which body."""

import pytest
from django.contrib.auth.models import Permission

from participants.models import Agency, Body, Country, Membership, Name, Participant
from records.models import Batch, Change
from tests.editing import Editor, address, all_the_same
from tests.factories import (
    AgencyFactory,
    BodyFactory,
    CountryFactory,
    InvolvementFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, admin_user):
    return Editor(client, admin_user)


def recorded():
    """The one batch, as [(type, key, fields)] of its changes."""
    return [(change.type, change.key, change.fields) for change in Batch.objects.get().changes.all()]


def known(owner):
    return set(owner.known_names.values_list("text", flat=True))


# --- Entering ---------------------------------------------------------------------------------------------------------


def test_a_country_comes_with_its_names_and_memberships(administrator):
    body = BodyFactory(slug="ministers")
    administrator.save(
        Country,
        {"memberships": [{"body": body.pk, "joined": "February 2002", "role": "co-chair"}]},
        alpha2="FJ",
        alpha3="FJI",
        name="Fiji",
        further_names="Viti\r\nFiji Islands; Republic of Fiji",
    )
    country, membership = recorded()
    assert country[1] == "FJ"
    assert country[2]["names"] == ("", "Fiji Islands; Republic of Fiji; Viti")
    assert membership[:2] == ("memberships", "ministers / FJ / 2002-02")
    assert known(Country.objects.get()) == {"Fiji", "FJ", "FJI", "Viti", "Fiji Islands", "Republic of Fiji"}
    assert all_the_same()


def test_an_agency_and_a_body_come_in(administrator):
    country = CountryFactory(alpha2="FJ")
    administrator.save(Agency, name="Police Force", slug="police-force", kind="police", country=country.pk)
    administrator.save(Body, name="Ad Hoc Group", slug="ad-hoc-group", short_name="AHG", began="2009")
    assert [str(change) for change in Change.objects.all()] == ["agencies police-force", "bodies ad-hoc-group"]
    assert all_the_same()


def test_a_rename_keeps_the_old_name(administrator):
    body = BodyFactory(name="Ad Hoc Experts’ Group", short_name="AHEG", slug="experts")
    administrator.save(body, name="Experts’ Group", short_name="EG")
    assert recorded() == [
        (
            "bodies",
            "experts",
            {
                "name": ("Ad Hoc Experts’ Group", "Experts’ Group"),
                "short_name": ("AHEG", "EG"),
                "names": ("", "Ad Hoc Experts’ Group; AHEG"),
            },
        )
    ]
    assert known(body) == {"Ad Hoc Experts’ Group", "AHEG", "Experts’ Group", "EG", "experts"}
    assert all_the_same()


def test_a_form_that_is_sent_as_it_is_makes_no_batch(administrator):
    body, country = BodyFactory(parent=BodyFactory(), began="about 2002"), CountryFactory(names=["One", "Two"])
    agency = AgencyFactory(parent=AgencyFactory(), country=country, acronym="AGY")
    membership = MembershipFactory(body=body, member=country, joined="2003")
    for record in (body, country, agency, membership):
        assert administrator.save(record).status_code == 302
    assert not Batch.objects.exists()


def test_only_the_memberships_that_are_touched_leave_a_change(administrator):
    body = BodyFactory(slug="ministers")
    members = [CountryFactory(alpha2=code, name=code * 2) for code in ("FJ", "WS", "TO")]
    for member in members:
        MembershipFactory(body=body, member=member)
    administrator.save(body, **{"memberships-0-role": "co-chair", "memberships-1-DELETE": "on"})
    assert {(key, *fields) for _, key, fields in recorded()} == {
        ("ministers / FJ / ", "role"),
        ("ministers / TO / ", "body", "member"),
    }
    assert all_the_same()


def test_alpha_2_and_slug_never_change(administrator):
    country, agency, body = CountryFactory(alpha2="FJ"), AgencyFactory(slug="police"), BodyFactory(slug="ministers")
    assert administrator.save(country, alpha2="WS").status_code == 302
    assert administrator.save(agency, slug="other").status_code == 302
    assert administrator.save(body, slug="other").status_code == 302
    assert not Batch.objects.exists()


def test_who_may_only_look_sees_the_further_names(client, django_user_model):
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    shown = Editor(client, viewer).open(CountryFactory(names=["Viti", "Fiji Islands"])).content.decode()
    assert "Fiji Islands; Viti" in shown


# --- Names are refused in words, beside their field -------------------------------------------------------------------


@pytest.mark.parametrize(
    "taken",
    [
        {"name": "FIJI"},
        {"acronym": "F.J.", "slug": "viti"},
        {"further_names": "Sundry; Víti"},
    ],
)
def test_no_two_answer_to_the_same(administrator, taken):
    CountryFactory(name="Fiji", alpha2="FJ", names=["Viti"])
    found = administrator.refused(Agency, **{"name": "Police", "slug": "police", "kind": "police"} | taken)
    assert found.keys() == taken.keys()
    for messages in found.values():
        assert "is a name of Fiji already, and no two answer to the same." in messages[0]
    assert not Agency.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {
            "name": ("Police; Force", "no semicolon and no square brackets"),
            "slug": ("", "This field is required."),
            "kind": ("country", "country is not one of the available choices"),
            "url": ("nowhere", "Enter a valid URL."),
        },
        {
            "name": ("…", "at least one letter or digit"),
            "further_names": ("Police [old]", "no semicolon and no square brackets"),
            "slug": ("po", "at least 3 characters"),
        },
        {
            "further_names": ("P" * 201, "at most 200 characters"),
            "slug": ("Police", "A slug has small letters"),
        },
    ],
)
def test_a_field_of_an_agency_is_refused(administrator, wrong):
    refused_for(administrator, Agency, {"name": "Police", "slug": "police", "kind": "police"}, wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"alpha2": ("", "This field is required."), "alpha3": ("F1", "An alpha-3 has three capital letters")},
        {"alpha2": ("fj", "An alpha-2 has two capital letters")},
        {"alpha2": ("WS", "already exists")},
        {"alpha3": ("WSM", "is a name of Samoa already")},
    ],
)
def test_a_code_of_a_country_is_refused(administrator, wrong):
    CountryFactory(name="Samoa", alpha2="WS", alpha3="WSM")
    refused_for(administrator, Country, {"name": "Fiji", "alpha2": "FJ"}, wrong)


def refused_for(editor, model, fields, wrong):
    """See that cells are refused beside their fields, and for no more: {field: (cell, what is said)}."""
    found = editor.refused(model, **fields | {field: cell for field, (cell, _message) in wrong.items()})
    assert found.keys() == wrong.keys()
    for field, (_cell, message) in wrong.items():
        assert message in found[field][0]


def test_a_name_that_is_in_use_as_recorded_stays(administrator):
    country = CountryFactory(name="Fiji", names=["Viti", "Fiji Islands"])
    InvolvementFactory(participant=country, recorded_as=country.known_names.get(text="Viti"))
    found = administrator.refused(country, further_names="Fiji Islands")
    assert found == {
        "further_names": ["“Viti” stands as a recorded name in an activity, so it stays a known name."],
    }
    assert administrator.save(country, further_names="Viti").status_code == 302
    assert known(country) == {"Fiji", "Viti", country.alpha2}


def test_a_name_that_is_in_use_as_recorded_is_not_left_as_a_code_alone(administrator):
    agency = AgencyFactory(name="Border Police", slug="bopo", names=["BOPO"])
    InvolvementFactory(participant=agency, recorded_as=agency.known_names.get(text="BOPO"))
    assert list(administrator.refused(agency, further_names="")) == ["further_names"]
    assert all_the_same()


@pytest.mark.parametrize(
    ("factory", "chain"), [(AgencyFactory, "parent"), (BodyFactory, "parent"), (BodyFactory, "predecessor")]
)
def test_nothing_is_its_own_parent_step_by_step(administrator, factory, chain):
    first = factory()
    second = factory(**{chain: first})
    assert "not its own" in administrator.refused(first, **{chain: first.pk})[chain][0]
    assert "round in a circle" in administrator.refused(first, **{chain: second.pk})[chain][0]


def test_the_parent_of_an_agency_is_no_country(administrator):
    found = administrator.refused(AgencyFactory(), parent=CountryFactory(name="Fiji").pk)
    assert found == {"parent": ["The parent is no agency; of a country’s agency, say the country below."]}
    agency = AgencyFactory()
    assert list(administrator.refused(AgencyFactory(), country=agency.pk)) == ["country"]


def test_a_body_does_not_end_before_it_begins(administrator):
    found = administrator.refused(BodyFactory(), began="2005", ended="2004")
    assert found == {"ended": ["A body does not end before it begins."]}


# --- Memberships ------------------------------------------------------------------------------------------------------

MEMBER_SINCE_2003 = "It is a member of this body already, since 2003: say when that ended first."


def test_a_member_joins_twice_when_it_left_in_between(administrator):
    body, member = BodyFactory(), CountryFactory()
    rows = [{"member": member.pk, "joined": "2007"}, {"member": member.pk, "joined": "2003", "left": "2005"}]
    assert administrator.save(body, {"memberships": rows}).status_code == 302
    assert Batch.objects.get().changes.count() == 2
    assert all_the_same()


def test_one_form_ends_a_membership_and_begins_the_next(administrator):
    membership = MembershipFactory(joined="2003")
    body, member = membership.body, membership.member
    again = [{"member": member.pk, "joined": "2006"}]
    assert administrator.refused(body, {"memberships": again}) == {"memberships-1-joined": [MEMBER_SINCE_2003]}
    assert administrator.save(body, {"memberships": again}, **{"memberships-0-left": "2005"}).status_code == 302
    assert list(member.memberships.values_list("left", flat=True)) == ["2005", ""]
    assert all_the_same()


def test_one_form_opens_the_ended_membership_and_ends_the_open_one(administrator):
    body, member = BodyFactory(), CountryFactory()
    MembershipFactory(body=body, member=member, joined="2003", left="2004")
    MembershipFactory(body=body, member=member, joined="2005")
    dates = {"memberships-0-joined": "2008", "memberships-0-left": "", "memberships-1-left": "2007"}
    assert administrator.save(body, **dates).status_code == 302
    assert all_the_same()


def test_memberships_change_places_in_one_form(administrator):
    body = BodyFactory(slug="ministers")
    for code in ("FJ", "WS"):
        MembershipFactory(body=body, member=CountryFactory(alpha2=code, name=code * 2), role=code)
    first, second = (member.pk for member in Country.objects.all())
    administrator.save(body, **{"memberships-0-member": second, "memberships-1-member": first})
    assert {(key, *fields["member"]) for _, key, fields in recorded()} == {
        ("ministers / WS / ", "FJ", "WS"),
        ("ministers / FJ / ", "WS", "FJ"),
    }
    assert all_the_same()


def test_a_deleted_membership_makes_room_for_another(administrator):
    membership = MembershipFactory(joined="2003")
    again = [{"member": membership.member.pk, "joined": "2006"}]
    assert (
        administrator.save(membership.body, {"memberships": again}, **{"memberships-0-DELETE": "on"}).status_code == 302
    )
    assert str(Membership.objects.get().joined) == "2006"


def test_two_open_memberships_of_one_form_are_refused(administrator):
    body, member = BodyFactory(), CountryFactory()
    rows = [{"member": member.pk, "joined": "2003"}, {"member": member.pk, "joined": "2005"}]
    assert administrator.refused(body, {"memberships": rows}) == {"memberships-1-joined": [MEMBER_SINCE_2003]}
    rows = [{"body": body.pk}, {"body": body.pk}]
    twice = administrator.refused(member, {"memberships": rows})
    assert twice["memberships"] == ["This membership with this date of joining is recorded already."]
    assert not Batch.objects.exists()


def test_memberships_that_overlap_are_refused(administrator):
    membership = MembershipFactory(joined="2003", left="2006")
    row = {"body": membership.body.pk, "joined": "2005", "left": "2008"}
    message = ["This overlaps its membership 2003 to 2006."]
    assert administrator.refused(membership.member, {"memberships": [row]}) == {"memberships-1-joined": message}
    assert administrator.refused(Membership, member=membership.member.pk, **row) == {"joined": message}


def test_an_odd_membership_is_refused_in_its_own_form_and_in_a_body_s(administrator):
    membership = MembershipFactory(joined="2003")
    same = {"body": membership.body.pk, "member": membership.member.pk}
    assert administrator.refused(Membership, joined="2005", **same)["joined"] == [MEMBER_SINCE_2003]
    backwards = "A member does not leave before it joins."
    assert administrator.refused(membership, left="2001") == {"left": [backwards]}
    found = administrator.refused(membership.body, **{"memberships-0-left": "2001"})
    assert found == {"memberships-0-left": [backwards]}
    found = administrator.refused(membership.body, **{"memberships-0-joined": "lately"})
    assert list(found) == ["memberships-0-joined"]


# --- Deleting ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("factory", [CountryFactory, AgencyFactory, BodyFactory])
def test_whoever_nobody_refers_to_is_deleted_with_its_names(administrator, factory):
    owner = factory(names=["A further name"])
    assert administrator.delete(owner).status_code == 302
    assert not Name.objects.exists()
    change = Change.objects.get()
    assert (change.before["names"], change.after) == ("A further name", None)


def test_whoever_others_refer_to_stays_and_they_are_named(administrator):
    membership = MembershipFactory(body=BodyFactory(name="Ministers"), member=CountryFactory(name="Fiji"))
    for owner in (membership.body, Country.objects.get()):
        for response in (administrator.delete(owner), administrator.delete_all([owner])):
            assert "Fiji in Ministers" in str(response.context["protected"])
    assert not Batch.objects.exists()


# --- What fields suggest from -----------------------------------------------------------------------------------------


def test_what_fields_suggest_from_is_read_and_not_written(administrator):
    CountryFactory(name="Fiji")
    record = Participant.objects.get(name="Fiji")
    assert address(Participant, "changelist") not in administrator.client.get("/admin/").content.decode()
    assert administrator.client.get(address(Participant, "changelist")).status_code == 200
    assert administrator.client.get(address(Participant, "add")).status_code == 403
    assert administrator.client.post(address(Participant, "change", record.pk), {"name": "X"}).status_code == 403
    assert administrator.delete(record).status_code == 403
    administrator.delete_all([record])
    assert Participant.objects.filter(pk=record.pk).exists()


def test_participants_are_found_by_any_of_their_names(administrator):
    CountryFactory(name="Republic of Korea", names=["ROK"])
    AgencyFactory(name="Interpol")
    asked = {"app_label": "events", "model_name": "involvement", "field_name": "participant", "term": "rok"}
    found = administrator.client.get("/admin/autocomplete/", asked).json()["results"]
    assert [each["text"] for each in found] == ["Republic of Korea"]
