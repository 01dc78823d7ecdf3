"""A writer beside the readers: saves one event a second, as a file of one row would, until it is stopped."""

import itertools
import time

import django

django.setup()

from events.models import Event  # noqa: E402
from exchange.plans import plan  # noqa: E402
from records.models import Batch  # noqa: E402


def main():
    events = Event.objects.published().filter(kind="workshop").order_by("reference")[:500]
    rows = [{"reference": each.reference, "title": each.title, "kind": each.kind} for each in events]
    for number, row in enumerate(itertools.cycle(rows)):
        began = time.monotonic()
        plan("events", [row | {"venue": f"Room {number}"}]).apply(Batch(origin="import"))
        time.sleep(max(0, began + 1 - time.monotonic()))


if __name__ == "__main__":
    main()
