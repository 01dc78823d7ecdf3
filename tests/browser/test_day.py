"""A working day of the record office and its readers, in real browsers: what people do, and what they are told."""

import re

import pytest
from playwright.sync_api import expect

MOST_STEPS = 100
SENTENCE = "Officers showed each other how intelligence about irregular migration is gathered, read, used and shared."


def focus(page, role, name):
    """Bring the focus to what is called so, as Tab would; what follows is typed."""
    field = page.get_by_role(role, name=name, exact=True)
    field.focus()
    return field


def write(page, name, text):
    focus(page, "textbox", name)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def choose(page, name, choice):
    page.get_by_role("combobox", name=name, exact=True).select_option(choice)


def pick(page, name, typed, suggestion):
    """Choose what a field suggests, with the keyboard, after a few letters."""
    focus(page, "combobox", name)
    page.keyboard.press("Enter")
    page.keyboard.type(typed)
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text(suggestion)
    page.keyboard.press("Enter")
    expect(page.locator(".select2-dropdown")).to_have_count(0)


def press(page, name, role="button"):
    focus(page, role, name)
    page.keyboard.press("Enter")


def told(page, words):
    """Wait until the page says something at its top, after what was done."""
    expect(page.locator(".messagelist")).to_contain_text(words)


def open_event(page, reference):
    page.goto(f"/admin/events/event/?q={reference}")
    page.get_by_role("link", name=reference, exact=True).click()
    expect(page.get_by_role("navigation", name="Parts of the form")).to_be_visible()


def history_of(page, reference):
    open_event(page, reference)
    page.get_by_role("link", name="History").click()
    return page.get_by_role("article")


def is_public(page, reference):
    return page.request.get(f"/activities/{reference}/").ok


# --- An activity, from its printed sentence to its history -----------------------------------------------------------


def test_a_workshop_is_entered_checked_published_found_and_corrected(sign_in, open_page):
    publisher, editor, reader = sign_in("Publisher"), sign_in("Editor"), open_page()
    delete(publisher, "E26")

    enter_the_workshop(editor)
    press(editor, "Submit for review")
    told(editor, "E38 Operationalising Immigration Intelligence waits for review.")
    assert not is_public(reader, "E38")

    publisher.goto("/admin/")
    waiting = publisher.get_by_role("region", name="In review 1")
    waiting.get_by_role("link", name="Operationalising Immigration Intelligence").click()
    checks = publisher.get_by_role("complementary", name="Before publishing")
    expect(checks.get_by_role("listitem").filter(has_text="Not recorded:")).to_have_text(
        [re.compile("Body"), re.compile("What came of it")]
    )
    publisher.get_by_role("button", name="Publish", exact=True).click()
    told(publisher, "E38 Operationalising Immigration Intelligence is published")

    read_the_workshop(reader, "January 2006")

    open_event(publisher, "E38")
    write(publisher, "When", "23-25 January 2006")
    press(publisher, "Save and stay")
    told(publisher, "changed successfully")
    publisher.get_by_role("link", name="View on site").click()
    expect(publisher.get_by_role("heading", level=1)).to_have_text("Operationalising Immigration Intelligence")
    expect(publisher.get_by_role("main")).to_contain_text("23–25 January 2006")

    correction, publication, entry = history_of(publisher, "E38").all()
    expect(correction).to_contain_text("publisher")
    expect(correction.get_by_role("row", name="when")).to_have_text(re.compile(r"2006-01-23/2006-01-25|2006-01"))
    expect(correction.locator("del")).to_have_text(["2006-01"])
    expect(correction.locator("ins")).to_have_text(["2006-01-23/2006-01-25"])
    expect(publication.get_by_role("row", name="publication")).to_contain_text("published")
    expect(entry).to_contain_text("editor")
    expect(entry).to_contain_text(SENTENCE)

    publication.get_by_role("button", name="Go back to this version").click()
    expect(publisher.get_by_role("main")).to_contain_text("Nothing is written until you confirm it.")
    expect(publisher.locator("del")).to_have_text(["2006-01-23/2006-01-25"])
    publisher.get_by_label("Why").fill("The source names the month alone")
    publisher.get_by_role("button", name="Write it to the record").click()
    told(publisher, "Go back: Operationalising Immigration Intelligence")
    expect(publisher.get_by_role("article").first).to_contain_text("The source names the month alone")
    read_the_workshop(reader, "January 2006")


