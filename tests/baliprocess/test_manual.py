"""The help tells the truth, because it asks the code that keeps the rules."""

import re

import pytest
from django.utils.html import escape

from baliprocess.roles import RIGHTS, ROLES, VIEWER
from events.models import Involvement
from records.dates import PartialDate
from records.publication import Publication
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(client):
    client.force_login(PersonFactory(role=VIEWER))
    return client.get("/admin/help/").content.decode()


def test_dates_are_shown_as_they_are_understood(shown):
    rows = re.findall(r'<th scope="row">([^<]+)</th><td>([^<]+)</td><td>[^<]+</td><td><code>([^<]+)</code>', shown)
    assert len(rows) > 10
    for typed, display, kept in rows:
        date = PartialDate.parse(typed)
        assert (display, kept) == (date.display(), str(date))
    assert ("Sept. 2004", "September 2004", "2004-09") in rows


def test_dates_that_are_refused_are_shown_with_the_reason(shown):
    assert "<dt>03/04/2005</dt>" in shown
    assert "it may be 3 April 2005 or 4 March 2005; write the month as a word" in shown


def test_every_role_in_an_activity_is_explained(shown):
    for role in Involvement.Role:
        assert re.search(rf'<th scope="row">{role.label}</th><td>[^<]{{8,}}</td>', shown)


def test_every_step_of_publication_and_every_right_is_explained(shown):
    assert all(f"<dt>{step.label}</dt>" in shown for step in Publication)
    assert all(escape(right.words) in shown for right in RIGHTS)
    assert all(f'<th scope="col">{role}</th>' in shown for role in ROLES)


def test_every_anchor_of_the_contents_is_there(shown):
    anchors = re.findall(r'href="#(\w+)"', shown)
    assert len(anchors) >= 8
    assert all(f'id="{anchor}"' in shown for anchor in anchors)
