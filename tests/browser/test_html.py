"""Every page is valid HTML, by the checker of the W3C."""

import pytest

from exchange import starting_record
from tests import snapshots
from tests.browser.addresses import PAGES
from tests.browser.looking import mistakes_in
from tests.kept import kept
from tests.walk import ELSEWHERE, Walk

pytestmark = pytest.mark.django_db


def test_every_page_is_valid_html(client, tmp_path):
    snapshots.put("starting record", starting_record.load)
    with kept():
        walk = Walk(client, start=["/", *PAGES.values()], elsewhere=(*ELSEWHERE, "/data/"))
    assert len(walk.pages) > 100
    for number, (address, page) in enumerate(walk.texts.items()):
        if address in walk.pages:
            name = "".join(character if character.isalnum() else "_" for character in address)[:80]
            (tmp_path / f"{number}{name}.html").write_text(page)
    assert mistakes_in(tmp_path) == []


def test_the_checker_would_find_a_mistake(tmp_path):
    (tmp_path / "page.html").write_text("<!doctype html><html lang=en><title>A page</title><p><li>A stray entry")
    assert "page.html:1: Element “li” not allowed as child of element “body”" in "\n".join(mistakes_in(tmp_path))
