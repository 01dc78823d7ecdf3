"""The record office in a real browser: for everybody of the staff, on every screen, and valid."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from baliprocess.roles import ROLES
from events.models import Event
from exchange.models import UnknownName
from tests.browser.conftest import follow
from tests.browser.looking import at, wrong_with


@pytest.mark.parametrize("role", [None, *ROLES])
def test_everybody_of_the_staff_signs_in_and_reads_a_draft_without_a_complaint(sign_in, role):
    page = sign_in(role)
    page.goto("/admin/events/event/")
    follow(page, page.get_by_role("link", name="E26").first)
    assert "Operationalising Immigration Intelligence workshop" in page.content()


# --- Every kind of page -----------------------------------------------------------------------------------------------


def pages(page, other):
    """Open every kind of page of the office, one after the other, and yield what it is called.

    page   that of a superuser
    other  that of somebody else who saves the same event first
    """
    event = Event.objects.get(reference="E21")
    form = f"/admin/events/event/{event.pk}/change/"
    UnknownName.objects.create(
        text="Fidji", sought="participant", type="events", column="hosts", file="rows.csv", last_seen=timezone.now()
    )
    yield from at(page, ADDRESSES)
    yield from at(page, {"form of an event": form, "deletion": form.replace("change", "delete")})

    page.goto("/admin/events/event/add/")
    for row in ("Participant", "Outcome", "Link"):
        page.get_by_role("button", name=f"Add another {row}", exact=True).click()
    yield "new event with rows"
    page.get_by_role("textbox", name="When", exact=True).fill("03/04/2005")
    expect(page.get_by_text("it may be 3 April 2005 or 4 March 2005")).to_be_visible()
    page.get_by_text("Paste a list of participants", exact=True).first.click()
    page.get_by_label("paste a list of participants").fill("ROK and Fidji")
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("1 row added above; 1 in doubt.")).to_be_visible()
    yield "new event with a doubt"
    page.get_by_role("textbox", name="Title", exact=True).fill("Ports of entry")
    page.get_by_role("combobox", name="Kind", exact=True).first.select_option("Seminar")
    follow(page, page.get_by_role("button", name="Save draft"))
    expect(page.locator(".error-summary")).to_be_visible()
    yield "new event with errors"

    for each, venue in ((page, "The harbour"), (other, "The airport")):
        each.goto(form)
        each.get_by_label("Venue", exact=True).fill(venue)
    follow(other, other.get_by_role("button", name="Save and stay"))
    expect(other.locator(".messagelist")).to_be_visible()
    follow(page, page.get_by_role("button", name="Save and stay"))
    expect(page.get_by_role("alert")).to_be_visible()
    yield "event with a conflict"
    follow(page, page.get_by_role("button", name="Save and stay"))
    expect(page.locator(".messagelist")).to_be_visible()

    follow(page, page.get_by_role("link", name="History"))
    yield "history"
    follow(page, page.get_by_role("button", name="Compare the two chosen versions"))
    yield "comparison"
    follow(page, page.get_by_role("button", name="Go back to this version").first)
    yield "plan"
    follow(page, page.get_by_role("button", name="Write it to the record"))
    follow(page, page.get_by_role("link", name="All of batch").first)
    yield "batch"

    follow(page, page.get_by_role("button", name="Sign out"))
    page.goto("/admin/login/")
    yield "sign-in"


ADDRESSES = {
    "first page": "/admin/",
    "events": "/admin/events/event/",
    "events, filtered": "/admin/events/event/?missing=body&when=2004&kind__exact=workshop",
    "countries": "/admin/participants/country/",
    "names": "/admin/participants/name/",
    "a new name": "/admin/participants/name/add/",
    "a new country": "/admin/participants/country/add/",
    "a new outcome": "/admin/events/outcome/add/",
    "documents": "/admin/library/document/",
    "a new document": "/admin/library/document/add/",
    "files": "/admin/library/document/add-files/",
    "what was deleted": "/admin/events/event/deleted/",
    "import": "/admin/import/",
    "import of events": "/admin/events/event/import/",
    "batches": "/admin/records/batch/",
    "people": "/admin/auth/user/",
    "a new person": "/admin/auth/user/add/",
    "password": "/admin/password_change/",
    "help": "/admin/help/",
    "new event": "/admin/events/event/add/",
}


def test_every_page_is_for_everybody_and_sound(sign_in, tmp_path):
    page, other = sign_in(reduced_motion="reduce"), sign_in("Administrator")
    assert wrong_with(page, pages(page, other), tmp_path) == {}
