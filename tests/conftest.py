"""What every test stands on: how many examples the property tests try, and a first line that names the database."""

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


def pytest_addoption(parser):
    parser.addoption("--database-only", action="store_true", help="leave out tests that never ask the database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if config.getoption("--database-only"):
        config.hook.pytest_deselected(items=[item for item in items if not asks_database(item)])
        items[:] = [item for item in items if asks_database(item)]


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
