"""Lines: what a plan says of one row."""

from . import decisions
from .problems import Problem

NEW, CHANGED, SAME, DELETED, ERROR = "new", "changed", "same", "deleted", "error"
# What a person may have to decide: an earlier row, or a record that is there, says the same or nearly.
DUPLICATE, LIKELY = "duplicate", "likely"


class Line:
    """One row on its way into the record.

    number        the row as a spreadsheet counts, the heading being 1
    cells         {column: cell} of the columns that the file has
    key_cells     the cells that the record is found by: these, but in history and where somebody chose the record
    record        the record that it is of, or will make
    old           {column: cell} of the record as it stands; empty for a new one
    values        {column: value} of what the row changes
    after         {column: cell} of what the row changes, as an export will write it
    identity      the row's natural identity, where it was asked for and can be told
    twins         the primary keys of the records that have the row's natural identity
    likely        {key: row} of the records that it is probably of, the likeliest first; asked for rows without a key
    duplicate_of  the number of the earlier row of the file that has its natural identity, or None
    repeats       whether it says just what that row says, so that nothing is lost without it
    decision      what somebody has decided (exchange.decisions), or blank
    mark          the digest of what it does (exchange.parts), once that was told
    notes         what else applying it does, in words
    """

    __slots__ = (
        "after",
        "cells",
        "decision",
        "deleting",
        "duplicate_of",
        "identity",
        "is_new",
        "key_cells",
        "likely",
        "mark",
        "notes",
        "number",
        "old",
        "problems",
        "record",
        "repeats",
        "twins",
        "values",
    )

    def __init__(self, number, cells, *, deleting=False):
        self.number = number
        self.cells = self.key_cells = cells
        self.deleting = deleting
        self.record = None
        self.is_new = False
        self.old = {}
        self.values = {}
        self.after = {}
        self.identity = None
        self.twins = []
        self.likely = {}
        self.duplicate_of = None
        self.repeats = False
        self.decision = ""
        self.mark = b""
        self.notes = []
        self.problems = []

    @property
    def status(self):
        if self.problems:
            return ERROR
        if self.deleting:
            return DELETED
        if self.is_left_out:
            return DUPLICATE
        if self.is_new:
            return LIKELY if self.likely and not self.decision else NEW
        return CHANGED if self.after else SAME

    @property
    def is_chosen(self):
        """Whether somebody has said which record it is of."""
        return self.decision not in ("", decisions.NEW, decisions.SAME)

    @property
    def is_left_out(self):
        """Whether nothing comes of it, as an earlier row is of the same: nothing is written twice unasked."""
        return self.duplicate_of is not None and self.is_new and self.decision != decisions.NEW

    @property
    def is_undecided(self):
        """Whether somebody must say what it is before it can be applied."""
        if self.decision or self.problems:
            return False
        return self.status == LIKELY or (self.status == DUPLICATE and not self.repeats)

    @property
    def is_whole(self):
        """Whether it makes or deletes the whole record, rather than changing some of it."""
        return self.is_new or self.deleting

    @property
    def fields(self):
        """The columns that differ: {column: (cell before, cell after)}; before is None for a new record."""
        if self.deleting:
            return {name: (cell, None) for name, cell in self.old.items() if cell}
        if self.is_new:
            return {name: (None, cell) for name, cell in self.after.items() if cell}
        # Of a row that is of no record, and so in error, nothing is known from before.
        return {name: (self.old.get(name, ""), cell) for name, cell in self.after.items()}

    def cell(self, name):
        """A column's cell as it will be once the row is applied."""
        return self.after.get(name, self.old.get(name, ""))

    def set(self, column, value, cell):
        """Change a column to a value, whose canonical cell is given; back to what it was is no change."""
        if not self.is_new and cell == self.old.get(column.name):
            self.values.pop(column.name, None)
            self.after.pop(column.name, None)
        else:
            self.values[column.name] = value
            self.after[column.name] = cell

    def refuse(self, column, message, value=None, suggestions=(), sought=""):
        """Note a problem of this row's column."""
        value = self.cells.get(column, "") if value is None else value
        self.problems.append(Problem(self.number, column, value, message, list(suggestions), sought))

    def refuse_cell(self, column, error):
        """Note all faults of a CellError."""
        for fault in error.faults:
            self.refuse(column, *fault)
