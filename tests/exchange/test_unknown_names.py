"""Names that a file was refused for are kept until they are known, so that somebody can lead them to an owner."""

import pytest

from events.models import Event
from exchange import models
from exchange.models import UnknownName
from participants.models import Agency, Body, Country
from tests.editing import Editor
from tests.factories import BodyFactory, CountryFactory

pytestmark = pytest.mark.django_db

HEADING = "reference,title,kind,country,bodies,hosts,themes,series\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path


@pytest.fixture
def administrator(client, admin_user):
    return Editor(client, admin_user)


def kept():
    return {
        (name.text, name.sought, name.type, name.column, name.file, name.times) for name in UnknownName.objects.all()
    }


def test_names_that_nothing_knows_are_kept_with_where_they_stood(administrator):
    CountryFactory(name="Fiji", alpha2="FJ")
    row = "E1,Ports,workshop,Malasia,Expert Group,Fiji; ROK Police [with thanks]; IMO,Visas,Targeting\n"
    administrator.upload(Event, HEADING + row, name="ports.csv")
    assert kept() == {
        ("Malasia", "country", "events", "country", "ports.csv", 1),
        ("Expert Group", "body", "events", "bodies", "ports.csv", 1),
        ("ROK Police", "country or agency", "events", "hosts", "ports.csv", 1),
        ("IMO", "country or agency", "events", "hosts", "ports.csv", 1),
    }


def test_a_name_that_comes_again_is_kept_once_and_counted(administrator):
    for name, spelling in (("one.csv", "ROK Police"), ("two.csv", "rok  police")):
        administrator.upload(Event, f"{HEADING}E1,Ports,workshop,,,{spelling},,\n", name=name)
    assert kept() == {("ROK Police", "country or agency", "events", "hosts", "two.csv", 2)}


def test_what_is_known_as_something_else_is_no_unknown_name(administrator):
    CountryFactory(name="Fiji", alpha2="FJ")
    administrator.upload(Event, f"{HEADING}E1,Ports,workshop,,Fiji,,,\n")
    assert not UnknownName.objects.exists()


@pytest.mark.parametrize("hosts", ["[a remark alone]", "Fiji [open", "…", "x" * 201])
def test_what_could_be_no_name_is_not_kept(administrator, hosts):
    CountryFactory(name="Fiji", alpha2="FJ")
    administrator.upload(Event, f"{HEADING}E1,Ports,workshop,,,{hosts},,\n")
    assert not UnknownName.objects.exists()


def test_a_sound_file_leaves_nothing(administrator):
    administrator.upload(Event, f"{HEADING}E1,Ports,workshop,,,,,\n")
    assert not UnknownName.objects.exists()


def test_a_file_of_nothing_but_unknown_names_leaves_not_too_many(administrator, monkeypatch):
    monkeypatch.setattr(models, "MOST_OF_A_FILE", 2)
    names = "; ".join(f"Office {number}" for number in range(5))
    administrator.upload(Event, f"{HEADING}E1,Ports,workshop,,,{names},,\n")
    assert UnknownName.objects.count() == 2


def test_names_are_kept_in_as_many_queries_for_many_as_for_one(administrator, django_assert_num_queries):
    for number in (1, 30):
        problems = [models_problem(f"Office {number} {each}") for each in range(number)]
        with django_assert_num_queries(4):  # two of them open and close a savepoint
            UnknownName.objects.remember(problems, "events", "rows.csv")
    with django_assert_num_queries(0):
        UnknownName.objects.remember([], "events", "rows.csv")


def models_problem(value):
    from exchange.problems import Problem

    return Problem(2, "hosts", value, "", sought="country or agency")


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Country, {"name": "Korea", "alpha2": "KR", "further_names": "ROK Police"}),
        (Agency, {"name": "ROK police", "slug": "rok-police", "kind": "police"}),
        (Body, {"name": "Group", "slug": "group", "short_name": "ROK Police"}),
    ],
    ids=["country", "agency", "body"],
)
def test_a_name_that_becomes_known_is_forgotten(administrator, model, fields):
    UnknownName.objects.remember([models_problem("ROK Police"), models_problem("Other")], "events", "rows.csv")
    assert administrator.save(model, **fields).status_code == 302
    assert [name.text for name in UnknownName.objects.all()] == ["Other"]


def test_a_name_that_an_import_makes_known_is_forgotten(administrator):
    body = BodyFactory(slug="experts")
    UnknownName.objects.remember([models_problem("Expert Group")], "events", "rows.csv")
    administrator.confirm(Body, administrator.upload(Body, f"slug,name,names\nexperts,{body.name},Expert group\n"))
    assert not UnknownName.objects.exists()
