"""Previews: what a plan would do, line by line, kept beside its proposal for the pages that show it.

A page shows fifty lines of what may be a hundred thousand. The one pass that plans them writes each down, in a small
database of its own, and holds none; pages are read from there for as long as the record stays as it was.
"""

import json
import os
import sqlite3
from collections import Counter as Tally
from contextlib import closing

from records.models import LOCK, Counter

from .lines import CHANGED, DELETED, ERROR, NEW, SAME
from .models import MOST_OF_A_FILE, folded_name
from .parts import PlanOfParts, fields_of, in_words
from .plans import STATUSES
from .resources import CHUNK

# What can be asked for beside a status: all that would be done; what has become another thing since it was shown; what
# somebody has decided.
DOING, DIFFERING, DECIDED = "", "differing", "decided"
WANTED = {DOING: "status IN ('new', 'changed', 'deleted')", DIFFERING: "differs", DECIDED: "decided"}
DONE = NEW, CHANGED, DELETED

SCHEMA = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE lines (
        line INTEGER PRIMARY KEY, part INTEGER, number INTEGER, type TEXT, status TEXT, mark BLOB,
        asked INTEGER, undecided INTEGER, decided INTEGER, differs INTEGER DEFAULT 0
    );
    CREATE TABLE shown (line INTEGER PRIMARY KEY, text TEXT);
    CREATE TABLE said (value TEXT);
    BEGIN;
"""
ADD = "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE)"
SHOW = "INSERT INTO shown VALUES (?, ?)"
# Lines are counted and looked for without what they show, which is long.
PAGE = """
    SELECT status, differs, text
    FROM (SELECT line, status, differs FROM lines WHERE {} ORDER BY line LIMIT ? OFFSET ?) JOIN shown USING (line)
    ORDER BY line
"""
# What was in error could not be done, so whatever it has become was not agreed to before.
COMPARE = """
    UPDATE lines SET differs = 1 WHERE EXISTS (
        SELECT 1 FROM shown.lines AS before
        WHERE before.part = lines.part AND before.number = lines.number AND before.status != 'error'
        AND (before.differs OR (before.mark != lines.mark AND NOT (before.asked AND ?)))
    )
"""
COUNTS = "SELECT type, status, COUNT(*), SUM(differs), SUM(undecided), SUM(decided) FROM lines GROUP BY type, status"


def preview_of(proposal, user, *, anew=False, own=False):
    """The preview of a proposal: the one that is kept, or another where the record has moved since that was made.

    anew  plan again, whether it has moved or not
    own   whoever looks at it has just decided what rows are: that these differ from what was shown is no news

    Returns a Preview. Raises UnreadableFile.
    """
    kept = Preview.kept_in(proposal.preview)
    if kept and not anew and kept.record == Counter.last(LOCK):
        return kept
    with Making(proposal) as making:
        making.plan(user)
        if kept:
            making.compare(own)
    preview = Preview.kept_in(proposal.preview)
    preview.plans = making.planned.plans
    return preview


class Preview:
    """What a plan would do, as it was when it was made: read from the file that it is kept in.

    record       what the record's counter stood at
    rows         how many rows there were
    fingerprint  the digest of all that would be done
    types        the record types of the parts, in their order; `planned` are those that were come to
    problems     what is wrong with none of the rows alone, such as a heading
    names        names that nothing knows and that could come to be known
    counts       {(type, status or what else can be asked for): number of lines}
    undecided    how many lines somebody must decide about
    plans        the plans themselves, where it was made just now
    """

    plans = ()

    def __init__(self, path, said, counts, undecided):
        self.path = path
        self.counts = counts
        self.undecided = undecided
        for name, value in said.items():
            setattr(self, name, value)

    @classmethod
    def kept_in(cls, path):
        """The preview that a file holds, or None where there is no such file."""
        if not path.exists():
            return None
        with closing(sqlite3.connect(path)) as database:
            said = json.loads(database.execute("SELECT value FROM said").fetchone()[0])
            counts, undecided = Tally(), 0
            for type, status, number, differing, open, decided in database.execute(COUNTS):
                counts[type, status] = number
                counts[type, DOING] += number if status in DONE else 0
                counts[type, DIFFERING] += differing
                counts[type, DECIDED] += decided
                undecided += open
        return cls(path, said, counts, undecided)

    def count(self, show, type=""):
        """How many lines there are of a status, or of what else can be asked for; of one type or of all."""
        return sum(number for (of, what), number in self.counts.items() if what == show and type in ("", of))

    @property
    def differing(self):
        return self.count(DIFFERING)

    @property
    def is_good(self):
        """Whether it could be done."""
        return not (self.problems or self.undecided or self.count(ERROR))

    @property
    def has_errors(self):
        return bool(self.problems or self.count(ERROR))

    @property
    def changes_something(self):
        return bool(self.undecided or self.count(DOING))

    @property
    def in_words(self):
        """How many rows do what: `1 new, 2 changed and 3 the same`."""
        return self.said_of()

    def said_of(self, type=""):
        return in_words(Tally({status: self.count(status, type) for status in STATUSES}))

    def lines(self, show=DOING, type=""):
        """The lines of a status, or of what else can be asked for; of one type or of all."""
        condition, values = (WANTED[show], []) if show in WANTED else ("status = ?", [show])
        if type:
            condition, values = f"{condition} AND type = ?", [*values, type]
        return Lines(self.path, condition, values)


class Lines:
    """Lines of a preview, to be counted, and to be read a page at a time. `condition` is one of this module's own."""

    def __init__(self, path, condition, values):
        self.path = path
        self.condition = condition
        self.values = values

    def count(self):
        # Nothing that comes from outside stands in the text of a query.
        return self._ask(f"SELECT COUNT(*) FROM lines WHERE {self.condition}")[0][0]  # noqa: S608

    def __getitem__(self, page):
        found = self._ask(PAGE.format(self.condition), page.stop - page.start, page.start)
        return [json.loads(text) | {"status": status, "differs": differs} for status, differs, text in found]

    def _ask(self, query, *values):
        with closing(sqlite3.connect(self.path)) as database:
            return database.execute(query, [*self.values, *values]).fetchall()


