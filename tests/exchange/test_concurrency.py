"""Two writers at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from events.models import Event
from exchange.plans import plan
from records.models import Batch

WRITERS = 4
ROWS = 20


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_never_get_the_same_reference():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's database for tests is in memory, where threads share one connection")
    together = Barrier(WRITERS)

    def write(writer):
        rows = [
            {"reference": f"W{writer}-{n}", "title": f"Meeting {writer}-{n}", "kind": "meeting"} for n in range(ROWS)
        ]
        for row in rows[ROWS // 2 :]:
            row |= {"reference": "", "when": "", "city": "", "country": ""}
        planned = plan("events", rows)
        together.wait(timeout=20)
        try:
            return planned.apply(Batch(origin=Batch.Origin.IMPORT)).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        batches = list(pool.map(write, range(WRITERS)))
    references = set(Event.objects.values_list("reference", flat=True))
    assert len(set(batches)) == WRITERS
    assert len(references) == WRITERS * ROWS
    assert {f"E{number}" for number in range(1, WRITERS * ROWS // 2 + 1)} <= references
