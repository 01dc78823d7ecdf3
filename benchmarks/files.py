"""How fast 100,000 events go out and come in as each kind of file, in how much memory; how soon bad files are answered.

Run with `script/bench files`, which does both databases. Each thing is measured in a process of its own.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from events.models import Event  # noqa: E402
from exchange.files import FORMATS, table_of  # noqa: E402
from exchange.plans import plan  # noqa: E402
from exchange.problems import UnreadableFile  # noqa: E402
from exchange.registry import resource_of  # noqa: E402
from records.models import Batch  # noqa: E402

from .importing import rows  # noqa: E402

MANY, FEW = 100_000, 1_000
NASTY = Path(__file__).parent.parent / "tests" / "exchange" / "nasty"


def write_rows(path, count):
    import csv

    made = rows(count)
    first = next(made)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["reference", *first])
        writer.writeheader()
        writer.writerow({"reference": ""} | first)
        writer.writerows({"reference": ""} | row for row in made)


def plan_file(path):
    return plan("events", table_of(path, resource_of("events"))).rows


def import_file(path):
    planned = plan("events", table_of(path, resource_of("events")))
    planned.apply(Batch(origin="import"))
    return planned.rows


def read_file(path):
    return sum(1 for _row in table_of(path, resource_of("events")).rows())


def export(path):
    own = resource_of("events")()
    with open(path, "wb") as file:
        for piece in FORMATS[Path(path).suffix[1:]].pieces(own, own.records()):
            file.write(piece.encode() if isinstance(piece, str) else piece)
    return Event.objects.count()


def answer(path):
    """Plan a file that is wrong; its name says its type."""
    kind = next((suffix[1:] for suffix in Path(path).suffixes[:-1] if suffix in (".events", ".outcomes")), "places")
    try:
        return plan(kind, table_of(path, resource_of(kind))).rows
    except UnreadableFile:
        return 0


ACTIONS = {action.__name__: action for action in (plan_file, import_file, read_file, export)}


def measure(name, path):
    """Do one thing in a process of its own, and print what it took."""
    command = [sys.executable, "-m", "benchmarks.files", name, str(path)]
    count, seconds, memory = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    speed = f"{int(count) / float(seconds):8.0f} rows/s"
    print(f"  {name:12} {path.name:12} {float(seconds):7.2f} s  {speed}  {int(memory) // 1024:5} MB")


def do(name, path):
    start = time.perf_counter()
    count = ACTIONS[name](path)
    print(count, time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def time_of(path):
    start = time.perf_counter()
    answer(path)
    return time.perf_counter() - start


def main():
    call_command("migrate", verbosity=0)
    call_command("load_record", verbosity=0)
    print(connection.display_name, connection.Database.__name__, f"{MANY} events")
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few.csv", Path(folder) / "many.csv"
        write_rows(few, FEW)
        write_rows(many, MANY)
        for name, path in (("plan_file", few), ("plan_file", many), ("import_file", many)):
            measure(name, path)
        for format in FORMATS:
            out = Path(folder) / f"out.{format}"
            measure("export", out)
            measure("read_file", out)
    times = {path.name: time_of(path) for path in sorted(NASTY.iterdir()) if path.is_file() and path.suffix != ".py"}
    slowest = max(times, key=times.get)
    print(
        f"  {len(times)} bad files answered in {sum(times.values()):.2f} s; slowest: {slowest}, {times[slowest]:.2f} s"
    )


if __name__ == "__main__":
    sys.exit(do(*sys.argv[1:]) if len(sys.argv) > 1 else main())
