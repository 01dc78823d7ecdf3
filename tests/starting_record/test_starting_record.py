"""The starting record as it stands in its files, read with nothing but the standard library's CSV reader."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from records.folding import fold

PROJECT = Path(__file__).resolve().parents[2]
SOURCE_TEXT = PROJECT.parent / "shared" / "summary-of-activities.txt"
COPIED_WORDS = 6
ROLES = (
    "chairs",
    "co_chairs",
    "hosts",
    "coordinators",
    "organisers",
    "partners",
    "contributors",
    "trainers",
    "attendees",
    "observers",
)
COLUMNS = {
    "countries": "alpha2, name, alpha3, region, administration, names",
    "agencies": "slug, name, acronym, kind, parent, country, url, names",
    "bodies": "slug, name, short_name, remit, began, ended, parent, predecessor, names",
    "memberships": "body, member, joined, left, role",
    "places": "city, country, latitude, longitude",
    "series": "slug, name, description",
    "themes": "slug, name, description",
    "events": "reference, title, kind, when, status, format, scope, venue, city, country, alongside, bodies, themes, "
    f"series, number_in_series, {', '.join(ROLES)}, description, url, sources, note, publication",
    "event_links": "from, to, kind",
    "outcomes": "reference, event, kind, text, addressed_to, status, taken_up_at",
    "collections": "slug, name, custodian, began, event, description, sources, note, publication",
    "instruments": "slug, name, kind, developed_by, body, event, agreed, document, description, url, sources, note, "
    "publication",
    "uptakes": "instrument, country, status, as_of, source",
    "reported_figures": "instrument, event, status, count, remark",
    "action_items": "reference, plan, number, text, leads, body, due, added, dropped",
    "reviews": "reference, plan, item, event, as_of, status, finding",
}
KEYS = {
    "countries": "alpha2",
    "agencies": "slug",
    "bodies": "slug",
    "memberships": "body, member, joined",
    "places": "city, country",
    "series": "slug",
    "themes": "slug",
    "events": "reference",
    "event_links": "from, to, kind",
    "outcomes": "reference",
    "collections": "slug",
    "instruments": "slug",
    "uptakes": "instrument, country, as_of",
    "reported_figures": "instrument, event, status",
    "action_items": "reference",
    "reviews": "reference",
}


def path_of(kind):
    return PROJECT / "fixtures" / f"{kind}.csv"


def rows_of(kind):
    with path_of(kind).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def several(cell):
    return cell.split("; ") if cell else []


def name_in(part):
    """The name of one part of a role cell, without its remark."""
    return part.partition(" [")[0]


def natural(text):
    """A key as people count: E2 before E10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", text)]


def answers(row):
    """All texts that a participant or a body answers to."""
    codes = (row.get(column, "") for column in ("alpha2", "alpha3", "slug", "acronym", "short_name", "name"))
    return [text for text in (*codes, *several(row["names"])) if text]


def known_names(*kinds):
    """{folded name: code of the record that answers to it}."""
    rows = (row for kind in kinds for row in rows_of(kind))
    return {fold(text): row.get("alpha2") or row["slug"] for row in rows for text in answers(row)}


def events():
    return {row["reference"]: row for row in rows_of("events")}


def period_of(event, conferences):
    """The reference of the last conference before an event; "conference" and "undated" for those outside periods."""
    if event["kind"] == "ministerial":
        return "conference"
    if not event["when"]:
        return "undated"
    return [each["reference"] for each in conferences if each["when"] < event["when"]][-1]


def words_of(text):
    return re.findall(r"\w+", re.sub("['’]", "", text.casefold()))


def runs_of(text):
    """All runs of words of a text that are as long as a copied one."""
    words = words_of(text)
    return {" ".join(words[start : start + COPIED_WORDS]) for start in range(len(words) - COPIED_WORDS + 1)}


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_file_has_the_columns_of_its_type_in_their_order(kind):
    with path_of(kind).open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == COLUMNS[kind].split(", ")


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_file_opens_well_in_a_spreadsheet(kind):
    content = path_of(kind).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_file_is_sorted_by_key_and_no_key_stands_twice(kind):
    keys = [[row[column] for column in KEYS[kind].split(", ")] for row in rows_of(kind)]
    assert len(keys) == len({tuple(key) for key in keys})
    assert keys == sorted(keys, key=lambda key: [natural(part) for part in key])


@pytest.mark.parametrize("kind", COLUMNS)
def test_cells_are_trimmed_and_never_read_as_a_formula(kind):
    numbers = {"latitude", "longitude", "number_in_series"}
    cells = [cell for row in rows_of(kind) for column, cell in row.items() if column not in numbers]
    assert [cell for cell in cells if cell != cell.strip() or cell.startswith(("=", "+", "-", "@"))] == []


