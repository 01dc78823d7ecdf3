"""An edition is composed of what is published, in the order and with the words of the last edition."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event
from exchange.plans import NotApplied
from records.dates import PartialDate
from records.models import Batch
from summaries.composing import changed, compose, keep
from summaries.knowledge import Knowledge
from summaries.models import Edition
from summaries.reading import read
from summaries.writing import FORMATS
from tests.factories import (
    EditionFactory,
    EntryFactory,
    EventFactory,
    EventLinkFactory,
    InvolvementFactory,
    OutcomeFactory,
    PersonFactory,
    SectionFactory,
)

pytestmark = pytest.mark.django_db


def outline(draft):
    """What stands in a draft: {heading: [titles of the activities]}."""
    events = {event.pk: event.title for event in Event.objects.all()}
    return {section.heading: [events[entry.event.pk] for entry in section.entries] for section in draft.sections}


def event(title, when="", **options):
    return EventFactory(title=title, when=when, **options)


def imported(**sections):
    """An edition that was read: {heading: activities}; each entry has a bullet and the activity's title as its text."""
    text, spans = "", []
    for heading, events in sections.items():
        text += f"{heading}\n"
        for each in events:
            spans.append((len(text), len(text) + len(f"• {each.title}, as printed.")))
            text += f"• {each.title}, as printed.\n"
    edition = EditionFactory(title="Summary", date="2005", origin="imported", text=text.strip())
    spans = iter(spans)
    for number, (heading, events) in enumerate(sections.items(), 1):
        section = SectionFactory(edition=edition, number=number, heading=heading, note="A note." if number > 1 else "")
        for place, each in enumerate(events, 1):
            span = next(spans)
            words = text[slice(*span)]
            EntryFactory(section=section, number=place, event=each, text=words, span=list(span))
    return edition


# --- The order --------------------------------------------------------------------------------------------------------


def test_conferences_come_first_and_then_the_activities_since_each_of_them():
    event("Late", "2008")
    event("Third", "2009-04", conference=True)
    event("First", "2002-02", conference=True)
    event("Early", "2002-09")
    event("Before all", "2001")
    event("Draft", "2003", draft=True)
    assert outline(compose()) == {
        "Ministerial conferences": ["First", "Third"],
        "Activities before the first conference": ["Before all"],
        "Activities since the first ministerial conference": ["Early", "Late"],
    }


def test_an_edition_reports_up_to_a_date():
    event("Before", "2004-05")
    event("Of that month", "2004-06-20")
    event("After", "2004-07")
    assert outline(compose(PartialDate("2004-06"))) == {"Activities": ["Before", "Of that month"]}


def test_headings_and_notes_go_on_as_the_last_edition_had_them():
    first, second = event("One", "2002-02", conference=True), event("Two", "2003-04", conference=True)
    early, late = event("Early", "2002-09"), event("Late", "2004")
    imported(**{"": [first, second], "Activities since Bali I": [early], "Activities since Bali II": [late]})
    event("Three", "2009-04", conference=True)
    event("Latest", "2010")
    draft = compose()
    assert list(outline(draft)) == [
        "",
        "Activities since Bali I",
        "Activities since Bali II",
        "Activities since Bali III",
    ]
    assert [section.note for section in draft.sections] == ["", "A note.", "A note.", ""]
    assert draft.title == "Summary"


def test_an_undated_activity_stands_where_the_last_edition_had_it():
    conference, early, late = event("One", "2002-02", conference=True), event("Early", "2002-09"), event("Late", "2004")
    leading, middle, trailing = event("Leading"), event("Middle"), event("Trailing")
    imported(**{"": [conference], "Since": [leading, early, middle, late, trailing]})
    event("Later still", "2006")
    assert outline(compose())["Since"] == ["Leading", "Early", "Middle", "Late", "Trailing", "Later still"]
    assert not any(entry.doubts for entry in compose().entries)


def test_any_other_undated_activity_stands_first_in_the_last_section_marked_for_a_look():
    event("One", "2002-02", conference=True)
    event("Early", "2002-09")
    event("Undated")
    assert outline(compose())["Activities since the first ministerial conference"] == ["Undated", "Early"]
    assert [bool(entry.doubts) for entry in compose().entries] == [False, True, False]
    Event.objects.exclude(title="Undated").delete()
    assert outline(compose()) == {"Activities": ["Undated"]}


