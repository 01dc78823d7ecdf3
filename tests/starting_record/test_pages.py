"""The pages of the starting record: every kind of public page takes few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange import starting_record
from tests import snapshots
from tests.browser.addresses import PAGES
from tests.kept import kept

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8


def test_every_public_page_takes_few_queries(client):
    snapshots.put("starting record", starting_record.load)
    with kept():
        client.get("/")  # what is kept in memory is read
        taken = {}
        for name, address in PAGES.items():
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            taken[name] = len(captured)
    assert {name: number for name, number in taken.items() if number > MOST_QUERIES} == {}