def delete(page, reference):
    open_event(page, reference)
    page.get_by_role("link", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete", exact=True).click()
    told(page, "deleted successfully")


def enter_the_workshop(page):
    """January 2006: Operationalising Immigration Intelligence workshop, Singapore."""
    press(page, "Enter an activity", role="link")
    page.wait_for_url("**/add/")
    write(page, "Title", "Operationalising Immigration Intelligence")
    choose(page, "Kind", "Workshop")
    write(page, "Description", SENTENCE)
    pick(page, "Themes", "intell", "Law enforcement and intelligence")
    write(page, "When", "Jan 2006")
    expect(page.get_by_text("Understood as: January 2006, kept as 2006-01: 1 to 31 January 2006")).to_be_visible()
    pick(page, "Place", "singap", "Singapore")

    press(page, "Add another Participant", role="button")
    choose(page, "Role", "Host")
    pick(page, "Participant", "singap", "Singapore")
    page.get_by_text("Paste a list of participants", exact=True).first.click()
    pasted = page.get_by_label("paste a list of participants")
    pasted.fill("Australia, ROK, Viet Nam and Indonisia")
    press(page, "Resolve")
    expect(page.get_by_text("3 rows added above; 1 in doubt. Nothing is saved yet.")).to_be_visible()
    expect(page.get_by_text("No country or agency is known as “Indonisia”. Nearest: Indonesia").first).to_be_visible()
    expect(pasted).to_have_value("Indonisia")
    pasted.fill("Indonesia")
    press(page, "Resolve")
    expect(page.get_by_text("1 row added above. Nothing is saved yet.")).to_be_visible()
    write(page, "Sources", "Summary of Activities, 2002–2009, entry 26")

    with page.expect_popup() as opened:
        press(page, "Preview the page")
    preview = opened.value
    expect(preview.get_by_text("Preview.")).to_be_visible()
    for words in ("Operationalising Immigration Intelligence", "January 2006", "recorded as “ROK”", SENTENCE):
        expect(preview.get_by_role("main")).to_contain_text(words)
    preview.close()


def read_the_workshop(page, when):
    """Find the workshop as the public does, and see its date."""
    page.goto("/activities/")
    page.locator("#filters input[name=q]").fill("immigration intelligence")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Operationalising Immigration Intelligence").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Operationalising Immigration Intelligence")
    expect(page.get_by_role("main")).to_contain_text(when)


# --- What was deleted ------------------------------------------------------------------------------------------------


def test_a_draft_is_deleted_and_restored_with_its_reference(sign_in):
    page = sign_in("Publisher")
    page.goto("/admin/events/event/add/")
    write(page, "Title", "Ports of entry")
    choose(page, "Kind", "Seminar")
    press(page, "Add another Outcome")
    write(page, "Text", "A handbook for ports is wanted.")
    page.get_by_role("group", name="Outcomes").get_by_role("combobox", name="Kind").select_option("Recommendation")
    press(page, "Save draft")
    told(page, "E38 Ports of entry")
    delete(page, "E38")

    page.get_by_role("link", name="Deleted").click()
    page.get_by_role("row", name="E38").get_by_role("button", name="Restore").click()
    expect(page.get_by_role("article")).to_have_count(2)
    page.get_by_role("button", name="Write it to the record").click()
    told(page, "Restore E38: Ports of entry")
    open_event(page, "E38")
    expect(page.get_by_role("textbox", name="Text")).to_have_value("A handbook for ports is wanted.")
    expect(page.locator(".save-bar")).to_contain_text("Draft")


# --- Two at once -----------------------------------------------------------------------------------------------------


