"""CSV of the entries, by the rules of all CSV files of the record (`exchange.files.csv`)."""

import csv
import io
from itertools import count

from exchange.files.csv import MARK, guarded

COLUMNS = ("section", "number", "event", "text")


def write(printed):
    """The bytes of a CSV file: for each entry the heading above it, its number in the edition, its event, its text."""
    buffer = io.StringIO(newline="")
    buffer.write(MARK)
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    numbers = count(1)
    for section in printed.sections:
        for entry in section.entries:
            writer.writerow([guarded(section.heading), next(numbers), entry.reference, guarded(entry.text)])
    return buffer.getvalue().encode()
