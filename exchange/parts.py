"""Parts: rows of several types that are planned and applied together, in one transaction and one batch."""

from collections import Counter as Tally
from hashlib import sha256

from django.db import transaction

from records.models import Batch, Counter

from . import registry
from .decisions import NEW as AS_NEW
from .decisions import REST
from .lines import CHANGED, DELETED, DUPLICATE, ERROR, LIKELY, NEW, SAME
from .plans import STATUSES, NotApplied, plan, refusals
from .progress import CHECKING, SILENT, TRYING, WRITING
from .tables import RowTable


class Different(NotApplied):
    """Raised instead of applying parts whose plan is no longer the one that was shown; nothing was written."""

    def __init__(self):
        Exception.__init__(self, "What this would do is no longer what was shown.")
        self.problems = []


class Part:
    """Rows of one type: those that make and change its records, and those of the records to be deleted.

    table      a table, or a list of {column: cell}
    found_by   for each row of a list, the row under whose key its record is found, where that is another key
    deleting   rows, of which only the key counts
    exact      rows are the whole truth of their records
    decisions  {row number: answer} (exchange.decisions) for rows whose record is probably there already
    """

    def __init__(self, type, table=(), *, found_by=None, deleting=(), exact=False, decisions=None):
        self.type = type
        self.table = table
        self.found_by = found_by
        self.deleting = deleting
        self.exact = exact
        self.decisions = decisions or {}

    @property
    def resource(self):
        return registry.resource_of(self.type)

    @property
    def rows(self):
        """The table of its rows."""
        return RowTable(self.table, self.found_by) if isinstance(self.table, list) else self.table

    def count(self, progress):
        """How many lines its plan will have, or None where nobody would see it."""
        rows = progress.count(self.rows, self.type)
        return None if rows is None else rows + len(self.deleting)

    def plan(self, by, watch=None, *, rest=None):
        """The plan of the part; `rest` decides the rows that nobody has decided."""
        decisions = self.decisions | ({REST: rest} if rest else {})
        return plan(
            self.type, self.rows, deleting=self.deleting, by=by, exact=self.exact, decisions=decisions, watch=watch
        )

    def as_json(self):
        """What `Part(**kept)` makes it from again; for parts of lists alone."""
        return {
            "type": self.type,
            "table": list(self.table),
            "found_by": self.found_by,
            "deleting": list(self.deleting),
            "exact": self.exact,
            "decisions": self.decisions,
        }


class PlanOfParts:
    """What parts would do together: `counts`, the `errors` and `questions` of all, and `plans`, one for each planned.

    Later parts may refer to what earlier ones make. So all but the last are done to see what the next would do, and
    that is undone again, undecided rows as if they were new; after a part with errors none is planned.

    by        the user whose rights the rows obey
    watch     called with each part and line as it is planned
    progress  is told of each part's passes
    """

    def __init__(self, parts, by=None, watch=None, progress=SILENT):
        self.parts = parts
        self.by = by
        self.progress = progress
        self.plans = []
        self.errors = []
        self.questions = []
        self.counts = Tally()
        self.digest = Digest()
        if len(parts) == 1:
            self.plan(parts[0], watch)
            return
        with transaction.atomic():
            Counter.lock()
            rehearsal = Batch(by=by, origin=Batch.Origin.ADMIN)
            for part in parts:
                planned = self.plan(part, watch)
                if self.errors:
                    break
                if part is not parts[-1]:
                    self.rehearse(part, planned, rehearsal)
            transaction.set_rollback(True)

    def plan(self, part, watch):
        def note(line):
            self.progress.note(line)
            self.digest.add(part, line)
            if watch:
                watch(part, line)

        self.progress.begin(CHECKING, part.count(self.progress), part.type)
        planned = part.plan(self.by, note)
        self.plans.append(planned)
        self.counts.update(planned.counts)
        self.errors.extend(planned.errors)
        self.questions.extend(planned.questions)
        return planned

    def rehearse(self, part, planned, batch):
        self.progress.begin(TRYING, planned.counts.total(), planned.type)
        try:
            if planned.questions:
                planned = part.plan(self.by, rest=AS_NEW)
            planned.apply(batch, watch=self.progress.note)
        except NotApplied as refusal:
            self.errors.extend(refusal.problems)

    @property
    def is_good(self):
        return not self.errors and not self.questions

    @property
    def changes_something(self):
        return bool(self.questions) or any(self.counts[status] for status in (NEW, CHANGED, DELETED))

    @property
    def rows(self):
        return sum(planned.rows for planned in self.plans)

    @property
    def in_words(self):
        """How many rows do what: `1 new, 2 changed and 3 the same`."""
        return in_words(self.counts)

    @property
    def fingerprint(self):
        """A digest of all that the plan would do: another one means that it would do something else."""
        return self.digest.text


def apply(parts, batch, shown=None, progress=SILENT):
    """Do what parts say, or nothing, as the batch's user; return how many rows did what, in words.

    shown     the fingerprint of the plan that was shown
    progress  is told of each part's two passes

    Saves the batch, unless nothing differs. Raises NotApplied where a part has errors, and Different where it would do
    something else than was shown.
    """
    done, counts = Digest(), Tally()
    totals = [part.count(progress) for part in parts]
    with refusals(), transaction.atomic():
        Counter.lock()
        for part, total in zip(parts, totals, strict=True):

            def written(line, part=part):
                done.add(part, line)
                progress.note(line)

            progress.begin(CHECKING, total, part.type)
            planned = part.plan(batch.by, watch=progress.note)
            progress.begin(WRITING, planned.counts.total(), part.type)
            planned.apply(batch, watch=written)
            counts.update(planned.counts)
        if shown is not None and shown != done.text:
            raise Different
        progress.close(batch, in_words(counts))
    return in_words(counts)


def in_words(counts):
    """How many rows do what: `1 new, 2 changed and 3 the same`."""
    words = {
        NEW: "new",
        CHANGED: "changed",
        DELETED: "deleted",
        SAME: "the same",
        DUPLICATE: "alike with an earlier row",
        LIKELY: "probably there already",
        ERROR: "with errors",
    }
    said = [f"{counts[status]} {words[status]}" for status in STATUSES if counts[status]]
    return " and ".join(filter(None, [", ".join(said[:-1]), *said[-1:]])) or "no rows"


class Digest:
    """Grows with each line that does something; says in short what they do."""

    def __init__(self):
        self.hash = sha256()

    def add(self, part, line):
        line.mark = mark_of(part, line)
        self.hash.update(line.mark)

    @property
    def text(self):
        return self.hash.hexdigest()


def mark_of(part, line):
    """What a line does, as some bytes: others mean that it does something else; none that it does nothing."""
    if line.status == SAME:
        return b""
    of = part.resource.key_of(line.old), *line.likely
    done = part.type, line.status, of, sorted(fields_of(part, line).items())
    return sha256(repr(done).encode("utf-8", "replace")).digest()


def fields_of(part, line):
    """The columns that a line changes, but for a reference that is given to it: whoever writes first takes the next."""
    fields = line.fields
    if part.resource.gives_number(line):
        fields.pop(part.resource.key[0], None)
    return fields
