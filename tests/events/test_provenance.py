"""The form of an event shows the words that it was read from, told by whoever keeps them."""

import pytest

from events import provenance
from events.provenance import Source, sources_of
from tests.editing import Editor
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


class Piece:
    def __init__(self, text, *names):
        self.text, self.names, self.beginning = text, names, names


@pytest.fixture
def passage(monkeypatch):
    passage = Source(
        "Summary of Activities, 2002–2009",
        "/admin/somewhere/",
        [Piece("May 2004", "when"), Piece(": "), Piece("<targeting> workshop", "title", "kind")],
        {"when": "May 2004", "number_in_series": "<targeting>"},
    )
    monkeypatch.setattr(provenance, "_tellers", [])
    provenance.told_by(lambda event: [passage] if event.reference == "E1" else [])
    return passage


def test_each_column_quotes_its_words_beside_the_form(client, admin_user, passage):
    shown = Editor(client, admin_user).open(EventFactory(reference="E1")).content.decode()
    for words in (
        '<span class="read" data-read="when">May 2004</span>: <span class="read" data-read="title kind">&lt;targeting',
        "<dt>Number in series</dt><dd><q>&lt;targeting&gt;</q></dd>",
        '<a href="/admin/somewhere/">Summary of Activities, 2002–2009</a>',
        "review",
    ):
        assert words in shown


def test_an_event_that_was_read_nowhere_says_nothing_of_sources(client, admin_user, passage):
    event = EventFactory(reference="E2")
    assert sources_of(event) == []
    shown = Editor(client, admin_user).open(event).content.decode()
    assert "From the source" not in shown
    assert "review." not in shown
