"""Staff see every known name and whom it leads to, add one once, and lead names that files were refused for."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baliprocess.roles import EDITOR, VIEWER
from events.models import Event
from exchange.models import UnknownName
from exchange.problems import Problem
from participants.models import Agency, Body, Country, Name
from records.models import Batch, Change
from tests.editing import Editor, address, all_the_same
from tests.factories import AgencyFactory, BodyFactory, CountryFactory, InvolvementFactory, PersonFactory

pytestmark = pytest.mark.django_db

LIST = address(Name, "changelist")


@pytest.fixture
def editor(client):
    return Editor(client, PersonFactory(role=EDITOR))


@pytest.fixture
def korea():
    return CountryFactory(name="Republic of Korea", alpha2="KR", alpha3="KOR", names=["South Korea"])


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def listed(editor, **query):
    return [name.text for name in editor.client.get(LIST, query).context["cl"].result_list]


def unknown(*texts, sought="country or agency"):
    problems = [Problem(2, "hosts", text, "", sought=sought) for text in texts]
    UnknownName.objects.remember(problems, "events", "rows.csv")


# --- Finding ----------------------------------------------------------------------------------------------------------


def test_every_name_is_listed_with_whom_it_leads_to(editor, korea):
    body = BodyFactory(name="Ad Hoc Group", short_name="AHG", slug="ad-hoc-group")
    shown = page(editor.client.get(LIST, {"kind": "all"}))
    assert all(f">{text}</a>" in shown for text in ("Republic of Korea", "South Korea", "KR", "KOR", "AHG"))
    for owner in (korea, body):
        for action in ("change", "history"):
            assert f'href="{address(type(owner), action, owner.pk)}"' in shown


def test_codes_stand_in_the_list_when_they_are_asked_for(editor, korea):
    assert listed(editor) == ["Republic of Korea", "South Korea"]
    assert listed(editor, kind="code") == ["KOR", "KR"]
    assert listed(editor, q="KOR") == ["KOR", "KR", "Republic of Korea", "South Korea"]
    assert listed(editor, kind="other") == ["South Korea"]


def test_names_are_filtered_by_owner_letter_and_use(editor, korea):
    AgencyFactory(name="Éclaireurs", kind="ngo")
    BodyFactory(name="Senior Officials")
    CountryFactory(name="ประเทศไทย")
    InvolvementFactory(participant=korea)
    assert listed(editor, owner="ngo") == ["Éclaireurs"]
    assert listed(editor, owner="body") == ["Senior Officials"]
    assert listed(editor, letter="s") == ["Senior Officials", "South Korea"]
    assert listed(editor, letter="e") == ["Éclaireurs"]
    assert listed(editor, letter="other") == ["ประเทศไทย"]
    assert listed(editor, recorded="yes") == ["Republic of Korea"]
    assert "Republic of Korea" not in listed(editor, recorded="no")


def test_a_name_is_found_by_its_owner_s_name(editor, korea):
    assert "South Korea" in listed(editor, q="republic")


def test_the_page_of_a_name_says_where_it_is_recorded(editor, korea):
    part = InvolvementFactory(participant=korea, event__title="Ports")
    shown = page(editor.client.get(address(Name, "change", part.recorded_as.pk)))
    assert address(Event, "change", part.event.pk) in shown
    assert "Ports" in shown
    assert "It is the preferred name" in shown
    free = page(editor.client.get(address(Name, "change", Name.objects.get(text="South Korea").pk)))
    assert "no activity" in free


def test_the_list_asks_as_often_for_many_names_as_for_one(editor, korea):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page(editor.client.get(LIST))
        return len(captured)

    InvolvementFactory(participant=korea)
    unknown("ROK")
    queries()
    few = queries()
    for number in range(29):
        InvolvementFactory(participant=AgencyFactory(names=[f"Office {number}"]))
        BodyFactory()
        unknown(f"Unknown {number}")
    assert queries() == few


def test_the_history_of_a_name_is_that_of_its_owner(editor, korea):
    name = Name.objects.get(text="South Korea")
    url = address(Name, "history", name.pk)
    assert editor.client.get(url).url == address(Country, "history", korea.pk)
    assert editor.client.get(address(Name, "history", 0)).status_code == 302


# --- Adding -----------------------------------------------------------------------------------------------------------


def test_a_name_is_added_once_and_every_field_finds_it(editor, korea):
    sent = editor.save(Name, text=" ROK ", participant=korea.pk)
    assert sent.url == LIST
    assert "“ROK” leads to Republic of Korea from now on." in page(editor.client.get(LIST))
    name = Name.objects.get(text="ROK")
    assert (name.kind, name.participant_id) == ("other", korea.pk)
    asked = {"app_label": "events", "model_name": "involvement", "field_name": "participant", "term": "rok"}
    found = editor.client.get("/admin/autocomplete/", asked).json()["results"]
    assert [each["id"] for each in found] == [str(korea.pk)]


def test_a_new_name_is_a_change_of_its_owner(editor, korea):
    editor.save(Name, text="ROK", participant=korea.pk)
    batch = Batch.objects.get()
    assert batch.by == editor.user
    change = batch.changes.get()
    assert (change.type, change.key) == ("countries", "KR")
    assert change.fields == {"names": ("South Korea", "ROK; South Korea")}
    assert all_the_same()


@pytest.mark.parametrize(
    ("factory", "field", "type"), [(AgencyFactory, "participant", "agencies"), (BodyFactory, "body", "bodies")]
)
def test_agencies_and_bodies_get_names_too(editor, factory, field, type):
    owner = factory()
    editor.save(Name, text="The Office", **{field: owner.pk})
    assert owner.known_names.filter(text="The Office", kind="other").exists()
    assert Change.objects.get().type == type
    assert all_the_same()


def test_odd_names_are_refused_beside_the_field(editor, korea):
    fiji, body = CountryFactory(name="Fiji"), BodyFactory()
    for fields, field, message in [
        (
            {"text": "south  KOREA", "participant": fiji.pk},
            "text",
            "“South Korea” is a name of Republic of Korea already",
        ),
        (
            {"text": "south korea", "participant": korea.pk},
            "text",
            "“South Korea” is a name of Republic of Korea already",
        ),
        ({"text": "KOR", "participant": fiji.pk}, "text", "“KOR” is a name of Republic of Korea already"),
        ({"text": "ROK"}, "participant", "Say whose name it is"),
        ({"text": "ROK", "participant": fiji.pk, "body": body.pk}, "participant", "Say whose name it is"),
        ({"text": "A; B", "participant": fiji.pk}, "text", "A name holds no semicolon"),
        ({"text": "…", "participant": fiji.pk}, "text", "at least one letter or digit"),
        ({"text": "", "participant": fiji.pk}, "text", "This field is required."),
    ]:
        found = editor.refused(Name, **fields)
        assert list(found) == [field]
        assert message in found[field][0]
    assert not Batch.objects.exists()


def test_who_may_not_change_an_owner_adds_no_name_to_it(client, django_user_model, korea):
    from django.contrib.auth.models import Permission

    user = django_user_model.objects.create_user("clerk", is_staff=True)
    codes = ["change_body", "view_body", "view_participant", "view_name"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    clerk = Editor(client, user)
    assert clerk.refused(Name, text="ROK", participant=korea.pk) == {
        "text": ["You have no right to change names of this owner."]
    }
    assert clerk.save(Name, text="The Group", body=BodyFactory().pk).status_code == 302


# --- Removing ---------------------------------------------------------------------------------------------------------


def test_a_name_is_removed_as_a_change_of_its_owner(editor, korea):
    name = Name.objects.get(text="South Korea")
    assert "will lead to nobody any more" in page(editor.client.get(address(Name, "delete", name.pk)))
    assert editor.delete(name).status_code == 302
    assert not Name.objects.filter(text="South Korea").exists()
    assert Change.objects.get().fields == {"names": ("South Korea", "")}
    assert all_the_same()


def test_a_name_in_use_as_recorded_stays_and_the_page_says_where_it_is_used(editor, korea):
    name = Name.objects.get(text="South Korea")
    InvolvementFactory(participant=korea, recorded_as=name, event__title="Ports")
    for response in (editor.client.get(address(Name, "delete", name.pk)), editor.delete(name)):
        shown = page(response)
        assert "stands as a recorded name in these activities, so it stays a known name" in shown
        assert "Ports: Host" in shown
    assert Name.objects.filter(pk=name.pk).exists()
    assert not Batch.objects.exists()


@pytest.mark.parametrize("text", ["Republic of Korea", "KR"])
def test_preferred_names_and_codes_are_changed_with_their_owner(editor, korea, text):
    assert editor.delete(Name.objects.get(text=text)).status_code == 403


def test_names_are_not_written_past_their_owner(editor, korea):
    name = Name.objects.get(text="South Korea")
    assert editor.client.post(address(Name, "change", name.pk), {"text": "ROK"}).status_code == 403
    editor.delete_all([name])
    assert Name.objects.filter(text="South Korea").exists()


def test_viewers_read_names_and_write_none(client, korea):
    viewer = Editor(client, PersonFactory(role=VIEWER))
    unknown("ROK")
    shown = page(viewer.client.get(LIST))
    assert "South Korea" in shown
    assert "ROK" not in shown
    name = Name.objects.get(text="South Korea")
    assert viewer.client.get(address(Name, "add")).status_code == 403
    assert viewer.delete(name).status_code == 403
    assert viewer.client.post(address(Name, "forget", UnknownName.objects.get().pk)).status_code == 403


# --- What files were refused for --------------------------------------------------------------------------------------


def test_a_name_that_a_file_was_refused_for_is_led_to_the_nearest_known_one(editor, korea):
    unknown("Republik of Korea")
    shown = page(editor.client.get(LIST))
    assert "hosts of events, in rows.csv" in shown
    link = unescape(re.search(r'<a href="([^"]+)">Republic of Korea</a>, ', shown)[1])
    form = editor.client.get(link).context["adminform"].form
    assert form["text"].value() == "Republik of Korea"
    assert form["participant"].value() == str(korea.pk)
    editor.save(Name, text="Republik of Korea", participant=korea.pk)
    assert "Names that nobody has" not in page(editor.client.get(LIST))


def test_a_body_s_name_is_led_to_bodies(editor):
    body = BodyFactory(name="Expert Group II")
    unknown("Experts Group II", sought="body")
    shown = page(editor.client.get(LIST))
    assert f"text=Experts+Group+II&amp;body={body.pk}" in shown


def test_a_slip_is_put_aside(editor):
    unknown("asdf", "ROK")
    slip = UnknownName.objects.get(text="asdf")
    assert editor.client.get(address(Name, "forget", slip.pk)).status_code == 403
    assert "“asdf” is put aside" in page(editor.client.post(address(Name, "forget", slip.pk), follow=True))
    assert [name.text for name in UnknownName.objects.all()] == ["ROK"]
    assert editor.client.post(address(Name, "forget", slip.pk)).status_code == 404
    assert not Batch.objects.exists()


def test_owners_are_of_their_own_model():
    from participants.names import owner_of

    owners = [CountryFactory(name="Fiji"), AgencyFactory(name="IOM"), BodyFactory(name="Ministers")]
    found = [owner_of(Name.objects.get(text=owner.name)) for owner in owners]
    assert [(type(owner), owner.pk) for owner in found] == [
        (model, owner.pk) for model, owner in zip((Country, Agency, Body), owners, strict=True)
    ]
