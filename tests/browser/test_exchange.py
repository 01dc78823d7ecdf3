"""A file comes in, in a real browser: what is wrong is mended, what is in doubt is decided, all of it is written."""

import pytest
from playwright.sync_api import expect

from events.models import Event
from participants.models import Name
from tests.browser.conftest import follow
from tests.browser.looking import wrong_with

MANY = "".join(f",Workshop on seals No. {number},workshop,{2010 + number % 9},,,\n" for number in range(60))
ROWS = f"""reference,title,kind,when,city,country,hosts
E21,,meeting,2004-12,Colombo,LK,
,Visas and seals,workshop,2008-05,,TH,R. of K.
,Multi Jurisdictional People Smuggling Target Meeting,meeting,2004-12,Colombo,LK,
{MANY}"""


@pytest.fixture
def files(tmp_path):
    """Paths of a file with errors, and of the same once it is mended."""
    wrong, mended = tmp_path / "rows.csv", tmp_path / "mended.csv"
    wrong.write_text(ROWS)
    mended.write_text(ROWS.replace("E21,,meeting,2004-12,Colombo,LK,\n", ""))
    return wrong, mended


def upload(page, file):
    page.goto("/admin/import/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("What it holds").select_option("Events")
    follow(page, page.get_by_role("button", name="Show what it would do"))


def filter_by(page, words):
    follow(page, page.get_by_role("navigation", name="Rows").get_by_role("link", name=words))


def walk(page, files):
    """Bring in a file with errors, a name that nobody has and a probable twin; yield what each step shows."""
    wrong, mended = files
    upload(page, wrong)
    expect(page.get_by_text("The title must be given.")).to_be_visible()
    yield "errors"

    page.get_by_role("group", name="“R. of K.”").get_by_role("combobox").fill("ROK")
    follow(page, page.get_by_role("button", name="Lead them there from now on"))
    expect(page.get_by_text("“R. of K.” leads to Republic of Korea from now on.")).to_be_visible()
    yield "a name that was led"

    upload(page, mended)
    expect(page.get_by_text("1 row must be decided about")).to_be_visible()
    yield "a probable twin"
    page.get_by_label("the same as E21").check()
    follow(page, page.get_by_role("button", name="Keep what is decided here"))
    expect(page.get_by_text("61 new and 1 changed")).to_be_visible()

    filter_by(page, "new 61")
    expect(page.get_by_role("article")).to_have_count(50)
    follow(page, page.get_by_role("navigation", name="Pages").first.get_by_role("link", name="2"))
    expect(page.get_by_role("article")).to_have_count(11)
    yield "the second page of what is new"
    filter_by(page, "changed 1")
    expect(page.locator("ins")).to_have_text("Target")
    yield "what is changed"

    page.get_by_label("Why").fill("To try")
    follow(page, page.get_by_role("button", name="Write it to the record"))
    expect(page.locator(".messagelist")).to_contain_text("61 new and 1 changed, as batch")


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["with scripts", "without scripts"])
def test_a_file_is_mended_decided_and_written(sign_in, files, java_script_enabled):
    for _step in walk(sign_in("Publisher", java_script_enabled=java_script_enabled), files):
        pass
    assert Event.objects.get(reference="E21").title == "Multi Jurisdictional People Smuggling Target Meeting"
    assert Event.objects.filter(title__startswith="Workshop on seals").count() == 60
    assert Name.objects.get(text="R. of K.").participant.alpha2 == "KR"


def test_every_page_on_the_way_is_for_everybody_and_sound(sign_in, files, tmp_path):
    page, folder = sign_in("Publisher", reduced_motion="reduce"), tmp_path / "pages"
    folder.mkdir()
    assert wrong_with(page, walk(page, files), folder) == {}
