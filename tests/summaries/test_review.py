"""A summary is uploaded, reviewed beside its words, corrected and accepted; nothing is written unseen."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event, Place
from library.models import Document, ReportedFigure
from participants.models import Agency, Name
from records.models import Batch, Change
from summaries.models import Edition
from tests.editing import Editor, all_the_same
from tests.exchange.record import bring_in
from tests.factories import (
    AgencyFactory,
    CountryFactory,
    EntryFactory,
    EventFactory,
    InstrumentFactory,
    PersonFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db

READ = reverse("admin:summaries_edition_read")
SUMMARY = """Summary of Activities

Activities since the beginning

(There were other meetings too.)

• May 2004: Targeting workshop, Bangkok. Hosted by the Ministry of Ports.
• June 2004: Document fraud seminar, Bangkok. Chaired by Australia.
• July 2004: Gathering of minds, Bangkok.
"""


@pytest.fixture(autouse=True)
def known(settings, tmp_path):
    settings.VAR_DIRECTORY = tmp_path
    CountryFactory(alpha2="AU", name="Australia", alpha3="AUS")
    PlaceFactory(city="Bangkok", country=CountryFactory(alpha2="TH", name="Thailand"))


@pytest.fixture
def editor(client):
    return Editor(client, PersonFactory(role="Editor"))


def upload(who, text=SUMMARY, name="summary.txt", follow=False):
    return who.client.post(READ, {"file": SimpleUploadedFile(name, text.encode())}, follow=follow)


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def review(edition=None, show=""):
    edition = edition or Edition.objects.get()
    address = reverse("admin:summaries_edition_review", args=[edition.pk])
    return f"{address}?show={show}" if show else address


def entry_called(words):
    return next(entry for entry in Edition.objects.get().entries.all() if words in entry.text)


def correction(entry):
    return reverse("admin:summaries_edition_correct", args=[entry.edition_id, entry.pk])


def form_of(who, entry):
    """What a browser would send of the correction of an entry, were nothing changed."""
    context = who.client.get(correction(entry)).context
    data = {"opened": context["opened"]}
    for form in [context["form"], context["names"].management_form, *context["names"].forms]:
        data |= {field.html_name: field.value() for field in form if field.value() is not None}
    when = data["when"]
    return data | {"when": when.display() if hasattr(when, "display") else when}


def correct(who, entry, button="save", **fields):
    return who.client.post(correction(entry), form_of(who, entry) | fields | {button: "yes"}, follow=True)


def decide(who, decision, which="chosen", entries=(), edition=None):
    data = {decision: which, "entry": [entry.pk for entry in entries]}
    return who.client.post(review(edition), data, follow=True)


def confirm(who, planned):
    data = {"fingerprint": planned.context["plan"].fingerprint, "reason": ""}
    return who.client.post(planned.redirect_chain[-1][0], data, follow=True)


# --- The file ---------------------------------------------------------------------------------------------------------


def test_a_file_is_kept_with_its_entries_and_no_activity_is_touched(editor):
    shown = text_of(upload(editor, follow=True))
    edition = Edition.objects.get()
    assert (edition.title, edition.entries.count(), Event.objects.count()) == ("Summary of Activities", 3, 0)
    assert "“summary.txt” is kept as S1. Nothing else was changed." in shown
    batch = Batch.objects.get()
    assert (batch.origin, batch.by) == ("summary", editor.user)
    assert all_the_same()


def test_the_same_file_again_leads_to_the_edition_that_it_is(editor):
    upload(editor)
    again = upload(editor, name="again.txt", follow=True)
    assert again.redirect_chain == [(review(), 302)]
    assert "This file was read before: it is kept as S1. Here it is" in text_of(again)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("summary.odt", "x", "none of the files that can be read"),
        ("summary.docx", "no archive", "no sound Word document"),
        ("summary.txt", "  \n ", "no text to read"),
        ("ประชุม" * 40 + ".docx", "no archive", "no sound Word document"),
        ("summary.pdf", "%PDF-1.4 broken", "no sound PDF"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(editor, name, text, words):
    refused = text_of(upload(editor, text, name, follow=True))
    assert words in refused
    assert not Edition.objects.exists()


def test_a_file_that_is_too_large_is_refused(editor, settings):
    settings.IMPORT_MAX_BYTES = 10
    assert "are allowed: split it" in text_of(upload(editor, follow=True))


def test_a_document_that_would_unpack_to_too_much_is_refused(editor, settings):
    settings.IMPORT_MAX_UNPACKED_BYTES = 1000
    document = Path(__file__).parent / "documents" / "working-groups.docx"
    sent = SimpleUploadedFile("summary.docx", document.read_bytes())
    assert "would unpack to" in text_of(editor.client.post(READ, {"file": sent}))


# --- The review -------------------------------------------------------------------------------------------------------


def test_the_words_stand_marked_beside_what_was_read_from_them_and_doubts_come_first(editor):
    shown = text_of(upload(editor, follow=True))
    assert '<span class="read" data-read="when">May 2004</span>' in shown
    assert '<a class="quote" href="#N1-when"><span class="unseen">from the words </span><q>May 2004</q></a>' in shown
    assert 'id="N1-when"' in shown
    order = [shown.index(words) for words in ("Ministry of Ports", "Gathering of minds", "Document fraud seminar")]
    assert order == sorted(order)
    assert '<span class="inferred">inferred</span>' in shown
    assert "nothing is known as “Ministry of Ports”" in shown
    assert "It would make a new draft." in shown


def test_the_whole_document_shows_headings_notes_and_what_was_not_understood(editor):
    upload(editor)
    edition = Edition.objects.get()
    edition.sections.update(note_spans=[])
    shown = text_of(editor.client.get(review(edition, "all")))
    assert '<h2 class="printed">Activities since the beginning</h2>' in shown
    assert "Not understood: 1 passage<" in shown
    assert '<blockquote class="unread">(There were other meetings too.)</blockquote>' in shown


def test_what_is_shown_can_be_chosen_and_is_counted(editor):
    upload(editor)
    decide(editor, "leave", entries=[entry_called("Document fraud")])
    counts = {key: number for key, _words, number in editor.client.get(review()).context["review"].counts}
    assert counts == {"waiting": 2, "doubts": 2, "new": 2, "known": 0, "accepted": 0, "left": 1, "all": 3}
    left = text_of(editor.client.get(review(show="left")))
    assert "Document fraud" in left
    assert "Targeting" not in left
    assert "It was left out of the record." in left


def test_an_entry_of_the_record_shows_what_it_would_add(editor):
    place = PlaceFactory(city="Bali", country=CountryFactory(alpha2="ID", name="Indonesia"))
    EventFactory(reference="E5", title="Ports seminar", kind="seminar", when="2004-06", place=place, draft=True)
    shown = text_of(upload(editor, "Summary\n\n• June 2004: Ports seminar, Bali. Chaired by Australia.\n", follow=True))
    assert '<span class="verb changed">adds to</span>' in shown
    assert ">E5 Ports seminar</a>" in shown
    assert "<ins>Australia</ins>" in shown


def test_a_thousand_entries_open_a_page_at_a_time_with_as_many_queries_as_few(client, admin_user):
    who = Editor(client, admin_user)
    lines = "".join(f"• May 2004: Targeting workshop no {number}, Bangkok.\n" for number in range(60))
    upload(who, f"Summary\n\n{lines}")
    upload(who, "Summary\n\n• May 2004: Targeting workshop no 1000, Bangkok.\n", "single.txt")
    many, single = Edition.objects.order_by("pk")
    for show in ("", "all", "known"):
        numbers = []
        for edition in (single, many):
            client.get(review(edition, show))
            with CaptureQueriesContext(connection) as queries:
                shown = text_of(client.get(review(edition, show)))
            numbers.append(len(queries))
        assert numbers[0] == numbers[1]
    assert "60 in all" in text_of(client.get(review(many)))
    assert text_of(client.get(review(many) + "?p=3")).count("<article") == 20
    assert shown.count("<article") == 0


def test_outcomes_links_and_figures_quote_their_words_too(editor):
    told = "Following on from the targeting workshop in Bangkok. Participants agreed to share lists."
    told += " This showed: 17 countries had made use of the model legislation."
    upload(editor, f"{SUMMARY}• August 2004: Review meeting, Bangkok. {told}\n")
    shown = text_of(editor.client.get(review()))
    for words in ("<dt>Agreement</dt>", "<dt>Link</dt><dd>follows ", "<dt>Figure</dt><dd>17 in use</dd>"):
        assert words in shown
    assert "<q>Participants agreed to share lists.</q>" in shown
    entry = entry_called("Review meeting")
    choices = editor.client.get(correction(entry)).context["form"].fields["left_out"].choices
    agreement, link = (next(key for key, words in choices if words.startswith(sort)) for sort in ("agreement", "link"))
    correct(editor, entry, left_out=[agreement, link])
    corrected = entry_called("Review meeting")
    assert (corrected.outcomes, corrected.links) == (entry.outcomes[1:], entry.links[1:])
    assert corrected.figures == entry.figures
    assert "is not one of the available choices" in text_of(correct(editor, entry, left_out=[agreement]))


def test_what_comes_to_the_library_is_said_before_it_is_accepted(editor):
    told = "Ministers issued a joint statement. 17 countries had made use of the model legislation."
    upload(editor, f"{SUMMARY}• August 2004: Review meeting, Bangkok. {told}\n")
    shown = text_of(editor.client.get(review()))
    assert "<dt>Document</dt><dd>Joint statement (statement)</dd>" in shown
    assert "It adds the document “Joint statement” to the library, a draft for the secretariat without a file." in shown
    assert "Its figures stay with the entry: which instrument of the library they are of cannot be told." in shown
    law = {"slug": "model-law", "name": "Law on smuggling", "kind": "model_legislation", "publication": "draft"}
    bring_in("instruments", [law])
    assert "It adds one reported figure to “Law on smuggling”." in text_of(editor.client.get(review()))
    confirm(editor, decide(editor, "accept", entries=[entry_called("Review meeting")]))
    assert (Document.objects.get().title, ReportedFigure.objects.get().count) == ("Joint statement", 17)


def test_what_may_not_come_to_what_is_published_is_said_before_it_is_accepted(editor):
    bangkok = Place.objects.get(city="Bangkok")
    told = "17 countries had made use of the model legislation."
    EventFactory(title="Review meeting", kind="meeting", when="2004-08", place=bangkok, description=told)
    InstrumentFactory()
    upload(editor, f"Summary\n\n• August 2004: Review meeting, Bangkok. {told}\n")
    shown = text_of(editor.client.get(review()))
    assert '<span class="verb error">not yet</span>' in shown
    assert "You have no right to change what belongs to published instruments." in shown
    editor.client.force_login(PersonFactory(role="Publisher"))
    shown = text_of(editor.client.get(review()))
    assert '<span class="verb same">in the record</span> It changes nothing of <a' in shown
    assert "It adds one reported figure to " in shown


# --- Accepting and leaving --------------------------------------------------------------------------------------------


def test_what_is_accepted_is_shown_as_a_plan_and_becomes_a_draft(editor):
    upload(editor)
    planned = decide(editor, "accept", entries=[entry_called("Document fraud")])
    assert "Accept 1 entry of S1" in text_of(planned)
    assert not Event.objects.exists()
    done = confirm(editor, planned)
    assert done.redirect_chain[-1][0] == review()
    event = Event.objects.get()
    assert (event.title, event.publication) == ("Document fraud seminar", "draft")
    assert entry_called("Document fraud").event == event
    assert Batch.objects.latest("pk").origin == "summary"
    accepted = text_of(editor.client.get(review(show="accepted")))
    assert f'href="{reverse("admin:events_event_change", args=[event.pk])}"' in accepted
    assert 'name="accept" value="' not in accepted.split("<article")[1]
    assert all_the_same()


def test_all_without_doubts_are_accepted_at_once(editor):
    upload(editor, SUMMARY.replace(" Hosted by the Ministry of Ports.", ""))
    planned = decide(editor, "accept", "sound")
    assert "Accept 2 entries of S1" in text_of(planned)
    confirm(editor, planned)
    assert sorted(Event.objects.values_list("title", flat=True)) == ["Document fraud seminar", "Targeting workshop"]


def test_what_is_left_can_be_opened_again_and_leaves_its_changes(editor):
    upload(editor)
    entry = entry_called("Gathering")
    assert "1 entry left out." in text_of(decide(editor, "leave", str(entry.pk)))
    assert entry_called("Gathering").state == "left"
    assert "1 entry open again." in text_of(decide(editor, "reopen", str(entry.pk)))
    assert entry_called("Gathering").state == "open"
    assert [change.after["state"] for change in Change.objects.filter(key=entry.reference)] == ["open", "left", "open"]
    assert not Event.objects.exists()


def test_two_who_accept_an_entry_make_one_activity(editor):
    upload(editor)
    entry = entry_called("Document fraud")
    first, second = (decide(editor, "accept", entries=[entry]) for _ in range(2))
    confirm(editor, first)
    late = confirm(editor, second)
    assert "Somebody has accepted it already, as E1." in text_of(late)
    assert "Write it to the record" not in text_of(late)
    assert Event.objects.get() == entry_called("Document fraud").event


@pytest.mark.parametrize("which", ["chosen", "no key", "99"])
def test_nothing_chosen_is_said(editor, which):
    upload(editor)
    assert "No entry was chosen" in text_of(decide(editor, "accept", which))


def test_an_entry_that_cannot_be_accepted_says_why_on_its_plan(editor):
    upload(editor)
    planned = text_of(decide(editor, "accept", str(entry_called("Ministry of Ports").pk)))
    assert "No country or agency is known as “Ministry of Ports”." in planned
    assert "Write it to the record" not in planned


# --- Correcting -------------------------------------------------------------------------------------------------------


def test_each_column_is_corrected_as_a_cell_with_its_date_as_typed(editor):
    upload(editor)
    entry = entry_called("Gathering")
    shown = text_of(editor.client.get(correction(entry)))
    assert 'value="July 2004"' in shown
    assert "Understood as: July 2004, kept as 2004-07" in shown
    assert "from <q>Gathering of minds</q>" in shown
    saved = correct(editor, entry, kind="seminar", when="3-4 July 2004", hosts="AU; Thailand [with a dinner]")
    assert f"{entry.reference} is corrected." in text_of(saved)
    entry = entry_called("Gathering")
    assert entry.proposal["when"] == "2004-07-03/2004-07-04"
    assert entry.proposal["hosts"] == "AU; Thailand [with a dinner]"
    assert entry.doubts == []
    assert not entry.fields["kind"]["inferred"]
    assert all_the_same()


def test_what_cannot_be_read_is_refused_beside_its_field_and_nothing_is_saved(editor):
    upload(editor)
    entry = entry_called("Gathering")
    shown = text_of(correct(editor, entry, when="03/04/2005", country="Tailand", title="", activity="E99", bodies="?"))
    for words in (
        "No body is known as “?”.",
        "it may be 3 April 2005",
        "Nearest: Thailand",
        "This field is required",
        "has no activity E99",
    ):
        assert words in shown
    assert entry_called("Gathering").proposal == entry.proposal


def test_a_doubt_is_settled_by_a_tick(editor):
    upload(editor)
    entry = entry_called("Gathering")
    correct(editor, entry, settled=entry.doubts)
    assert entry_called("Gathering").doubts == []
    assert entry_called("Gathering").proposal == entry.proposal


def test_another_activity_of_the_record_is_chosen_and_nothing_is_doubled(editor):
    EventFactory(reference="E7", title="Meeting of minds", kind="workshop", when="2004-07", draft=True)
    upload(editor)
    entry = entry_called("Gathering")
    shown = text_of(editor.client.get(correction(entry)))
    assert '<option value="E7">Meeting of minds, July 2004</option>' in shown
    planned = correct(editor, entry, "accept", activity="E7")
    confirm(editor, planned)
    assert entry_called("Gathering").event.reference == "E7"
    assert Event.objects.count() == 1


def test_an_entry_like_one_of_the_record_can_be_a_new_activity_all_the_same(editor):
    place = PlaceFactory(city="Bali", country=CountryFactory(alpha2="ID", name="Indonesia"))
    EventFactory(reference="E5", title="Ports seminar", kind="seminar", when="2004-06", place=place, draft=True)
    upload(editor, "Summary\n\n• 3 June 2004: Ports seminar, Bali. Chaired by Australia.\n")
    entry = entry_called("Ports")
    assert "or say that it is a new one, not both" in text_of(correct(editor, entry, is_new="on", activity="E5"))
    assert entry_called("Ports").proposal["reference"] == "E5"
    correct(editor, entry, is_new="on", activity="")
    assert "It would make a new draft." in text_of(editor.client.get(review()))
    confirm(editor, decide(editor, "accept", "sound"))
    assert Event.objects.count() == 2
    assert entry_called("Ports").event.reference != "E5"


def test_a_name_that_nothing_knows_becomes_a_new_agency(editor):
    upload(editor)
    entry = entry_called("Ministry of Ports")
    decision = {"names-0-decision": "new", "names-0-country": "TH"}
    planned = correct(editor, entry, "accept", **decision)
    assert "Accept Targeting workshop" in text_of(planned)
    assert not Agency.objects.exists()
    confirm(editor, planned)
    agency = Agency.objects.get()
    assert (agency.name, agency.kind, agency.country.alpha2) == ("Ministry of Ports", "ministry", "TH")
    assert [part.participant_id for part in Event.objects.get().involvements.all()] == [agency.pk]
    assert entry_called("Ministry of Ports").doubts == []
    assert all_the_same()


def test_a_name_that_nothing_knows_is_learnt_as_that_of_somebody_known_in_all_entries(editor):
    agency = AgencyFactory(name="Harbour Ministry", slug="harbour-ministry")
    again = "• August 2004: Second workshop, Bangkok. Hosted by the Ministry of Ports.\n"
    upload(editor, SUMMARY + again)
    entry = entry_called("Targeting")
    planned = correct(editor, entry, **{"names-0-decision": "known", "names-0-known": "Harbour Ministry"})
    assert "Make known what Targeting workshop names" in text_of(planned)
    confirm(editor, planned)
    assert Name.objects.get(text="Ministry of Ports").participant_id == agency.pk
    assert [entry_called(words).doubts for words in ("Targeting", "Second")] == [[], []]
    assert all_the_same()


def test_who_is_meant_must_be_known(editor):
    upload(editor)
    entry = entry_called("Ministry of Ports")
    shown = text_of(correct(editor, entry, **{"names-0-decision": "known", "names-0-known": "Nobody"}))
    assert "No country or agency is known as “Nobody”." in shown


def test_a_new_name_in_a_cell_is_kept_as_a_doubt(editor):
    upload(editor)
    entry = entry_called("Gathering")
    correct(editor, entry, kind="meeting", hosts="Office of Weather")
    assert entry_called("Gathering").doubts == ["hosts: nothing is known as “Office of Weather”."]


def test_a_series_that_nothing_knows_is_a_doubt_and_is_made_with_the_activity(editor):
    upload(editor)
    correct(editor, entry_called("Gathering"), series="Minds", kind="meeting")
    doubt = "series: nothing is known as “Minds”. Proposed: a new series of that name."
    assert entry_called("Gathering").doubts == [doubt]
    assert "It makes the series Minds." in text_of(editor.client.get(review()))
    planned = correct(editor, entry_called("Gathering"), "accept", settled=[doubt])
    confirm(editor, planned)
    assert Event.objects.get().series.name == "Minds"
    assert entry_called("Gathering").doubts == []


def test_two_who_correct_an_entry_lose_nothing(editor):
    upload(editor)
    entry = entry_called("Gathering")
    opened = form_of(editor, entry)
    correct(editor, entry, kind="meeting", venue="The harbour")
    later = opened | {"kind": "seminar", "hosts": "AU", "save": "yes"}
    held = editor.client.post(correction(entry), later)
    shown = text_of(held)
    assert f"{entry.reference} was changed while you were typing." in shown
    assert "Kind: saved meanwhile “meeting”; yours stands below." in shown
    assert entry_called("Gathering").proposal["kind"] == "meeting"
    again = {
        name: field.value() or "" for name in held.context["form"].fields for field in [held.context["form"][name]]
    }
    now = {"opened": held.context["opened"], "names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0, "save": "yes"}
    editor.client.post(correction(entry), again | now, follow=True)
    proposal = entry_called("Gathering").proposal
    assert (proposal["kind"], proposal["venue"], proposal["hosts"]) == ("seminar", "The harbour", "AU")


def test_what_was_accepted_meanwhile_is_not_corrected(editor):
    upload(editor)
    entry = entry_called("Document fraud")
    opened = form_of(editor, entry)
    confirm(editor, decide(editor, "accept", entries=[entry]))
    late = editor.client.post(correction(entry), opened | {"title": "Another", "save": "yes"}, follow=True)
    assert "has been accepted" in text_of(late)
    assert entry_called("Document fraud").proposal["title"] == "Document fraud seminar"
    assert "Save the correction" not in text_of(editor.client.get(correction(entry)))


# --- Rights -----------------------------------------------------------------------------------------------------------


def test_who_may_only_look_sees_the_review_and_can_do_nothing(client, editor):
    upload(editor)
    entry = entry_called("Gathering")
    viewer = Editor(client, PersonFactory(role="Viewer"))
    shown = text_of(client.get(review())) + text_of(client.get(correction(entry)))
    assert "Targeting workshop" in shown
    for words in ('name="accept"', 'name="leave"', 'name="save"', 'name="entry"'):
        assert words not in shown
    assert viewer.client.get(READ).status_code == 403
    assert upload(viewer).status_code == 403
    assert decide(viewer, "accept", str(entry.pk)).status_code == 403
    assert client.post(correction(entry), {"save": "yes"}).status_code == 403


def test_who_has_no_role_is_refused_and_strangers_are_asked_to_sign_in(client, editor, django_user_model):
    upload(editor)
    entry = entry_called("Gathering")
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    assert {client.get(address).status_code for address in (READ, review(), correction(entry))} == {403}
    client.logout()
    assert {client.get(address).status_code for address in (READ, review(), correction(entry))} == {302}


def test_what_is_not_there_is_not_found(editor):
    upload(editor)
    entry, here = entry_called("Gathering"), review()
    composed = Edition.objects.create(reference="S9", title="Composed")
    for address in (review(composed), correction(entry).replace(f"/{entry.pk}/", "/9999/")):
        assert editor.client.get(address).status_code == 404
    assert editor.client.post(here, {"nonsense": "yes"}).status_code == 404


@pytest.fixture
def clerk(client, django_user_model):
    """Somebody who may change editions and nothing that stands in them."""
    user = django_user_model.objects.create_user("clerk", is_staff=True)
    allowed = ["add_event", "view_edition", "add_edition", "change_edition"]
    user.user_permissions.set(Permission.objects.filter(codename__in=allowed))
    return Editor(client, user)


def test_rows_obey_the_rights_of_whoever_decides(editor, clerk):
    assert "You have no right to add" in text_of(upload(clerk, follow=True))
    editor.client.force_login(editor.user)
    upload(editor)
    entry = entry_called("Gathering")
    clerk.client.force_login(clerk.user)
    assert "You have no right to change entries." in text_of(decide(clerk, "leave", str(entry.pk)))
    assert "You have no right to change entries." in text_of(correct(clerk, entry, venue="The harbour"))
    assert entry_called("Gathering").proposal == entry.proposal


def test_every_form_is_protected_against_forgery(editor):
    upload(editor)
    entry = entry_called("Gathering")
    editor.client.handler.enforce_csrf_checks = True
    for address in (READ, review(), correction(entry)):
        assert editor.client.post(address, {"save": "yes"}).status_code == 403
        assert "csrfmiddlewaretoken" in text_of(editor.client.get(address))


# --- Where each word came from ----------------------------------------------------------------------------------------


def test_the_form_of_an_activity_quotes_the_words_of_each_column(editor):
    upload(editor)
    confirm(editor, decide(editor, "accept", entries=[entry_called("Document fraud")]))
    event, entry = Event.objects.get(), entry_called("Document fraud")
    shown = text_of(editor.open(event))
    assert '<span class="read" data-read="when">June 2004</span>' in shown
    assert '<div data-column="chairs"><dt>Chairs</dt><dd><q>Australia</q></dd></div>' in shown
    assert f'<a href="{correction(entry)}">Summary of Activities, {entry.reference}</a>' in shown
    other = EventFactory(draft=True)
    EntryFactory(event=other)
    assert "From the source" not in text_of(editor.open(other))


def test_the_form_of_an_activity_takes_as_many_queries_for_many_entries_as_for_one(editor):
    upload(editor)
    confirm(editor, decide(editor, "accept", entries=[entry_called("Document fraud")]))
    event, numbers = Event.objects.get(), []
    for _ in range(2):
        editor.open(event)
        with CaptureQueriesContext(connection) as queries:
            editor.open(event)
        numbers.append(len(queries))
        Edition.objects.get().entries.update(event=event, state="accepted")
    assert numbers[0] == numbers[1]
    assert text_of(editor.open(event)).count("<blockquote") == 3
