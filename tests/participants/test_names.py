"""Names: what somebody answers to, and the table of names."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from participants.models import Body, Name
from participants.models.name import name_validator
from participants.names import answers_to, further, in_use, save_answers, spoken, with_former
from tests.factories import AgencyFactory, BodyFactory, CountryFactory, InvolvementFactory


def kinds(owner):
    return {name.text: name.kind for name in owner.known_names.all()}


@pytest.mark.django_db
def test_a_participant_answers_to_its_names_its_acronym_and_its_codes():
    country = CountryFactory(name="Republic of Korea", alpha2="KR", alpha3="KOR", names=["ROK", "South Korea"])
    agency = AgencyFactory(name="International Organization for Migration", acronym="IOM", slug="migration")
    body = BodyFactory(name="Ad Hoc Group", short_name="AHG", slug="ad-hoc")
    assert kinds(country) == {
        "Republic of Korea": "preferred", "ROK": "other", "South Korea": "other", "KR": "code", "KOR": "code",
    }  # fmt: skip
    assert kinds(agency) == {
        "International Organization for Migration": "preferred", "IOM": "acronym", "migration": "code",
    }  # fmt: skip
    assert kinds(body) == {"Ad Hoc Group": "preferred", "AHG": "acronym", "ad-hoc": "code"}


def test_what_folds_to_the_same_stands_once_and_as_the_best_it_is():
    body = Body(name="Ministers", short_name="MINISTERS", slug="ministers")
    answers = answers_to(body, ["ministers!", "The Ministers", "the ministers"])
    assert answers == {"ministers": ("Ministers", "preferred"), "theministers": ("The Ministers", "other")}
    assert further(answers) == ("The Ministers",)


def test_codes_are_not_spoken():
    body = Body(name="Ministers", short_name="", slug="conference")
    assert spoken(answers_to(body, ["Them"])) == {"ministers", "them"}


def test_a_rename_keeps_what_would_be_lost():
    assert with_former(["A"], ["Old", "", "O"], ["New", "O"]) == ["A", "Old"]


@pytest.mark.django_db
def test_names_are_brought_in_step_whatever_became_of_them():
    body = BodyFactory(name="Old", short_name="", slug="group", names=["Further", "Gone"])
    kept = body.known_names.get(text="Further").pk
    body.name, body.short_name = "FURTHER", "Fresh"
    save_answers(body, ["old"])
    assert kinds(body) == {"FURTHER": "preferred", "old": "other", "Fresh": "acronym", "group": "code"}
    assert body.known_names.get(text="FURTHER").pk == kept


@pytest.mark.django_db
def test_the_name_as_recorded_in_an_activity_is_in_use_and_stays():
    country = CountryFactory(names=["ROK", "South Korea"])
    name = country.known_names.get(text="ROK")
    InvolvementFactory(participant=country, recorded_as=name)
    assert in_use(country.known_names.values_list("pk", flat=True)) == {name.pk}
    assert in_use([]) == set()
    with pytest.raises(ProtectedError):
        save_answers(country, ["South Korea"])


@pytest.mark.django_db
def test_nothing_answers_to_two():
    CountryFactory(name="Thailand")
    with pytest.raises(IntegrityError), transaction.atomic():
        BodyFactory(name="THAILAND!")


@pytest.mark.django_db
@pytest.mark.parametrize("owners", [0, 2])
def test_a_name_is_that_of_one_participant_or_one_body(owners):
    of = {"participant": CountryFactory(), "body": BodyFactory()} if owners else {}
    with pytest.raises(ValidationError, match="one participant or of one body"):
        Name(text="Somebody", **of).full_clean()


@pytest.mark.parametrize("name", ["A; B", "A [B", "A] B", "…", "!"])
def test_what_could_not_stand_in_a_cell_is_no_name(name):
    with pytest.raises(ValidationError):
        name_validator(name)


def test_a_name_that_ligatures_make_too_long_is_refused_in_words():
    name_validator("ﷺ")
    with pytest.raises(ValidationError, match="ligatures"):
        name_validator("ﷺ" * 30)
