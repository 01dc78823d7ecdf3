"""Every list of the admin goes out as CSV and comes in as a plan that is confirmed; many are as quick as one."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event, EventLink, Outcome, Place, Series, Theme
from exchange import registry
from library.models import (
    ActionItem,
    Collection,
    Document,
    DocumentVersion,
    Instrument,
    ReportedFigure,
    Review,
    Uptake,
)
from participants.models import Agency, Body, ContactPoint, Country, Membership
from records.models import Batch, Change, Counter
from summaries.models import Edition, Entry, Section
from tests.editing import Editor, address, all_the_same
from tests.exchange.nasty import make
from tests.exchange.record import export
from tests.factories import (
    ActionItemFactory,
    AgencyFactory,
    BatchFactory,
    BodyFactory,
    ChangeFactory,
    CollectionFactory,
    CountryFactory,
    DocumentFactory,
    DocumentVersionFactory,
    EntryFactory,
    EventFactory,
    EventLinkFactory,
    InstrumentFactory,
    InvolvementFactory,
    MembershipFactory,
    OutcomeFactory,
    PlaceFactory,
    ReportedFigureFactory,
    ReviewFactory,
    SeriesFactory,
    ThemeFactory,
    UptakeFactory,
)

pytestmark = pytest.mark.django_db

MODELS = [Country, Agency, Body, Membership, ContactPoint, Place, Series, Theme, Event, EventLink, Outcome]
MODELS += [Collection, Document, DocumentVersion, Instrument, Uptake, ReportedFigure, ActionItem, Review]
MODELS += [Edition, Section, Entry]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path
    return tmp_path / "proposals"


@pytest.fixture
def administrator(client, admin_user):
    return Editor(client, admin_user)


def staff(django_user_model, name, *codes):
    """Somebody of the staff with the permissions that begin with one of the codes."""
    user = django_user_model.objects.create_user(name, is_staff=True)
    permissions = Permission.objects.all()
    user.user_permissions.set([each for each in permissions if each.codename.startswith(codes)])
    return user


@pytest.fixture
def editor(client, django_user_model):
    """Somebody who may do all but publish."""
    return Editor(client, staff(django_user_model, "editor", "add_", "change_", "delete_", "view_"))


@pytest.fixture
def viewer(client, django_user_model):
    return Editor(client, staff(django_user_model, "viewer", "view_"))


ONE = "title,kind,when,city,country\nPorts,workshop,,,\n"


def text(response):
    return b"".join(response.streaming_content).decode()


def page(response):
    return response.content.decode()


# --- The house --------------------------------------------------------------------------------------------------------


def test_every_record_type_has_its_admin():
    models = [registry.resource_of(type).model for type in registry.types()]
    assert models == MODELS
    assert all(model in admin.site._registry for model in models)


def test_the_administration_is_the_record_s_own(administrator):
    shown = page(administrator.client.get("/admin/"))
    assert "Record office" in shown
    assert "Django" not in shown


# --- Out --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_list_goes_out_as_the_command_writes_it(administrator, model):
    a_record(2)
    response = administrator.client.get(address(model, "export"))
    type = registry.resource_for(model).type
    assert response["Content-Disposition"] == f'attachment; filename="{type}.csv"'
    assert text(response) == export(type)


def test_an_export_has_what_the_list_shows(administrator):
    for title, kind in (("Ports", "workshop"), ("Ports", "meeting"), ("Visas", "workshop")):
        EventFactory(title=title, kind=kind)
    shown = page(administrator.client.get(address(Event, "changelist"), {"q": "ports", "kind__exact": "workshop"}))
    link = f"{address(Event, 'export')}?q=ports&amp;kind__exact=workshop"
    assert link in shown
    exported = text(administrator.client.get(link.replace("&amp;", "&")))
    assert exported.count("\r\n") == 2
    assert "Ports,workshop" in exported


def test_an_export_with_a_filter_that_is_none_goes_back_to_the_list(administrator):
    response = administrator.client.get(address(Event, "export"), {"nonsense": "1"})
    assert response.url == f"{address(Event, 'changelist')}?e=1"


def test_who_may_look_may_export_and_not_import(viewer):
    EventFactory(title="Ports")
    shown = page(viewer.client.get(address(Event, "changelist")))
    assert "Export as CSV" in shown
    assert address(Event, "import") not in shown
    assert "Ports" in text(viewer.client.get(address(Event, "export")))
    assert viewer.client.get(address(Event, "import")).status_code == 403
    assert viewer.upload(Event, "title,kind\nVisas,workshop\n").status_code == 403


def test_who_may_not_look_may_not_export(client, django_user_model):
    clerk = Editor(client, staff(django_user_model, "clerk", "view_country"))
    assert clerk.client.get(address(Event, "export")).status_code == 403
    assert clerk.client.get(address(Country, "export")).status_code == 200


@pytest.mark.parametrize("action", ["changelist", "export", "import", "add"])
def test_strangers_are_sent_to_sign_in(client, django_user_model, action):
    assert client.get(address(Event, action)).url.startswith("/admin/login/")
    client.force_login(django_user_model.objects.create_user("delegate"))
    assert client.get(address(Event, action)).url.startswith("/admin/login/")


# --- In ---------------------------------------------------------------------------------------------------------------


def test_a_file_is_planned_confirmed_and_written(administrator, folder):
    EventFactory(reference="E1", title="Ports")
    CountryFactory(alpha2="MY", name="Malaysia")
    rows = "reference,title,kind,when,city,country\nE1,Seaports,workshop,2004-09,,\n,Visas,meeting,May 2005,Sibu,MY\n"
    planned = administrator.upload(Event, rows, reason="From the archive")
    shown = page(planned)
    assert "The file has 2 rows: 1 new and 1 changed." in shown
    assert "Row 3 makes the place Sibu, MY." in shown
    assert all(cell in shown for cell in ("<del>Ports</del> <ins>Seaports</ins>", "<td>2005-05</td>"))
    assert not Batch.objects.exists()

    done = page(administrator.confirm(Event, planned))
    batch = Batch.objects.get()
    assert "rows.csv: 1 new and 1 changed, as " in done
    assert f'<a href="{address(Batch, "change", batch.pk)}">batch {batch.pk}</a>' in done
    assert (batch.by, batch.origin, batch.reason) == (administrator.user, "import", "From the archive")
    assert [change.type for change in batch.changes.all()] == ["places", "events", "events"]
    assert set(Event.objects.values_list("title", flat=True)) == {"Seaports", "Visas"}
    assert not any(folder.glob("*.upload"))
    assert all_the_same()


def test_what_is_wrong_with_a_file_is_shown_and_cannot_be_confirmed(administrator):
    CountryFactory(alpha2="MY", name="Malaysia")
    planned = administrator.upload(Event, "title,kind,when,country\nPorts,workshop,2004-13,Malasia\n")
    shown = page(planned)
    assert "Nothing was written." in shown
    assert "No country is known as “Malasia”. Nearest: Malaysia." in shown
    assert "there is no month 13" in shown
    assert "Write it to the record" not in shown
    administrator.confirm(Event, planned)
    assert not Event.objects.exists()


def test_an_unknown_heading_is_shown_as_wrong(administrator):
    shown = page(administrator.upload(Event, "titel,kind\nA,b\n"))
    assert "“titel” is no column of events. Nearest: title." in shown


def test_a_file_of_what_is_there_has_nothing_to_write(administrator):
    EventFactory()
    planned = administrator.upload(Event, export("events"))
    assert "there is nothing to write" in page(planned)
    assert "1 the same." in page(administrator.confirm(Event, planned))
    assert not Batch.objects.exists()


def test_long_plans_are_read_a_page_at_a_time(administrator, monkeypatch):
    monkeypatch.setattr("exchange.plan_pages.PER_PAGE", 2)
    sound = "".join(f"E{number},Workshop {number},workshop\n" for number in range(3))
    planned = administrator.upload(Event, f"reference,title,kind\n{sound}")
    assert "Workshop 1" in page(planned)
    assert "Workshop 2" not in page(planned)
    second = page(administrator.client.get(planned.request["PATH_INFO"], {"p": 2}))
    assert "Workshop 1" not in second
    assert "Workshop 2" in second


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "The submitted file is empty."),
        ("\n\n", "The file is empty: its first row must name the columns."),
        (b"title,kind\nP\xc3\xa9,\xff\n", "The file is not sound UTF-8: byte 16 fits no character."),
        ('title,kind\n"Ports,workshop\n', "is not sound CSV"),
    ],
    ids=["empty", "no heading", "broken UTF-8", "open quotation mark"],
)
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(administrator, folder, content, message):
    response = administrator.upload(Event, content)
    assert message in str(response.context["form"].errors["file"])
    assert not folder.exists() or not any(folder.iterdir())


def test_no_file_is_refused_beside_its_field(administrator):
    response = administrator.client.post(address(Event, "import"), {})
    assert response.context["form"].errors == {"file": ["This field is required."]}


@pytest.mark.parametrize(
    "content",
    [
        make.xlsx({"Sheet1": make.sheet(make.row("Reference", "Title", "Kind"), make.row("E7", "Ports", "workshop"))}),
        make.ods(make.ods_row("Reference", "Title", "Kind"), make.ods_row("E7", "Ports", "workshop")),
        b'[{"Reference": "E7", "Title": "Ports", "Kind": "workshop"}]',
    ],
)
def test_workbooks_and_json_are_planned_as_csv_is(administrator, content):
    planned = administrator.upload(Event, content, name="whatever.csv")
    assert "The file has 1 row: 1 new." in page(planned)
    administrator.confirm(Event, planned)
    assert Event.objects.get().title == "Ports"


def test_a_file_that_is_too_long_is_refused_with_what_is_allowed(administrator, settings):
    settings.IMPORT_MAX_BYTES = 10
    response = administrator.upload(Event, ONE)
    assert "10\xa0bytes are allowed: split it." in response.context["form"].errors["file"][0]


def test_a_reason_with_control_characters_is_refused(administrator):
    response = administrator.upload(Event, "title,kind\nPorts,workshop\n", reason="so\x01so")
    assert "invisible control character" in response.context["form"].errors["reason"][0]


def test_the_upload_page_says_what_each_column_holds(administrator):
    shown = page(administrator.client.get(address(Event, "import")))
    assert all(f"<code>{name}</code>" in shown for name in registry.resource_of("events").declared)
    assert "What it was called, without date and place. Must be given." in shown


# --- Confirming -------------------------------------------------------------------------------------------------------


def assert_waits_no_longer(response):
    assert response.redirect_chain
    assert "This waits no longer" in page(response)


def test_a_file_is_applied_once(administrator):
    planned = administrator.upload(Event, ONE)
    administrator.confirm(Event, planned)
    assert "Done: 1 new." in page(administrator.confirm(Event, planned))
    assert Batch.objects.count() == 1


def test_nothing_is_written_that_was_not_shown(administrator):
    planned = administrator.upload(Event, ONE)
    told = page(administrator.client.post(planned.request["PATH_INFO"], {"reason": ""}))
    assert "nothing was written" in told
    assert not Batch.objects.exists()


def test_a_file_that_goes_while_it_is_confirmed_is_as_one_that_was_applied(administrator, folder, monkeypatch):
    planned = administrator.upload(Event, ONE)
    lock = Counter.lock

    def lose_the_race():
        for path in folder.iterdir():
            path.unlink()
        lock()

    monkeypatch.setattr(Counter, "lock", lose_the_race)
    assert_waits_no_longer(administrator.confirm(Event, planned))
    assert not Event.objects.exists()


def test_nobody_confirms_another_s_file_or_that_of_another_type(administrator, client, django_user_model):
    planned = administrator.upload(Series, "name\nTargeting\n")
    assert_waits_no_longer(administrator.confirm(Theme, planned))
    other = Editor(client, django_user_model.objects.create_superuser("other"))
    assert_waits_no_longer(other.confirm(Series, planned))
    assert not Series.objects.exists()
    assert not Theme.objects.exists()


def test_what_has_come_in_between_shows_the_plan_again(administrator):
    with_theme = "reference,title,kind,themes\nE1,Ports,workshop,Visas\n"
    planned = administrator.upload(Event, with_theme)
    assert "No theme is known as “Visas”." in page(planned)
    theme = ThemeFactory(name="Visas")
    planned = administrator.upload(Event, with_theme)
    theme.delete()
    again = administrator.confirm(Event, planned)
    assert "No theme is known as “Visas”." in page(again)
    assert not Event.objects.exists()


def test_an_import_obeys_the_rights_of_whoever_brings_it(editor):
    EventFactory(reference="E1", title="Ports")
    EventFactory(reference="E2", title="Visas", draft=True)
    refused = page(editor.upload(Event, "reference,title,kind\nE1,Seaports,workshop\n"))
    assert "You have no right to publish events or to change published ones." in refused
    refused = page(editor.upload(Event, "reference,title,kind,publication\nE3,New,workshop,published\n"))
    assert "You have no right to publish events" in refused
    refused = page(editor.upload(Outcome, "reference,event,kind,text\nO1,E1,finding,Useful\n"))
    assert "You have no right to change what belongs to published events." in refused
    planned = editor.upload(Outcome, "reference,event,kind,text\nO1,E2,finding,Useful\n")
    editor.confirm(Outcome, planned)
    assert Outcome.objects.get().event.reference == "E2"


# --- Deleting ---------------------------------------------------------------------------------------------------------


def test_what_is_deleted_from_a_list_is_one_batch(administrator):
    events = [EventFactory(reference=f"E{number}") for number in (1, 2)]
    OutcomeFactory(event=events[0], reference="O1")
    assert administrator.delete_all(events).status_code == 302
    assert list(Change.objects.values_list("key", "after")) == [("O1", None), ("E1", None), ("E2", None)]
    assert Batch.objects.get().by == administrator.user


def test_what_others_refer_to_is_not_deleted_and_they_are_named(administrator):
    theme, series = ThemeFactory(), SeriesFactory()
    EventFactory(reference="E1", title="Seminar", themes=[theme], series=series)
    for listed in (theme, series):
        for response in (administrator.delete(listed), administrator.delete_all([listed])):
            assert "E1 Seminar" in str(response.context["protected"])
            assert type(listed).objects.exists()
    assert not Batch.objects.exists()


# --- As quick for many as for one -------------------------------------------------------------------------------------


def a_record(number):
    """A record with this many of everything, each related to others."""
    country = Country.objects.first() or CountryFactory()
    for _ in range(number):
        agency = AgencyFactory(country=country, parent=AgencyFactory(), names=[f"Office {Agency.objects.count()}"])
        body = BodyFactory(parent=BodyFactory(), predecessor=BodyFactory())
        MembershipFactory(body=body, member=agency)
        theme = ThemeFactory()
        event = EventFactory(
            place=PlaceFactory(country=CountryFactory()), series=SeriesFactory(), bodies=[body], themes=[theme]
        )
        InvolvementFactory(event=event, participant=agency)
        EventLinkFactory(from_event=event, to_event=EventFactory())
        OutcomeFactory(event=event, addressed_to=body, taken_up_at=event)
        paper = DocumentFactory(
            event=event, collection=CollectionFactory(custodian=agency, event=event), authors=[agency]
        )
        DocumentVersionFactory(document=paper)
        law = InstrumentFactory(event=event, body=body, document=paper, developed_by=[agency])
        UptakeFactory(instrument=law)
        ReportedFigureFactory(instrument=law, event=event)
        item = ActionItemFactory(plan__event=event, body=body, leads=[agency])
        ReviewFactory(plan=item.plan, item=item, event=event)
        EntryFactory(event=event)
        BatchFactory()
        ChangeFactory()


def queries(client, url):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(url)
        assert response.status_code == 200
        if response.streaming:
            text(response)
    return [query["sql"] for query in captured]


def test_lists_and_exports_ask_as_often_for_many_as_for_one(administrator):
    addresses = [address(model, action) for model in MODELS for action in ("changelist", "export")]
    addresses += [address(model, "changelist") for model in (Batch, Change)]
    a_record(1)
    for url in addresses:
        queries(administrator.client, url)
    few = {url: len(queries(administrator.client, url)) for url in addresses}
    a_record(29)
    many = {url: len(queries(administrator.client, url)) for url in addresses}
    assert many == few


def test_forms_ask_as_often_for_many_inlines_as_for_one(administrator):
    event, body, country = EventFactory(), BodyFactory(), CountryFactory()

    def add(number):
        for _ in range(number):
            InvolvementFactory(event=event)
            EventLinkFactory(from_event=event)
            OutcomeFactory(event=event, addressed_to=BodyFactory(), taken_up_at=EventFactory())
            MembershipFactory(body=body)
            MembershipFactory(member=country)

    addresses = [address(type(record), "change", record.pk) for record in (event, body, country)]
    add(1)
    for url in addresses:
        queries(administrator.client, url)
    few = {url: len(queries(administrator.client, url)) for url in addresses}
    add(29)
    many = {url: len(queries(administrator.client, url)) for url in addresses}
    assert many == few
    shown = page(administrator.client.get(addresses[0]))
    assert all(str(link.to_event) in shown for link in event.links.all())
