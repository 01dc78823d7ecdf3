"""How fast pages are, in records of 100 to 100,000 events, each beside the floor.

The real server (gunicorn, two sync workers) is asked by `wrk` (`apt-get install wrk`) on 127.0.0.1. The **floor** is
what the same server and the same middleware need for one `SELECT 1`; it is measured before and after each figure, so
that a busy machine makes both slow. Run with `script/bench site`, which does both databases; a short look:

    script/bench site --sizes 1000 --pages list activity --rounds 1 --seconds 1
"""

import argparse
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from events.models import Event  # noqa: E402
from participants.models import Country  # noqa: E402

from .record import RARE, grow  # noqa: E402

SIZES = (100, 1_000, 10_000, 100_000)
WORKERS, CONNECTIONS = 2, 4
FLOOR = ["/floor"]
CLIENT = Client(headers={"host": "127.0.0.1"})
SCRIPT = Path(__file__).with_name("asking.lua")
# At least so many times the floor's requests a second, at 10,000 events.
WANTED = {"list": 8, "list, two filters": 8, "activity": 6, "list, unchanged": 2, "activity, unchanged": 2}
WANTED |= {f"search, {words}": 10 for words in ("common word", "rare word", "nothing")}


@dataclass
class Page:
    """Addresses that are asked for in turn; `unchanged`: by a browser that has them; `writer`: while another saves."""

    addresses: list
    unchanged: bool = False
    writer: bool = False


def pages():
    """What is measured, by name."""
    published = Event.objects.published().order_by("pk")
    activities = [f"/activities/{reference}/" for reference in spread(published.values_list("reference", flat=True))]
    countries = Country.objects.visible().alias(places_of=Count("places")).order_by("-places_of", "alpha2")
    lists = ["/activities/"]
    return {
        "home": Page(["/"]),
        "list": Page(lists),
        "list, two filters": Page(["/activities/?kind=workshop&country=TH", "/activities/?participant=AU&since=2010"]),
        "search, common word": Page([f"{search_address()}trafficking"]),
        "search, rare word": Page([f"{search_address()}{RARE}"]),
        "search, nothing": Page([f"{search_address()}xylophone"]),
        "activity": Page(activities),
        "country": Page([f"/countries/{alpha2}/" for alpha2 in countries.values_list("alpha2", flat=True)[:10]]),
        "CSV of all": Page(["/data/events.csv"]),
        "list, while saving": Page(lists, writer=True),
        "list, unchanged": Page(lists, unchanged=True),
        "activity, unchanged": Page(activities[:1], unchanged=True),
    }


