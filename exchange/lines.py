"""Lines: what a plan says of one row."""

from .problems import Problem

NEW, CHANGED, SAME, DELETED, ERROR = "new", "changed", "same", "deleted", "error"


class Line:
    """One row on its way into the record.

    number     the row as a spreadsheet counts, the heading being 1
    cells      {column: cell} of the columns that the file has
    key_cells  the cells that the record is found by: these, but in history
    record     the record that it is of, or will make
    old        {column: cell} of the record as it stands; empty for a new one
    values     {column: value} of what the row changes
    after      {column: cell} of what the row changes, as an export will write it
    twins      the primary keys of the records that have the row's natural identity
    notes      what else applying it does, in words
    """

    __slots__ = (
        "after",
        "cells",
        "deleting",
        "is_new",
        "key_cells",
        "notes",
        "number",
        "old",
        "problems",
        "record",
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
        self.twins = []
        self.notes = []
        self.problems = []

    @property
    def status(self):
        if self.problems:
            return ERROR
        if self.deleting:
            return DELETED
        if self.is_new:
            return NEW
        return CHANGED if self.after else SAME

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
        return {name: (self.old[name], cell) for name, cell in self.after.items()}

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
