"""What is for members: delegates sign in and see whom to reach, and nothing else more than everybody."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baliprocess.roles import DELEGATE, ROLES, VIEWER, role_of
from tests.editing import Editor
from tests.factories import AgencyFactory, ContactPointFactory, CountryFactory, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db

User = get_user_model()


@pytest.fixture
def delegate(client):
    person = PersonFactory(username="nadia", role=DELEGATE)
    person.set_password("a long walk to Suva")
    person.save()
    return person


def member(**fields):
    return MembershipFactory(member=CountryFactory(**fields)).member


def page(client):
    response = client.get("/members/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


# --- What is seen -----------------------------------------------------------------------------------------------------


def test_delegates_see_private_contact_points_of_present_members_by_country_and_agency(client, delegate):
    fiji = member(name="Fiji")
    ContactPointFactory(participant=fiji, name="Sera Vula", position="Director", began="2004", email="s@example.org")
    ContactPointFactory(participant=AgencyFactory(name="Fiji Police", country=fiji), name="Duty officer", ended="2009")
    ContactPointFactory(participant=member(name="Nauru"), name="Ann Bo", phone="+674 1", public=True)
    ContactPointFactory(participant=MembershipFactory(member=AgencyFactory(name="IOM")).member, name="Regional desk")
    client.force_login(delegate)
    shown = page(client)
    assert "Fiji Sera Vula, Director since 2004 s@example.org Fiji Police Duty officer until 2009" in shown
    assert "Nauru Ann Bo ; public +674 1" in shown
    assert "International IOM Regional desk" in shown


def test_private_contact_points_of_others_are_not_seen(client, delegate):
    ContactPointFactory(name="Of nobody")
    once = MembershipFactory(left="2009").member
    ContactPointFactory(participant=once, name="Of a member that left")
    ContactPointFactory(participant=once, name="Public of it", public=True)
    client.force_login(delegate)
    shown = page(client)
    assert "Of nobody" not in shown
    assert "Of a member that left" not in shown
    assert "Public of it" in shown


def test_thirty_take_no_more_queries_than_one(client, delegate):
    client.force_login(delegate)

    def asked(number):
        for each in range(number):
            country = member()
            ContactPointFactory(participant=country if each % 2 else AgencyFactory(country=country))
        with CaptureQueriesContext(connection) as queries:
            client.get("/members/")
        return len(queries)

    assert asked(1) == asked(29)


@pytest.mark.parametrize("role", ROLES)
def test_staff_see_it_as_well(client, role):
    client.force_login(PersonFactory(role=role))
    assert "No contact point of a member is recorded yet." in page(client)


def test_others_are_led_to_sign_in_or_find_nothing(client):
    assert client.get("/members/").url == "/sign-in/?next=/members/"
    client.force_login(PersonFactory())
    assert client.get("/members/").status_code == 404
    assert "who has no right to what is for members" in client.get("/sign-in/").content.decode()


def test_delegates_do_not_get_into_the_record_office(client, delegate):
    client.force_login(delegate)
    assert client.get("/admin/").status_code == 302
    sent = client.post("/admin/login/", {"username": "nadia", "password": "a long walk to Suva"})
    assert "Please enter the correct username and password" in sent.content.decode()


# --- Signing in and out -----------------------------------------------------------------------------------------------


def test_signing_in_leads_to_what_is_for_members_and_out_to_the_record(client, delegate):
    sent = client.post("/sign-in/", {"username": "nadia", "password": "a long walk to Suva"})
    assert (sent.status_code, sent.url) == (302, "/members/")
    assert client.get("/sign-in/").url == "/members/"
    assert "Signed in as nadia" in page(client)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").url == "/"
    assert client.get("/members/").status_code == 302


def test_who_has_no_right_to_it_is_told_so_once_signed_in(client, delegate):
    delegate.groups.clear()
    sent = {"username": "nadia", "password": "a long walk to Suva", "next": "/members/"}
    page = client.post("/sign-in/", sent, follow=True).content.decode()
    assert "You are signed in as nadia, who has no right to what is for members." in page


def test_what_is_wrong_does_not_tell_who_is_known(client, delegate):
    said = {
        re.search(r'role="alert">(.+?)</p>', client.post("/sign-in/", sent).content.decode())[1]
        for sent in (
            {"username": "nadia", "password": "wrong"},
            {"username": "nobody", "password": "a long walk to Suva"},
        )
    }
    assert len(said) == 1


def test_signing_in_leads_nowhere_else(client, delegate):
    sent = {"username": "nadia", "password": "a long walk to Suva", "next": "https://elsewhere.example/"}
    assert client.post("/sign-in/", sent).url == "/members/"


def test_what_is_for_members_is_kept_by_nobody(client, delegate):
    client.force_login(delegate)
    answer = client.get("/members/")
    assert "private" in answer["Cache-Control"]
    assert "no-store" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("address", ["/", "/activities/", "/countries/", "/data/", "/about/"])
def test_public_pages_ask_nobody_who_they_are(client, delegate, address):
    answer = client.get(address)
    assert "Cookie" not in answer.get("Vary", "")
    assert 'href="/sign-in/"' in answer.content.decode()
    client.force_login(delegate)
    assert client.get(address).content == answer.content


# --- People -----------------------------------------------------------------------------------------------------------


def test_administrators_let_delegates_in_who_are_no_staff(client, admin_user):
    administrator = Editor(client, admin_user)
    administrator.save(User, username="sera", role=DELEGATE, password="a long walk to Suva")
    sera = User.objects.get(username="sera")
    assert (sera.is_staff, role_of(sera)) == (False, DELEGATE)
    assert sera.get_all_permissions() == {"library.view_members_documents", "participants.view_members_contacts"}
    administrator.save(sera, role=VIEWER)
    sera = User.objects.get(username="sera")
    assert (sera.is_staff, role_of(sera)) == (True, VIEWER)
    administrator.save(sera, role=DELEGATE)
    assert not User.objects.get(username="sera").is_staff
    assert "sera" in client.get("/admin/auth/user/?role=Delegate").content.decode()
