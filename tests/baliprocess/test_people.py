"""Administrators let people in, in one role each; nobody raises themselves, and who made history stays in it."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import Permission

from baliprocess.roles import ADMINISTRATOR, EDITOR, PUBLISHER, VIEWER, role_of
from tests.editing import Editor, address
from tests.factories import BatchFactory, PersonFactory

pytestmark = pytest.mark.django_db

User = get_user_model()


@pytest.fixture
def administrator(client):
    return Editor(client, PersonFactory(username="head", role=ADMINISTRATOR))


@pytest.fixture
def superuser(client, admin_user):
    return Editor(client, admin_user)


def again(person):
    return User.objects.get(pk=person.pk)


def page(response):
    assert response.status_code == 200
    return response.content.decode()


# --- Adding -----------------------------------------------------------------------------------------------------------


def test_a_name_and_a_role_are_enough_and_the_password_is_shown_once(administrator):
    shown = page(administrator.save(User, username="nadia", role=EDITOR))
    password = re.search(r"<dt>Password</dt><dd><code>(.+?)</code>", shown)[1]
    nadia = authenticate(username="nadia", password=password)
    assert (nadia.is_staff, nadia.is_superuser, role_of(nadia)) == (True, False, EDITOR)
    assert password not in page(administrator.open(nadia))
    assert password not in page(administrator.client.get(address(User, "changelist")))
    administrator.client.logout()
    assert administrator.client.login(username="nadia", password=password)
    assert "What waits" in page(administrator.client.get("/admin/"))


def test_a_password_that_is_typed_is_not_shown(administrator):
    sent = administrator.save(User, username="nadia", role=VIEWER, password="a long walk to Suva")
    assert sent.url == address(User, "changelist")
    assert authenticate(username="nadia", password="a long walk to Suva")


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"password": "12345678901234"}, "password", "This password is entirely numeric."),
        ({"password": "short"}, "password", "at least 12 characters"),
        ({"role": ""}, "role", "This field is required."),
        ({"role": "Sovereign"}, "role", "not one of the available choices"),
        ({"username": "head"}, "username", "already exists"),
        ({"username": "two words"}, "username", "Enter a valid username"),
    ],
)
def test_odd_people_are_refused_beside_the_field(administrator, fields, field, message):
    found = administrator.refused(User, **{"username": "nadia", "role": EDITOR} | fields)
    assert list(found) == [field]
    assert message in found[field][0]
    assert not User.objects.filter(username="nadia").exists()


# --- Roles ------------------------------------------------------------------------------------------------------------


def test_a_role_replaces_the_one_before_and_all_else_that_one_may(administrator):
    person = PersonFactory(role=PUBLISHER)
    person.user_permissions.add(Permission.objects.get(codename="delete_user"))
    administrator.save(person, role=VIEWER)
    person = again(person)
    assert role_of(person) == VIEWER
    assert not person.has_perm("auth.delete_user")
    assert not person.has_perm("events.publish_event")


def test_without_a_role_one_is_not_let_in(administrator, client):
    person = PersonFactory(role=EDITOR)
    administrator.save(person, role="")
    client.force_login(again(person))
    assert client.get("/admin/").url.startswith("/admin/login/")


def test_who_is_deactivated_is_signed_out_and_keeps_the_name(administrator, client):
    person = PersonFactory(role=EDITOR, username="nadia")
    sent = {"username": "nadia", "role": EDITOR}
    administrator.client.post(address(User, "change", person.pk), sent)
    client.force_login(again(person))
    assert client.get("/admin/").url.startswith("/admin/login/")


def test_the_list_says_each_one_s_role_in_words_and_filters_by_it(administrator):
    PersonFactory(username="nadia", role=EDITOR)
    PersonFactory(username="tevita")
    User.objects.create_superuser("first")
    shown = page(administrator.client.get(address(User, "changelist")))
    assert "<h1>People</h1>" in shown
    assert "Add a person</a>" in shown
    assert 'field-role">Editor<' in shown
    assert 'field-role">Administrator of the whole site<' in shown
    for role, names in ((EDITOR, ["nadia"]), ("none", ["first", "tevita"])):
        listed = administrator.client.get(address(User, "changelist"), {"role": role}).context["cl"].result_list
        assert [person.username for person in listed] == names


def test_the_list_asks_as_often_for_many_people_as_for_one(administrator, django_assert_num_queries):
    url = address(User, "changelist")
    administrator.client.get(url)
    with django_assert_num_queries(9):
        page(administrator.client.get(url))
    for _ in range(29):
        PersonFactory(role=EDITOR)
    with django_assert_num_queries(9):
        page(administrator.client.get(url))


def test_what_was_done_to_a_person_stands_in_their_history(administrator):
    person = PersonFactory(role=VIEWER)
    administrator.save(person, role=EDITOR)
    shown = page(administrator.client.get(address(User, "history", person.pk)))
    assert "head" in shown
    assert "Changed role" in shown


# --- What administrators may not --------------------------------------------------------------------------------------


def test_nobody_changes_their_own_role_or_lets_themselves_out(administrator):
    for change in ({"role": VIEWER}, {"role": ""}, {"is_active": ""}):
        found = administrator.refused(administrator.user, **change)
        assert "are for another administrator to change" in found[""][0]
    assert administrator.save(administrator.user, email="head@example.org").status_code == 302
    assert again(administrator.user).email == "head@example.org"
    assert administrator.delete(administrator.user).status_code == 403


def test_an_administrator_makes_nobody_a_superuser_himself_least_of_all(administrator):
    other = PersonFactory(role=VIEWER)
    raised = {"is_superuser": "on", "is_staff": "on", "user_permissions": "1", "groups": "1"}
    for person in (other, administrator.user):
        assert "is_superuser" not in page(administrator.open(person))
        administrator.save(person, **raised)
        assert not again(person).is_superuser
    administrator.save(User, username="nadia", role=EDITOR, **raised)
    assert not User.objects.get(username="nadia").is_superuser
    assert User.objects.get(username="nadia").user_permissions.count() == 0


def test_an_administrator_touches_no_superuser(administrator):
    first = User.objects.create_superuser("first", password="untouched")
    assert "Administrator of the whole site" in page(administrator.open(first))
    sent = {"username": "first", "role": VIEWER}
    assert administrator.client.post(address(User, "change", first.pk), sent).status_code == 403
    new = {"password1": "a long walk to Suva", "password2": "a long walk to Suva", "usable_password": "true"}
    url = f"/admin/auth/user/{first.pk}/password/"
    assert administrator.client.post(url, new).status_code == 403
    assert administrator.delete(first).status_code == 403
    assert administrator.delete_all([first]).status_code == 403
    assert authenticate(username="first", password="untouched").is_superuser


def test_an_administrator_gives_somebody_a_new_password(administrator):
    person = PersonFactory(role=EDITOR, username="nadia")
    url = f"/admin/auth/user/{person.pk}/password/"
    assert url in page(administrator.open(person))
    new = {"password1": "a long walk to Suva", "password2": "a long walk to Suva", "usable_password": "true"}
    administrator.client.post(url, new | {"set-password": "1"})
    assert authenticate(username="nadia", password="a long walk to Suva")


def test_superusers_make_superusers(superuser):
    person = PersonFactory(role=EDITOR)
    superuser.save(person, is_superuser="on", role="")
    person = again(person)
    assert (person.is_superuser, person.is_staff, role_of(person)) == (True, True, "")
    found = superuser.refused(superuser.user, is_superuser="")
    assert "are for another administrator to change" in found[""][0]


def test_groups_are_not_for_editing(superuser):
    assert superuser.client.get("/admin/auth/group/").status_code == 404


# --- Who goes ---------------------------------------------------------------------------------------------------------


def test_who_changed_the_record_is_deactivated_instead_and_the_page_says_so(administrator):
    author = PersonFactory(username="author", role=EDITOR)
    BatchFactory(by=author)
    shown = page(administrator.client.get(address(User, "delete", author.pk)))
    assert "has changed the record, whose history keeps the name." in shown
    assert address(User, "change", author.pk) in shown
    assert "Take “active” away from them instead" in page(administrator.delete_all([author]))
    assert User.objects.filter(username="author").exists()


def test_who_changed_people_stays_for_the_sake_of_their_log(administrator):
    colleague = PersonFactory(username="colleague", role=ADMINISTRATOR)
    LogEntry.objects.log_actions(colleague.pk, [administrator.user], 2, "Changed Role")
    shown = page(administrator.delete(colleague))
    assert "Change of people" in shown
    assert User.objects.filter(username="colleague").exists()


def test_who_never_did_anything_may_go(administrator):
    idle, other = PersonFactory(), PersonFactory()
    assert administrator.delete(idle).status_code == 302
    assert administrator.delete_all([other]).status_code == 302
    assert list(User.objects.all()) == [administrator.user]