def test_the_second_of_two_who_save_is_told_of_the_first_and_both_edits_stand(sign_in):
    first, second = sign_in("Publisher"), sign_in("Administrator")
    for page in (first, second):
        open_event(page, "E26")
    write(first, "Venue", "Suntec City")
    press(first, "Save and stay")
    told(first, "changed successfully")

    write(second, "Alongside", "A regional intelligence forum")
    write(second, "Note", "Ask Singapore for the programme")
    press(second, "Save and stay")
    conflict = second.get_by_role("alert", name="It was changed while you were typing")
    expect(conflict).to_contain_text("publisher")
    expect(conflict.get_by_role("row", name="venue")).to_contain_text("Suntec City")
    expect(second.get_by_label("Venue", exact=True)).to_have_value("Suntec City")
    expect(second.get_by_label("Alongside", exact=True)).to_have_value("A regional intelligence forum")
    expect(second.get_by_label("Note", exact=True)).to_have_value("Ask Singapore for the programme")

    press(second, "Save and stay")
    told(second, "changed successfully")
    later, earlier, _start = history_of(first, "E26").all()
    expect(later).to_contain_text("administrator")
    expect(later).to_contain_text("A regional intelligence forum")
    expect(later).not_to_contain_text("Suntec City")
    expect(earlier).to_contain_text("Suntec City")


# --- Many at once ----------------------------------------------------------------------------------------------------


def test_several_are_unpublished_and_published_again_as_a_plan_says(sign_in, page):
    publisher = sign_in("Publisher")
    for action, is_out in (("Unpublish, as a draft", False), ("Publish", True)):
        publisher.goto("/admin/events/event/")
        for reference in ("E26", "E27"):
            publisher.get_by_role("row", name=reference).get_by_role("checkbox").check()
        choose(publisher, "Action:", action)
        publisher.get_by_role("button", name="Go").click()
        expect(publisher.get_by_role("heading", level=1)).to_have_text(f"{action}: 2 events")
        expect(publisher.get_by_role("article")).to_have_count(2)
        assert is_public(page, "E26") is not is_out
        publisher.get_by_role("button", name="Write it to the record").click()
        told(publisher, f"{action}: 2 events: 2 changed")
        assert [is_public(page, reference) for reference in ("E26", "E27")] == [is_out, is_out]


# --- The keyboard alone ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_an_activity_is_entered_and_saved_by_tab_and_enter_alone(sign_in, width):
    page = sign_in("Editor", width=width, reduced_motion="reduce")
    page.goto("/admin/events/event/add/")
    expect(page.get_by_label("Title", exact=True)).to_be_focused()
    typed = {"Title": "Ports of entry", "Kind": "Work", "When": "mid-2010", "Sources": "A letter"}
    steps = []
    while len(steps) < MOST_STEPS:
        steps.append(page.evaluate(FOCUSED))
        name = steps[-1]["name"]
        if name == "Save draft":
            break
        page.keyboard.type(typed.pop(name, ""))
        page.keyboard.press("Tab")
    assert typed == {}
    assert [step["name"] for step in steps if not step["outlined"]] == []
    assert [step["name"] for step in steps if step["hidden"]] == []
    page.keyboard.press("Enter")
    told(page, "E38 Ports of entry")
    expect(page.get_by_role("combobox", name="Kind", exact=True)).to_have_value("workshop")
    expect(page.get_by_label("When", exact=True)).to_have_value("about 2010")


# The element that has the focus: what it is called, whether it is outlined, whether anything lies over its middle.
FOCUSED = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  const label = element.labels && element.labels.length ? element.labels[0].textContent : "";
  const outlined = [element, element.closest(".select2-selection")].filter(Boolean).some(each => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const over = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 40) / 2);
  return {
    name: (element.getAttribute("aria-label") || label || element.textContent || "").trim().replace(/\\s+/g, " "),
    outlined, hidden: !over || !(element.contains(over) || over.contains(element)),
  };
}"""


def test_the_steps_of_the_form_lead_to_its_parts(sign_in):
    page = sign_in("Editor")
    page.goto("/admin/events/event/add/")
    for step, field in (("Sources and notes", "Sources"), ("What", "Title")):
        page.get_by_role("navigation", name="Parts of the form").get_by_role("link", name=step, exact=True).focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label(field, exact=True)).to_be_focused()
        expect(page.get_by_label(field, exact=True)).to_be_in_viewport(ratio=1)
