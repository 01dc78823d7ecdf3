"""A long file is written in the background, in a real browser: with scripts and without, a page tells how far it is."""

import json

import pytest
from playwright.sync_api import expect

from events.models import Event
from exchange import standings
from exchange.tasks import write_proposal
from tests.browser.conftest import follow
from tests.browser.looking import wrong_with
from tests.browser.test_exchange import upload

ROWS = "reference,title,kind\nE901,Ports,workshop\nE902,Visas,workshop\n"


@pytest.fixture(autouse=True)
def with_worker(settings, tmp_path):
    """Tasks wait for a worker, and every file is long."""
    settings.VAR_DIRECTORY = tmp_path
    settings.IMPORT_AT_ONCE_ROWS = 1
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(ROWS)
    return path


def walk(page, file, ask_again):
    """Write a file in the background; yield what each step shows. `ask_again` lets the page ask, where it does not."""
    upload(page, file)
    follow(page, page.get_by_role("button", name="Write it to the record"))
    expect(page.get_by_role("status")).to_have_text("Waiting…")
    yield "waiting"

    name = page.url.split("/")[-3]
    with standings.at_work(name):
        standing = standings.read(name)
        path = standings.path_of(name)
        path.write_text(json.dumps(json.loads(path.read_text()) | {"stage": "writing", "rows": 4500, "total": 10_000}))
        ask_again()
        expect(page.get_by_role("status")).to_have_text("Writing…")
        expect(page.get_by_text("4,500 of 10,000 rows")).to_be_visible()
        expect(page.get_by_role("progressbar", name="Writing")).to_have_attribute("value", "4500")
        yield "writing"
        standing.keep()

    write_proposal.call(name, "events", standing.owner, "", None)
    ask_again()
    expect(page.get_by_role("status")).to_have_text("Done: 2 new.")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    yield "done"


def test_the_page_puts_what_has_changed_in_place_by_itself(sign_in, file):
    for _step in walk(sign_in("Publisher"), file, lambda: None):
        pass
    assert Event.objects.filter(title__in=["Ports", "Visas"]).count() == 2


def test_without_scripts_the_page_asks_again_which_can_be_stopped(sign_in, file):
    page = sign_in("Publisher", java_script_enabled=False)
    for step in walk(page, file, page.reload):
        asks = page.locator("meta[http-equiv=refresh]")
        expect(asks).to_have_count(0 if step == "done" else 1)
        if step == "waiting":
            follow(page, page.get_by_role("link", name="Stop that"))
            expect(asks).to_have_count(0)
            follow(page, page.get_by_role("link", name="let the page ask by itself"))
    follow(page, page.get_by_role("link", name="Go on"))


def test_it_is_for_everybody_and_sound(sign_in, file, tmp_path):
    page, folder = sign_in("Publisher", reduced_motion="reduce"), tmp_path / "pages"
    folder.mkdir()
    assert wrong_with(page, walk(page, file, page.reload), folder) == {}
