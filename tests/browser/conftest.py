"""The site as it is served, with the starting record, and a Chromium to visit it with."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.template.autoreload import reset_loaders
from django.test.utils import override_settings
from playwright.sync_api import expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from exchange import starting_record
from tests import snapshots
from tests.factories import PersonFactory

HERE = Path(__file__).parent
# As root Chromium runs without its sandbox only, and these tests visit no other site.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"wide": 1280, "phone": 375, "narrowest": 320}
PASSWORD = "correct horse battery staple"


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not (os.environ.get("CHROMIUM") and os.environ.get("JAVA")):
                item.add_marker(pytest.mark.skip(reason="CHROMIUM and JAVA name nothing: script/browser finds them"))


# --- The site ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """A file where the database is SQLite: every request has a connection of its own, as it is in earnest."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def static_root(tmp_path_factory):
    """A folder for the static files as they are served: named after their content, and compressed."""
    return tmp_path_factory.mktemp("static")


class SiteServer(LiveServer):
    """The site in a thread, with nothing before it: its own middleware serves the static files."""

    def __init__(self):
        super().__init__("127.0.0.1", start=False)
        self.thread.static_handler = lambda files: files.application
        self.start()


@pytest.fixture(scope="module")
def live_server(static_root):
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    with override_settings(STORAGES=storages, STATIC_ROOT=static_root, WHITENOISE_AUTOREFRESH=False):
        if not any(static_root.iterdir()):
            call_command("collectstatic", interactive=False, verbosity=0)
        reset_loaders()  # templates that were read remember the addresses of other static files
        server = SiteServer()
        yield server
        server.stop()


@pytest.fixture
def live(live_server):
    """The address of the site, with the starting record."""
    snapshots.put("starting record", starting_record.load)
    return live_server.url


# --- The browser ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium():
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop running in this thread, in which Django would refuse the tests their queries.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        yield browser
        browser.close()


class Complaints(list):
    """What the browser complains of on a page: errors of scripts, breaches of the policy, files that are not there."""

    def watch(self, page):
        page.on("console", self.heed)
        page.on("pageerror", lambda error: self.append(f"{page.url}: {error}"))

    def heed(self, message):
        # That the page itself answers with an error is for the test to judge.
        of_page = message.text.startswith("Failed to load resource") and message.location["url"] == message.page.url
        if message.type in ("error", "warning") and not of_page:
            self.append(f"{message.page.url}: {message.text}")


def follow(page, locator):
    """Click what leads to another page, and return once that has loaded: what is asked next is asked of it."""
    with page.expect_navigation():
        locator.click()


@pytest.fixture
def open_page(chromium, live):
    """A callable that opens a page in a browser of its own, of which a visitor sees the site for the first time.

    scheme  `light` or `dark`
    width   one of WIDTHS, or pixels

    At the end the test fails where the browser complained of anything.
    """
    complaints, contexts = Complaints(), []

    def new_page(*, scheme="light", width="wide", **options):
        viewport = {"width": WIDTHS.get(width, width), "height": 800}
        context = chromium.new_context(base_url=live, color_scheme=scheme, viewport=viewport, **options)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        complaints.watch(page)
        return page

    yield new_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page):
    """A page of a browser, wide and light."""
    return open_page()


@pytest.fixture
def sign_in(open_page):
    """A callable that opens a browser and signs somebody in through the form, and returns the page that follows.

    Takes the name of a role, or nothing for a superuser, and options of `open_page`.
    """

    def signed_in(role=None, **options):
        person = PersonFactory(username=(role or "superuser").lower(), role=role, is_superuser=role is None)
        person.set_password(PASSWORD)
        person.save()
        page = open_page(**options)
        page.goto("/admin/")
        page.get_by_label("Name").fill(person.username)
        page.get_by_label("Password").fill(PASSWORD)
        follow(page, page.get_by_role("button", name="Sign in"))
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        return page

    return signed_in
