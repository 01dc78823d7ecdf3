"""The data that the public takes away."""

import csv
import io

import pytest
from django.core.signals import request_finished
from django.db.models.sql import compiler
from django.db.models.sql.compiler import cursor_iter

from exchange import registry
from exchange.files import FORMATS, public_columns, table_of
from exchange.sessions import Session
from tests.factories import (
    AgencyFactory,
    BodyFactory,
    CountryFactory,
    EventFactory,
    EventLinkFactory,
    InvolvementFactory,
    OutcomeFactory,
    PlaceFactory,
    SeriesFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(client):
    """A callable that gives the rows of a file."""

    def rows(address):
        response = client.get(address)
        assert response.status_code == 200
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    return rows


def test_the_page_names_each_type_with_its_file_its_columns_and_how_many_there_are(client):
    EventFactory.create_batch(3)
    EventFactory(draft=True)
    page = client.get("/data/").content.decode()
    for type in registry.types():
        assert f'href="/data/{type}.csv"' in page
    assert '<h2>Activities <span class="number">3</span></h2>' in page
    assert '<h2>Outcomes <span class="number">0</span></h2>' in page
    assert "<code>when</code></dt><dd>As far as it is known" in page
    assert "<dt><code>note</code></dt><dd>For staff alone" not in page
    assert "<code>publication</code>" not in page


def test_every_public_column_is_explained():
    session = Session(public=True)
    for type in registry.types():
        resource = registry.resource_of(type)(session)
        unexplained = [name for name in public_columns(resource) if not resource.columns[name].help]
        assert unexplained == [], type


def test_a_file_comes_with_a_good_name(client):
    response = client.get("/data/event_links.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="bali-process-event_links.csv"'
    assert b"".join(response.streaming_content) == "\ufefffrom,to,kind\r\n".encode()


@pytest.mark.parametrize("format", FORMATS)
def test_each_file_can_be_had_in_each_format(client, tmp_path, format):
    EventFactory(reference="E1", note="A secret")
    EventFactory(reference="E2", draft=True)
    EventFactory(reference="E3", kind="meeting")
    response = client.get(f"/data/events.{format}?kind=workshop")
    assert response["Content-Type"] == FORMATS[format].media_type
    assert response["Content-Disposition"] == f'attachment; filename="bali-process-events.{format}"'
    (tmp_path / "file").write_bytes(b"".join(response.streaming_content))
    table = table_of(tmp_path / "file", registry.resource_of("events"))
    assert list(table.column("reference")) == ["E1"]
    assert not {"note", "publication"} & set(table.heading)
    assert f'href="/data/events.{format}"' in client.get("/data/").content.decode()


@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_file_that_is_given_up_is_no_longer_read_when_the_database_is_left(client, monkeypatch, format):
    EventFactory.create_batch(4)
    reading = []

    def watched(*of):
        reading.append(of)
        try:
            yield from cursor_iter(*of)
        finally:
            reading.remove(of)

    monkeypatch.setattr(compiler, "cursor_iter", watched)
    monkeypatch.setattr(f"exchange.files.{format}.CHUNK", 1)
    monkeypatch.setattr("exchange.resources.CHUNK", 1)
    left = []
    response = client.get(f"/data/events.{format}")
    content = iter(response.streaming_content)
    next(content)
    assert reading

    def leave(**_sender):
        left.append(len(reading))

    request_finished.connect(leave)
    response.close()
    assert left[0] == 0


def test_what_no_workbook_holds_is_answered_with_the_reason(client):
    EventFactory(reference="E1", description="x" * 40_000)
    response = client.get("/data/events.xlsx")
    assert response.status_code == 400
    assert response.content.decode().startswith("The description of E1 has 40,000 characters")


@pytest.mark.parametrize("name", ["changes.csv", "meetings.json", "events.ods", "events.exe"])
def test_a_file_of_no_type_or_format_is_not_there(client, name):
    assert client.get(f"/data/{name}").status_code == 404


def test_activities_are_taken_without_what_is_for_staff(take):
    EventFactory(reference="E1", title="A workshop", note="Ask again")
    EventFactory(reference="E2", draft=True)
    (row,) = take("/data/events.csv")
    assert (row["reference"], row["title"], row["when"]) == ("E1", "A workshop", "2004-09")
    assert not {"note", "publication"} & row.keys()


def test_activities_are_taken_with_the_filters_of_their_list(take):
    korea = CountryFactory(alpha2="KR")
    ministry = AgencyFactory(country=korea)
    for reference, role in (("E1", "host"), ("E2", "trainer")):
        InvolvementFactory(event=EventFactory(reference=reference), participant=ministry, role=role)
    EventFactory(reference="E3", kind="meeting", when="2005")
    assert [row["reference"] for row in take("/data/events.csv?participant=kr&role=trainer")] == ["E2"]
    assert [row["reference"] for row in take("/data/events.csv?since=2005&kind=meeting")] == ["E3"]
    assert [row["reference"] for row in take("/data/events.csv?q=nothing")] == []


@pytest.mark.parametrize("query", ["sort=latest", "sort=random", "page=2", "colour=red", ""])
def test_what_filters_nothing_changes_nothing(take, query):
    for reference in ("E10", "E2", "E1"):
        EventFactory(reference=reference)
    assert [row["reference"] for row in take(f"/data/events.csv?{query}")] == ["E1", "E2", "E10"]


def test_a_malformed_filter_is_answered_with_the_reason_as_plain_text(client):
    EventFactory()
    response = client.get("/data/events.csv?year=20x4&kind=party")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "kind: “party” is no kind of this record.\nyear: “20x4” is no year from 1900 to 2199.\n"
    )


def test_files_of_other_types_hold_what_the_public_sees(take):
    country, unseen = CountryFactory(alpha2="FJ"), CountryFactory(alpha2="NR")
    shown, draft = EventFactory(place=PlaceFactory(city="Suva", country=country)), EventFactory(draft=True)
    draft.place, draft.series = PlaceFactory(country=unseen), SeriesFactory()
    draft.save()
    draft.themes.add(ThemeFactory())
    InvolvementFactory(event=draft, participant=AgencyFactory())
    EventLinkFactory(from_event=shown, to_event=draft)
    OutcomeFactory(event=draft)
    OutcomeFactory(reference="O1", event=shown, taken_up_at=draft)
    BodyFactory(slug="office")
    assert [row["alpha2"] for row in take("/data/countries.csv")] == ["FJ"]
    assert [row["city"] for row in take("/data/places.csv")] == ["Suva"]
    assert [row["slug"] for row in take("/data/bodies.csv")] == ["office"]
    assert [(row["reference"], row["taken_up_at"]) for row in take("/data/outcomes.csv")] == [("O1", "")]
    for type in ("agencies", "series", "themes", "event_links"):
        assert take(f"/data/{type}.csv") == []
