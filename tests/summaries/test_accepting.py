"""What becomes of entries that are accepted: drafts, or what the events that they are have not yet."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event, EventLink, Outcome, Series
from exchange.parts import PlanOfParts
from exchange.plans import NotApplied
from exchange.starting_record import load
from records.models import Batch, Change
from summaries.accepting import Acceptance, accept, accept_sound
from summaries.additions import more_exact
from summaries.keeping import keep, read_file
from summaries.models import Entry
from tests import snapshots
from tests.exchange.record import bring_in, row_of, rows_of
from tests.factories import PersonFactory

from . import scoring

SUMMARY = """Summary of Activities

• September 2003: Legislation workshop, Bangkok. Hosted by Thailand. Participants agreed on model laws for all.
• May 2004: Targeting workshop, Bangkok, following on from the legislation workshop in Bangkok.
• December 2007: Targeting workshop, Bali. It was the second in a series of targeting workshops.
"""
EVENT = {
    "reference": "E7",
    "title": "Workshop on legislation",
    "kind": "workshop",
    "when": "2003",
    "country": "TH",
    "publication": "draft",
}

needs_source = pytest.mark.skipif(
    not scoring.SOURCE_TEXT.exists(), reason="the summary of 2002 to 2009 is not beside the project"
)


@pytest.fixture
def edition(kept):
    return kept(SUMMARY)


def entries_of(edition):
    return list(edition.entries.in_order())


def events():
    return [event.title for event in Event.objects.earliest_first()]


# --- New events -------------------------------------------------------------------------------------------------------


def test_entries_become_drafts_with_what_was_read_of_them(edition):
    assert accept(entries_of(edition)) == "6 new and 3 changed"
    assert events() == ["Legislation workshop", "Targeting workshop", "Targeting workshop"]
    row = row_of("events", "E1")
    assert (row["when"], row["city"], row["country"], row["hosts"]) == ("2003-09", "Bangkok", "TH", "Thailand")
    assert {event.publication for event in Event.objects.all()} == {"draft"}
    assert row["sources"] == "Summary of Activities, up to December 2007"
    assert Outcome.objects.get().event.reference == "E1"
    assert row_of("event_links", "E2 / E1 / follows")
    assert Series.objects.get().name == row_of("events", "E3")["series"]
    assert [(entry.event.reference, entry.state) for entry in edition.entries.in_order()] == [
        ("E1", "accepted"), ("E2", "accepted"), ("E3", "accepted"),
    ]  # fmt: skip


def test_all_of_it_is_one_batch_of_whoever_accepts(edition):
    editor = PersonFactory(role="Editor")
    accept(entries_of(edition), by=editor, reason="All is well")
    batch = Batch.objects.latest("pk")
    assert (batch.by, batch.origin, batch.reason) == (editor, "summary", "All is well")
    assert Change.objects.filter(batch=batch).count() == 9


def test_what_was_accepted_is_not_accepted_again(edition):
    accept(entries_of(edition))
    changes = Change.objects.count()
    assert accept(entries_of(edition)) == "no rows"
    assert (Event.objects.count(), Change.objects.count()) == (3, changes)


def test_a_link_is_made_once_both_its_events_are_there(edition):
    legislation, targeting, _third = entries_of(edition)
    accept([targeting])
    assert not EventLink.objects.exists()
    accept([legislation])
    assert (EventLink.objects.get().from_event, EventLink.objects.get().to_event) == (
        Entry.objects.get(pk=targeting.pk).event,
        Entry.objects.get(pk=legislation.pk).event,
    )


def test_what_corrections_say_is_what_is_accepted(edition):
    entry = entries_of(edition)[0]
    entry.proposal |= {"title": "Workshop on model laws", "hosts": "IOM"}
    entry.save()
    accept([entry])
    assert (row_of("events", "E1")["title"], row_of("events", "E1")["hosts"]) == (
        "Workshop on model laws", "IOM",
    )  # fmt: skip


def test_an_agency_that_one_agrees_to_is_made_first(kept):
    entries = entries_of(kept("Summary\n\n• May 2004: Workshop, Bangkok. Hosted by the Thai Ministry of Ports."))
    name = entries[0].proposal["hosts"]
    with pytest.raises(NotApplied, match="known as"):
        accept(entries)
    accept(entries, agencies=[{"name": name, "kind": "ministry", "country": "TH"}])
    assert row_of("events", row_of("entries", entries[0].reference)["event"])["hosts"] == name


def test_references_that_were_planned_are_given_to_nobody_else(edition):
    parts = Acceptance(entries_of(edition)[:1]).parts()
    bring_in("events", [{"reference": "", "title": "Ports", "kind": "meeting", "when": "", "city": "", "country": ""}])
    assert Event.objects.get().reference == "E2"
    assert PlanOfParts(parts).is_good
    assert next(part for part in parts if part.type == "events").table[0]["reference"] == "E1"


def test_who_may_not_add_events_accepts_nothing(edition):
    with pytest.raises(NotApplied, match="no right"):
        accept(entries_of(edition), by=PersonFactory(role="Viewer"))
    assert not Event.objects.exists()


def test_rows_that_are_no_good_are_left_and_the_others_accepted(edition):
    entries = entries_of(edition)
    entries[0].proposal["hosts"] = "Nobody"
    entries[0].save()
    done, refused = accept_sound(entries)
    assert done == "3 new and 2 changed"
    assert [(pk, problems[0].column) for pk, problems in refused.items()] == [(entries[0].pk, "hosts")]
    assert [entry.state for entry in edition.entries.in_order()] == ["open", "accepted", "accepted"]


def test_where_no_row_of_an_event_is_to_blame_nothing_is_accepted(kept):
    accept(entries_of(kept(SUMMARY)))
    again = entries_of(kept(f"{SUMMARY}\n"))
    with pytest.raises(NotApplied, match="no right to change entries"):
        accept_sound(again, by=PersonFactory(role="Viewer"))


# --- Events that are known --------------------------------------------------------------------------------------------


def test_an_entry_adds_to_the_event_that_it_is_what_is_blank_vaguer_or_missing_there(names, kept):
    bring_in("events", [EVENT | {"co_chairs": "AU", "description": "As it was.", "hosts": "AU [with others]"}])
    accept(entries_of(kept(SUMMARY))[:1])
    row = row_of("events", "E7")
    assert (row["title"], row["when"], row["city"], row["description"]) == (
        "Workshop on legislation", "2003-09", "Bangkok", "As it was.",
    )  # fmt: skip
    assert (row["co_chairs"], row["hosts"]) == ("Australia", "Australia [with others]; Thailand")
    assert Outcome.objects.get().event.reference == "E7"


def test_what_the_record_says_more_exactly_stays(names, kept):
    exact = EVENT | {"when": "2003-09-03", "city": "Bangkok", "hosts": "Thailand [at home]", "kind": "seminar"}
    bring_in("events", [exact])
    bring_in("outcomes", [{"reference": "O1", "event": "E7", "kind": "agreement", "text": "Laws are to be alike."}])
    before = row_of("events", "E7")
    entries = entries_of(kept(SUMMARY))[:1]
    accept(entries)
    row = row_of("events", "E7")
    assert {name: (before[name], row[name]) for name in row if row[name] != before[name]} == {
        "description": ("", entries[0].proposal["description"])
    }
    assert Outcome.objects.get().text == "Laws are to be alike."


def test_events_that_are_linked_already_are_not_linked_again(names, kept):
    later = EVENT | {"reference": "E8", "title": "Targeting workshop", "when": "2004-05"}
    bring_in("events", [EVENT, later])
    bring_in("event_links", [{"from": "E8", "to": "E7", "kind": "reviews"}])
    accept(entries_of(kept(SUMMARY))[:2])
    assert EventLink.objects.get().kind == "reviews"


def test_a_link_that_would_close_a_circle_is_left_out(names, kept):
    later = EVENT | {"reference": "E8", "title": "Targeting workshop", "when": "2004-05"}
    between = EVENT | {"reference": "E9", "title": "Ports", "when": "2004-01"}
    bring_in("events", [EVENT, later, between])
    circle = [{"from": "E7", "to": "E9", "kind": "follows"}, {"from": "E9", "to": "E8", "kind": "follows"}]
    bring_in("event_links", circle)
    accept(entries_of(kept(SUMMARY))[:2])
    assert EventLink.objects.count() == 2


PRODUCTS = """Summary of Activities

