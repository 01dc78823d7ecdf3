"""What can be wrong with a file, a row or a cell, in a form that a person can act on."""

from dataclasses import dataclass, field


class UnreadableFile(Exception):
    """A file that cannot be read at all. The message says why and what to do."""


class Unwritable(Exception):
    """A file that cannot be written as it was asked for. The message says why and what to do."""


class CellError(Exception):
    """What is wrong with a cell: each message with its value, names to choose from, nearest first, and what it sought.

    `sought` says what a name was taken for that nothing knows and that could come to be known; else it is blank.
    """

    def __init__(self, message, value=None, suggestions=(), sought=""):
        super().__init__(message)
        self.faults = [(message, value, list(suggestions), sought)]

    @classmethod
    def joined(cls, errors):
        """One error that tells of all the faults of several."""
        joined = cls("")
        joined.faults = [fault for error in errors for fault in error.faults]
        return joined


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where: the row as a spreadsheet counts (the heading is 1), the column and the value."""

    row: int
    column: str
    value: str
    message: str
    suggestions: list = field(default_factory=list)
    sought: str = ""

    def __str__(self):
        return f"row {self.row}{', ' if self.column else ': '}{self.said}"

    @property
    def said(self):
        """What is wrong in which column, for those who see the row."""
        hint = f" Nearest: {', '.join(self.suggestions)}." if self.suggestions else ""
        return f"{self.column}: {self.message}{hint}" if self.column else f"{self.message}{hint}"

    def as_json(self):
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "message": self.message,
            "suggestions": self.suggestions,
        }
