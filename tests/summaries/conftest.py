import pytest

from summaries.reading import read

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