def test_several_values_of_a_cell_are_sorted_without_regard_to_case():
    columns = {"countries": ["names"], "agencies": ["names"], "bodies": ["names"], "events": ["themes", *ROLES]}
    cells = [row[column] for kind in columns for row in rows_of(kind) for column in columns[kind]]
    assert [cell for cell in cells if several(cell) != sorted(several(cell), key=str.casefold)] == []


def test_there_are_37_activities_numbered_in_the_order_of_the_summary():
    assert list(events()) == [f"E{number}" for number in range(1, 38)]
    assert all(row["sources"].startswith("Summary of Activities, 2002–2009") for row in events().values())


def test_all_activities_are_published_and_held():
    assert {(row["publication"], row["status"], row["format"]) for row in events().values()} == {
        ("published", "held", "in_person")
    }


def test_the_kinds_of_activities_are_those_of_the_summary():
    assert Counter(row["kind"] for row in events().values()) == {
        "workshop": 23,
        "meeting": 5,
        "ministerial": 3,
        "senior_officials": 2,
        "side_event": 2,
        "milestone": 1,
        "seminar": 1,
    }


def test_activities_fall_into_the_periods_between_the_conferences():
    conferences = [row for row in events().values() if row["kind"] == "ministerial"]
    assert [row["when"] for row in conferences] == [
        "2002-02-26/2002-02-28",
        "2003-04-28/2003-04-30",
        "2009-04-14/2009-04-15",
    ]
    assert Counter(period_of(row, conferences) for row in events().values()) == {
        "conference": 3,
        "undated": 1,
        "E1": 6,
        "E2": 25,
        "E3": 2,
    }


def test_all_but_one_activity_are_dated_and_all_but_three_have_a_place():
    assert [reference for reference, row in events().items() if not row["when"]] == ["E4"]
    assert [reference for reference, row in events().items() if not row["country"]] == ["E4", "E32", "E37"]
    assert (events()["E14"]["city"], events()["E14"]["country"]) == ("", "FJ")


def test_only_two_activities_are_not_for_the_whole_region():
    scopes = {reference: row["scope"] for reference, row in events().items() if row["scope"] != "regional"}
    assert scopes == {"E20": "national", "E21": "sub_regional"}


def test_both_side_events_say_what_they_were_alongside():
    alongside = {row["alongside"] for row in events().values() if row["kind"] == "side_event"}
    assert alongside == {"UN High Level Dialogue on Migration and Development", "UNGIFT Forum"}
    assert all(not row["alongside"] for row in events().values() if row["kind"] != "side_event")


def test_conferences_say_where_their_days_are_from():
    assert all("statements of the conference" in events()[reference]["sources"] for reference in ("E1", "E2", "E3"))


def test_the_targeting_series_has_three_activities():
    in_series = {row["number_in_series"]: reference for reference, row in events().items() if row["series"]}
    assert in_series == {"1": "E16", "2": "E21", "3": "E31"}


def test_roles_stand_under_the_names_and_remarks_of_the_summary():
    roles = {(reference, column): row[column] for reference, row in events().items() for column in ROLES if row[column]}
    ministries = "ROK Gender Equality Ministry [run jointly]; ROK Justice Ministry [run jointly]"
    developed = "developed the model legislation after the workshop"
    assert roles == {
        ("E1", "co_chairs"): "Australia; Indonesia",
        ("E4", "organisers"): "IOM",
        ("E5", "contributors"): f"Australia [{developed}]; China [{developed}]",
        ("E7", "trainers"): "Immigration Control Experts (ICE) team [represented by Australia and the US]",
        ("E8", "contributors"): "UNHCR [main substantive input]",
        ("E11", "organisers"): ministries,
        ("E14", "contributors"): "UNHCR [main substantive input]",
        ("E15", "partners"): "Budapest Process [joint Bali-Budapest workshop]",
        ("E18", "coordinators"): "Thailand",
        ("E19", "coordinators"): "New Zealand",
        ("E19", "organisers"): f"IOM [run jointly]; {ministries}",
        ("E20", "hosts"): "Indonesian Department of Foreign Affairs",
        ("E21", "coordinators"): "Thailand",
        ("E21", "hosts"): "Sri Lankan National Police",
        ("E24", "partners"): "Budapest Process [joint Bali-Budapest Process workshop]",
    }


def test_every_name_in_a_role_is_known_once_an_activity():
    known = known_names("countries", "agencies")
    for row in events().values():
        for column in ROLES:
            who = [known[fold(name_in(part))] for part in several(row[column])]
            assert len(who) == len(set(who)), row["reference"]


