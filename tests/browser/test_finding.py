"""Somebody looks for the Seoul workshop of 2004: by words, by filters and by country; with a mouse, without JavaScript,
with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow

TITLE = "Protection of Victims of International Trafficking and Public Awareness"
ADDRESS = "/activities/E19/"
MOST_TABS = 150


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def visitor(open_page, request):
    """A page of somebody whose browser runs scripts, or runs none."""
    return open_page(java_script_enabled=request.param == "with JavaScript")


def facet(page, name):
    """The link of a filter, by how its words begin: those of people who see it, without the count."""
    return page.locator("#filters").get_by_role("link", name=re.compile(rf"^\s*{re.escape(name)}")).first


def choose(page, name):
    """Choose a filter, and wait for the list that it leads to."""
    before = page.url
    facet(page, name).click()
    expect(page).not_to_have_url(before)


# --- Three ways -------------------------------------------------------------------------------------------------------


def test_the_seoul_workshop_of_2004_is_found_by_words(visitor):
    visitor.goto("/")
    visitor.get_by_role("combobox", name="Search the record").fill("seoul 2004")
    follow(visitor, visitor.get_by_role("button", name="Find"))
    follow(visitor, visitor.get_by_role("link", name=TITLE))
    assert visitor.url.endswith(ADDRESS)


def test_it_is_found_by_filters(visitor):
    visitor.goto("/activities/")
    choose(visitor, "2004")
    choose(visitor, "Republic of Korea")
    choose(visitor, "Workshop")
    assert "1 of" in visitor.locator("#found").inner_text()
    follow(visitor, visitor.get_by_role("link", name=TITLE))
    assert visitor.url.endswith(ADDRESS)


def test_it_is_found_by_its_country(visitor):
    visitor.goto("/")
    follow(visitor, visitor.get_by_role("navigation", name="Main").get_by_role("link", name="Countries"))
    follow(visitor, visitor.get_by_role("main").get_by_role("link", name="Republic of Korea").first)
    follow(visitor, visitor.get_by_role("main").get_by_role("link", name=TITLE).first)
    assert visitor.url.endswith(ADDRESS)


# --- Addresses --------------------------------------------------------------------------------------------------------


def test_a_filtered_list_can_be_shared_and_left_again(visitor, open_page):
    visitor.goto("/activities/")
    all_of_them = visitor.locator("#found").inner_text()
    choose(visitor, "Workshop")
    workshops = visitor.locator("#found").inner_text()
    choose(visitor, "Thailand")
    found = visitor.locator("#found").inner_text()
    assert len({all_of_them, workshops, found}) == 3

    other = open_page()
    other.goto(visitor.url)
    assert other.locator("#found").inner_text() == found

    visitor.go_back()
    expect(visitor.locator("#found")).to_have_text(workshops)
    visitor.go_back()
    expect(visitor.locator("#found")).to_have_text(all_of_them)


def test_filters_are_taken_off_one_by_one(visitor):
    visitor.goto("/activities/?kind=workshop&country=TH")
    visitor.get_by_role("link", name="Remove: Kind Workshop").click()
    expect(visitor).to_have_url(re.compile(r"\?country=TH$"))
    visitor.get_by_role("link", name=re.compile("Remove: Held in")).click()
    expect(visitor).to_have_url(re.compile(r"/activities/$"))


def test_the_list_changes_in_place_where_scripts_run(page):
    page.goto("/activities/")
    page.evaluate("window.isTheSame = true")
    choose(page, "Workshop")
    expect(page.locator(".active")).to_contain_text("Workshop")
    assert page.evaluate("window.isTheSame")


# --- Suggestions ------------------------------------------------------------------------------------------------------


def test_titles_are_suggested_as_one_types(page):
    page.goto("/")
    page.get_by_role("combobox", name="Search the record").press_sequentially("protection of vic")
    options = page.locator("#suggested option")
    expect(options.first).to_be_attached()
    page.get_by_role("combobox", name="Search the record").press_sequentially(" xyz")
    expect(options).to_have_count(0)


# --- The keyboard -----------------------------------------------------------------------------------------------------


def tab_to(page, words):
    """Press Tab until what has the focus is called by the words."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => (document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"
        )
        if focused.startswith(words):
            return
    raise AssertionError(f"The keyboard does not come to “{words}”.")


def enter(page, words):
    """Follow the link that is called by the words, with the keyboard."""
    tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_it_is_found_with_the_keyboard_alone(page, open_page):
    page.goto("/activities/")
    for words in ("2004", "Republic of Korea"):
        before = page.url
        tab_to(page, words)
        page.keyboard.press("Enter")
        expect(page).not_to_have_url(before)
        expect(page.locator(".active")).to_contain_text(words)
    found, other = page.locator("#found").inner_text(), open_page()
    other.goto(page.url)
    assert other.locator("#found").inner_text() == found
    enter(page, TITLE)
    assert page.url.endswith(ADDRESS)
    page.go_back()
    expect(page.locator("#found")).to_have_text(found)
    page.go_back()
    expect(page.locator("#found")).to_contain_text("in 2004")
    expect(page.locator(".active")).not_to_contain_text("Republic of Korea")


def test_it_is_found_by_its_country_with_the_keyboard_alone(page):
    page.goto("/")
    for words in ("Countries", "Republic of Korea", TITLE):
        enter(page, words)
    assert page.url.endswith(ADDRESS)


def test_a_search_is_sent_with_the_keyboard_alone(page):
    page.goto("/")
    tab_to(page, "Search the record")
    page.keyboard.type("victims seoul")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    enter(page, TITLE)
    assert page.url.endswith(ADDRESS)
