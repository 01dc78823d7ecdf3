"""The public pages in a real browser: for everybody, on every screen, by keyboard alone, and light."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.addresses import PAGES
from tests.browser.conftest import follow

MOST_OF_A_PAGE = 30 * 1024
MOST_OF_A_FIRST_VISIT = 100 * 1024
MOST_STEPS = 400

# The element that has the focus, as those follow it who look; nothing where none has.
FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    place: [...document.querySelectorAll("*")].indexOf(element),
    words: (element.getAttribute("aria-label") || element.textContent || element.name || "").trim(),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inSight: box.width > 0 && box.height > 0
      && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""
REACHABLE = """() => [...document.querySelectorAll(
    "a[href], input:not([type=hidden]), button, select, summary, [tabindex='0']"
  )].filter(element => element.checkVisibility()).length"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, scheme):
    page, axe, found = open_page(scheme=scheme), Axe(), {}
    for name, address in PAGES.items():
        page.goto(address)
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 800})
            results = axe.run(page)
            if results.violations_count:
                found[name, width] = results.generate_report()
    assert found == {}


def test_axe_would_find_something(page):
    page.goto("/about/")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert "html-has-lang" in Axe().run(page).generate_report()


# --- Screens ----------------------------------------------------------------------------------------------------------


def test_nothing_lies_beside_the_screen(page):
    """320 pixels are also what is left of 1280 at 400 %; and letters may be twice as large."""
    wider = {}
    for name, address in PAGES.items():
        page.goto(address)
        for width, letters in ((1280, "200%"), (1280, ""), (768, ""), (375, ""), (320, "")):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
            needed = page.evaluate("document.documentElement.scrollWidth")
            if needed > width:
                wider[name, width, letters] = needed
    assert wider == {}


# --- The keyboard -----------------------------------------------------------------------------------------------------


def test_the_first_step_leads_past_the_navigation(page):
    page.goto("/activities/")
    page.keyboard.press("Tab")
    focused = page.evaluate(FOCUSED)
    assert focused["words"] == "Skip to the content"
    assert focused["outlined"]
    assert focused["inSight"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_the_focus_goes_everywhere_is_seen_and_comes_to_an_end(open_page, width):
    page, wrong = open_page(width=width, reduced_motion="reduce"), {}
    for name, address in PAGES.items():
        page.goto(address)
        steps = walk_by_keyboard(page)
        reachable = page.evaluate(REACHABLE)
        unseen = [step["words"] for step in steps if not (step["outlined"] and step["inSight"])]
        if unseen or len(steps) != reachable:
            wrong[name] = (len(steps), reachable, unseen)
    assert wrong == {}


def walk_by_keyboard(page):
    """What has the focus, step by step from the top, until it leaves the page or begins anew.

    Some pages give the focus to a field when they open; the walk begins before it all the same.
    """
    page.locator("a.skip").focus()
    steps = {}
    while len(steps) < MOST_STEPS:
        focused = page.evaluate(FOCUSED)
        if focused is None or focused["place"] in steps:
            break
        steps[focused["place"]] = focused
        page.keyboard.press("Tab")
    return list(steps.values())


def test_activities_are_filtered_by_keyboard_alone(page):
    page.goto("/activities/#filters")
    page.locator("#filters input[name=q]").focus()
    page.keyboard.type("targeting")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_contain_text("3 of 37")
    page.locator("#kind-meeting").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_contain_text("1 of 37")
    expect(page.locator("#kind-meeting")).to_be_focused()
    expect(page).to_have_url(re.compile("q=targeting&kind=meeting$"))
    page.get_by_role("link", name="Remove: Kind Meeting").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_contain_text("3 of 37")
    expect(page.locator("#found")).to_be_focused()


# --- The list changes in place ----------------------------------------------------------------------------------------


def test_a_filter_changes_the_list_its_address_and_its_title_in_place(page):
    page.goto("/activities/")
    page.evaluate("window.isTheSame = true")
    page.locator("#more-country").evaluate("details => { details.open = true }")
    page.locator("#kind-workshop").click()
    expect(page.locator("#found")).to_have_text("23 of 37 activities: workshops")
    expect(page).to_have_url(re.compile(r"/activities/\?kind=workshop$"))
    expect(page).to_have_title(re.compile("^Workshops"))
    expect(page.locator("[role=status].unseen")).to_have_text("23 of 37 activities: workshops")
    assert page.locator("#more-country").evaluate("details => details.open")
    page.locator("#year-2004").click()
    expect(page.locator("#found")).to_contain_text("workshops in 2004")
    expect(page.locator("#time-rule .chosen")).to_have_count(1)


def test_back_leads_to_the_list_as_it_was(page):
    page.goto("/activities/?kind=workshop")
    page.locator("#role-trainer").evaluate("link => { link.closest('details').open = true }")
    page.locator("#role-trainer").click()
    expect(page.locator("#found")).to_contain_text("1 of 37")
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?kind=workshop$"))
    expect(page.locator("#found")).to_have_text("23 of 37 activities: workshops")
    page.go_forward()
    expect(page.locator("#found")).to_contain_text("1 of 37")


def test_a_list_with_all_its_facets_open_has_nothing_for_axe_to_find(open_page):
    for scheme in ("light", "dark"):
        page = open_page(scheme=scheme)
        page.goto("/activities/?kind=workshop&kind=meeting&until=2004&participant=TH")
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        for width in (1440, 768, 320):
            page.set_viewport_size({"width": width, "height": 800})
            found = Axe().run(page)
            assert not found.violations_count, found.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= width


# --- What is sent -----------------------------------------------------------------------------------------------------


def test_pages_are_light(open_page):
    heavy = {}
    for name, address in PAGES.items():
        page, requests = open_page(), []
        page.on("request", lambda request, requests=requests: requests.append(request))
        answer = page.goto(address)
        itself, first_visit = sent(answer.request), sum(map(sent, requests))
        if itself > MOST_OF_A_PAGE or first_visit > MOST_OF_A_FIRST_VISIT:
            heavy[name] = (itself, first_visit)
        page.close()
    assert heavy == {}


def sent(request):
    """How many bytes came over the wire for a request."""
    request.response().finished()
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def test_answers_are_compressed_and_static_files_are_kept(page):
    answer = page.goto("/activities/")
    assert answer.header_value("content-encoding") == "gzip"
    style = page.request.get(page.locator("link[rel=stylesheet]").get_attribute("href"))
    assert style.headers["content-encoding"] in ("br", "gzip")
    assert "immutable" in style.headers["cache-control"]


def test_a_visitor_gets_no_cookie(page):
    """Only the form to sign in brings one, against forms of others that sign somebody in."""
    for name, address in PAGES.items():
        if name != "sign in":
            page.goto(address)
    assert page.context.cookies() == []


def test_pages_work_without_script(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/activities/")
    follow(page, page.locator("#kind-workshop"))
    assert page.url.endswith("/activities/?kind=workshop")
    assert page.locator("#found").inner_text() == "23 of 37 activities: workshops"
    page.get_by_label("Until").fill("2004")
    follow(page, page.get_by_role("button", name="Show activities"))
    assert page.locator("#found").inner_text() == "12 of 37 activities: workshops until 2004"
    follow(page, page.locator("#kind-workshop"))
    assert "kind" not in page.url


def test_what_is_told_to_machines_is_taken_for_data(page):
    page.goto("/activities/E21/")
    told = json.loads(page.locator("script[type='application/ld+json']").inner_text())
    assert told["name"] == "Multi Jurisdictional People Smuggling Targeting Meeting"
    assert told["organizer"][0]["name"]