def test_every_country_and_territory_is_there_with_its_codes():
    countries = rows_of("countries")
    assert len(countries) == 249
    assert all(re.fullmatch("[A-Z]{2}", row["alpha2"]) for row in countries)
    assert len({row["alpha3"] for row in countries if re.fullmatch("[A-Z]{3}", row["alpha3"])}) == 249
    assert {row["region"] for row in countries} == {"Africa", "Americas", "Asia", "Europe", "Oceania", ""}
    assert [row["alpha2"] for row in countries if not row["region"]] == ["AQ"]


def test_administrations_among_the_members_are_marked():
    members = {row["member"] for row in rows_of("memberships") if row["body"] == "bali-process"}
    marked = {row["alpha2"] for row in rows_of("countries") if row["administration"] == "yes"}
    assert {row["administration"] for row in rows_of("countries")} == {"yes", "no"}
    assert members & marked == {"HK", "MO"}


def test_the_process_has_45_members_and_four_member_organisations():
    rows = [row for row in rows_of("memberships") if row["body"] == "bali-process"]
    alpha2s = {row["alpha2"] for row in rows_of("countries")}
    assert len([row for row in rows if row["member"] in alpha2s]) == 45
    assert {row["member"] for row in rows} - alpha2s == {"iom", "unhcr", "unodc", "ilo"}
    assert {row["joined"] for row in rows} == {""}


def test_the_steering_group_and_the_support_office_have_the_members_that_are_known():
    members = {(row["body"], row["member"], row["role"]) for row in rows_of("memberships")}
    assert {who for body, who, _ in members if body == "steering-group"} == {"AU", "ID", "NZ", "TH", "iom", "unhcr"}
    assert {(who, role) for body, who, role in members if body == "regional-support-office"} == {
        ("AU", "co-manager"),
        ("ID", "co-manager"),
    }
    assert len([who for body, who, _ in members if body == "ad-hoc-group"]) == 16


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("USA", "US"),
        ("UAE", "AE"),
        ("UK", "GB"),
        ("PNG", "PG"),
        ("ROK", "KR"),
        ("South Korea", "KR"),
        ("Korea", "KR"),
        ("DPRK", "KP"),
        ("North Korea", "KP"),
        ("Vietnam", "VN"),
        ("Laos", "LA"),
        ("Burma", "MM"),
        ("Macao", "MO"),
        ("Hong Kong", "HK"),
        ("Brunei", "BN"),
        ("Syria", "SY"),
        ("Iran", "IR"),
        ("East Timor", "TL"),
        ("Turkey", "TR"),
        ("France (New Caledonia)", "FR"),
        ("Kingdom of Thailand", "TH"),
        ("Office of the United Nations High Commissioner for Refugees", "unhcr"),
    ],
)
def test_participants_answer_to_the_forms_that_people_write(written, code):
    assert known_names("countries", "agencies")[fold(written)] == code


def test_no_name_is_known_twice():
    owners = {}
    for kind in ("countries", "agencies", "bodies"):
        for row in rows_of(kind):
            for folded in {fold(text) for text in answers(row)}:
                owners.setdefault(folded, []).append(row["name"])
    assert {name: who for name, who in owners.items() if len(who) > 1} == {}


def test_no_record_repeats_a_name_of_its_own():
    for kind in ("countries", "agencies", "bodies"):
        for row in rows_of(kind):
            names = [fold(text) for text in answers(row) if text != row.get("slug")]
            assert len(names) == len(set(names)), row["name"]


def test_places_of_activities_are_known_and_all_known_places_are_used():
    places = {(row["city"], row["country"]) for row in rows_of("places")}
    assert places == {(row["city"], row["country"]) for row in events().values() if row["country"]}
    assert {country for _, country in places} <= {row["alpha2"] for row in rows_of("countries")}


def test_bodies_themes_and_series_that_rows_name_are_known():
    bodies, themes, series = ({row["name"] for row in rows_of(kind)} for kind in ("bodies", "themes", "series"))
    for row in events().values():
        assert set(several(row["bodies"])) <= bodies
        assert set(several(row["themes"])) <= themes
        assert set(several(row["series"])) <= series
    assert {theme for row in events().values() for theme in several(row["themes"])} == themes
    assert {row["addressed_to"] for row in rows_of("outcomes")} <= bodies | {""}
    assert {row[column] for row in rows_of("bodies") for column in ("parent", "predecessor")} <= bodies | {""}


def test_members_and_the_countries_of_agencies_are_known():
    alpha2s = {row["alpha2"] for row in rows_of("countries")}
    slugs = {row["slug"] for row in rows_of("agencies")}
    assert {row["member"] for row in rows_of("memberships")} <= alpha2s | slugs
    assert {row["body"] for row in rows_of("memberships")} <= {row["slug"] for row in rows_of("bodies")}
    assert {row["country"] for row in rows_of("agencies")} <= alpha2s | {""}