• September 2003: Legislation workshop, Bangkok. Ministers issued a joint statement.
• May 2004: Review workshop, Bangkok. It showed: 17 countries had made use of the model legislation; and nine were
considering it.
"""
LAW = {"slug": "model-law", "name": "Law on smuggling", "kind": "model_legislation", "publication": "draft"}


def test_documents_that_came_of_it_become_drafts_for_the_secretariat_without_a_file(kept):
    accept(entries_of(kept(PRODUCTS)))
    (row,) = rows_of("documents")
    assert (row["title"], row["kind"], row["event"]) == ("Joint statement", "statement", "E1")
    assert (row["access"], row["publication"]) == ("secretariat", "draft")
    assert row["sources"] == "Summary of Activities, up to May 2004"
    assert not rows_of("document_versions")


def test_figures_go_to_the_instrument_that_is_meant(kept):
    bring_in("instruments", [LAW])
    accept(entries_of(kept(PRODUCTS)))
    assert [(row["instrument"], row["event"], row["status"], row["count"]) for row in rows_of("reported_figures")] == [
        ("model-law", "E2", "considering", "9"),
        ("model-law", "E2", "in_use", "17"),
    ]


@pytest.mark.parametrize(
    "instruments",
    [
        [],
        [{**LAW, "kind": "guideline"}],
        [LAW, {**LAW, "slug": "another-law", "name": "Law on trafficking"}],
    ],
)
def test_figures_stay_with_the_entry_where_none_or_several_instruments_may_be_meant(kept, instruments):
    bring_in("instruments", instruments)
    accept(entries_of(kept(PRODUCTS)))
    assert rows_of("reported_figures") == []


def test_an_instrument_that_is_named_is_meant_among_others_of_its_kind(kept):
    bring_in("instruments", [LAW, {**LAW, "slug": "another-law", "name": "Model legislation"}])
    accept(entries_of(kept(PRODUCTS)))
    assert {row["instrument"] for row in rows_of("reported_figures")} == {"another-law"}


def test_documents_and_figures_that_the_record_has_stay_as_they_are(names, kept):
    bring_in("instruments", [LAW])
    review = EVENT | {"reference": "E8", "title": "Review workshop", "when": "2004-05", "city": "Bangkok"}
    bring_in("events", [EVENT, review])
    statement = {"reference": "D1", "event": "E7", "title": "What was said", "kind": "statement"}
    bring_in("documents", [statement])
    bring_in("reported_figures", [{"instrument": "model-law", "event": "E8", "status": "in_use", "count": "16"}])
    accept(entries_of(kept(PRODUCTS)))
    assert [row["title"] for row in rows_of("documents")] == ["What was said"]
    assert [(row["status"], row["count"]) for row in rows_of("reported_figures")] == [
        ("considering", "9"), ("in_use", "16"),
    ]  # fmt: skip


def test_what_was_told_before_does_not_come_twice(kept):
    bring_in("instruments", [LAW])
    accept(entries_of(kept(PRODUCTS)))
    before = rows_of("documents"), rows_of("reported_figures")
    accept(entries_of(kept(PRODUCTS + "\n• June 2004: Meeting on ports, Bangkok.\n")))
    assert (rows_of("documents"), rows_of("reported_figures")) == before


def test_what_is_recorded_as_an_instrument_of_the_event_does_not_come_as_a_document(names, kept):
    bring_in("events", [EVENT])
    bring_in("instruments", [LAW | {"event": "E7"}])
    text = "Summary\n\n• September 2003: Legislation workshop, Bangkok. Experts drew up model laws on ports.\n"
    accept(entries_of(kept(text)))
    assert rows_of("documents") == []


def test_an_event_that_came_into_the_record_since_is_found(edition):
    assert "reference" not in entries_of(edition)[0].proposal
    bring_in("events", [EVENT])
    accept(entries_of(edition)[:1])
    assert events() == ["Workshop on legislation"]


def test_somebody_can_say_that_it_is_none_of_the_known_events(names, kept):
    bring_in("events", [EVENT])
    first, second, _third = entries_of(kept(SUMMARY))
    assert first.proposal["reference"] == "E7"
    second.proposal["reference"] = ""
    second.save()
    accept([first, second], as_new=[first.pk])
    assert Event.objects.count() == 3


def test_two_entries_may_be_said_to_be_one_event(names, kept):
    bring_in("events", [EVENT])
    first, second, _third = entries_of(kept(SUMMARY))
    second.proposal["reference"] = "E7"
    second.save()
    accept([first, second])
    assert Event.objects.count() == 1
    assert [entry.event.reference for entry in Entry.objects.accepted()] == ["E7", "E7"]


def test_published_events_are_changed_by_those_alone_who_may_publish(names, kept):
    bring_in("events", [EVENT | {"publication": "published"}])
    entries = entries_of(kept(SUMMARY))[:1]
    with pytest.raises(NotApplied, match="published"):
        accept(entries, by=PersonFactory(role="Editor"))
    accept(entries, by=PersonFactory(role="Publisher"))
    assert row_of("events", "E7")["city"] == "Bangkok"


@pytest.mark.parametrize(
    ("read", "recorded", "more"),
    [
        ("2004-05", "", True),
        ("2004-05", "2004", True),
        ("2004", "2004-05", False),
        ("2004-05", "2004-05", False),
        ("2004-05", "2005", False),
        ("", "2004", False),
        ("2004-05", "2004~", True),
        ("2004~", "2004", False),
    ],
)
def test_a_date_is_more_exact_where_it_lies_within_the_other(read, recorded, more):
    assert more_exact(read, recorded) is more


# --- The same document again ------------------------------------------------------------------------------------------


def test_the_same_words_in_another_file_propose_nothing_new_whatever_was_corrected_since(kept):
    accept(entries_of(kept(SUMMARY)))
    corrected = {"title": "Seminar on laws", "when": "2003-11-03", "city": "Bali", "country": "ID"}
    bring_in("events", [row_of("events", "E1") | corrected])
    before = row_of("events", "E1")
    again = kept(SUMMARY.replace("• ", "- ").replace("Summary of Activities", "The same again"))
    assert accept(entries_of(again)) == "3 changed and 2 the same" or accept(entries_of(again)) == "no rows"
    assert (Event.objects.count(), Outcome.objects.count(), EventLink.objects.count()) == (3, 1, 1)
    assert row_of("events", "E1") == before


def test_as_many_queries_for_thirty_entries_as_for_one(kept):
    asked = []
    for count, year in ((1, 1950), (30, 1960)):
        lines = [f"• May {year + number}: Workshop on subject {number}, Bangkok." for number in range(count)]
        edition = kept("Summary\n\n" + "\n".join(lines))
        with CaptureQueriesContext(connection) as captured:
            accept(entries_of(edition))
        asked.append(len(captured))
    assert asked[0] == asked[1]


def assert_states(column, wanted, cell, knowledge):
    """A cell says what it is to say; titles may differ by a word or so."""
    wanted, found = (scoring.values(column, each, knowledge) for each in (wanted, cell))
    assert sorted(found) == sorted(wanted) or (column == "title" and scoring.alike(found[0], wanted[0])), column


@needs_source
@pytest.mark.django_db
def test_the_summary_of_2002_to_2009_becomes_37_events_and_nothing_twice(knowledge):
    for type in ("countries", "agencies", "bodies", "places"):
        bring_in(type, scoring.rows_of(type))
    entries = entries_of(keep(read_file(scoring.SOURCE_TEXT), scoring.SOURCE_TEXT))
    accept(entries)
    assert [Event.objects.count(), Outcome.objects.count(), EventLink.objects.count()] == [37, 12, 6]
    assert [(row["event"], row["kind"]) for row in rows_of("documents")] == [("E5", "legislation"), ("E6", "plan")]
    for wanted, row in zip(scoring.expected_of_source()["entries"], rows_of("events"), strict=True):
        for column in set(scoring.COLUMNS) - scoring.LEFT_OUT:
            assert_states(column, wanted.get(column, ""), row[column], knowledge)
    document = read_file(scoring.SOURCE_TEXT)
    events = {entry.pk: entry.event.reference for entry in Entry.objects.select_related("event")}
    assert [entry.row["reference"] for entry in document.entries] == [events[entry.pk] for entry in entries]


@needs_source
@pytest.mark.django_db
def test_of_the_starting_record_the_summary_of_2002_to_2009_changes_nothing():
    snapshots.put("starting record", load)
    document = read_file(scoring.SOURCE_TEXT)
    assert [entry.row["reference"] for entry in document.entries] == [f"E{number}" for number in range(1, 38)]
    edition = keep(document, scoring.SOURCE_TEXT)
    assert accept(entries_of(edition)) == "37 changed"
    assert set(Change.objects.filter(batch=Batch.objects.latest("pk")).values_list("type", flat=True)) == {"entries"}
