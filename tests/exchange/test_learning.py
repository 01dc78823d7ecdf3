"""Names that a file was refused for are led to whom they mean on the page of its plan, and rows are decided there."""

import pytest
from django.contrib.auth.models import Permission
from django.utils.html import escape

from events.models import Event
from exchange import learning
from exchange.models import UnknownName
from participants.models import Name
from records.models import Batch
from tests.editing import Editor
from tests.factories import AgencyFactory, BodyFactory, CountryFactory, EventFactory, PersonFactory, PlaceFactory

pytestmark = pytest.mark.django_db

HEADING = "title,kind,when,city,country,hosts,bodies\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path


@pytest.fixture
def administrator(client, admin_user):
    return Editor(client, admin_user)


@pytest.fixture
def korea():
    return CountryFactory(alpha2="KR", name="Republic of Korea", names=["ROK"])


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def upload(who, *rows):
    return who.upload(Event, HEADING + "".join(rows))


def lead(who, planned, text, sought="country or agency", **answer):
    """Say on the page of a plan whom a name means."""
    (form,) = (form for form, _makers in planned.context["leads"] if form.name["text"] == text)
    data = {form.add_prefix(name): value for name, value in answer.items()}
    return who.client.post(planned.request["PATH_INFO"], data | {"lead": "yes"}, follow=True)


# --- Names that nobody has --------------------------------------------------------------------------------------------


def test_a_name_is_led_to_the_nearest_and_its_rows_are_good(administrator, korea):
    planned = upload(administrator, "Ports,workshop,,,,Republik Korea,\n", "Visas,workshop,,,,Republik Korea,\n")
    assert "hosts, 2 rows" in page(planned)
    shown = lead(administrator, planned, "Republik Korea", nearest="Republic of Korea")
    assert "“Republik Korea” leads to Republic of Korea from now on." in page(shown)
    assert "2 new." in page(shown)
    administrator.confirm(Event, shown)
    assert {event.involvements.get().recorded_as.text for event in Event.objects.all()} == {"Republik Korea"}


def test_a_name_is_led_to_whoever_answers_to_another_name(administrator, korea):
    planned = upload(administrator, "Ports,workshop,,,,R. of K.,\n")
    shown = lead(administrator, planned, "R. of K.", other="rok")
    assert "1 new." in page(shown)
    name = Name.objects.get(text="R. of K.")
    assert name.participant_id == korea.pk
    batch = Batch.objects.get()
    assert (batch.by, batch.origin, batch.changes.get().key) == (administrator.user, "admin", "KR")
    assert batch.reason == "So that a file is understood: rows.csv"
    assert not UnknownName.objects.exists()


def test_whom_nobody_knows_is_said_beside_the_name_and_nothing_is_learnt(administrator, korea):
    planned = upload(administrator, "Ports,workshop,,,,R. of K.,\n")
    refused = page(lead(administrator, planned, "R. of K.", other="Republc of Korea"))
    assert "No country or agency is known as “Republc of Korea”. Nearest: Republic of Korea." in refused
    assert not Batch.objects.exists()


def test_what_can_be_no_name_is_refused(administrator):
    BodyFactory(name="Working Group")
    planned = upload(administrator, "Ports,workshop,,,,,Working Group [II]\n")
    refused = page(lead(administrator, planned, "Working Group [II]", other="Working Group"))
    assert "A name holds no semicolon and no square brackets." in refused
    assert not Batch.objects.exists()


def test_what_is_too_long_once_folded_is_not_asked_for(administrator, korea):
    planned = upload(administrator, f"Ports,workshop,,,,{'ﷺ' * 60},\n")
    assert planned.context["leads"] == []
    assert not UnknownName.objects.exists()


def test_a_name_that_another_has_by_now_is_refused(administrator, korea):
    planned = upload(administrator, "Ports,workshop,,,,Seoul Office,\n")
    office = AgencyFactory(name="Seoul Office")
    (form,) = (form for form, _makers in planned.context["leads"])
    refused = learning.LeadForm({form.add_prefix("other"): "ROK"}, name=form.name, resolver=form.resolver)
    assert refused.is_valid()
    assert learning.learn([refused], administrator.user, "") == []
    assert f"“Seoul Office” is a name of {office} already" in str(refused.errors)


def test_what_is_left_open_stays_unknown(administrator, korea):
    planned = upload(administrator, "Ports,workshop,,,,Republik Korea,\n")
    assert "1 with errors" in page(lead(administrator, planned, "Republik Korea", nearest=""))
    assert not Batch.objects.exists()


def test_a_body_is_sought_among_bodies(administrator, korea):
    body = BodyFactory(name="Working Group")
    planned = upload(administrator, "Ports,workshop,,,,,Work Group\n")
    shown = page(lead(administrator, planned, "Work Group", nearest="Working Group"))
    assert "1 new." in shown
    assert Name.objects.get(text="Work Group").body_id == body.pk


def test_somebody_new_can_be_made_of_a_name(administrator, korea):
    shown = page(upload(administrator, "Ports,workshop,,,,Harbour Office,\n"))
    assert 'href="/admin/participants/agency/add/?name=Harbour+Office">a new agency</a>' in shown


def test_who_may_not_change_participants_is_offered_no_name(client, django_user_model, korea):
    user = django_user_model.objects.create_user("clerk", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="events"))
    clerk = Editor(client, user)
    planned = upload(clerk, "Ports,workshop,,,,Republik Korea,\n")
    assert planned.context["leads"] == []
    field = learning.prefix_of({"sought": "country or agency", "text": "Republik Korea"}) + "-other"
    clerk.client.post(planned.request["PATH_INFO"], {field: "ROK", "lead": "yes"})
    assert not Batch.objects.exists()


