"""A summary in real browsers: uploaded, reviewed beside its words, corrected and accepted, with the keyboard too."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow
from tests.browser.looking import at, wrong_with

SUMMARY = """Summary of Activities

Activities since Bali III

• May 2011: Document examination workshop, Bangkok. Hosted by the Ministry of Harbours.
• June 2011: Ports of entry seminar, Seoul. Co-chaired by Australia and Indonesia.
• May 2004: AHEG II targeting workshop, Bangkok.
"""


@pytest.fixture
def summary(tmp_path):
    path = tmp_path / "summary.txt"
    path.write_text(SUMMARY, encoding="utf-8")
    return path


def upload(page, summary):
    page.goto("/admin/summaries/edition/")
    follow(page, page.get_by_role("link", name="Read a summary"))
    page.get_by_label("File").set_input_files(summary)
    follow(page, page.get_by_role("button", name="Read it"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Review of S1")


def entry(page, words):
    return page.get_by_role("article").filter(has_text=words)


@pytest.mark.parametrize("script", [True, False])
def test_a_summary_is_uploaded_reviewed_corrected_and_accepted(sign_in, summary, script):
    page = sign_in("Editor", java_script_enabled=script)
    upload(page, summary)
    expect(page.locator(".messagelist")).to_contain_text("is kept as S1. Nothing else was changed.")
    expect(page.get_by_role("article")).to_have_count(3)
    doubtful = page.get_by_role("article").first
    expect(doubtful.get_by_role("list", name="Doubts")).to_contain_text("nothing is known as “Ministry of Harbours”")
    expect(entry(page, "AHEG II targeting")).to_contain_text("E16")

    follow(page, doubtful.get_by_role("link", name="Correct"))
    page.get_by_label("When", exact=True).fill("23-25 May 2011")
    page.get_by_label("Attendees").fill("AU; ID [with three officers]")
    page.get_by_label("It is a new agency").check()
    page.get_by_role("textbox", name="Country").last.fill("Thailand")
    follow(page, page.get_by_role("button", name="Save and accept"))
    plan = page.get_by_role("main")
    for words in ("Ministry of Harbours", "Document examination workshop", "2011-05-23/2011-05-25"):
        expect(plan).to_contain_text(words)
    follow(page, page.get_by_role("button", name="Write it to the record"))
    expect(page.locator(".messagelist")).to_contain_text("Accept Document examination workshop")

    follow(page, page.get_by_role("button", name="Accept all without doubts (2)"))
    follow(page, page.get_by_role("button", name="Write it to the record"))
    follow(page, page.get_by_role("link", name="Accepted 3"))
    follow(page, entry(page, "Ports of entry").get_by_role("link", name="E39"))
    source = page.locator(".source")
    expect(source.locator("[data-column=co_chairs]")).to_contain_text("Australia and Indonesia")
    follow(page, source.get_by_role("link"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ports of entry seminar")


def test_what_was_read_becomes_part_of_the_next_edition(sign_in, summary):
    """From the upload to the public page: read, reviewed, corrected, accepted, published, composed, edited, issued."""
    page = sign_in("Publisher")
    upload(page, summary)
    follow(page, entry(page, "Ports of entry").get_by_role("link", name="Correct"))
    page.get_by_label("Venue").fill("Harbour Hall")
    follow(page, page.get_by_role("button", name="Save and accept"))
    follow(page, page.get_by_role("button", name="Write it to the record"))
    follow(page, page.get_by_role("link", name="Accepted 1"))
    follow(page, entry(page, "Ports of entry").get_by_role("link", name="E38"))
    follow(page, page.get_by_role("button", name="Publish", exact=True))

    page.goto("/admin/summaries/edition/")
    follow(page, page.get_by_role("link", name="Compose an edition"))
    page.get_by_role("textbox", name="Up to").fill("June 2011")
    follow(page, page.get_by_role("button", name="Compose it"))
    follow(page, entry(page, "Ports of entry").get_by_role("link", name="Change"))
    words = page.get_by_label("Text")
    words.fill(f"{words.input_value()} It was the first on harbours.")
    follow(page, page.get_by_role("button", name="Save", exact=True))
    follow(page, page.get_by_role("link", name="Issue", exact=True))
    follow(page, page.get_by_role("button", name="Issue S2"))
    follow(page, page.get_by_role("link", name="View on site", exact=True))
    expect(page.get_by_role("main")).to_contain_text("It was the first on harbours.")
    follow(page, page.get_by_role("link", name="Ports of entry seminar"))
    expect(page.get_by_role("main")).to_contain_text("Summary of Activities, up to June 2011")


def test_pointing_at_a_field_marks_its_words_and_the_other_way_round(sign_in, summary):
    page = sign_in("Editor")
    upload(page, summary)
    ports = entry(page, "Ports of entry")
    ports.locator("[data-column=city]").hover()
    expect(ports.locator(".words .pointed")).to_have_text(["Seoul"])
    ports.locator(".words [data-read~=when]").hover()
    expect(ports.locator("[data-column].pointed dt")).to_have_text(["When"])
    ports.locator("[data-column=co_chairs] a").focus()
    page.mouse.move(0, 0)
    expect(ports.locator(".words .pointed")).to_have_text(["Australia and Indonesia"])

    follow(page, ports.get_by_role("link", name="Correct"))
    page.get_by_label("City").focus()
    expect(page.locator(".words .pointed")).to_have_text(["Seoul"])
    page.locator(".words [data-read~=when]").click()
    expect(page.get_by_label("When", exact=True)).to_be_focused()


def test_the_second_of_two_who_correct_an_entry_is_told_of_the_first(sign_in, summary):
    first, second = sign_in("Editor"), sign_in("Publisher")
    upload(first, summary)
    address = first.url
    second.goto(address)
    for page in (first, second):
        follow(page, entry(page, "Ports of entry").get_by_role("link", name="Correct"))
    first.get_by_label("Venue").fill("Harbour Hall")
    follow(first, first.get_by_role("button", name="Save the correction"))
    second.get_by_label("Alongside").fill("A forum on ports")
    follow(second, second.get_by_role("button", name="Save the correction"))
    expect(second.get_by_role("alert")).to_contain_text("was changed while you were typing")
    expect(second.get_by_label("Venue")).to_have_value("Harbour Hall")
    expect(second.get_by_label("Alongside")).to_have_value("A forum on ports")
    follow(second, second.get_by_role("button", name="Save the correction"))
    expect(second.locator(".messagelist")).to_contain_text("is corrected")


def test_these_pages_are_for_everybody_and_sound(sign_in, summary, tmp_path):
    page, folder = sign_in(reduced_motion="reduce"), tmp_path / "pages"
    folder.mkdir()
    assert wrong_with(page, pages(page, summary), folder) == {}


def pages(page, summary):
    upload(page, summary)
    review = page.url
    yield "review"
    corrections = entry(page, "Harbours").get_by_role("link", name="Correct").get_attribute("href")
    yield from at(page, {"read": "/admin/summaries/edition/read/", "all": f"{review}?show=all", "correct": corrections})
