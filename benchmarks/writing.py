"""How fast an edition of 1,000 activities is composed from the record, and written in each format.

`script/bench summary` runs it, after it has measured reading.
"""

import time

from events.models import Event
from exchange.parts import Part, apply
from records.models import Batch
from summaries.composing import compose
from summaries.writing import FORMATS

from . import importing

ENTRIES = 1_000


def timed(action, *arguments):
    """What an action gives, and how many seconds of processor it takes."""
    start = time.process_time()
    result = action(*arguments)
    return result, time.process_time() - start


def main():
    """Measure, in a record that holds the starting record."""
    missing = ENTRIES - Event.objects.published().count()
    rows = [{"reference": f"M{number}", **row} for number, row in enumerate(importing.rows(missing))]
    apply([Part("events", rows)], Batch(origin=Batch.Origin.IMPORT))
    draft, composed = timed(lambda: compose().printed)
    entries = sum(len(section.entries) for section in draft.sections)
    print(f"\nAn edition of {entries} entries is composed in {composed:.2f} s of processor, and written as")
    for name, format in FORMATS.items():
        written, seconds = timed(format.write, draft)
        print(f"  {name:4} in {seconds:.2f} s: {len(written):,} bytes")
