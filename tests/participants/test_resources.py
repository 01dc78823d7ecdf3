"""Rows of participants as their models and cells make them."""

import pytest

from participants.resources import AgencyResource, BodyResource, CountryResource, MembershipResource
from tests.exchange.record import bring_in, problems, row_of, rows_of
from tests.factories import AgencyFactory, BodyFactory, CountryFactory, MembershipFactory

pytestmark = pytest.mark.django_db

COLUMNS = {
    CountryResource: "alpha2, name, alpha3, region, administration, names",
    AgencyResource: "slug, name, acronym, kind, parent, country, url, names",
    BodyResource: "slug, name, short_name, remit, began, ended, parent, predecessor, names",
    MembershipResource: "body, member, joined, left, role",
}


@pytest.mark.parametrize("resource", COLUMNS)
def test_rows_have_their_columns_in_order_each_with_its_help(resource):
    columns = resource().columns
    assert ", ".join(columns) == COLUMNS[resource]
    assert all(column.help for column in columns.values())


def test_a_country_is_written_with_its_codes_and_further_names():
    CountryFactory(
        alpha2="HK", name="Hong Kong SAR", alpha3="HKG", region="Asia", administration=True, names=["HKSAR", "香港"]
    )
    assert rows_of("countries") == [
        {
            "alpha2": "HK", "name": "Hong Kong SAR", "alpha3": "HKG", "region": "Asia", "administration": "yes",
            "names": "HKSAR; 香港",
        }
    ]  # fmt: skip


def test_an_agency_is_written_with_the_name_of_its_parent_and_the_code_of_its_country():
    parent = AgencyFactory(name="Attorney-General's Department")
    AgencyFactory(slug="police", name="Police", kind="police", parent=parent, country=CountryFactory(alpha2="AU"))
    row = row_of("agencies", "police")
    assert (row["kind"], row["parent"], row["country"]) == ("police", "Attorney-General's Department", "AU")


def test_countries_and_agencies_are_rows_of_their_own_types():
    CountryFactory(alpha2="AU", name="Australia")
    AgencyFactory(slug="iom", name="Migration")
    assert [row["alpha2"] for row in rows_of("countries")] == ["AU"]
    assert [row["slug"] for row in rows_of("agencies")] == ["iom"]
    assert problems("agencies", [{"slug": "fiji", "name": "Fiji", "kind": "country"}]) == [(2, "kind")]
    assert problems("agencies", [{"slug": "new", "name": "New", "kind": "other", "parent": "Australia"}]) == [
        (2, "parent")
    ]
    assert problems("agencies", [{"slug": "new", "name": "New", "kind": "other", "country": "iom"}]) == [(2, "country")]


def test_a_membership_is_written_with_codes_and_dates():
    MembershipFactory(
        body=BodyFactory(slug="ministers"),
        member=CountryFactory(alpha2="AU"),
        joined="2002-02",
        left="2009~",
        role="co-chair",
    )
    assert rows_of("memberships") == [
        {"body": "ministers", "member": "AU", "joined": "2002-02", "left": "2009~", "role": "co-chair"}
    ]


def test_agencies_are_members_too():
    AgencyFactory(slug="iom", name="Migration", acronym="IOM")
    BodyFactory(slug="ministers", name="Ministers")
    bring_in("memberships", [{"body": "ministers", "member": "IOM", "joined": "mid-2004"}])
    assert rows_of("memberships")[0]["joined"] == "2004~"


def test_members_and_bodies_that_nothing_knows_are_refused_together():
    rows = [{"body": "Nobody", "member": "Nowhere", "joined": "whenever", "left": "later"}]
    assert problems("memberships", rows) == [(2, "body"), (2, "member"), (2, "joined"), (2, "left")]


def test_a_body_does_not_end_before_it_begins():
    assert problems("bodies", [{"name": "Group", "began": "2005", "ended": "2004"}]) == [(2, "ended")]
    assert problems("bodies", [{"name": "Group", "began": "2005", "ended": "2005-03"}]) == []


def test_an_acronym_given_up_stays_a_known_name():
    AgencyFactory(slug="iom", name="Migration", acronym="IOM")
    bring_in("agencies", [{"slug": "iom", "name": "Migration", "kind": "", "acronym": "UNM"}])
    row = row_of("agencies", "iom")
    assert (row["acronym"], row["names"]) == ("UNM", "IOM")


def test_a_name_of_two_lines_is_one_line_wherever_it_is_written():
    batch = bring_in("bodies", [{"slug": "forum", "name": "The\nForum"}, {"name": "Group", "parent": "the forum"}])
    assert row_of("bodies", "group")["parent"] == "The Forum"
    assert batch.changes.get(key="group").after["parent"] == "The Forum"
