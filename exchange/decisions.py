"""Decisions: what somebody has said of rows that a plan alone cannot tell: whether their record is there already."""

NEW, SAME = "new", "same"
REST = "rest"


class Decisions:
    """The answers for the rows of a table that nothing but a person can tell, by their numbers.

    Made from {number: answer}, where the number may be a text, as JSON has it. An answer is

    NEW       the row makes a new record
    SAME      the row is of the record that it is most like; of two alike rows, this one is left out
    a key     the row is of the record with that key

    The answer under REST is that of all rows that have none of their own; without it they stay undecided.
    """

    def __init__(self, answers=None):
        self.answers = {str(number): answer for number, answer in (answers or {}).items() if answer}

    def of(self, number):
        """The answer for the row of a number; blank where it is undecided."""
        return self.answers.get(str(number)) or self.answers.get(REST, "")
