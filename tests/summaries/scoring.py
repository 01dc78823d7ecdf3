"""How well summaries are read: what was read beside what their documents are known to say, column by column."""

import csv
import json
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

from events.resources.role import role_parts
from records.folding import fold
from summaries.documents import COLUMNS
from summaries.extraction import extract
from summaries.knowledge import BODY, PARTICIPANT, Knowledge, Known, KnownEvent, KnownPlace
from summaries.reading import read

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENTS = Path(__file__).parent / "documents"
SOURCE_TEXT = PROJECT.parent / "shared" / "summary-of-activities.txt"
FIXTURES = PROJECT / "fixtures"

ROLES = COLUMNS[COLUMNS.index("chairs") : COLUMNS.index("observers") + 1]
SEVERAL = {*ROLES, "bodies"}
LEFT_OUT = {"reference", "themes", "description", "sources", "note", "publication"}
SCORED = [column for column in COLUMNS if column not in LEFT_OUT] + ["outcomes", "links", "figures"]
NOT_STATED = {"scope": "regional", "status": "held", "format": "in_person"}


class Score:
    """What a column was to have, and what was read: `right`, `missed`, `wrong`, `invented` of so many `blank` ones."""

    def __init__(self):
        self.right = self.missed = self.wrong = self.invented = self.blank = 0
        self.misses = []

    @property
    def stated(self):
        return self.right + self.missed

    @property
    def recall(self):
        return self.right / self.stated if self.stated else 1.0

    @property
    def precision(self):
        read = self.right + self.wrong + self.invented
        return self.right / read if read else 1.0

    def add(self, other):
        for name in ("right", "missed", "wrong", "invented", "blank"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.misses += other.misses


def documents(unseen):
    """The paths of the documents beside which their rows stand: those put away until the end, or the others."""
    folder = DOCUMENTS / "unseen" if unseen else DOCUMENTS
    return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix != ".json")


def expected_of(path):
    """What a document says: {"headings": […], "entries": […]}, the entries with the columns that it states."""
    return json.loads(path.with_name(f"{path.stem}.expected.json").read_text(encoding="utf-8"))


def starting_knowledge():
    """What a record knows that holds the starting record, without asking a database."""
    names = {}
    sorts = {"countries": (PARTICIPANT, "alpha2", ("alpha3", "alpha2")), "agencies": (PARTICIPANT, "slug", ("slug",))}
    sorts["bodies"] = (BODY, "slug", ("slug",))
    for type, (sort, key, codes) in sorts.items():
        for row in rows_of(type):
            short = row.get("acronym") or row.get("short_name") or ""
            texts = [(text, False) for text in (row["name"], short, *row["names"].split("; "))]
            for text, is_code in [*texts, *((row[code], True) for code in codes)]:
                if text:
                    names.setdefault(fold(text), Known(text, row["name"], row[key], sort, is_code))
    places = [KnownPlace(row["city"], row["country"]) for row in rows_of("places")]
    events = [
        KnownEvent(*(row[column] for column in ("reference", "title", "kind", "when", "city", "country")))
        for row in rows_of("events")
    ]
    return Knowledge(names.values(), places, [row["name"] for row in rows_of("series")], events, "bali-process")


def read_file(path, knowledge):
    found = extract(path)
    return read(found.text, knowledge, found.hints)


# What these built on was judged from the subjects of activities: their entries name no other.
JUDGED = ("E12", "E22", "E24", "E27", "E30")


def expected_of_source():
    """What the summary of 2002 to 2009 says, from the starting record, which was made of it by hand."""
    rows = rows_of("events")
    entries = []
    numbers = {row["reference"]: number for number, row in enumerate(rows, 1)}
    for row in rows:
        entry = {column: row[column] for column in COLUMNS if row[column] and column not in LEFT_OUT}
        if row["kind"] == "ministerial":  # the days, and the place of the third, are from elsewhere
            entry["when"] = row["when"][:7]
        if row["reference"] == "E3":
            del entry["city"], entry["country"]
        links = [each for each in rows_of("event_links") if each["from"] == row["reference"] not in JUDGED]
        entry["links"] = [[link["kind"], numbers[link["to"]]] for link in links]
        entry["outcomes"] = [each["kind"] for each in rows_of("outcomes") if each["event"] == row["reference"]]
        if row["reference"] == "E12":
            entry["figures"] = [["in_use", 17], ["already_had", 17], ["considering", 9]]
        entries.append(entry)
    return {"headings": ["", "Activities since Bali I", "Activities since Bali II"], "entries": entries}


