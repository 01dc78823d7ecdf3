"""Plans: what rows would do to the record, and doing it.

A plan is made twice and held never: the first pass over the rows counts and finds what is wrong, the second, inside one
transaction and behind the record's lock, plans again chunk by chunk and writes. So a plan of 100,000 rows takes no more
memory than one of a thousand, and what is applied is planned against the record as it then stands.
"""

from collections import Counter as Tally
from contextlib import contextmanager

from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, transaction
from django.db.models import ProtectedError

from records.folding import one_line
from records.models import Counter, number_in

from . import registry
from .decisions import Decisions
from .lines import CHANGED, DELETED, DUPLICATE, ERROR, LIKELY, NEW, SAME, Line
from .planner import Planner
from .problems import Problem
from .resources import CHUNK, chunked
from .sessions import Session
from .suggestions import nearest
from .tables import HEADING_ROW, PROBLEMS, as_table
from .writing import count, write_lines

STATUSES = (NEW, CHANGED, SAME, DUPLICATE, LIKELY, DELETED, ERROR)


class NotApplied(Exception):
    """Raised instead of applying a plan with errors; nothing was written. `problems` says what is wrong."""

    def __init__(self, problems):
        super().__init__(f"{len(problems)} problems; nothing was written. The first: {problems[0]}")
        self.problems = problems


def plan(type, rows=(), *, deleting=(), by=None, exact=False, decisions=None, watch=None):
    """Plan what rows would do to the records of a type. Nothing is written.

    type       the name of a record type
    rows       a table (exchange.tables), or a list of {column: cell}
    deleting   rows, of which only the key counts, of records to be deleted; a file never deletes
    by         the user whose rights the rows obey; None is an administrator
    exact      rows are the whole truth of their records, as in undo and replay
    decisions  {row number: answer} (exchange.decisions) for rows whose record is probably there already
    watch      called with each line (exchange.lines) as it is planned

    Returns a Plan. Raises LookupError for an unknown type, UnreadableFile for a table that cannot be read.
    """
    resource = registry.resource_of(type)
    return Plan(resource, as_table(rows, resource), deleting, by, exact, decisions, watch)


class Plan:
    """What rows would do.

    `rows` and the counts `new`, `changed`, `same`, `deleted`, `duplicate` (of an earlier row, and left out) and
    `likely` (probably of a record that is there); the list `errors`, and the list `questions`: what somebody must
    decide first.
    """

    def __init__(self, resource_class, table, deleting, by, exact, decisions, watch):
        self.resource_class = resource_class
        self.type = resource_class.type
        self.table = table
        self.deleting = list(deleting)
        self.by = by
        self.exact = exact
        self.decisions = Decisions(decisions)
        self.rows = 0
        self.questions = []
        self.errors = heading_problems(resource_class, table.heading, table.heading_row) if table.heading else []
        self.counts = Tally()
        self.highest = self.highest_given()
        if self.errors:
            self.rows = sum(1 for _row in table.rows())
        else:
            for line in self.lines(watch):
                self.note(line)

    def __getattr__(self, name):
        if name in STATUSES:
            return self.counts[name]
        raise AttributeError(name)

    @property
    def is_good(self):
        """Whether every row could be applied."""
        return not self.errors and not self.questions

    @property
    def changes_something(self):
        return bool(self.questions or self.counts[NEW] or self.counts[CHANGED] or self.counts[DELETED])

    def note(self, line):
        self.rows += not line.deleting
        self.counts[line.status] += 1
        self.errors.extend(line.problems)
        if line.is_undecided:
            self.questions.append(question(self.resource_class, line))

    def lines(self, watch=None):
        """The lines of the plan, planned afresh against the record as it stands."""
        for _resource, chunk in self.chunks():
            for line in chunk:
                if watch:
                    watch(line)
                yield line

    def apply(self, batch, watch=None):
        """Do what the plan says, or nothing.

        Saves the batch, unless nothing differs, and gives each applied record one change in it. Returns the batch, or
        None when all is the same. Raises NotApplied when a row is in error or undecided, be it only since the plan was
        made.
        """
        if not self.is_good:
            raise NotApplied(self.errors or self.questions)
        with refusals(), transaction.atomic():
            Counter.lock()
            return self._write(batch, watch)

    def _write(self, batch, watch):
        self.rows, self.counts = 0, Tally()
        resource = None
        for resource, chunk in self.chunks():
            problems = [problem for line in chunk for problem in line.problems]
            problems = problems or [question(resource, line) for line in chunk if line.is_undecided]
            if problems:
                raise NotApplied(problems)
            write_lines(resource, [line for line in chunk if line.status != SAME], batch)
            for line in chunk:
                self.note(line)
                if watch:
                    watch(line)
        if batch.pk and resource:
            resource.finish(self.highest)
        count(batch, self.type, self.counts)
        return batch if batch.pk else None

    def highest_given(self):
        """The highest number among the references that the rows give, which numbers given to others stay above."""
        letter, column = self.resource_class.letter, self.resource_class.key[0]
        return max((number_in(cell.strip(), letter) for cell in self.table.column(column)), default=0) if letter else 0

    def chunks(self):
        """Pairs of the pass's resource and a planned chunk of lines."""
        resource = self.resource_class(Session(self.by, exact=self.exact))
        planner = Planner(resource, self.highest, self.decisions)
        for lines in chunked(self._lines(), None if resource.whole else CHUNK):
            planner.plan(lines)
            yield resource, lines

    def _lines(self):
        last = HEADING_ROW
        for number, cells in self.table.rows():
            yield self.table.line(number, cells)
            last = number
        for number, cells in enumerate(self.deleting, start=last + 1):
            yield Line(number, cells, deleting=True)


def question(resource, line):
    """What somebody must decide of a line, as a problem of its key."""
    if line.status == DUPLICATE:
        message = (
            f"Row {line.duplicate_of} is the same but for what else it says. Make one row of the two, or say that both "
            "are to be records."
        )
        return Problem(line.number, resource.key[0], "", message)
    named = ", ".join(f"{key} “{resource.name_of(row)}”" for key, row in line.likely.items())
    message = f"This is probably there already, as {named}. Say whether it is, or is new."
    return Problem(line.number, resource.key[0], "", message, list(line.likely))


@contextmanager
def refusals():
    """Raises NotApplied instead of what the database raises within the block, which is to hold the whole transaction.

    Some of it is only found at the end of the transaction, such as a disk that is full.
    """
    try:
        yield
    except ProtectedError as error:
        raise NotApplied([Problem(HEADING_ROW, "", "", error.args[0])]) from error
    except (IntegrityError, DataError) as error:
        message = f"The database refused the rows, and nothing was written: {error}"
        raise NotApplied([Problem(HEADING_ROW, "", "", message)]) from error
    except (DatabaseError, InterfaceError) as error:
        message = f"The database could not write the rows, and nothing was written: {one_line(str(error))}. Try again."
        raise NotApplied([Problem(HEADING_ROW, "", "", message)]) from error


def heading_problems(resource, heading, row=HEADING_ROW):
    """What is wrong with a heading, a list of column names, as errors of its row."""
    known = resource.declared
    problems = []
    for name, times in Tally(heading).items():
        if name == PROBLEMS:
            continue
        if name not in known:
            message = f"“{name}” is no column of {resource.title()}." if name else "A column has no heading."
            problems.append(Problem(row, name, name, message, nearest(name, known) if name else []))
        elif times > 1:
            problems.append(Problem(row, name, name, f"The column {name} stands {times} times."))
    problems += [
        Problem(row, name, "", f"The column {name} is missing.") for name in resource.required if name not in heading
    ]
    return problems
