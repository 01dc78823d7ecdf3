"""Who gets what: every role at every address, for records of every state. An address without a line fails here."""

import logging
from http.cookies import SimpleCookie
from unittest.mock import patch

import pytest
from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client

from tests.baliprocess.addresses import ANONYMOUS, OFFICE, PUBLIC, WHO, addresses
from tests.baliprocess.example import Example
from tests.factories import PersonFactory
from tests.kept import kept

# What it goes through, others test part by part.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]


def test_every_address_has_a_line():
    assert sorted(addresses() - {*PUBLIC, *OFFICE}) == [], (
        "who gets what there, tests/baliprocess/addresses.py must say"
    )
    assert sorted({*PUBLIC, *OFFICE} - addresses()) == [], "these addresses are no more"


@pytest.fixture
def example(settings, tmp_path, monkeypatch):
    """The example record. No page and no workbook is written and nothing is logged: who gets what is decided before."""
    monkeypatch.setattr(logging.getLogger("django"), "disabled", True)
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    settings.VAR_DIRECTORY = tmp_path
    monkeypatch.setattr("django.template.loader.render_to_string", lambda *arguments, **options: "")
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    monkeypatch.setattr("exchange.downloads.write_template", lambda file, resources: None)
    monkeypatch.setattr(AdminSite, "get_app_list", listed_where_asked_for(AdminSite.get_app_list))
    return Example()


def listed_where_asked_for(get_app_list):
    """Lists of all models alone cost a tenth of the time, and no page of the office shows them."""
    return lambda site, request, app_label=None: get_app_list(site, request, app_label) if app_label else []


def got(response):
    if response.status_code not in (301, 302):
        return str(response.status_code)
    return "in" if response["Location"].startswith(("/admin/login/", "/sign-in/")) else "on"


def agree(said, found):
    return said == found or (said == "ok" and found in ("200", "on"))


def differing(example, lines, method):
    """Where an answer is not what the lines say: {(who, address): (what is said, what was got)}."""
    return {
        (who, name): pair
        for who in WHO
        for name, pair in answers(as_somebody(who), example, lines, who, method)
        if not agree(*pair)
    }


def answers(asked_by, example, lines, who, method):
    """For each address and state its name, and a pair of what is said and what was got."""
    client, person = asked_by
    session = client.cookies.output(header="")
    # Who asks, and what they may, is read from the database once.
    with patch("django.contrib.auth.get_user", lambda request: person), kept():
        for name, line in lines.items():
            for state, of_all in getattr(line, method).items():
                client.cookies = SimpleCookie(session)
                with transaction.atomic():
                    found = got(getattr(client, method)(example.address(name, line, state)))
                    transaction.set_rollback(True)
                yield f"{name} {state}".strip(), (of_all.split()[WHO.index(who)], found)


def as_somebody(who):
    """A client that is signed in as somebody of a role, and the person."""
    client = Client()
    if who == ANONYMOUS:
        return client, AnonymousUser()
    person = PersonFactory(role=who)
    client.force_login(person)
    return client, person


def test_the_public_pages_give_each_role_what_it_may_see(example):
    assert differing(example, PUBLIC, "get") == {}


def test_the_public_pages_are_read_alone(example):
    assert differing(example, PUBLIC, "post") == {}


def test_the_office_shows_each_role_what_it_may_see(example):
    assert differing(example, OFFICE, "get") == {}


def test_the_office_lets_each_role_do_what_it_may(example):
    assert differing(example, OFFICE, "post") == {}