def rows_of(type):
    with (FIXTURES / f"{type}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def scores(document, expected, knowledge):
    """{column: Score} of a document beside what it says, entry by entry, in their order."""
    found = {column: Score() for column in SCORED}
    pairs = paired(expected["entries"], document.entries)
    numbers = {id(entry): number for number, (_wanted, entry) in enumerate(pairs, 1) if entry}
    for number, (wanted, entry) in enumerate(pairs, 1):
        for column in SCORED:
            compare(
                found[column],
                column,
                wanted_values(wanted or {}, column, knowledge),
                read_values(entry, column, numbers, knowledge),
                number,
            )
    return found


def paired(wanted, read):
    """Pairs of the entries of two lists, in their order and as alike as can be; an entry without its like is alone.

    One that is found where there is none would otherwise make all that follow it count as wrong. Entries that are alone
    come last, so that those wanted keep their numbers.
    """
    likeness = [[similarity(entry["title"], other.row["title"]) for other in read] for entry in wanted]
    best = [[0.0] * (len(read) + 1) for _ in range(len(wanted) + 1)]
    for one in reversed(range(len(wanted))):
        for other in reversed(range(len(read))):
            together = likeness[one][other] + best[one + 1][other + 1] + 0.01
            best[one][other] = max(together, best[one + 1][other], best[one][other + 1])
    pairs, alone, other = [], [], 0
    for one, entry in enumerate(wanted):
        while other < len(read) and best[one][other] == best[one][other + 1] > best[one + 1][other]:
            alone.append((None, read[other]))
            other += 1
        if other < len(read) and best[one][other] > best[one + 1][other]:
            pairs.append((entry, read[other]))
            other += 1
        else:
            pairs.append((entry, None))
    return pairs + alone + [(None, each) for each in read[other:]]


def wanted_values(wanted, column, knowledge):
    value = wanted.get(column, "")
    if column in ("links", "figures"):
        return [tuple(each) for each in value or ()]
    if column == "outcomes":
        return list(value or ())
    return values(column, value, knowledge)


def read_values(entry, column, numbers, knowledge):
    if entry is None:
        return []
    if column == "links":
        return [(link.kind, numbers.get(id(link.target), link.to)) for link in entry.links]
    if column == "figures":
        return [(figure.status, figure.count) for figure in entry.figures]
    if column == "outcomes":
        return [outcome.kind for outcome in entry.outcomes]
    return values(column, entry.row[column], knowledge)


def values(column, cell, knowledge):
    """The values of a cell, each as it is compared: participants by whom they are, not by which of their names."""
    if not cell or cell == NOT_STATED.get(column):
        return []
    if column in ROLES:
        names = [name for name, _remark in role_parts(cell)]
        return [known.code if (known := knowledge.name(name)) else fold(name) for name in names]
    if column in SEVERAL:
        return [fold(part) for part in cell.split(";")]
    return [cell if column in ("when", "title") else fold(cell)]


def compare(score, column, wanted, read, number):
    if not wanted:
        score.blank += 1
        score.invented += bool(read)
        if read:
            score.misses.append((number, "", read))
        return
    right = sum((Counter(wanted) & Counter(read)).values())
    if column == "title" and read and alike(wanted[0], read[0]):
        right = 1
    score.right += right
    score.missed += len(wanted) - right
    score.wrong += len(read) - right
    if right < len(wanted) or len(read) > right:
        score.misses.append((number, wanted, read))


def alike(one, other):
    """Whether two titles are the same but for a word or so; the longer may go on after a remark."""
    return similarity(one, other) >= 0.85


def similarity(one, other):
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio()
