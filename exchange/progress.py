"""Progress: which pass of a long work is at which row, told to whoever watches: a terminal, or a page."""

import sys
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

READING, CHECKING, TRYING, WRITING, COMPARING = "reading", "checking", "trying", "writing", "comparing"
EVERY = 100  # rows, so that telling costs next to nothing


class Progress:
    """What a long work tells of itself, pass by pass. This one tells nobody.

    stage  what the pass does, in a word
    what   what it does that to, in a word or two; may be blank
    rows   how many it has done
    total  how many there are, or None where nobody knows
    """

    is_shown = False
    stage = what = ""
    rows = 0
    total = None

    def begin(self, stage, total=None, what=""):
        """A pass begins, and so the one before has ended."""
        self.end()
        self.stage, self.what, self.rows, self.total = stage, what, 0, total
        self.begun()

    def advance(self, rows=1):
        """Rows are done."""
        before = self.rows
        self.rows += rows
        if self.rows // EVERY > before // EVERY:
            self.show()

    def note(self, *_line):
        """A row is done: what plans call with each, as their `watch`."""
        self.advance()

    def count(self, table, what=""):
        """How many rows a table has, or None where nobody would see it: that takes one reading more."""
        if not self.is_shown:
            return None
        self.begin(READING, what=what)
        for _row in table.rows():
            self.advance()
        return self.rows

    def begun(self):
        """Tell that a pass has begun."""

    def show(self):
        """Tell how far it is."""

    def end(self):
        """Tell that it has ended."""

    def close(self, batch, said):
        """All is done, in a batch which is there once the transaction has ended: what was done, in words."""


SILENT = Progress()


@contextmanager
def on_terminal(*, quiet=False):
    """Yields what shows progress on a terminal, as lines of standard error; nothing is shown where that is none."""
    console = Console(stderr=True)
    if quiet or not (sys.stderr.isatty() and console.is_interactive):
        yield SILENT
        return
    columns = [
        TextColumn("{task.description}"),
        BarColumn(),
        Count(),
        Rate(),
        TimeRemainingColumn(elapsed_when_finished=True),
    ]
    with Bars(*columns, console=console) as bars:
        progress = TerminalProgress(bars)
        yield progress
        progress.end()


class TerminalProgress(Progress):
    """Shows each pass as a line with a bar, rows, rows a second, and the time left."""

    is_shown = True

    def __init__(self, bars):
        self.bars = bars
        self.line = None

    def begun(self):
        said = " ".join(filter(None, [self.stage.capitalize(), self.what.replace("_", " ")]))
        self.line = self.bars.add_task(said, total=self.total)

    def show(self):
        self.bars.update(self.line, completed=self.rows)

    def end(self):
        if self.line is not None:
            self.bars.update(self.line, completed=self.rows, total=self.rows)


class Count(ProgressColumn):
    """How many rows of how many: `4,500 of 10,000 rows`."""

    def render(self, task):
        of = "" if task.total is None else f" of {int(task.total):,}"
        return Text(f"{int(task.completed):,}{of} rows")


class Rate(ProgressColumn):
    """Rows a second, as soon as that can be said."""

    def render(self, task):
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f} rows/s" if speed else "")
