"""What every test stands on: how many examples the property tests try, and a first line that names the database."""

import gc
import os

import hypothesis
import pytest
from django.db import connection

from search import following
from tests import indexing

# A loaded machine is slow now and then, which says nothing about the property.
PATIENT = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}

hypothesis.settings.register_profile("everyday", max_examples=30, **PATIENT)
hypothesis.settings.register_profile("repeatable", max_examples=30, derandomize=True, database=None, **PATIENT)
hypothesis.settings.register_profile("thorough", max_examples=1000, **PATIENT)
hypothesis.settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("repeatable" if os.environ.get("CI") else "everyday")
)


# To look so often for what tests leave in memory, which is little, takes an eighth of the time.
gc.set_threshold(50_000, 20, 20)


def pytest_collection_finish():
    """What was imported stays: nobody looks through it again."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser):
    parser.addoption("--database-only", action="store_true", help="leave out tests that never ask the database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if config.getoption("--database-only"):
        config.hook.pytest_deselected(items=[item for item in items if not asks_database(item)])
        items[:] = [item for item in items if asks_database(item)]
    for item in items:
        # They do the same thirty times over, which coverage makes twice as slow: what they alone reach is not covered.
        if item.get_closest_marker("hypothesis"):
            item.add_marker("no_cover")


def asks_database(item):
    """Whether a test may ask the database. One that may not is the same on each."""
    return item.get_closest_marker("django_db") is not None or "db" in item.fixturenames


def pytest_report_header():
    return f"database: {connection.display_name}"


@pytest.fixture(autouse=True)
def _nothing_pending():
    """Nothing that another test made waits to be put into the search index, or is held in memory."""
    indexing.forget()
    following.forget_all()