def test_who_may_change_countries_alone_leads_no_name_to_an_agency(client, django_user_model, korea):
    user = django_user_model.objects.create_user("clerk", is_staff=True)
    rights = Permission.objects.filter(content_type__app_label="events") | Permission.objects.filter(
        codename="change_country"
    )
    user.user_permissions.set(rights)
    clerk = Editor(client, user)
    AgencyFactory(name="Harbour Office")
    planned = upload(clerk, "Ports,workshop,,,,Harbour Ofice,\n")
    assert "You have no right to change names of Harbour Office." in page(
        lead(clerk, planned, "Harbour Ofice", nearest="Harbour Office")
    )
    assert not Batch.objects.exists()


def test_of_many_names_those_in_most_rows_are_asked_for_first(administrator, korea, monkeypatch):
    monkeypatch.setattr(learning, "SHOWN", 1)
    planned = upload(administrator, "A,workshop,,,,Once,\n", *(f"{each},workshop,,,,Twice,\n" for each in "BC"))
    assert [form.name["text"] for form, _makers in planned.context["leads"]] == ["Twice"]
    assert "The first 1 are shown; the others follow once these are known." in page(planned)


# --- Rows that somebody must decide about -----------------------------------------------------------------------------


TWIN = "Seminar on ports of entrys,seminar,2005-03,,KR,,\n"


@pytest.fixture
def likely(administrator, korea):
    """The page of a file with a row that is probably of E9."""
    place = PlaceFactory(country=korea, city="")
    EventFactory(reference="E9", title="Seminar on ports of entry", kind="seminar", when="2005-03", place=place)
    return upload(administrator, TWIN)


def decide(who, planned, decision="these", **answers):
    data = {f"events-{number[1:]}": answer for number, answer in answers.items()}
    return who.client.post(planned.request["PATH_INFO"], data | {"decide": decision}, follow=True)


def test_a_row_that_is_probably_there_stands_beside_the_record(likely):
    shown = page(likely)
    assert "1 row must be decided about before anything can be written." in shown
    assert "<td>Seminar on ports of entrys</td><td>Seminar on ports of entry</td>" in shown
    assert 'title <span class="unlike">differs</span>' in shown
    assert "Write it to the record" not in shown


def test_a_row_is_said_to_be_the_same(administrator, likely):
    shown = decide(administrator, likely, r2="E9")
    assert "1 changed." in page(shown)
    assert "would do something else by now" not in page(shown)
    administrator.confirm(Event, shown)
    assert Event.objects.get().title == "Seminar on ports of entrys"


def test_a_row_is_said_to_be_new(administrator, likely):
    administrator.confirm(Event, decide(administrator, likely, r2="new"))
    assert Event.objects.count() == 2


def test_once_all_is_decided_what_would_be_done_is_shown(administrator, likely):
    data = {"events-2": "new", "decide": "these"}
    address = f"{likely.request['PATH_INFO']}?show=likely"
    shown = administrator.client.post(address, data, follow=True)
    assert shown.context["show"] == "new"
    assert "Write it to the record" in page(shown)


@pytest.mark.parametrize("answer", ["E77", "' no key"])
def test_what_was_chosen_and_is_not_there_is_told_and_can_be_decided_anew(administrator, likely, answer):
    told = page(decide(administrator, likely, r2=answer))
    assert f"<td>{escape(answer)}</td>" in told
    assert "Write it to the record" not in told
    asked = page(administrator.client.get(likely.request["PATH_INFO"], {"show": "decided"}))
    assert 'name="events-2" value="new"' in asked
    assert "1 new." in page(decide(administrator, likely, r2="new"))


def test_what_was_chosen_and_is_deleted_meanwhile_is_told(administrator, likely):
    decided = decide(administrator, likely, r2="E9")
    administrator.delete(Event.objects.get())
    again = page(administrator.confirm(Event, decided))
    assert "There is no such record." in again
    assert "Write it to the record" not in again


def test_a_decision_is_taken_back(administrator, likely):
    decided = decide(administrator, likely, r2="new")
    asked = administrator.client.get(likely.request["PATH_INFO"], {"show": "decided"})
    assert 'value="new" checked' in page(asked)
    assert "1 probably there already" in page(decide(administrator, decided, "back"))


@pytest.mark.parametrize(("decision", "words"), [("new", "2 new."), ("same", "1 changed and 1 alike")])
def test_all_that_are_open_are_decided_at_once(administrator, likely, decision, words):
    double = "Seminar on ports of entrys,seminar,2005-03,,KR,KR,\n"
    planned = upload(administrator, TWIN, double)
    assert words in page(decide(administrator, planned, decision))


def test_an_alike_row_is_left_out_or_a_new_one(administrator, korea):
    planned = upload(administrator, "A,workshop,,,,,\n", "A,workshop,,,,KR,\n", "A,workshop,,,,,\n")
    shown = page(planned)
    assert "Row 2 is of the same, but says something else of it." in shown
    assert "It says just what row 2 says, and is left out." in shown
    administrator.confirm(Event, decide(administrator, planned, r3="same", r4="new"))
    assert Event.objects.count() == 2


def test_who_reads_alone_decides_nothing(client, likely):
    viewer = Editor(client, PersonFactory(role="Viewer"))
    assert "This waits no longer" in page(decide(viewer, likely, r2="new"))
