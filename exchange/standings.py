"""Standings: how far the writing of a proposal is, kept beside the proposal while it is done and for a day after.

They stand in files, because what a transaction writes is not seen before it ends. Whoever writes holds a lock on a file
beside, which the system lets go when the process ends, however it ends: so it is known at once when one has died. What
became of a transaction whose process has died, the record itself tells: the batch that was noted before its end is
there, or it is not.
"""

import fcntl
import json
import os
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

from records.models import Batch

from .parts import Different
from .plans import NotApplied
from .problems import Problem
from .progress import Progress
from .proposals import NAME, folder

WAITING, DONE, REFUSED, BROKEN = "waiting", "done", "refused", "broken off"
OVER = (DONE, REFUSED, BROKEN)
KEPT_PROBLEMS = 200
TOLD_EACH = 0.5  # seconds


@dataclass
class Standing(Progress):
    """How far the writing of a proposal is.

    name, owner, type, title, back  as of the proposal
    stage     waiting, what is done now (exchange.progress), or how it ended
    since     when the stage began, and `at` when this was told, in seconds as `time.time` counts
    batch     the primary key of the batch, and `batch_at` its time, noted before the transaction ends
    said      what was done or what went wrong, in words
    problems  why it was refused, as `Problem`s are kept
    """

    name: str
    owner: int
    type: str
    title: str
    back: str
    stage: str = WAITING
    what: str = ""
    rows: int = 0
    total: int | None = None
    since: float = field(default_factory=time.time)
    at: float = field(default_factory=time.time)
    batch: int | None = None
    batch_at: str = ""
    said: str = ""
    problems: list = field(default_factory=list)

    is_shown = True

    @classmethod
    def of(cls, proposal):
        """That of a proposal which waits to be written."""
        return cls(proposal.name, proposal.owner, proposal.type, proposal.title, proposal.back)

    # --- Telling ------------------------------------------------------------------------------------------------------

    def begun(self):
        self.since = time.time()
        self.keep()

    def show(self):
        if time.time() > self.at + TOLD_EACH:
            self.keep()

    def close(self, batch, said):
        self.batch, self.batch_at, self.said = batch.pk, batch.at.isoformat() if batch.pk else "", said
        self.keep()

    def conclude(self, stage, problems=()):
        """It has ended, so or so."""
        self.stage = stage
        self.problems = [asdict(problem) for problem in problems[:KEPT_PROBLEMS]]
        self.keep()

    def keep(self):
        """Write it down, whole at any moment."""
        self.at = time.time()
        path = path_of(self.name)
        waiting = path.with_suffix(".new")
        waiting.write_text(json.dumps(asdict(self)))
        os.replace(waiting, path)

    def forget(self):
        for path in (path_of(self.name), lock_of(self.name)):
            path.unlink(missing_ok=True)

    # --- Reading ------------------------------------------------------------------------------------------------------

    @property
    def is_over(self):
        return self.stage in OVER

    @property
    def may_be_tried_again(self):
        return self.stage in (REFUSED, BROKEN)

    @property
    def was_written(self):
        """Whether the transaction ended well, whatever became of the process."""
        return bool(self.batch) and Batch.objects.filter(pk=self.batch, at=self.batch_at).exists()

    @property
    def refusal(self):
        """Why nothing was written, where it was refused; a refusal without problems is one of another plan."""
        if self.stage != REFUSED:
            return None
        return NotApplied([Problem(**problem) for problem in self.problems]) if self.problems else Different()

    def settle(self):
        """Say how it ended, of what nobody works on: it waits, it was done, or it was broken off."""
        if self.was_written:
            self.stage = DONE
        elif self.stage != WAITING:
            self.stage = BROKEN

    @property
    def rate(self):
        """Rows a second in this stage, or None as long as that cannot be said."""
        took = self.at - self.since
        return self.rows / took if self.rows and took > 0 else None

    @property
    def figures(self):
        """How far the stage is, in words: `4,500 of 10,000 rows, 900 a second, about 6 seconds left`."""
        said = [f"{self.rows:,} of {self.total:,} rows" if self.total else f"{self.rows:,} rows"]
        if self.rate:
            said.append(f"{self.rate:,.0f} a second")
        if self.rate and self.total:
            said.append(f"about {in_words((self.total - self.rows) / self.rate)} left")
        return ", ".join(said)


def in_words(seconds):
    """A time, roughly: `6 seconds`, `3 minutes`."""
    number, unit = (round(seconds), "second") if seconds < 90 else (round(seconds / 60), "minute")
    return f"{number} {unit}" + ("" if number == 1 else "s")


def standing_of(name, type, user):
    """The standing of a user's proposal on the pages of a type; None where nobody has begun to write it."""
    if not (NAME.fullmatch(name) and path_of(name).exists()):
        return None
    try:
        with at_rest(name):
            standing = read(name)
            if standing and not standing.is_over:
                standing.settle()
    except BlockingIOError:
        standing = read(name)
    return standing if standing and (standing.type, standing.owner) == (type, user.pk) else None


def read(name):
    """The standing of a proposal as it was last told, or None."""
    try:
        return Standing(**json.loads(path_of(name).read_text()))
    except FileNotFoundError:
        return None


def path_of(name):
    return folder() / f"{name}.standing"


# --- Who is at work ---------------------------------------------------------------------------------------------------


@contextmanager
def at_work(name):
    """A block in which nobody else works on a proposal: whoever comes second waits."""
    with lock_of(name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def at_rest(name):
    """A block in which nobody works on a proposal. Raises BlockingIOError where somebody does."""
    with lock_of(name).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield


def lock_of(name):
    return folder() / f"{name}.lock"
