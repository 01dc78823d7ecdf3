"""How long it takes to bring 10,000 new events with five involvements each into the record, against the floor.

The floor is `bulk_create` of the same event, involvement and body and theme rows from ready objects, and nothing else.
Beside it stands django-import-export alone (`stock.py`), which is slow and so measured once: as it is by default; with
names cached and the relations of each event saved in bulk; with those of the whole file saved at its end; and in its
bulk mode. Run with `script/bench import`, which does both databases; the data are made with a fixed seed.
"""

import cProfile
import pstats
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from events.models import Event, EventLink, Involvement, Outcome, Place  # noqa: E402
from exchange.files import CsvTable, csv_lines  # noqa: E402
from exchange.plans import plan  # noqa: E402
from exchange.registry import resource_of  # noqa: E402
from library.models import Collection, Document, Instrument, ReportedFigure, Review  # noqa: E402
from participants.models import Body, Name  # noqa: E402
from records.models import Batch, Change  # noqa: E402
from search.models import Indexed  # noqa: E402

from . import stock  # noqa: E402

EVENTS = 10_000
RUNS = 3
MOST_PLACES = 20
ROLES = ("chairs", "hosts", "organisers", "contributors", "attendees")
STOCK = {
    "stock": stock.AtItsDefaults,
    "stock, cached": stock.WithNamesCached,
    "stock, at end": stock.RelationsAtTheEnd,
    "stock, bulk": stock.InBulkMode,
}
SUBJECTS = ("Document fraud", "Victim support", "Targeting", "Legislation", "Returns", "Intelligence", "Asylum")


def rows(count, seed=1):
    """Rows of `count` events, no two alike, with five involvements, a body and two themes each."""
    dice = random.Random(seed)
    names = list(Name.objects.filter(kind="preferred", participant__isnull=False).values_list("text", flat=True))
    places = list(Place.objects.values_list("city", "country__alpha2"))
    bodies = list(Body.objects.values_list("name", flat=True))
    themes = list(Event.themes.rel.model.objects.values_list("name", flat=True))
    for number in range(count):
        city, country = dice.choice(places)
        subject = dice.choice(SUBJECTS)
        yield {
            "title": f"{subject} workshop {number}",
            "kind": dice.choice(("workshop", "meeting", "training")),
            "when": f"{dice.randint(2002, 2026)}-{dice.randint(1, 12):02}",
            "city": city,
            "country": country,
            "bodies": dice.choice(bodies),
            "themes": "; ".join(sorted(dice.sample(themes, 2))),
            **dict(zip(ROLES, dice.sample(names, len(ROLES)), strict=True)),
            "description": f"{subject} was dealt with, for the {number}th time. " * 4,
            "sources": "Made for measuring",
            "publication": "published",
        }


def write_file(path):
    """The rows as a CSV file."""
    import csv

    made = list(rows(EVENTS))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["reference", *made[0]])
        writer.writeheader()
        writer.writerows({"reference": "", **row} for row in made)


def clear():
    relations = (EventLink, Outcome, Involvement, Event.bodies.through, Event.themes.through)
    for model in (Indexed, Change, Batch, *relations, Event):
        model.objects.all()._raw_delete("default")


def clear_library():
    """Take away what the starting record has that names events."""
    for model in (Review, ReportedFigure, Instrument, Document, Collection):
        model.objects.all().delete()


def timed(action, *arguments):
    start = time.perf_counter()
    action(*arguments)
    return time.perf_counter() - start


def import_file(path):
    table = CsvTable(path, resource_of("events").declared)
    planned = plan("events", table)
    if planned.changes_something:
        planned.apply(Batch(origin="import"))


def export():
    resource = resource_of("events")()
    return sum(len(text) for text in csv_lines(resource, resource.records()))


def ready_objects():
    """The objects that an import has made, to be made again by the floor."""
    models = (Event, Event.bodies.through, Event.themes.through, Involvement)
    return [list(model.objects.order_by("pk")) for model in models]


def floor(ready):
    with transaction.atomic():
        for objects in ready:
            type(objects[0]).objects.bulk_create(objects, batch_size=500)


def measured(path, again):
    """Seconds for each thing measured, once. `path` is the file of new events, `again` one to be written."""
    clear()
    seconds = {"new": timed(import_file, path)}
    resource = resource_of("events")()
    with again.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_lines(resource, resource.records()))
    seconds |= {"again": timed(import_file, again), "export": timed(export)}
    ready = ready_objects()
    clear()
    seconds["floor"] = timed(floor, ready)
    clear()
    seconds["plan"] = timed(plan, "events", CsvTable(path, resource.declared))
    return seconds


def shares(action, *arguments):
    """Where the time of something goes: pairs of a module or a built-in function, and its own share in per cent."""
    profile = cProfile.Profile()
    profile.runcall(action, *arguments)
    seconds = defaultdict(float)
    for (file, _line, function), (_calls, _all, own, *_rest) in pstats.Stats(profile).stats.items():
        seconds[place_of(file, function)] += own
    whole = sum(seconds.values())
    return sorted(((place, 100 * own / whole) for place, own in seconds.items()), key=lambda pair: -pair[1])


def place_of(file, function):
    """The module that a function of a profile is of: of this house by its name, of others by their package."""
    if not file.startswith("/"):
        return "database driver" if "execute" in function else function
    parts = Path(file).with_suffix("").parts
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1]
    here = Path(__file__).parent.parent
    return str(Path(file).relative_to(here)) if Path(file).is_relative_to(here) else "Python's library"


def main():
    call_command("migrate", verbosity=0)
    call_command("load_record", verbosity=0)
    print(connection.display_name, connection.Database.__name__, f"{EVENTS} events, medians of {RUNS}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.csv"
        clear_library()
        clear()
        write_file(path)
        figures = defaultdict(list)
        for _run in range(RUNS):
            for name, seconds in measured(path, Path(folder) / "again.csv").items():
                figures[name].append(seconds)
        for name, resource in STOCK.items():
            clear()
            figures[name].append(timed(stock.import_file, resource, path))
        clear()
        parts = shares(import_file, path)
    report({name: statistics.median(seconds) for name, seconds in figures.items()})
    print("  where the time of new goes:", ", ".join(f"{place} {share:.0f} %" for place, share in parts[:MOST_PLACES]))


def report(seconds):
    """Print what each thing took, and the figures that are asked for beside what was reached."""
    for name, took in seconds.items():
        rate, times = EVENTS / took, took / seconds["floor"]
        print(f"  {name:15} {took:7.2f} s  {rate:8,.0f} rows/s  {times:6.2f} × floor")
    cached = 4 if connection.vendor == "sqlite" else 6
    for words, reached, wanted in (
        ("new, index kept, times the floor’s time", seconds["new"] / seconds["floor"], "≤ 3"),
        ("new, times stock’s rows a second", seconds["stock"] / seconds["new"], "≥ 20"),
        ("new, times stock’s, names cached", seconds["stock, cached"] / seconds["new"], f"≥ {cached}"),
        ("again, times new’s rows a second", seconds["new"] / seconds["again"], "≥ 2.5"),
        ("plan alone, rows a second", EVENTS / seconds["plan"], "≥ 15,000"),
    ):
        print(f"  {words:40} {reached:10,.1f}  wanted {wanted}")


if __name__ == "__main__":
    sys.exit(main())
