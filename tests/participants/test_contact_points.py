"""Contact points: who may see them, their terms, their rows, and who may make them public."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from baliprocess.roles import EDITOR, PUBLISHER, VIEWER
from exchange.plans import plan
from participants.models import ContactPoint
from tests.editing import Editor, address, refusals
from tests.exchange.record import bring_in, planned_lines, problems, row_of, rows_of
from tests.factories import AgencyFactory, ContactPointFactory, CountryFactory, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def australia():
    """A country that the public sees."""
    return MembershipFactory(member=CountryFactory(alpha2="AU", name="Australia")).member


@pytest.fixture
def police(australia):
    """An agency of it that the public sees."""
    return MembershipFactory(member=AgencyFactory(slug="afp", name="Federal Police", country=australia)).member


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


# --- In public --------------------------------------------------------------------------------------------------------


def test_public_ones_stand_on_the_page_of_their_agency_and_of_its_country(client, australia, police):
    ContactPointFactory(
        participant=police, name="Nadia Ali", position="Desk", email="desk@example.org", began="2004", public=True
    )
    for shown in (page(client, "/countries/AU/"), page(client, "/agencies/afp/")):
        assert "Nadia Ali, Desk since 2004" in shown
        assert "desk@example.org" in shown
    assert "Federal Police Nadia Ali" in page(client, "/countries/AU/")


def test_past_ones_are_told_apart_and_no_longer_reached(client, australia):
    ContactPointFactory(participant=australia, name="Nadia Ali", phone="+61 2 6261", ended="2009", public=True)
    shown = page(client, "/countries/AU/")
    assert "Former contact points Nadia Ali until 2009" in shown
    assert "6261" not in shown


def test_who_stays_until_a_day_that_has_not_come_is_there():
    staying, gone = (ContactPointFactory(ended=when) for when in ("2199", "2009"))
    assert list(ContactPoint.objects.present()) == [staying]
    assert list(ContactPoint.objects.past()) == [gone]
    assert (staying.is_past, gone.is_past) == (False, True)


def test_private_ones_are_on_no_page_and_in_no_file(client, australia):
    ContactPointFactory(participant=australia, name="Zyxquark", position="Zyxdesk", email="z@zyx.example", phone="999")
    for where in ("/countries/AU/", "/data/", "/activities/?q=Zyxquark"):
        assert "zyxdesk" not in client.get(where).content.decode().lower()
    for format in ("csv", "json"):
        sent = b"".join(client.get(f"/data/contact_points.{format}").streaming_content).lower()
        assert b"zyx" not in sent


def test_the_file_holds_public_ones_of_those_whom_the_public_sees(client, australia):
    public = ContactPointFactory(participant=australia, public=True)
    ContactPointFactory(public=True)
    ContactPointFactory(participant=australia)
    lines = b"".join(client.get("/data/contact_points.csv").streaming_content).decode().splitlines()
    assert [line.partition(",")[0] for line in lines[1:]] == [public.reference]


def test_a_contact_point_makes_nobody_visible(client):
    ContactPointFactory(participant=CountryFactory(alpha2="FJ"), public=True)
    assert client.get("/countries/FJ/").status_code == 404


def test_a_page_asks_as_often_for_thirty_as_for_one(client, australia, police):
    def asked(number):
        ContactPointFactory.create_batch(number, participant=police, public=True)
        with CaptureQueriesContext(connection) as queries:
            client.get("/countries/AU/")
        return len(queries)

    assert asked(1) == asked(29)


# --- Rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"began": "2005", "ended": "2004"}, "ended"), ({"name": "", "position": ""}, "name")],
)
def test_odd_ones_are_refused_by_form_file_and_database(australia, fields, field):
    contact = ContactPointFactory.build(participant=australia, **fields)
    with pytest.raises(ValidationError) as refused:
        contact.clean()
    assert field in refused.value.message_dict
    cells = {"participant": "AU", "name": fields.get("name", "Ali"), "from": "2005", "to": fields.get("ended", "")}
    assert problems("contact_points", [cells | {"position": ""}])[0][1] == {"ended": "to"}.get(field, field)
    with pytest.raises(IntegrityError), transaction.atomic():
        contact.save()


def test_ending_in_the_year_of_its_beginning_is_no_error(australia):
    ContactPointFactory.build(participant=australia, began="2005-03", ended="2005").clean()


# --- Rows -------------------------------------------------------------------------------------------------------------

ALI = {
    "reference": "", "participant": "Australia", "name": "Nadia Ali", "position": "Director", "email": "n@example.org",
    "phone": "+61 2", "from": "March 2004", "to": "", "public": "yes",
}  # fmt: skip


def test_a_row_becomes_a_contact_point_and_the_same_row_again_is_the_same(australia):
    bring_in("contact_points", [ALI])
    assert rows_of("contact_points") == [ALI | {"reference": "C1", "participant": "AU", "from": "2004-03"}]
    assert [line.status for line in planned_lines("contact_points", [ALI])] == ["same"]
    assert [line.status for line in planned_lines("contact_points", [ALI | {"email": ""}])] == ["changed"]


def test_posts_without_a_person_are_told_apart_by_what_they_are(australia):
    desk = ALI | {"name": ""}
    bring_in("contact_points", [desk, desk | {"position": "Duty officer"}])
    assert [row["position"] for row in rows_of("contact_points")] == ["Director", "Duty officer"]


def test_somebody_with_another_beginning_is_asked_about(australia, police):
    bring_in("contact_points", [ALI])
    asked = planned_lines("contact_points", [ALI | {"from": "2005", "name": "Nadia  ALI"}])[0]
    assert (asked.status, list(asked.likely)) == ("likely", ["C1"])
    assert planned_lines("contact_points", [ALI | {"participant": "afp"}])[0].status == "new"


def test_private_is_what_says_nothing_of_it(australia):
    bring_in("contact_points", [{name: cell for name, cell in ALI.items() if name != "public"}])
    assert row_of("contact_points", "C1")["public"] == "no"


# --- Rights -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "may"), [(EDITOR, False), (PUBLISHER, True)])
def test_publishers_alone_make_them_public_and_change_public_ones(client, australia, role, may):
    person = Editor(client, PersonFactory(role=role))
    public = ContactPointFactory(participant=australia, public=True)
    private = ContactPointFactory(participant=australia)
    rows = [
        {"reference": "", "participant": "AU", "name": "Somebody new", "position": "", "from": "", "public": "yes"},
        {"reference": public.reference, "participant": "AU", "phone": "1"},
        {"reference": public.reference, "participant": "AU", "public": "no"},
        {"reference": private.reference, "participant": "AU", "public": "yes"},
    ]
    for row in rows:
        planned = plan("contact_points", [row], by=person.user)
        assert planned.is_good == may
        assert may or "no right to make contact points public" in planned.errors[0].message
    assert plan("contact_points", [{"reference": private.reference, "participant": "AU", "phone": "1"}]).is_good
    assert person.client.post(address(ContactPoint, "change", public.pk), {}).status_code == (200 if may else 403)
    person.save(private, public="on", phone="12")
    private.refresh_from_db()
    assert (private.public, private.phone) == (may, "12")


def test_a_form_refuses_an_end_before_the_beginning_beside_its_field(client, australia):
    person = Editor(client, PersonFactory(role=EDITOR))
    sent = person.save(ContactPoint, participant=australia.pk, name="Ali", began="2005", ended="2004")
    assert list(refusals(sent)) == ["ended"]
    person.save(ContactPoint, participant=australia.pk, name="Ali", began="2004", ended="mid-2005")
    assert row_of("contact_points", "C1")["to"] == "2005~"


def test_the_list_is_filtered_and_searched_and_countries_lead_to_it(client, australia, police):
    person = Editor(client, PersonFactory(role=VIEWER))
    ContactPointFactory(participant=australia, name="Here now", public=True)
    ContactPointFactory(participant=police, name="Once there", ended="2009")

    def listed(query):
        return {
            contact.name
            for contact in person.client.get(f"/admin/participants/contactpoint/?{query}").context["cl"].result_list
        }

    assert listed("present=yes") == listed("public__exact=1") == {"Here now"}
    assert listed("present=no") == listed("q=Federal+Police") == listed("q=once") == {"Once there"}
    assert listed("q=australia") == {"Here now"}
    form = person.open(australia).content.decode()
    link = re.search(r'href="(\S+)">1 contact point<', form)[1]
    assert listed(link.partition("?")[2]) == {"Here now"}


def test_the_list_asks_as_often_for_thirty_as_for_one(client, australia):
    person = Editor(client, PersonFactory(role=VIEWER))

    def asked(number):
        ContactPointFactory.create_batch(number, participant=australia)
        with CaptureQueriesContext(connection) as queries:
            person.client.get(address(ContactPoint, "changelist"))
        return len(queries)

    assert asked(1) == asked(29)
