"""Processes that write the record at the same time, or are killed while they do.

Run as a program, in a process of its own that has no threads, so that it can fork; prints as JSON what it found out.

    python -m tests.exchange.apart killed FILE TIMES     apply a file again and again, and kill it each time
    python -m tests.exchange.apart together FILE FILE    apply two files at once
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from contextlib import suppress

import django

WRITER = "writer"


def main(scenario, *arguments):
    django.setup()
    told = {"killed": killed, "together": together}[scenario](*arguments)
    print(json.dumps(told))  # noqa: T201


def killed(file, times):
    """Kill the import of a file at moments that are spread over all of the time that its transaction takes.

    Gives how often the record was then as `before`, or as `planned`, and what it was `else`.
    """
    before, planned, took = prepared(), *done_once(file)
    dice, found = random.Random(int(times)), Counter()
    for number in range(int(times)):
        if state() != before:
            prepared()
        child = started(file)
        time.sleep(1.1 * took * (number + dice.random()) / int(times))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        now = state_once_it_rests()
        found["before" if now == before else "planned" if now == planned else f"else, {number}"] += 1
        if now == planned:  # the machine has become quicker
            took *= 0.8
    return found


def done_once(file):
    """The record after the import of a file, and how long its transaction takes."""
    child = started(file)
    start = time.monotonic()
    os.waitpid(child, 0)
    return state(), time.monotonic() - start


def together(*files):
    """Import files at once; gives how each ended, the events, and how many changes they left."""
    from events.models import Event
    from records.models import Change

    prepared()
    children = [started(file, waits=False) for file in files]
    return {
        "codes": [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children],
        "events": list(Event.objects.order_by("reference").values_list("reference", "title")),
        "changes": Change.objects.filter(type="events").count(),
    }


def started(file, *, waits=True):
    """Begin to import a file of events in a process of its own, and wait until its transaction has begun."""
    from django.db import connections

    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os._exit(import_file(file, writing))
    os.close(writing)
    if waits:
        os.read(reading, 1)
    os.close(reading)
    return child


def import_file(file, telling):
    """Import a file, and tell when its transaction has begun; how it ends."""
    from django.core.management import call_command

    from records import models

    lock = models.Counter.lock

    def told():
        lock()
        with suppress(BrokenPipeError):
            os.write(telling, b"!")

    models.Counter.lock = told
    os.environ["PGAPPNAME"] = WRITER
    try:
        with open(os.devnull, "w") as nothing:
            call_command("import_records", file, type="events", stdout=nothing)
    except SystemExit as end:
        return end.code
    return 0


def prepared():
    """A small record that holds no event yet; its state."""
    from .record import bring_in, empty_the_record

    empty_the_record()
    bring_in("countries", [{"alpha2": "AU", "name": "Australia"}, {"alpha2": "ID", "name": "Indonesia"}])
    bring_in("themes", [{"name": "Legislation"}])
    return state()


def state():
    """All of the record: its files, its changes and batches, and the numbers that were given."""
    from records.models import LOCK, Batch, Change
    from records.models import Counter as Number

    from .record import exports

    changes = Change.objects.order_by("pk").values_list("batch__origin", "type", "key", "before", "after")
    return {
        "exports": exports(),
        "changes": list(changes),
        "batches": list(Batch.objects.order_by("pk").values_list("origin", "reason")),
        "counters": sorted(Number.objects.exclude(name=LOCK).values_list("name", "value")),
    }


def state_once_it_rests():
    """The record once the server too has noticed that whoever wrote is gone."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            writers = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"
            while cursor.execute(writers, [WRITER]) and cursor.fetchone():
                time.sleep(0.01)
    return state()


if __name__ == "__main__":
    main(*sys.argv[1:])