def test_links_say_what_the_summary_says_and_what_its_subjects_show():
    assert {(row["from"], row["to"], row["kind"]) for row in rows_of("event_links")} == {
        ("E9", "E2", "reports_to"),
        ("E10", "E6", "reviews"),
        ("E12", "E5", "reviews"),
        ("E21", "E16", "follows"),
        ("E22", "E13", "follows"),
        ("E24", "E5", "follows"),
        ("E27", "E25", "follows"),
        ("E30", "E22", "follows"),
        ("E31", "E21", "follows"),
        ("E34", "E3", "reports_to"),
        ("E36", "E3", "follows"),
    }


def test_outcomes_belong_to_activities_and_are_taken_up_later():
    order = list(events())
    for row in rows_of("outcomes"):
        assert row["event"] in order
        assert (row["status"] == "taken_up") == bool(row["taken_up_at"])
        if row["taken_up_at"]:
            assert events()[row["taken_up_at"]]["when"] > events()[row["event"]]["when"]


def test_recommendations_to_ministers_are_on_record():
    recommended = {row["event"] for row in rows_of("outcomes") if row["addressed_to"] == "Ministers"}
    assert recommended == {"E9", "E17", "E34"}


def test_the_figures_on_the_model_legislation_stand_in_an_outcome():
    (text,) = [row["text"] for row in rows_of("outcomes") if row["event"] == "E12"]
    assert re.findall(r"\d+", text) == ["17", "17", "9"]


def test_collections_are_those_that_the_summary_tells_of_and_name_the_activity_that_did():
    told = {row["slug"]: (row["event"], row["custodian"], row["began"]) for row in rows_of("collections")}
    iom = "International Organization for Migration"
    assert told == {
        "meeting-documents": ("E4", iom, ""),
        "model-agreements": ("E4", iom, ""),
        "returns-project-repository": ("E15", "", ""),
    }
    assert all(row["sources"] and row["publication"] == "published" for row in rows_of("collections"))


def test_no_document_is_invented():
    assert rows_of("documents") == rows_of("document_versions") == []


def test_the_model_legislation_says_who_developed_it_after_what_and_what_a_later_workshop_reported():
    (law,) = [row for row in rows_of("instruments") if row["kind"] == "model_legislation"]
    assert (law["developed_by"], law["event"], law["agreed"]) == ("Australia; China", "E5", "")
    figures = [row for row in rows_of("reported_figures") if row["instrument"] == law["slug"]]
    assert {row["event"] for row in figures} == {"E12"}
    counts = {row["status"]: row["count"] for row in figures}
    assert counts == {"in_use": "17", "already_had": "17", "considering": "9"}
    assert "with the legislation" in events()["E12"]["description"]


def test_no_country_is_said_to_have_taken_anything_up_for_the_summary_names_none():
    assert rows_of("uptakes") == []


def test_the_plan_of_action_has_its_review_and_no_items_for_the_summary_names_none():
    (plan,) = [row for row in rows_of("instruments") if row["kind"] == "plan_of_action"]
    assert (plan["event"], plan["agreed"], plan["body"]) == ("E6", "2002-09", "Ad Hoc Experts' Group I")
    (review,) = rows_of("reviews")
    assert (review["plan"], review["item"], review["event"], review["status"]) == (plan["slug"], "", "E10", "")
    assert rows_of("action_items") == []


def test_instruments_are_published_and_say_where_they_are_known_from():
    assert all(row["publication"] == "published" and row["sources"] for row in rows_of("instruments"))


def test_every_activity_is_described():
    assert [reference for reference, row in events().items() if len(words_of(row["description"])) < 10] == []


@pytest.mark.skipif(not SOURCE_TEXT.exists(), reason="the text of the Summary of Activities is not beside the project")
def test_descriptions_are_not_copied_from_the_summary():
    source = runs_of(SOURCE_TEXT.read_text(encoding="utf-8"))
    titles = set().union(*(runs_of(row["title"]) for row in events().values()))
    texts = {row["reference"]: f"{row['description']} {row['note']}" for row in events().values()}
    texts |= {row["reference"]: row["text"] for row in rows_of("outcomes")}
    texts |= {row["slug"]: row["remit"] for row in rows_of("bodies")}
    texts |= {row["slug"]: f"{row['description']} {row['note']}" for row in rows_of("collections")}
    texts |= {row["slug"]: f"{row['description']} {row['note']}" for row in rows_of("instruments")}
    texts |= {row["reference"]: row["finding"] for row in rows_of("reviews")}
    texts |= {f"figure {number}": row["remark"] for number, row in enumerate(rows_of("reported_figures"))}
    copied = {key: runs_of(text) & source - titles for key, text in texts.items()}
    assert {key: runs for key, runs in copied.items() if runs} == {}
