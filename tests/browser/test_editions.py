"""The next edition of the Summary of Activities in real browsers: composed, edited, issued, and read by the public."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow
from tests.browser.looking import at, wrong_with

EDITIONS = "/admin/summaries/edition/"


def compose(page, until="2003"):
    page.goto(EDITIONS)
    follow(page, page.get_by_role("link", name="Compose an edition"))
    page.get_by_role("textbox", name="Up to").fill(until)
    follow(page, page.get_by_role("button", name="Compose it"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Contents of S1")


def entry(page, words):
    return page.get_by_role("article").filter(has_text=words)


def issue(page):
    follow(page, page.get_by_role("link", name="Issue", exact=True))
    page.get_by_label("Issued").fill("May 2004")
    follow(page, page.get_by_role("button", name="Issue S1"))


@pytest.mark.parametrize("script", [True, False])
def test_an_edition_is_composed_edited_and_issued(sign_in, script):
    page = sign_in("Publisher", java_script_enabled=script)
    page.goto(EDITIONS)
    follow(page, page.get_by_role("link", name="Compose an edition"))
    page.get_by_role("textbox", name="Up to").fill("September 2003")
    follow(page, page.get_by_role("button", name="Show what it would hold"))
    expect(page.get_by_role("main")).to_contain_text("What it would hold up to September 2003")
    follow(page, page.get_by_role("button", name="Compose it"))
    expect(page.locator(".messagelist")).to_contain_text("S1 is composed. It is a draft")
    expect(page.get_by_role("main")).to_contain_text(f"{entry_name(page)} is marked for a look.")

    follow(page, entry(page, "progress review meeting").get_by_role("button", name="up"))
    follow(page, entry(page, "Shenzhen").get_by_role("button", name="out"))
    expect(entry(page, "Shenzhen")).to_have_count(0)
    follow(page, entry(page, "Port Dickson").get_by_role("link", name="Change"))
    page.get_by_label("Text").fill("September 2002: Legislation workshop, Port Dickson. It was the first.")
    follow(page, page.get_by_role("button", name="Save", exact=True))
    expect(entry(page, "Port Dickson")).to_contain_text("It was the first.")
    follow(page, entry(page, "website").get_by_role("button", name="looked at"))
    follow(page, page.get_by_role("listitem").filter(has_text="Shenzhen").get_by_role("button"))
    expect(entry(page, "Shenzhen")).to_have_count(1)

    issue(page)
    expect(page.locator(".messagelist")).to_contain_text("S1 is issued and published.")
    expect(page.get_by_role("button", name="up")).to_have_count(0)
    follow(page, page.get_by_role("link", name="View on site", exact=True))
    expect(page.get_by_role("main")).to_contain_text("issued in May 2004")
    follow(page, page.get_by_role("link", name="Legislation workshop, Port Dickson"))
    follow(page, page.get_by_role("link", name="The edition up to September 2003"))
    expect(page.locator("li:target")).to_contain_text("It was the first.")


def entry_name(page):
    """The reference of the entry that is marked for a look."""
    return entry(page, "website").get_by_role("heading").inner_text().split()[0]


def test_these_pages_are_for_everybody_and_sound(sign_in, tmp_path):
    page = sign_in("Publisher", reduced_motion="reduce")
    assert wrong_with(page, pages(page), tmp_path) == {}


def pages(page):
    compose(page)
    contents = page.url
    own = contents.removesuffix("contents/")
    yield from at(page, {"compose": f"{EDITIONS}compose/?until=2004", "contents": contents, "issue": f"{own}issue/"})
    page.goto(contents)
    issue(page)
    yield from at(page, {"since": f"{own}since/", "editions": "/summary/", "edition": "/summary/S1/"})
