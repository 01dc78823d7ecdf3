"""CSV of entries."""

from summaries.printed import Printed, PrintedEntry, PrintedSection
from summaries.writing import csv

from .. import printing


def test_entries_are_rows_numbered_through_the_edition():
    lines = csv.write(printing.SOURCE).decode("utf-8-sig").split("\r\n")
    assert lines[:3] == [
        "section,number,event,text",
        ',1,,"February 2002: First Regional Ministerial Conference, Bali."',
        "Activities since Bali I,2,E4,Establishment of a website. It holds documents.",
    ]


def test_a_spreadsheet_takes_no_text_for_a_formula():
    written = csv.write(Printed(["Summary"], [PrintedSection("=1", [PrintedEntry("@SUM(A1)")])])).decode("utf-8-sig")
    assert "'=1,1,,'@SUM(A1)" in written
