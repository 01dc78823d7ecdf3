import re

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command

from baliprocess.roles import ROLES

pytestmark = pytest.mark.django_db


def told(capsys):
    call_command("create_first_administrator")
    return capsys.readouterr().out


def test_the_first_administrator_can_sign_in_with_what_is_shown(capsys):
    name, password = re.findall("“(.+?)”", told(capsys))[:2]

    user = authenticate(username=name, password=password)

    assert name == "administrator"
    assert user.is_superuser
    assert user.is_staff


def test_how_to_let_others_in_is_told_with_every_role(capsys):
    words = told(capsys)
    assert "open “People” and “Add a person”" in words
    assert all(role.lower() in words for role in ROLES)


def test_where_there_is_an_administrator_nothing_is_made_nor_said(capsys):
    get_user_model().objects.create_superuser("chair")

    assert told(capsys) == ""
    assert get_user_model().objects.count() == 1


def test_a_second_run_makes_nobody(capsys):
    told(capsys)

    assert told(capsys) == ""
    assert get_user_model().objects.count() == 1


def test_a_name_that_somebody_has_is_left_to_them(capsys):
    get_user_model().objects.create_user("administrator")

    assert "“administrator2”" in told(capsys)
    assert not get_user_model().objects.get(username="administrator").is_superuser
