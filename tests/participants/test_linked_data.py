"""Countries, agencies and bodies as machines read them in their pages."""

import json
import re

import pytest

from tests.factories import AgencyFactory, BodyFactory, CountryFactory, InvolvementFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(client):
    """A callable that gives what a page tells machines."""

    def read(record):
        page = client.get(record.get_absolute_url()).content.decode()
        return json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', page)[1])

    return read


def test_a_country_tells_its_names_and_code(told):
    korea = CountryFactory(name="Republic of Korea", alpha2="KR", names=["ROK"])
    MembershipFactory(member=korea)
    assert told(korea) == {
        "@context": "https://schema.org",
        "@type": "Country",
        "name": "Republic of Korea",
        "alternateName": ["ROK"],
        "identifier": "KR",
        "url": "http://testserver/countries/KR/",
    }


def test_an_administration_is_told_as_no_country(told):
    macau = CountryFactory(administration=True)
    MembershipFactory(member=macau)
    assert told(macau)["@type"] == "AdministrativeArea"


def test_an_agency_tells_its_names_and_what_it_belongs_to(told):
    parent = AgencyFactory(name="United Nations", slug="united-nations")
    agency = AgencyFactory(
        name="UN Office",
        acronym="UNO",
        slug="un-office",
        names=["The Office"],
        parent=parent,
        url="https://example.org/",
    )
    MembershipFactory(member=agency, body=BodyFactory(name="Steering Group", slug="steering-group"))
    MembershipFactory(member=agency, left="2004")
    InvolvementFactory(participant=parent)
    assert told(agency) == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "UN Office",
        "alternateName": ["UNO", "The Office"],
        "identifier": "un-office",
        "url": "http://testserver/agencies/un-office/",
        "sameAs": "https://example.org/",
        "parentOrganization": {
            "@type": "Organization",
            "name": "United Nations",
            "url": "http://testserver/agencies/united-nations/",
        },
        "memberOf": [
            {"@type": "Organization", "name": "Steering Group", "url": "http://testserver/bodies/steering-group/"}
        ],
    }


def test_an_agency_that_the_public_does_not_see_is_told_as_nobodys_parent(told):
    agency = AgencyFactory(parent=AgencyFactory(name="Unheard of"))
    MembershipFactory(member=agency)
    assert "parentOrganization" not in told(agency)


def test_the_agency_of_a_government_is_told_as_such(told):
    police = AgencyFactory(kind="police")
    MembershipFactory(member=police)
    assert told(police)["@type"] == "GovernmentOrganization"


def test_a_body_tells_its_time_and_its_members(told):
    body = BodyFactory(
        name="Ad Hoc Group",
        short_name="AHG",
        slug="ad-hoc-group",
        remit="Irregular migration.",
        began="2009-07",
        ended="2012~",
        parent=BodyFactory(name="Bali Process", slug="bali-process"),
    )
    MembershipFactory(body=body, member=CountryFactory(name="Fiji", alpha2="FJ"))
    MembershipFactory(body=body, left="2010")
    assert told(body) == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "Ad Hoc Group",
        "alternateName": ["AHG"],
        "description": "Irregular migration.",
        "identifier": "ad-hoc-group",
        "url": "http://testserver/bodies/ad-hoc-group/",
        "foundingDate": "2009-07",
        "dissolutionDate": "2012",
        "parentOrganization": {
            "@type": "Organization",
            "name": "Bali Process",
            "url": "http://testserver/bodies/bali-process/",
        },
        "member": [{"@type": "GovernmentOrganization", "name": "Fiji", "url": "http://testserver/countries/FJ/"}],
    }
