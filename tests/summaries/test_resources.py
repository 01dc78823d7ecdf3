"""Rows of editions, sections and entries: what they take, what is refused, and what is frozen."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from exchange import registry
from exchange.deletions import delete
from exchange.plans import plan
from exchange.replay import replay
from exchange.sessions import Session
from exchange.tables import RowTable
from exchange.undoing import undo_of
from exchange.versions import restoring
from records.models import Batch, Change
from summaries.composing import compose, keep
from summaries.models import Edition, Entry, Section
from summaries.models.edition import NOT_ISSUED
from summaries.models.printed import ISSUED
from tests.exchange.record import bring_in, empty_the_record, exports, planned_lines, problems, row_of, rows_of
from tests.factories import EditionFactory, EntryFactory, EventFactory, PersonFactory, SectionFactory

pytestmark = pytest.mark.django_db

TEXT = "Summary\nMay 2004: Workshop, Bangkok."
READ = {"reference": "S7", "title": "Summary", "origin": "imported", "text": TEXT, "title_spans": "[[0,7]]"}
ENTRY = {"reference": "N7", "edition": "S7", "section": "1", "number": "1", "text": TEXT[8:], "span": "[8,36]"}


@pytest.fixture
def read():
    """An edition that was read, with a section and an entry."""
    bring_in("editions", [READ])
    bring_in("sections", [{"edition": "S7", "number": "1"}])
    bring_in("entries", [ENTRY])


def messages(type, row, **options):
    return [problem.message for problem in plan(type, [row], **options).errors]


def changed(type, key, **cells):
    return row_of(type, key) | cells


# --- What rows take ---------------------------------------------------------------------------------------------------


def test_references_are_given_after_the_letters_s_and_n():
    bring_in("editions", [{"reference": "", "title": "Summary", "date": "", "sha256": ""}])
    bring_in("sections", [{"edition": "S1", "number": "1"}])
    bring_in("entries", [ENTRY | {"reference": "", "edition": "S1", "span": "", "event": ""}])
    assert Entry.objects.get().reference == "N1"


def test_a_row_without_a_reference_is_of_the_same_edition_and_of_the_same_entry(read):
    edition = {"reference": "", "title": "SUMMARY", "date": "", "sha256": "", "note": "The same"}
    entry = ENTRY | {"reference": "", "event": "", "state": "left"}
    bring_in("editions", [edition])
    bring_in("entries", [entry])
    assert (Edition.objects.get().note, Entry.objects.get().state) == ("The same", "left")
    assert problems("editions", [edition | {"date": "soon"}]) == [(2, "date")]
    assert problems("entries", [entry | {"number": "first"}]) == [(2, "number")]


def test_an_entry_moves_to_another_section(read):
    bring_in("sections", [{"edition": "S7", "number": "2"}])
    bring_in("entries", [changed("entries", "N7", section="2", number="5")])
    entry = Entry.objects.get()
    assert (entry.section.number, entry.number) == (2, 5)
    assert messages("entries", changed("entries", "N7", section="3")) == ["The edition S7 has no section 3."]


def test_sections_change_places(read):
    bring_in("sections", [{"edition": "S7", "number": "2", "heading": "Later"}])
    first, second = rows_of("sections")
    swapped = [first | {"number": "2"}, second | {"number": "1"}]
    bring_in("sections", RowTable(swapped, found_by=[first, second]))
    assert [section.heading for section in Section.objects.all()] == ["Later", ""]
    assert Entry.objects.get().section.number == 2


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("fields", '{"title": {"span": [8, 9]}}'),
        ("fields", '{"title": {"span": [8, 9], "inferred": 1}}'),
        ("fields", "[]x"),
        ("fields", '"title"'),
        ("fields", "null"),
        ("fields", "[" * 100_000),
        ("proposal", '{"title": 5}'),
        ("proposal", '{"title": "\\ud800"}'),
        ("span", "[9, 8]"),
        ("span", "[8, 36, 40]"),
        ("span", "[8.5, 36]"),
        ("outcomes", '[{"kind": "finding", "span": [8, 9]}]'),
        ("figures", '[{"status": "in_use", "count": true, "span": [8, 9]}]'),
        ("links", '[{"kind": "follows", "to": "E1", "text": "after", "span": [8, 9], "why": "so"}]'),
        ("doubts", '{"kind": "a guess"}'),
    ],
)
def test_what_was_found_has_its_shape(read, column, cell):
    assert problems("entries", [ENTRY | {column: cell}]) == [(2, column)]


def test_what_was_found_lies_within_the_text(read):
    assert messages("editions", READ | {"reference": "S8", "title_spans": "[[0,99]]"}) == ["The text ends at 36."]
    section = {"edition": "S7", "number": "1"}
    assert problems("sections", [section | {"note_spans": "[[0,2],[3,99]]"}]) == [(2, "note_spans")]
    assert problems("sections", [section | {"heading_span": "[0,7]"}]) == []
    assert problems("entries", [ENTRY | {"text": "Other words"}]) == [(2, "text")]
    assert problems("entries", [ENTRY | {"span": "[0,7]"}]) == [(2, "text")]


def test_in_forms_what_was_found_has_its_shape_too():
    for proposal in ("{", '["title"]'):
        with pytest.raises(ValidationError) as refusal:
            Entry(number=1, proposal=proposal).clean_fields(exclude=["edition", "section"])
        assert list(refusal.value.message_dict) == ["proposal"]


def test_an_edition_that_nothing_knows_is_an_error_with_the_nearest(read):
    (problem,) = plan("entries", [ENTRY | {"edition": "S77"}]).errors
    assert (problem.column, problem.suggestions) == ("edition", ["S7"])


def test_the_text_of_an_edition_does_not_change(read):
    assert "read the document anew" in messages("editions", changed("editions", "S7", text=f"{TEXT} More."))[0]
    assert problems("editions", [{"title": "Summary", "reference": "S8", "origin": "imported"}]) == [(2, "text")]
    with pytest.raises(IntegrityError):
        EditionFactory(text="Words that nobody read")


def test_an_event_that_an_entry_tells_of_is_not_deleted():
    entry = EntryFactory()
    with pytest.raises(ProtectedError, match="others refer to it: entry"):
        delete([entry.event], Batch(origin="admin"))


def test_an_edition_goes_with_all_that_is_printed_in_it_and_a_section_alone_does_not():
    entry = EntryFactory()
    with pytest.raises(ProtectedError, match="others refer to it: entry"):
        delete([entry.section], Batch(origin="admin"))
    delete([entry.edition], Batch(origin="admin"))
    assert [Section.objects.count(), Entry.objects.count()] == [0, 0]
    assert sorted(Change.objects.values_list("type", flat=True)) == ["editions", "entries", "sections"]


# --- What is issued ---------------------------------------------------------------------------------------------------


@pytest.fixture
def issued():
    return EntryFactory(section__edition__issued="2010", section__edition__draft=True)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"text": "Other words"}, ISSUED),
        ({"number": "2"}, ISSUED),
        ({"event": "", "state": "left"}, None),
        ({"doubts": '["Is it so?"]'}, None),
    ],
)
def test_what_is_printed_of_an_issued_edition_stays_and_what_is_known_of_it_changes(issued, cells, message):
    assert messages("entries", changed("entries", issued.reference, **cells)) == ([message] if message else [])


def test_title_and_sections_of_an_issued_edition_stay(issued):
    edition = issued.edition.reference
    assert messages("editions", changed("editions", edition, title="Another")) == [ISSUED]
    assert messages("editions", changed("editions", edition, issued="")) == [ISSUED]
    assert messages("editions", changed("editions", edition, note="Printed", publication="published")) == []
    assert messages("sections", changed("sections", f"{edition} / 1", heading="Another")) == [ISSUED]
    deleting = [{"edition": edition, "number": "1"}]
    assert [problem.message for problem in plan("sections", deleting=deleting).errors] == [ISSUED]


def test_nothing_is_moved_into_an_issued_edition_or_out_of_it(issued):
    other = SectionFactory(edition__draft=True)
    cells = {"edition": other.edition.reference, "section": str(other.number)}
    assert messages("entries", changed("entries", issued.reference, **cells)) == [ISSUED]
    entry = EntryFactory(section=other)
    cells = {"edition": issued.edition.reference, "section": str(issued.section.number)}
    assert messages("entries", changed("entries", entry.reference, **cells)) == [ISSUED]


def test_people_add_nothing_to_an_issued_edition_and_commands_bring_it_in(issued):
    row = {"edition": issued.edition.reference, "number": "9"}
    assert messages("sections", row, by=PersonFactory(role="Publisher")) == [ISSUED]
    assert messages("sections", row) == []


def test_the_forms_obey_the_same_rule(issued):
    edition, section = issued.edition, issued.section
    issued.clean()
    edition.clean()
    section.clean()
    issued.text, edition.title, section.heading = "Other", "Other", "Other"
    for record, field in ((issued, "text"), (edition, "title"), (section, "heading")):
        with pytest.raises(ValidationError) as refusal:
            record.clean()
        assert refusal.value.message_dict == {field: [ISSUED]}
    with pytest.raises(ValidationError, match="issued"):
        Section(edition=edition, number=2).clean()


def test_the_forms_hold_entries_to_their_edition():
    entry = EntryFactory(section__edition__imported=True, text="Summary", span=[0, 7])
    entry.clean()
    with pytest.raises(ValidationError, match="not what the edition"):
        Entry(edition=entry.edition, section=entry.section, number=2, text="Another", span=[0, 7]).clean()
    with pytest.raises(ValidationError, match="no such section"):
        Entry(edition=EditionFactory(), section=entry.section, number=2).clean()
    Entry(number=2).clean()
    Section(number=2).clean()
    with pytest.raises(ValidationError, match="has the text"):
        Edition(title="Summary", origin="imported").clean()


def test_a_deleted_edition_comes_back_though_it_was_issued(issued):
    before = exports()
    batch = Batch(origin="admin")
    delete([issued.edition], batch)
    change = Change.objects.get(type="editions")
    parts, notes = restoring(registry.resource_of("editions"), change)
    for part in parts:
        part.plan(PersonFactory(role="Publisher")).apply(Batch(origin="restore"))
    assert notes == []
    assert exports() == before


def test_a_batch_that_composed_what_was_issued_since_stays_and_says_why():
    EventFactory(title="Workshop", when="2002-09")
    edition = keep(compose())
    batch = Batch.objects.first()
    bring_in("editions", [changed("editions", edition.reference, issued="2010")])
    assert [each.why for each in undo_of(Batch.objects.first()).kept_back] == [ISSUED]
    undo = undo_of(batch)
    assert undo.parts == []
    assert {(each.type, each.why) for each in undo.kept_back if each.type != "editions"} == {
        ("entries", ISSUED),
        ("sections", "The entry “N1 Workshop” refers to it."),
    }


def test_what_happened_before_it_was_issued_happens_again(read):
    bring_in("entries", [changed("entries", "N7", number="4")])
    bring_in("editions", [changed("editions", "S7", issued="2010")])
    before, changes = exports(), list(Change.objects.select_related("batch"))
    empty_the_record()
    replay(changes)
    assert exports() == before


# --- Who may do what, and who sees it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "cells", "good"),
    [
        ("Viewer", {"note": "One"}, False),
        ("Editor", {"note": "One"}, True),
        ("Editor", {"issued": "2010"}, False),
        ("Editor", {"publication": "published"}, False),
        ("Publisher", {"issued": "2010", "publication": "published"}, True),
        ("Publisher", {"publication": "published"}, False),
    ],
)
def test_roles_say_who_may_change_issue_and_publish(role, cells, good):
    edition = EditionFactory(draft=True)
    row = changed("editions", edition.reference, **cells)
    assert plan("editions", [row], by=PersonFactory(role=role)).is_good is good


def test_what_was_composed_is_published_once_it_is_issued(client):
    edition = EditionFactory(draft=True)
    assert messages("editions", changed("editions", edition.reference, publication="published")) == [NOT_ISSUED]
    client.force_login(PersonFactory(role="Publisher"))
    form = {"title": edition.title, "date": "2009", "note": "", "publication": "published"}
    shown = client.post(f"/admin/summaries/edition/{edition.pk}/change/", form).content.decode()
    assert NOT_ISSUED in shown
    assert not Edition.objects.published().exists()
    imported = EditionFactory(imported=True, draft=True)
    assert messages("editions", changed("editions", imported.reference, publication="published")) == []


def test_what_belongs_to_a_published_edition_is_changed_by_those_who_may_publish():
    entry = EntryFactory()
    row = changed("entries", entry.reference, state="left")
    assert "published editions" in messages("entries", row, by=PersonFactory(role="Editor"))[0]
    assert messages("entries", row, by=PersonFactory(role="Publisher")) == []


def public_rows(type):
    resource = registry.resource_of(type)(Session(public=True))
    private = {name for name, column in resource.columns.items() if column.private}
    records = resource.in_order(resource.public_records())
    return [{name: cell for name, cell in row.items() if name not in private} for row in resource.rows(records)]


def test_the_public_sees_what_is_printed_in_published_editions_and_no_unpublished_event():
    public = EntryFactory(doubts=["Is it so?"], proposal={"title": "A guess"}, text="Ports, Perth.")
    hidden = EntryFactory(section=public.section, event=EventFactory(draft=True))
    EntryFactory(section__edition__draft=True)
    edition = public.edition
    assert public_rows("editions") == [
        {"reference": edition.reference, "title": edition.title, "date": "2009-10", "origin": "composed", "issued": ""}
    ]
    assert [row["edition"] for row in public_rows("sections")] == [edition.reference]
    shared = {"edition": edition.reference, "section": "1"}
    assert public_rows("entries") == [
        shared | {"reference": public.reference, "number": "1", "event": public.event.reference, "text": public.text},
        shared | {"reference": hidden.reference, "number": "2", "event": "", "text": hidden.text},
    ]


# --- Query sets -------------------------------------------------------------------------------------------------------


def test_editions_are_told_apart():
    old, new = EditionFactory(date="2006", imported=True, sha256="a" * 64), EditionFactory(date="2009", issued="2010")
    EditionFactory(draft=True, date="")
    assert list(Edition.objects.published().newest_first()) == [new, old]
    assert list(Edition.objects.issued()) == [new]
    assert list(Edition.objects.imported()) == list(Edition.objects.read_from("a" * 64)) == [old]
    assert (Edition.objects.composed().count(), old.is_issued, old.code) == (2, False, old.reference)


def test_entries_are_told_apart():
    accepted = EntryFactory(text="May 2004: Workshop.")
    doubtful = EntryFactory(section=accepted.section, state="open", event=None, doubts=["Is it so?"])
    left = EntryFactory(section=accepted.section, state="left", event=None, proposal={"title": "Ports"})
    assert list(Entry.objects.in_order()) == [accepted, doubtful, left]
    assert list(Entry.objects.doubtful_first()) == [doubtful, accepted, left]
    assert list(Entry.objects.without_doubts()) == [accepted, left]
    assert [list(each) for each in (Entry.objects.waiting(), Entry.objects.accepted(), Entry.objects.left())] == [
        [doubtful], [accepted], [left],
    ]  # fmt: skip
    assert list(Entry.objects.printed()) == [(accepted.text, accepted.event.reference)]
    assert [str(accepted), left.heading, accepted.code] == [
        f"{accepted.reference} May 2004: Workshop.", "Ports", accepted.reference,
    ]  # fmt: skip
    assert str(accepted.section).startswith(f"{accepted.edition.reference}, section 1")
    assert accepted.is_published
    assert accepted.section.is_published


def test_lines_of_a_plan_tell_what_changes(read):
    (line,) = planned_lines("entries", [ENTRY | {"doubts": '[ "Is it so?" ]'}])
    assert line.fields == {"doubts": ("", '["Is it so?"]')}