class Making:
    """A preview while it is made, in a file that takes the place of the earlier one once all is well."""

    def __init__(self, proposal):
        self.proposal = proposal
        self.path = proposal.preview.with_suffix(f".{os.urandom(4).hex()}")
        self.lines = 0
        self.waiting, self.texts = [], []
        self.noted = set()
        self.names = {}

    def __enter__(self):
        self.database = sqlite3.connect(self.path, isolation_level=None)
        self.database.executescript(SCHEMA)
        return self

    def __exit__(self, error, *_):
        with closing(self.database):
            if not error:
                self.database.execute("COMMIT")
        if error:
            self.path.unlink()
        else:
            self.path.replace(self.proposal.preview)

    def plan(self, user):
        """Plan the proposal as it stands, on a user's rights."""
        record = Counter.last(LOCK)
        parts = self.proposal.read_parts()
        self.places = {id(part): place for place, part in enumerate(parts)}
        self.planned = PlanOfParts(parts, by=user, watch=self.note)
        self.write()
        self.database.execute("CREATE UNIQUE INDEX rows ON lines (part, number)")
        said = {
            "record": record,
            "rows": self.planned.rows,
            "fingerprint": self.planned.fingerprint,
            "types": list(dict.fromkeys(part.type for part in parts)),
            "planned": list(dict.fromkeys(planned.type for planned in self.planned.plans)),
            "problems": [problem.as_json() for problem in self.planned.errors if id(problem) not in self.noted],
            "names": sorted(self.names.values(), key=lambda name: -name["rows"]),
        }
        self.database.execute("INSERT INTO said VALUES (?)", [json.dumps(said)])

    def note(self, part, line):
        self.lines += 1
        is_asked = bool(line.likely) or line.duplicate_of is not None or line.is_chosen
        asked = is_asked, line.is_undecided, is_asked and bool(line.decision)
        where = self.lines, self.places[id(part)], line.number, part.type
        self.waiting.append((*where, line.status, line.mark, *asked))
        self.texts.append((self.lines, json.dumps(shown_of(part, line), ensure_ascii=False)))
        for problem in line.problems:
            self.noted.add(id(problem))
            if problem.sought:
                self.note_name(part, problem)
        if len(self.waiting) == CHUNK:
            self.write()

    def note_name(self, part, problem):
        """Note a name that nothing knows, with where it stands; of a file full of them only the first."""
        key = problem.sought, folded_name(problem.value)
        if not key[1] or (key not in self.names and len(self.names) == MOST_OF_A_FILE):
            return
        name = self.names.setdefault(
            key,
            {
                "text": problem.value,
                "sought": problem.sought,
                "nearest": problem.suggestions,
                "type": part.type,
                "row": problem.row,
                "columns": [],
                "rows": 0,
            },
        )
        name["rows"] += 1
        if problem.column not in name["columns"]:
            name["columns"].append(problem.column)

    def write(self):
        self.database.executemany(ADD, self.waiting)
        self.database.executemany(SHOW, self.texts)
        self.waiting.clear()
        self.texts.clear()

    def compare(self, own):
        """Mark the lines that would now do something else than the earlier preview says; `own` is as said above."""
        self.database.execute("COMMIT")
        self.database.execute("ATTACH ? AS shown", [f"{self.proposal.preview}"])
        self.database.execute("BEGIN")
        self.database.execute(COMPARE, [own])


def shown_of(part, line):
    """What a page shows of a line."""
    row = line.old | (line.after or line.cells)
    resource = part.resource
    shown = {
        "number": line.number,
        "type": part.type,
        "key": "" if resource.gives_number(line) else resource.key_of(row),
        "name": resource.name_of(row),
        "notes": line.notes,
        "duplicate_of": line.duplicate_of,
        "repeats": line.repeats,
        "decision": line.decision,
        "likely": [beside(part, line, key, row) for key, row in line.likely.items()],
    }
    if line.problems:
        return shown | {"problems": [problem.as_json() for problem in line.problems]}
    return shown | {"whole": line.is_whole, "fields": fields_of(part, line)} if line.status != SAME else shown


def beside(part, line, key, row):
    """A record that a line is probably of, beside what the file says: each column that either fills."""
    said = {name: line.cell(name) for name in line.cells if name not in part.resource.key}
    cells = {name: (row[name], cell) for name, cell in said.items() if row[name] or cell}
    return {"key": key, "name": part.resource.name_of(row), "cells": cells}
