"""An edition is composed, edited, compared and issued in the record office."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event
from exchange.opened import last_change
from records.models import Batch, Change
from summaries.composing import compose, keep
from summaries.models import Edition, Entry
from tests.factories import EditionFactory, EntryFactory, EventFactory, PersonFactory, SectionFactory

pytestmark = pytest.mark.django_db
EDITION = "/admin/summaries/edition"


@pytest.fixture
def editor(client):
    person = PersonFactory(role="Editor")
    client.force_login(person)
    return person


@pytest.fixture
def publisher(client):
    person = PersonFactory(role="Publisher")
    client.force_login(person)
    return person


@pytest.fixture
def edition():
    """A draft: a conference, and two workshops since."""
    EventFactory(title="First conference", when="2002-02", conference=True, reference="E1")
    EventFactory(title="Early workshop", when="2002-09", reference="E2")
    EventFactory(title="Late workshop", when="2003-09", reference="E3")
    return keep(compose())


def words(edition):
    """What is printed, in order: {number of the section: [references of the activities]}."""
    return {
        section.number: [entry.event.reference for entry in section.entries.order_by("number")]
        for section in edition.sections.order_by("number")
    }


def entry_of(reference):
    return Entry.objects.get(event__reference=reference)


def contents(edition):
    return f"{EDITION}/{edition.pk}/contents/"


def step(client, edition, name, record, **further):
    """Take a step on the page of contents, as it was shown just now."""
    return client.post(contents(edition), {name: record.pk, "at": last_change()} | further)


def said(response):
    """The messages of a response."""
    return " ".join(map(str, get_messages(response.wsgi_request)))


def shown(response):
    assert response.status_code == 200
    return response.content.decode()


# --- Composing --------------------------------------------------------------------------------------------------------


def test_what_an_edition_would_hold_is_shown_before_it_is_composed(client, editor, edition):
    content = shown(client.get(f"{EDITION}/compose/", {"until": "2002"}))
    assert "February 2002: First conference (ministerial conference)." in content
    assert "Late workshop" not in content
    assert f"{edition}" in content
    assert Edition.objects.count() == 1


def test_an_edition_is_composed(client, editor, edition):
    content = shown(client.post(f"{EDITION}/compose/", {"until": "2002"}, follow=True))
    composed = Edition.objects.get(date="2002")
    assert "is composed. It is a draft" in content
    assert words(composed) == {1: ["E1"], 2: ["E2"]}
    assert Batch.objects.latest("pk").by == editor


@pytest.mark.parametrize(
    ("until", "why"), [("1999", "Nothing that is published"), ("soon", "taken as a date"), ("", "required")]
)
def test_what_cannot_be_composed_says_why(until, why, client, editor):
    assert why in shown(client.post(f"{EDITION}/compose/", {"until": until}))
    assert not Edition.objects.exists()


def test_viewers_compose_nothing(client):
    client.force_login(PersonFactory(role="Viewer"))
    assert client.get(f"{EDITION}/compose/").status_code == 403
    assert client.post(f"{EDITION}/compose/", {"until": "2002"}).status_code == 403


# --- Editing ----------------------------------------------------------------------------------------------------------


def test_entries_move_up_and_down_and_over_headings(client, editor, edition):
    step(client, edition, "up", entry_of("E3"))
    assert words(edition) == {1: ["E1"], 2: ["E3", "E2"]}
    step(client, edition, "up", entry_of("E3"))
    assert words(edition) == {1: ["E1", "E3"], 2: ["E2"]}
    step(client, edition, "down", entry_of("E3"))
    assert words(edition) == {1: ["E1"], 2: ["E3", "E2"]}
    step(client, edition, "up", entry_of("E1"))
    step(client, edition, "down", entry_of("E2"))
    assert words(edition) == {1: ["E1"], 2: ["E3", "E2"]}
    batch = Batch.objects.latest("pk")
    assert (batch.by, batch.reason) == (editor, f"Moved down: {entry_of('E3').reference}")


def test_an_entry_moves_to_another_section(client, editor, edition):
    step(client, edition, "move", entry_of("E2"), to=edition.sections.get(number=1).pk)
    assert words(edition) == {1: ["E1", "E2"], 2: ["E3"]}
    assert step(client, edition, "move", entry_of("E2"), to="999999").status_code == 404


def test_sections_change_places_with_their_entries(client, editor, edition):
    step(client, edition, "section_down", edition.sections.get(number=1))
    assert words(edition) == {1: ["E2", "E3"], 2: ["E1"]}
    step(client, edition, "section_up", edition.sections.get(number=2))
    assert words(edition) == {1: ["E1"], 2: ["E2", "E3"]}
    step(client, edition, "section_up", edition.sections.get(number=1))
    assert words(edition) == {1: ["E1"], 2: ["E2", "E3"]}


def test_an_entry_is_taken_out_and_added_where_its_date_belongs(client, editor, edition):
    step(client, edition, "remove", entry_of("E2"))
    assert "Early workshop" in shown(client.get(contents(edition)))
    assert words(edition) == {1: ["E1"], 2: ["E3"]}
    step(client, edition, "add", Event.objects.get(reference="E2"))
    assert words(edition) == {1: ["E1"], 2: ["E2", "E3"]}
    conference = EventFactory(title="Second", when="2003-04", conference=True, reference="E4")
    undated = EventFactory(reference="E5", when="")
    for event in (conference, undated):
        step(client, edition, "add", event)
    assert words(edition) == {1: ["E1", "E4"], 2: ["E5", "E2", "E3"]}
    assert "is in it already" in said(step(client, edition, "add", conference))


def test_only_what_is_published_can_be_added(client, editor, edition):
    draft = EventFactory(title="Secret workshop", when="2003", draft=True)
    assert "Secret workshop" not in shown(client.get(contents(edition)))
    assert step(client, edition, "add", draft).status_code == 404


def test_a_section_goes_once_it_is_empty(client, editor, edition):
    section = edition.sections.get(number=1)
    assert "has entries" in said(step(client, edition, "section_remove", section))
    step(client, edition, "remove", entry_of("E1"))
    step(client, edition, "section_remove", section)
    assert words(edition) == {2: ["E2", "E3"]}


def test_what_the_record_has_changed_is_pointed_out_and_taken(client, editor, edition):
    assert "The record has changed" not in shown(client.get(contents(edition)))
    Event.objects.filter(reference="E2").update(title="Early workshop on visas")
    content = shown(client.get(contents(edition)))
    assert "The record has changed since these words: title" in content
    assert "<ins>workshop on visas.</ins>" in content
    step(client, edition, "take", entry_of("E2"))
    assert entry_of("E2").text == "September 2002: Early workshop on visas."
    assert "The record has changed" not in shown(client.get(contents(edition)))


def test_words_can_stay_though_the_record_has_changed(client, editor, edition):
    before = entry_of("E2").text
    Event.objects.filter(reference="E2").update(title="Early workshop on visas")
    step(client, edition, "stay", entry_of("E2"))
    assert entry_of("E2").text == before
    assert "The record has changed" not in shown(client.get(contents(edition)))


def test_what_was_changed_meanwhile_is_not_overwritten(client, editor, edition):
    entry = entry_of("E2")
    at = last_change()
    client.post(f"/admin/summaries/entry/{entry.pk}/change/", form_of(entry, text="Other words."))
    for name in ("take", "stay", "remove"):
        assert "was changed meanwhile" in said(client.post(contents(edition), {name: entry.pk, "at": at}))
    assert entry_of("E2").text == "Other words."
    assert "was changed meanwhile" in said(client.post(contents(edition), {"take": entry.pk}))


def form_of(entry, **changes):
    """What the form of an entry sends."""
    return {
        "section": entry.section_id,
        "number": entry.number,
        "event": entry.event_id or "",
        "text": entry.text,
    } | changes


def test_an_undated_activity_is_marked_until_somebody_has_looked(client, editor, edition):
    EventFactory(reference="E9", when="")
    edition = keep(compose())
    assert "The record has no date for it" in shown(client.get(contents(edition)))
    step(client, edition, "looked", entry_of("E9"))
    assert "The record has no date for it" not in shown(client.get(contents(edition)))


def test_an_entry_without_words_is_told_in_the_house_form(client, editor, edition):
    EventFactory(title="New workshop", when="2004-05", reference="E9")
    section = edition.sections.get(number=2)
    address = f"/admin/summaries/entry/add/?edition={edition.pk}&section={section.pk}"
    assert client.get(address).context["adminform"].form.initial["number"] == 3
    sent = {"edition": edition.pk, "section": section.pk, "number": 3, "text": ""}
    assert "An entry has words, or an activity" in shown(client.post(address, sent))
    response = client.post(address, sent | {"event": Event.objects.get(reference="E9").pk})
    entry = entry_of("E9")
    assert response["Location"] == f"{contents(edition)}?p=1#entry-{entry.pk}"
    assert (entry.text, entry.state, entry.proposal["title"]) == ("May 2004: New workshop.", "accepted", "New workshop")
    assert Change.objects.filter(type="entries", key=entry.reference).count() == 1


def test_heading_and_note_of_a_section_are_changed(client, editor, edition):
    section = edition.sections.get(number=2)
    sent = {"number": 2, "heading": "Since then", "note": "Much else."}
    response = client.post(f"/admin/summaries/section/{section.pk}/change/", sent)
    assert response["Location"] == f"{contents(edition)}?p=1#section-{section.pk}"
    assert "Since then" in shown(client.get(contents(edition)))
    sent = {"edition": edition.pk, "number": 3, "heading": "Later", "note": ""}
    assert client.post(f"/admin/summaries/section/add/?edition={edition.pk}", sent).status_code == 302


def test_steps_that_are_none_are_not_found(client, editor, edition):
    entry = entry_of("E2")
    assert client.post(contents(edition), {"jump": entry.pk}).status_code == 404
    assert client.post(contents(edition), {"up": "x"}).status_code == 404
    assert client.post(contents(edition), {"up": EntryFactory().pk}).status_code == 404
    assert step(client, edition, "section_up", EntryFactory().section).status_code == 404
    assert step(client, edition, "section_remove", EntryFactory().section).status_code == 404
    Entry.objects.filter(pk=entry.pk).update(event=None)
    assert step(client, edition, "take", entry).status_code == 404


def test_viewers_read_and_change_nothing(client, edition):
    client.force_login(PersonFactory(role="Viewer"))
    content = shown(client.get(contents(edition)))
    assert "Early workshop" in content
    assert 'name="up"' not in content
    assert client.post(contents(edition), {"up": entry_of("E3").pk}).status_code == 403
    assert client.get(f"{EDITION}/{edition.pk}/issue/").status_code == 403
    client.force_login(PersonFactory())
    for page in ("contents/", "since/", "file.txt"):
        assert client.get(f"{EDITION}/{edition.pk}/{page}").status_code == 403


def test_who_may_change_editions_alone_is_told_what_is_lacking(client, edition):
    person = PersonFactory()
    named = ("add_edition", "change_edition", "view_edition")
    person.user_permissions.set(Permission.objects.filter(codename__in=named))
    client.force_login(person)
    assert "You have no right to add sections." in shown(client.post(f"{EDITION}/compose/", {"until": "2002"}))
    assert "You have no right to change entries." in said(step(client, edition, "up", entry_of("E3")))
    assert words(edition) == {1: ["E1"], 2: ["E2", "E3"]}


def test_an_edition_without_sections_gets_one_with_its_first_activity(client, editor, edition):
    empty = EditionFactory(draft=True)
    step(client, empty, "add", Event.objects.get(reference="E2"))
    assert words(empty) == {1: ["E2"]}
    step(client, empty, "add", Event.objects.get(reference="E1"))
    assert words(empty) == {1: ["E1", "E2"]}


# --- Issuing, comparing, taking away ----------------------------------------------------------------------------------


def test_an_issued_edition_is_frozen_and_published(client, publisher, edition):
    address = f"{EDITION}/{edition.pk}/issue/"
    assert "Every entry has words." in shown(client.get(address))
    client.post(address, {"issued": "May 2010", "publish": "on"})
    edition.refresh_from_db()
    assert (edition.issued, edition.publication) == ("2010-05", "published")
    assert client.post(contents(edition), {"up": entry_of("E3").pk}).status_code == 403
    assert client.get(address).status_code == 403
    assert 'name="up"' not in shown(client.get(contents(edition)))
    form = shown(client.get(f"/admin/summaries/entry/{entry_of('E3').pk}/change/"))
    assert 'name="text"' not in form
    assert 'name="title"' not in shown(client.get(f"{EDITION}/{edition.pk}/change/"))


def test_an_edition_without_words_is_not_issued(client, publisher, edition):
    Entry.objects.filter(event__reference="E2").update(text="")
    sent = {"issued": "2010", "publish": ""}
    content = shown(client.post(f"{EDITION}/{edition.pk}/issue/", sent))
    assert "an entry has no words" in content
    edition.refresh_from_db()
    assert not edition.issued
    empty = EditionFactory()
    assert "It has no entries." in shown(client.post(f"{EDITION}/{empty.pk}/issue/", sent))


def test_editors_issue_nothing_and_publish_nothing(client, editor, edition):
    assert client.post(f"{EDITION}/{edition.pk}/issue/", {"issued": "2010"}).status_code == 403
    form = client.get(f"{EDITION}/{edition.pk}/change/").context["adminform"].form
    assert "published" not in dict(form.fields["publication"].choices)


def test_what_is_new_reworded_and_dropped_since_the_edition_before_is_shown(client, editor):
    kept, other, gone = (EventFactory(when=f"200{number}") for number in (3, 4, 5))
    before = SectionFactory(edition=EditionFactory(date="2005", issued="2005", title="Before"))
    after = SectionFactory(edition=EditionFactory(date="2009"))
    for event, words in ((kept, "Same words."), (other, "Some old words."), (gone, "Gone words.")):
        EntryFactory(section=before, event=event, text=words)
    for event, words in ((kept, "Same words."), (other, "Some new words."), (EventFactory(), "Quite new.")):
        EntryFactory(section=after, event=event, text=words)
    content = shown(client.get(f"{EDITION}/{after.edition.pk}/since/"))
    assert "1 new, 1 reworded, 1 dropped, 1 the same." in content
    for part in ("Some <del>old</del> <ins>new</ins> words.", "<ins>Quite new.</ins>", "<del>Gone words.</del>"):
        assert part in content
    assert "There is no edition before it." in shown(client.get(f"{EDITION}/{before.edition.pk}/since/"))


@pytest.mark.parametrize("format", ["txt", "html", "docx", "pdf", "csv"])
def test_staff_take_a_draft_away_in_every_format(format, client, editor, edition):
    assert client.get(f"{EDITION}/{edition.pk}/file.{format}").status_code == 200
    assert client.get(f"{EDITION}/{edition.pk}/file.exe").status_code == 404
    assert client.get(f"{EDITION}/999999/file.{format}").status_code == 404


def test_a_long_edition_is_shown_a_page_at_a_time_and_a_step_leads_to_where_the_entry_stands(client, editor, edition):
    last = edition.sections.get(number=2)
    for _ in range(60):
        EntryFactory(section=last)
    empty = SectionFactory(edition=edition, number=3, heading="Empty")
    first, second = (shown(client.get(contents(edition), {"p": page})) for page in (1, 2))
    assert (first.count('<article class="line"'), second.count('<article class="line"')) == (50, 13)
    sections = [section.pk for section in edition.sections.order_by("number")]
    assert [f'id="section-{pk}"' in first for pk in sections] == [True, True, False]
    assert [f'id="section-{pk}"' in second for pk in sections] == [False, True, True]
    moved = last.entries.order_by("number", "pk").last()
    response = step(client, edition, "up", moved)
    assert response["Location"] == f"{contents(edition)}?p=2#entry-{moved.pk}"
    response = client.post(f"{contents(edition)}?p=2", {"section_remove": empty.pk})
    assert response["Location"] == f"{contents(edition)}?p=2"


# --- How it holds up --------------------------------------------------------------------------------------------------


def test_pages_ask_as_much_for_many_entries_as_for_one(client, publisher, edition):
    def queries():
        counts = []
        for page in ("contents/", "since/", "issue/", "change/"):
            with CaptureQueriesContext(connection) as captured:
                shown(client.get(f"{EDITION}/{edition.pk}/{page}"))
            counts.append(len(captured))
        for address in (f"{EDITION}/", "/admin/summaries/entry/", "/admin/summaries/section/"):
            with CaptureQueriesContext(connection) as captured:
                shown(client.get(address))
            counts.append(len(captured))
        return counts

    EntryFactory(section=SectionFactory(edition=EditionFactory(date="2001", issued="2001")))
    first = queries()
    for _ in range(30):
        EntryFactory(section=edition.sections.get(number=2))
        EventFactory()
        EditionFactory()
    assert queries() == first
