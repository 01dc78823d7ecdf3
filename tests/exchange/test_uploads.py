"""Any file comes in by one page, also a workbook of several types; lists and templates go out as workbooks."""

import io

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from events.models import Event, Outcome, Theme
from exchange.files.workbooks import LONGEST_CELL
from participants.models import Country
from records.models import Batch
from tests.editing import Editor, address
from tests.exchange.nasty import make
from tests.factories import CountryFactory, EventFactory, PersonFactory

pytestmark = pytest.mark.django_db

IMPORT = "/admin/import/"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path
    return tmp_path / "proposals"


@pytest.fixture
def editor(client):
    return Editor(client, PersonFactory(role="Editor"))


@pytest.fixture
def viewer(client):
    return Editor(client, PersonFactory(role="Viewer"))


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def sheet(*rows):
    return make.sheet(*(make.row(*cells) for cells in rows))


BOOK = make.xlsx(
    {
        "Outcomes": sheet(["reference", "event", "kind", "text"], ["", "E7", "finding", "Useful"]),
        "Themes": sheet(["slug", "name"], ["ports", "Ports"]),
        "Events": sheet(["reference", "title", "kind", "themes"], ["E7", "Ports of entry", "workshop", "Ports"]),
    }
)


def send(who, content, type="", name="book.xlsx"):
    data = {"file": SimpleUploadedFile(name, content), "type": type, "reason": "To try"}
    return who.client.post(IMPORT, data, follow=True)


# --- In ---------------------------------------------------------------------------------------------------------------


def test_a_workbook_is_planned_and_written_sheet_by_sheet_in_the_right_order(editor):
    planned = send(editor, BOOK)
    shown = page(planned)
    assert "The workbook book.xlsx" in shown
    assert "3 rows: 3 new." in shown
    assert [each["type"] for each in planned.context["types"]] == ["themes", "events", "outcomes"]
    assert not Batch.objects.exists()
    done = editor.client.post(
        planned.request["PATH_INFO"], {"fingerprint": planned.context["plan"].fingerprint}, follow=True
    )
    assert done.redirect_chain[-1][0] == IMPORT
    assert Outcome.objects.get().event.themes.get() == Theme.objects.get(slug="ports")
    assert Batch.objects.get().changes.count() == 3


def test_a_sheet_of_what_one_may_not_import_is_refused_by_name(client, django_user_model, folder):
    user = django_user_model.objects.create_user("clerk", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="events").exclude(codename="add_theme"))
    refused = send(Editor(client, user), BOOK)
    message = "You have no right to import themes, of which the workbook has a sheet."
    assert refused.context["form"].errors["file"] == [message]
    assert not any(folder.iterdir())


def test_a_file_of_one_type_comes_in_by_the_same_page(editor):
    planned = send(editor, b"name\nPorts\n", type="themes", name="rows.csv")
    assert planned.redirect_chain[-1][0].startswith("/admin/events/theme/plan/")
    assert "1 new." in page(planned)


def test_a_file_that_says_no_type_is_refused_where_none_is_chosen(editor):
    refused = send(editor, b"name\nPorts\n", name="rows.csv")
    assert "This file does not say of which type its records are" in str(refused.context["form"].errors["file"])


def test_who_may_import_nothing_is_offered_no_upload(viewer):
    assert "What it holds" not in page(viewer.client.get(IMPORT))
    assert send(viewer, BOOK).status_code == 403
    assert viewer.client.get(f"{IMPORT}template/").status_code == 403
    assert viewer.client.get(address(Event, "template")).status_code == 403


def test_only_what_one_may_import_can_be_chosen(client, django_user_model):
    user = django_user_model.objects.create_user("clerk", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__endswith="_theme"))
    clerk = Editor(client, user)
    choices = clerk.client.get(IMPORT).context["form"].fields["type"].choices
    assert [type for type, _title in choices] == ["", "themes"]
    assert "type" in send(clerk, b"title,kind\nA,workshop\n", type="events").context["form"].errors


# --- Out --------------------------------------------------------------------------------------------------------------


def content(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_a_list_goes_out_in_every_format_under_its_filters(viewer):
    EventFactory(reference="E1", title="Ports", kind="workshop")
    EventFactory(reference="E2", title="Visas", kind="meeting")
    listed = page(viewer.client.get(address(Event, "changelist"), {"kind__exact": "workshop"}))
    for format in ("xlsx", "json"):
        link = f"{address(Event, 'export_as', format)}?kind__exact=workshop"
        assert link in listed
        response = viewer.client.get(link)
        assert response["Content-Disposition"] == f'attachment; filename="events.{format}"'
        found = content(response)
        if format == "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(found))
            assert [row[0].value for row in book["events"].rows] == ["reference", "E1"]
        else:
            assert b"Ports" in found
            assert b"Visas" not in found


def test_what_no_workbook_holds_is_said_on_the_list(viewer):
    EventFactory(reference="E1", description="x" * LONGEST_CELL)
    response = viewer.client.get(address(Event, "export_as", "xlsx"), follow=True)
    assert "The description of E1 has 32,767 characters" in page(response)


def test_there_is_no_export_in_another_format(viewer):
    assert viewer.client.get(address(Event, "export_as", "pdf")).status_code == 404


def test_templates_are_offered_of_one_type_and_of_all_that_one_may_import(editor):
    CountryFactory(name="Fiji", alpha2="FJ")
    shown = page(editor.client.get(IMPORT))
    assert address(Country, "template") in shown
    assert address(Country, "template") in page(editor.client.get(address(Country, "import")))
    one = openpyxl.load_workbook(io.BytesIO(content(editor.client.get(address(Country, "template")))))
    assert one.sheetnames[0] == "countries"
    whole = editor.client.get(f"{IMPORT}template/")
    assert "record-template.xlsx" in whole["Content-Disposition"]
    assert {"countries", "events", "outcomes"} <= set(openpyxl.load_workbook(io.BytesIO(content(whole))).sheetnames)


def test_a_file_with_errors_goes_out_as_a_copy_that_says_what_is_wrong(editor):
    planned = send(editor, b"title,kind\nPorts,worksop\nVisas,workshop\n", type="events", name="rows.csv")
    address_of_copy = f"{planned.request['PATH_INFO']}to-mend/"
    assert address_of_copy in page(planned)
    copy = editor.client.get(address_of_copy)
    assert copy["Content-Disposition"] == 'attachment; filename="rows-to-mend.csv"'
    assert content(copy).decode("utf-8-sig").splitlines()[1].endswith(",Ports,worksop")


def test_no_copy_is_offered_of_what_is_good_and_none_is_made_of_what_is_no_file(editor):
    planned = send(editor, b"name\nPorts\n", type="themes", name="rows.csv")
    assert "Take a copy" not in page(planned)
    event = EventFactory(draft=True)
    data = {"action": "set_in_review", "_selected_action": [event.pk]}
    action = editor.client.post(address(Event, "changelist"), data, follow=True)
    assert editor.client.get(f"{action.request['PATH_INFO']}to-mend/").status_code == 404


def test_the_copy_is_its_maker_s_alone(editor, client):
    planned = send(editor, b"title,kind\nPorts,worksop\n", type="events", name="rows.csv")
    other = Editor(client, PersonFactory(role="Editor"))
    gone = other.client.get(f"{planned.request['PATH_INFO']}to-mend/", follow=True)
    assert "This waits no longer" in page(gone)
