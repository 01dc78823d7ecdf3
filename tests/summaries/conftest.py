import pytest

from summaries.keeping import keep, read_file
from summaries.reading import read
from tests import snapshots
from tests.exchange.record import bring_in

from . import scoring


@pytest.fixture(scope="session")
def knowledge():
    """What the starting record knows of names, places and series, but of no event."""
    return scoring.starting_knowledge().without_history()


@pytest.fixture(scope="session")
def entry_of(knowledge):
    """The one entry of a text."""

    def entry_of(text):
        (entry,) = read(f"• {text}\n", knowledge).entries
        return entry

    return entry_of


@pytest.fixture
def names(db):
    """A record of a few names and places, and of nothing that happened."""
    snapshots.put("names", a_few_names)


def a_few_names():
    for type, rows in {
        "countries": [
            {"alpha2": "AU", "name": "Australia"},
            {"alpha2": "ID", "name": "Indonesia"},
            {"alpha2": "TH", "name": "Thailand"},
        ],
        "agencies": [{"slug": "iom", "name": "International Organization for Migration", "acronym": "IOM"}],
        "bodies": [
            {"slug": "bali-process", "name": "Bali Process"},
            {"slug": "ministers", "name": "Ministers", "parent": "Bali Process"},
        ],
        "places": [{"city": "Bali", "country": "ID"}, {"city": "Bangkok", "country": "TH"}],
    }.items():
        bring_in(type, [row | {"kind": "organisation"} if type == "agencies" else row for row in rows])


@pytest.fixture
def kept(names, tmp_path):
    """A callable that keeps a text as an edition, and returns it. Each text is a file of its own."""

    def kept(text):
        path = tmp_path / f"summary-{len(list(tmp_path.iterdir()))}.txt"
        path.write_text(text, encoding="utf-8")
        return keep(read_file(path), path)

    return kept
