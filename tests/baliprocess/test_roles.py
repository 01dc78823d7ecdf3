"""Each role may do what the table of rights says, and nothing beyond it, wherever it is tried."""

from itertools import pairwise

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from baliprocess.roles import ADMINISTRATOR, DELEGATE, EDITOR, PUBLISHER, RIGHTS, ROLES, VIEWER, permissions_of, role_of
from events.models import Event, EventLink, Outcome, Place, Series, Theme
from exchange.plans import plan
from participants.models import Agency, Body, Country, Membership, Name
from records.models import Batch, Change
from tests.editing import Editor, address
from tests.factories import (
    AgencyFactory,
    BodyFactory,
    ChangeFactory,
    CountryFactory,
    EventFactory,
    EventLinkFactory,
    MembershipFactory,
    OutcomeFactory,
    PersonFactory,
    PlaceFactory,
    SeriesFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

LISTS = [Country, Agency, Body, Membership, Name, Place, Series, Theme, Event, EventLink, Outcome]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path


@pytest.fixture
def somebody(client):
    """Signs somebody in who has a role."""
    return lambda role: Editor(client, PersonFactory(role=role))


def from_role(least):
    """Pairs of each role and whether it may do what the least one may."""
    return pytest.mark.parametrize(
        ("role", "may"), [(role, ROLES.index(role) >= ROLES.index(least)) for role in ROLES], ids=ROLES
    )


def assert_done(response, may):
    """Done and gone back to a list or form, or refused: staff are told that they may not."""
    assert response.status_code == (302 if may else 403)


# --- The table --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [*ROLES, DELEGATE])
def test_the_groups_that_migrations_make_are_those_of_the_table(role):
    held = Group.objects.get(name=role).permissions.values_list("content_type__app_label", "codename")
    assert {".".join(each) for each in held} == permissions_of(role)


def test_each_role_may_do_all_that_the_one_before_it_may():
    held = [permissions_of(role) for role in ROLES]
    assert all(less < more for less, more in pairwise(held))
    assert all(right.holders[ROLES.index(ADMINISTRATOR)] for right in RIGHTS)


def test_the_highest_of_several_roles_counts():
    person = PersonFactory(role=VIEWER)
    person.groups.add(Group.objects.get(name=PUBLISHER), Group.objects.create(name="Choir"))
    assert role_of(person) == PUBLISHER
    assert role_of(PersonFactory()) == ""


# --- Reading ----------------------------------------------------------------------------------------------------------


def test_the_least_role_reads_and_exports_everything(somebody):
    reader = somebody(VIEWER)
    draft, change = EventFactory(draft=True, title="Ports", note="Ask Dili"), ChangeFactory()
    assert "Ask Dili" in reader.open(draft).content.decode()
    for model in [*LISTS, Batch, Change]:
        assert reader.client.get(address(model, "changelist")).status_code == 200
    assert reader.client.get(address(Event, "history", draft.pk)).status_code == 200
    assert reader.client.get(address(Batch, "change", change.batch.pk)).status_code == 200
    assert reader.client.get(address(Event, "deleted")).status_code == 200
    assert "Ports" in reader.client.get(address(Event, "preview", draft.pk)).content.decode()
    exported = b"".join(reader.client.get(address(Event, "export")).streaming_content).decode()
    assert "Ports" in exported
    asked = {"app_label": "events", "model_name": "involvement", "field_name": "participant", "term": "x"}
    assert reader.client.get("/admin/autocomplete/", asked).status_code == 200


def test_staff_without_a_role_see_nothing(client):
    nobody = Editor(client, PersonFactory())
    for model in LISTS:
        for action in ("changelist", "add"):
            assert nobody.client.get(address(model, action)).status_code == 403
    draft = EventFactory(draft=True)
    for url in (address(Event, "export"), address(Event, "deleted"), address(Event, "preview", draft.pk)):
        assert nobody.client.get(url).status_code == 403
    asked = {"app_label": "events", "model_name": "involvement", "field_name": "participant", "term": "x"}
    assert nobody.client.get("/admin/autocomplete/", asked).status_code == 403


# --- Drafts -----------------------------------------------------------------------------------------------------------


@from_role(EDITOR)
def test_editors_enter_change_and_delete_drafts(somebody, role, may):
    person = somebody(role)
    draft = EventFactory(draft=True)
    outcome = OutcomeFactory(event=draft)
    fields = {"title": "Visas", "kind": "workshop", "publication": "in_review"}
    sent = person.save(Event, **fields) if may else person.client.post(address(Event, "add"), fields)
    assert_done(sent, may)
    assert Event.objects.filter(title="Visas", publication="in_review").exists() == may
    assert person.client.get(address(Event, "change", draft.pk)).status_code == 200
    assert_done(person.delete(outcome), may)
    assert_done(person.delete(draft), may)
    assert Event.objects.filter(pk=draft.pk).exists() != may


@from_role(EDITOR)
def test_editors_add_what_an_activity_needs(somebody, role, may):
    person = somebody(role)
    country = CountryFactory(name="Fiji")
    assert_done(person.client.post(address(Place, "add"), {"city": "Nadi", "country": country.pk}), may)
    assert_done(person.client.post(address(Theme, "add"), {"name": "Returns", "slug": "returns"}), may)
    assert_done(person.client.post(address(Name, "add"), {"text": "Viti", "participant": country.pk}), may)
    for record in (Place, Theme):
        assert record.objects.exists() == may
    assert Name.objects.filter(text="Viti").exists() == may


@from_role(EDITOR)
def test_editors_bring_in_files(somebody, role, may):
    person = somebody(role)
    file = SimpleUploadedFile("rows.csv", b"title,kind\nPorts,workshop\n")
    for model in LISTS:
        if model is not Name:
            assert person.client.get(address(model, "import")).status_code == (200 if may else 403)
    assert_done(person.client.post(address(Event, "import"), {"file": file}), may)
    planned = plan("events", [{"reference": "E1", "title": "Ports", "kind": "workshop"}], by=person.user)
    assert planned.is_good == may
    assert may or planned.errors[0].message == "You have no right to add events."


@from_role(EDITOR)
def test_editors_send_many_drafts_to_review_by_a_plan(somebody, role, may):
    person = somebody(role)
    draft = EventFactory(draft=True)
    chosen = {"action": "set_in_review", "_selected_action": [draft.pk]}
    answer = person.client.post(address(Event, "changelist"), chosen, follow=True)
    assert ("proposal" in answer.context) == may
    if may:
        person.confirm(Event, answer)
    assert Event.objects.filter(publication="in_review").exists() == may


# --- What is published ------------------------------------------------------------------------------------------------


@from_role(PUBLISHER)
def test_publishers_change_and_delete_what_is_published(somebody, role, may):
    person = somebody(role)
    event, other = EventFactory(), EventFactory()
    outcome, link = OutcomeFactory(event=event), EventLinkFactory(from_event=event, to_event=other)
    for record in (outcome, link):
        assert_done(person.delete(record), may)
    if may:
        assert person.save(event, title="Seaports").status_code == 302
    else:
        assert person.client.post(address(Event, "change", event.pk), {"title": "Seaports"}).status_code == 403
    assert Event.objects.filter(title="Seaports").exists() == may
    assert_done(person.delete(event), may)
    assert Event.objects.filter(pk=event.pk).exists() != may


@from_role(PUBLISHER)
def test_publishers_alone_publish(somebody, role, may):
    person = somebody(role)
    draft = EventFactory(draft=True, reference="E1")
    row = {"reference": "E1", "title": draft.title, "kind": draft.kind, "publication": "published"}
    planned = plan("events", [row], by=person.user)
    assert planned.is_good == may
    if role != VIEWER:
        person.save(draft, publication="published")
        assert Event.objects.published().exists() == may


@from_role(PUBLISHER)
def test_publishers_alone_publish_many_by_a_plan(somebody, role, may):
    person = somebody(role)
    draft = EventFactory(draft=True)
    chosen = {"action": "set_published", "_selected_action": [draft.pk]}
    answer = person.client.post(address(Event, "changelist"), chosen, follow=True)
    if role == VIEWER:
        assert "proposal" not in answer.context
        return
    assert ("You have no right to publish" in answer.content.decode()) != may
    person.confirm(Event, answer)
    assert Event.objects.published().exists() == may


@from_role(PUBLISHER)
def test_publishers_alone_go_back_and_restore(somebody, role, may):
    person = somebody(role)
    gone, changed = SeriesFactory(slug="targeting", name="Targeting"), ThemeFactory(slug="visas", name="Visas")
    head = Editor(person.client, PersonFactory(role=ADMINISTRATOR))
    head.save(changed, description="Papers")
    head.delete(gone)
    person.client.force_login(person.user)
    for model, action, type in ((Theme, "go_back", "themes"), (Series, "restore", "series")):
        change = Change.objects.get(type=type)
        answer = person.client.post(address(model, action), {"change": change.pk, "before": ""}, follow=True)
        assert answer.status_code == (200 if may else 403)
        if may:
            person.confirm(model, answer)
    assert Series.objects.exists() == may
    assert Theme.objects.filter(description="").exists() == may


@from_role(PUBLISHER)
def test_publishers_delete_what_nothing_refers_to(somebody, role, may):
    person = somebody(role)
    factories = (
        MembershipFactory,
        AgencyFactory,
        BodyFactory,
        PlaceFactory,
        SeriesFactory,
        ThemeFactory,
        CountryFactory,
    )
    for factory in factories:
        record = factory()
        assert_done(person.delete(record), may)
        assert type(record).objects.filter(pk=record.pk).exists() != may


@from_role(PUBLISHER)
def test_a_row_in_error_says_which_right_is_missing(somebody, role, may):
    person = somebody(role)
    theme = ThemeFactory()
    planned = plan("themes", deleting=[{"slug": theme.slug}], by=person.user)
    assert planned.is_good == may
    assert may or planned.errors[0].message == "You have no right to delete themes."
    assert person.user.has_perm("records.undo_change") == may


# --- People -----------------------------------------------------------------------------------------------------------


@from_role(ADMINISTRATOR)
def test_administrators_alone_see_and_change_people(somebody, role, may):
    person = somebody(role)
    other = PersonFactory(role=VIEWER)
    model = type(other)
    for url in (address(model, "changelist"), address(model, "add"), address(model, "change", other.pk)):
        assert person.client.get(url).status_code == (200 if may else 403)
    sent = {"username": other.username, "role": EDITOR, "is_active": "on"}
    assert_done(person.client.post(address(model, "change", other.pk), sent), may)
    assert role_of(model.objects.get(pk=other.pk)) == (EDITOR if may else VIEWER)


def test_what_is_migrated_again_stays_as_it_is():
    before = {role: permissions_of(role) for role in (*ROLES, DELEGATE)}
    call_command("migrate", "baliprocess", verbosity=0)
    assert {group.name: group.permissions.count() for group in Group.objects.all()} == {
        role: len(permissions) for role, permissions in before.items()
    }
