"""The public pages in a real browser: for everybody, on every screen, by keyboard alone, and light."""

import json
import re

from playwright.sync_api import expect

from tests.browser.addresses import PAGES
from tests.browser.conftest import follow
from tests.browser.looking import at, found_by_axe, wrong_with

MOST_OF_A_PAGE = 30 * 1024
MOST_OF_A_FIRST_VISIT = 100 * 1024

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
# Keeps what has the focus whenever a key is about to be pressed.
WATCH = f"() => {{ window.steps = []; addEventListener('keydown', () => window.steps.push(({FOCUSED})()), true); }}"
REACHABLE = """() => [...document.querySelectorAll(
    "a[href], input:not([type=hidden]), button, select, summary, [tabindex='0']"
  )].filter(element => element.checkVisibility()).length"""


def test_nothing_is_wrong_with_any_page(open_page, tmp_path):
    """Each is visited once, as if it were the first: it is light, brings no cookie, and its letters may be larger."""
    page, more = open_page(reduced_motion="reduce"), {}
    assert wrong_with(page, visited(page, more), tmp_path) | more == {}


def visited(page, wrong):
    """Steps to every page; notes what is wrong with each that other pages are not held to: {(what, of what): why}."""
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    requests = []
    page.on("request", lambda request: requests.append(request))  # noqa: PLW0108 - it takes no method of a list
    for name in at(page, PAGES):
        itself, first_visit = sent(requests[0]), sum(map(sent, requests))
        if itself > MOST_OF_A_PAGE or first_visit > MOST_OF_A_FIRST_VISIT:
            wrong[name, "weight"] = (itself, first_visit)
        # Only the form to sign in brings one, against forms of others that sign somebody in.
        if bool(page.context.cookies()) != (name == "sign in"):
            wrong[name, "cookies"] = page.context.cookies()
        page.context.clear_cookies()
        if needed := width_with_letters(page, "200%"):
            wrong[name, "letters"] = f"{needed} pixels are needed"
        yield name
        requests.clear()


def sent(request):
    """How many bytes came over the wire for a request."""
    request.response().finished()
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def width_with_letters(page, size):
    """How wide the page is with letters of a size, where that is wider than the screen."""
    needed, width = page.evaluate(
        """size => {
          const root = document.documentElement;
          root.style.fontSize = size;
          const widths = [root.scrollWidth, innerWidth];
          root.style.fontSize = "";
          return widths;
        }""",
        size,
    )
    return needed if needed > width else 0


def test_axe_would_find_something(page):
    page.goto("/about/")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert "html-has-lang" in found_by_axe(page)["light"]


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


def test_the_focus_goes_everywhere_is_seen_and_comes_to_an_end(open_page):
    page, wrong = open_page(reduced_motion="reduce"), {}
    for name, address in PAGES.items():
        page.goto(address)
        page.evaluate(WATCH)
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 800})
            reachable = page.evaluate(REACHABLE)
            steps, last = walk_by_keyboard(page, reachable)
            places = {step["place"] for step in steps}
            unseen = [step["words"] for step in steps if not (step["outlined"] and step["inSight"])]
            if unseen or len(places) != reachable or (last and last["place"] not in places):
                wrong[name, width] = (len(places), reachable, unseen)
    assert wrong == {}


def walk_by_keyboard(page, number):
    """What has the focus at each of a number of steps from the top, and what has it after them.

    Some pages give the focus to a field when they open; the walk begins before it all the same.
    """
    page.locator("a.skip").focus()
    for _step in range(number):
        page.keyboard.press("Tab")
    return [step for step in page.evaluate("window.steps.splice(0)") if step], page.evaluate(FOCUSED)


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
    expect(page.locator("#year-2004")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/activities/\?kind=workshop&year=2004$"))
    assert page.evaluate("window.isTheSame")
    page.go_back()
    expect(page.locator("#found")).to_have_text("23 of 37 activities: workshops")


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


def test_axe_finds_nothing_on_a_list_with_all_its_facets_open_nor_once_it_has_changed_in_place(open_page):
    page = open_page(reduced_motion="reduce")
    page.goto("/activities/?kind=workshop&kind=meeting&until=2004&participant=TH")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    for width in (1440, 768, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert found_by_axe(page) == {}
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("window.isTheSame = true")
    page.locator("#kind-meeting").click()
    expect(page.locator(".active")).not_to_contain_text("Meeting")
    expect(page.locator("#filters")).to_have_attribute("open", "")
    assert page.evaluate("window.isTheSame")
    assert found_by_axe(page) == {}


# --- What is sent -----------------------------------------------------------------------------------------------------


def test_answers_are_compressed_and_static_files_are_kept(page):
    answer = page.goto("/activities/")
    assert answer.header_value("content-encoding") == "gzip"
    style = page.request.get(page.locator("link[rel=stylesheet]").get_attribute("href"))
    assert style.headers["content-encoding"] in ("br", "gzip")
    assert "immutable" in style.headers["cache-control"]


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