def test_an_edition_of_nothing_has_no_sections():
    assert compose().sections == []


# --- The words --------------------------------------------------------------------------------------------------------


def test_an_activity_keeps_the_words_of_the_last_edition():
    early = event("Early", "2002-09")
    imported(**{"": [early]})
    event("New", "2006-03")
    assert [entry.text for entry in compose().entries] == ["Early, as printed.", "March 2006: New (workshop)."]


def test_only_an_edition_that_was_read_or_issued_and_reports_no_further_is_the_last():
    early = event("Early", "2002-09")
    issued = EditionFactory(date="2003", issued="2003", title="Issued")
    EntryFactory(section=SectionFactory(edition=issued), event=early, text="As issued.")
    for other in (EditionFactory(date="2004"), EditionFactory(date="2009", issued="2009")):
        EntryFactory(section=SectionFactory(edition=other), event=early, text="As not to be taken.")
    draft = compose(PartialDate("2005"))
    assert (draft.title, [entry.text for entry in draft.entries]) == ("Issued", ["As issued."])


def test_outcomes_and_links_to_what_is_published_are_told():
    early = event("Early workshop", "2002-09")
    EventLinkFactory(from_event=early, to_event=event("Earlier workshop", "2001-09"), kind="reviews")
    EventLinkFactory(from_event=early, to_event=event("Secret workshop", "2001-03", draft=True))
    OutcomeFactory(event=early, kind="decision", text="They go on.")
    texts = [entry.text for entry in compose().entries]
    assert (
        texts[1] == "September 2002: Early workshop. Reviews “Earlier workshop” (September 2001). Decision: They go on."
    )


def test_an_undated_activity_that_stood_alone_is_looked_for_elsewhere():
    early, alone = event("Early", "2002-09"), event("Alone")
    imported(Since=[early], Others=[alone])
    draft = compose()
    assert outline(draft) == {"Since": ["Alone", "Early"]}
    assert draft.entries[0].doubts


def test_what_is_composed_is_written_and_read_back():
    event("First conference", "2002-02", conference=True)
    event("Early workshop", "2002-09")
    text = FORMATS["txt"].write(compose().printed).decode()
    document = read(text, Knowledge.from_record())
    assert document.title == "Summary of activities"
    assert [section.heading for section in document.sections] == [
        "Ministerial conferences",
        "Activities since the first ministerial conference",
    ]
    assert [entry.row["reference"] for entry in document.entries] == list(
        Event.objects.earliest_first().values_list("reference", flat=True)
    )


# --- Keeping it -------------------------------------------------------------------------------------------------------


def test_a_draft_is_kept_as_an_edition_in_one_batch():
    event("One", "2002-02", conference=True)
    early = event("Early", "2002-09")
    event("Undated")
    edition = keep(compose(PartialDate("2005")))
    assert (edition.reference, edition.date, edition.origin, edition.publication) == ("S1", "2005", "composed", "draft")
    assert [section.entries.count() for section in edition.sections.order_by("number")] == [1, 2]
    entry = edition.entries.get(event=early)
    assert (entry.text, entry.state, entry.proposal["title"]) == (
        "September 2002: Early (workshop).",
        "accepted",
        "Early",
    )
    assert edition.entries.exclude(doubts=[]).get().event.title == "Undated"
    batch = Batch.objects.get()
    assert batch.changes.count() == 6
    entry.full_clean()
    edition.full_clean()


def test_whoever_may_not_add_editions_keeps_none():
    event("Early", "2002-09")
    with pytest.raises(NotApplied):
        keep(compose(), by=PersonFactory(role="Viewer"))
    assert not Edition.objects.exists()


def test_composing_asks_as_much_for_many_activities_as_for_one():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            compose()
        return len(captured)

    def grow(number):
        for _ in range(number):
            each = event("Workshop", f"2004-{number % 12 + 1:02}")
            InvolvementFactory(event=each)
            OutcomeFactory(event=each)
            EventLinkFactory(from_event=each)

    grow(1)
    imported(Since=list(Event.objects.all()))
    first = queries()
    grow(30)
    assert queries() == first


def test_quotation_marks_that_are_set_otherwise_are_no_change():
    assert changed({"title": "Senior Officials’ Meeting"}, {"title": "Senior Officials' Meeting"}) == {}
    assert list(changed({"title": "Officials’ Meeting"}, {"title": "Ministers’ Meeting"})) == ["title"]
