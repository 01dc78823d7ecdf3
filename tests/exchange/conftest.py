"""A small record that most tests of rows start from."""

import pytest

from tests import snapshots

from .record import bring_in


@pytest.fixture
def record(db):
    """Four countries, two agencies, three bodies, places, a series, themes and two events."""
    snapshots.put("record", small_record)


def small_record():
    bring_in(
        "countries",
        [
            {"alpha2": "AU", "name": "Australia", "alpha3": "AUS", "region": "Oceania", "names": "Down Under"},
            {"alpha2": "ID", "name": "Indonesia", "alpha3": "IDN", "region": "Asia", "names": ""},
            {
                "alpha2": "KR",
                "name": "Republic of Korea",
                "alpha3": "KOR",
                "region": "Asia",
                "names": "ROK; South Korea",
            },
            {"alpha2": "TH", "name": "Thailand", "alpha3": "THA", "region": "Asia", "names": ""},
        ],
    )
    bring_in(
        "agencies",
        [
            {
                "slug": "iom",
                "name": "International Organization for Migration",
                "acronym": "IOM",
                "kind": "organisation",
            },
            {"slug": "afp", "name": "Australian Federal Police", "acronym": "AFP", "kind": "police", "country": "AU"},
        ],
    )
    bring_in(
        "bodies",
        [
            {"slug": "bali-process", "name": "Bali Process"},
            {"slug": "aheg-one", "name": "Ad Hoc Experts' Group I", "short_name": "AHEG I", "parent": "Bali Process"},
            {"slug": "ministers", "name": "Ministers", "parent": "Bali Process"},
        ],
    )
    bring_in(
        "places",
        [
            {"city": "Bali", "country": "ID", "latitude": "-8.41", "longitude": "115.19"},
            {"city": "Seoul", "country": "KR"},
            {"city": "Perth", "country": "AU"},
        ],
    )
    bring_in("series", [{"slug": "targeting", "name": "Targeting Workshops"}])
    bring_in("themes", [{"name": "Document fraud"}, {"name": "Legislation"}])
    bring_in(
        "events",
        [
            {
                "reference": "E1",
                "title": "First conference",
                "kind": "ministerial",
                "when": "2002-02",
                "city": "Bali",
                "country": "ID",
                "co_chairs": "Australia; Indonesia",
                "bodies": "Ministers",
                "publication": "published",
            },
            {
                "reference": "E2",
                "title": "Workshop on passports",
                "kind": "workshop",
                "when": "2003",
                "city": "Seoul",
                "country": "KR",
                "hosts": "ROK [represented by its Justice Ministry]",
                "themes": "Document fraud",
                "note": "Who trained?",
            },
        ],
    )
    bring_in("outcomes", [{"reference": "O1", "event": "E2", "kind": "finding", "text": "Passports are forged."}])
    bring_in("event_links", [{"from": "E2", "to": "E1", "kind": "reports_to"}])
    bring_in("memberships", [{"body": "Bali Process", "member": "AU", "joined": ""}])