def spread(values, number=20):
    """Some of many, from all over them."""
    values = list(values)
    return values[:: max(len(values) // number, 1)][:number]


def search_address():
    """Where words are searched for: among everything, where there is such a page."""
    return "/search/?q=" if CLIENT.get("/search/").status_code == 200 else "/activities/?q="


# --- The server -------------------------------------------------------------------------------------------------------


class Server:
    """The site as it is served, for as long as one stands in its context."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def __enter__(self):
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", f"{WORKERS}"]
        command += ["--no-control-socket", "--log-level", "warning", "--timeout", "300", "baliprocess.wsgi"]
        self.process = subprocess.Popen(command)
        for _attempt in range(100):
            try:
                self.get("/floor")
            except OSError:
                time.sleep(0.2)
            else:
                return self
        raise SystemExit("The server did not start.")

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.wait(30)

    def get(self, address, **headers):
        """The status and the headers of an answer."""
        asked = HTTPConnection("127.0.0.1", self.port, timeout=300)
        asked.request("GET", address, headers=headers)
        answer = asked.getresponse()
        answer.read()
        asked.close()
        return answer

    @property
    def memory(self):
        """The resident memory of the largest worker, in MB."""
        found = subprocess.run(["pgrep", "-P", f"{self.process.pid}"], capture_output=True, text=True, check=True)
        return max(resident(int(pid)) for pid in found.stdout.split())

    def ask(self, addresses, seconds, tag=None):
        """What wrk finds within some seconds: requests a second, and the 50th and 95th percentile in milliseconds.

        It asks four times as long where no answer was whole by then.
        """
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "120s", "-s", str(SCRIPT)]
        command += ["-H", f"If-None-Match: {tag}"] if tag else []
        command += [f"http://127.0.0.1:{self.port}/", "--", *addresses]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        number, took, failed, middle, late = map(float, said.split("figures")[1].split())
        if failed:
            print(f"  {failed:.0f} requests failed of {addresses[0]}", file=sys.stderr)
        return (number / took, middle, late) if number else self.ask(addresses, 4 * seconds, tag)


def resident(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def saving():
    """Somebody saves an event a second meanwhile."""
    writer = subprocess.Popen([sys.executable, "-m", "benchmarks.saving"])
    time.sleep(3)  # until it has begun
    try:
        yield
    finally:
        if writer.poll() is not None:
            print("  the writer ended before its time", file=sys.stderr)
        writer.send_signal(signal.SIGTERM)
        writer.wait(30)


# --- Figures ----------------------------------------------------------------------------------------------------------


def measure(server, page, rounds, seconds):
    """Medians of some rounds: (floor and page in requests a second, the floor's share, p50, p95)."""
    tag = server.get(page.addresses[0]).headers.get("ETag") if page.unchanged else None
    for address in page.addresses * WORKERS:
        server.get(address)
    if page.unchanged and server.get(page.addresses[0], **{"If-None-Match": tag or ""}).status != 304:
        return None
    found = []
    for _round in range(rounds):
        before, *_rest = server.ask(FLOOR, seconds)
        with saving() if page.writer else nothing_else():
            rate, *late = server.ask(page.addresses, seconds, tag)
        after, *_rest = server.ask(FLOOR, seconds)
        floor = (before + after) / 2
        found.append((floor, rate, floor / rate, *late))
    return [statistics.median(figures) for figures in zip(*found, strict=True)]


@contextmanager
def nothing_else():
    yield


def queries_and_bytes(address):
    """How many queries a page takes, how long it is, and how long as it is sent to browsers."""
    CLIENT.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = CLIENT.get(address)
        whole = length_of(answer)
    queries = len(captured)
    packed = CLIENT.get(address, headers={"accept-encoding": "gzip"})
    return queries, whole, length_of(packed)


def length_of(answer):
    return len(b"".join(answer.streaming_content) if answer.streaming else answer.content)


HEADING = "| page | of the floor | wanted | requests/s | floor | p50 | p95 | queries | bytes | sent |"


def report(name, page, figures):
    """A line of the table."""
    if figures is None:
        print(f"| {name} | not answered with 304 |")
        return
    floor, rate, share, middle, late = figures
    queries, whole, sent = queries_and_bytes(page.addresses[0])
    wanted = f"1/{WANTED[name]}" if name in WANTED else ""
    print(
        f"| {name} | 1/{share:.1f} | {wanted} | {rate:,.0f} | {floor:,.0f} | {middle:,.1f} ms | {late:,.1f} ms "
        f"| {queries} | {whole:,} | {sent:,} |",
        flush=True,
    )


def asked_for():
    parser = argparse.ArgumentParser(prog="script/bench site", description="Measures how fast pages are.")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="numbers of events")
    parser.add_argument("--pages", nargs="+", default=[], help="names of pages, or their beginnings; otherwise all")
    parser.add_argument("--seconds", type=int, default=2, help="how long each figure is measured")
    parser.add_argument("--rounds", type=int, default=5, help="of how many the medians are taken")
    return parser.parse_args()


def main():
    asked = asked_for()
    if not shutil.which("wrk"):
        raise SystemExit("script/bench site measures with wrk: install it (apt-get install wrk), and run this again.")
    for command, options in (("migrate", {}), ("load_record", {}), ("collectstatic", {"interactive": False})):
        call_command(command, verbosity=0, **options)
    print(connection.display_name, f"medians of {asked.rounds} times {asked.seconds} s", flush=True)
    for size in sorted(asked.sizes):
        measure_record(size, asked)


def measure_record(size, asked):
    """Make the record as large as that, and measure its pages."""
    began = time.perf_counter()
    grow(size)
    print(f"\n{size:,} events, filled in {time.perf_counter() - began:.0f} s\n\n{HEADING}")
    print("| --- " * HEADING.count(" | ") + "| --- |")
    with Server() as server:
        for name, page in pages().items():
            if not asked.pages or name.startswith(tuple(asked.pages)):
                report(name, page, measure(server, page, asked.rounds, asked.seconds))
        print(f"\nmemory of a worker: {server.memory:.0f} MB", flush=True)


if __name__ == "__main__":
    sys.exit(main())
