"""The tables of phrases, made ready to be found in a text."""

import re


def any_of(phrases, flags=re.IGNORECASE):
    """A pattern that finds any of these plain phrases as whole words, the longest first. Straight and curly
    apostrophes are the same."""
    return re.compile(alternatives(phrases), flags)


def alternatives(phrases):
    escaped = (re.escape(phrase).replace("'", "['’]?").replace(r"\ ", " ") for phrase in phrases)
    inner = "|".join(sorted(escaped, key=len, reverse=True))
    return rf"(?<!\w)(?:{inner})(?!\w)"


class Phrasebook:
    """Finds the phrases of a table, written with choices, and says what each means.

    Takes pairs of a phrase and its meaning. What begins earlier is found first, then what stands earlier in the table.
    """

    def __init__(self, table, before="", after=""):
        table = sorted(table, key=lambda row: -len(row[0]))
        self.meanings = {f"phrase{number}": meaning for number, (_phrase, meaning) in enumerate(table)}
        inner = "|".join(
            f"(?P<phrase{number}>{capture_nothing(phrase)})" for number, (phrase, _meaning) in enumerate(table)
        )
        self.pattern = re.compile(rf"(?<![\w-]){before}(?:{inner})(?![\w-]){after}", re.IGNORECASE)

    def find(self, words, start=0, end=None):
        """Pairs of a match and the meaning of its phrase, from left to right."""
        for match in self.pattern.finditer(words, start, len(words) if end is None else end):
            yield match, self.meanings[match.lastgroup]


def capture_nothing(phrase):
    """The phrase as a pattern: its parentheses choose, and keep nothing."""
    pattern = phrase.replace("(", "(?:").replace("?:?:", "?:")
    return pattern[:-1] + ":" if pattern.endswith(":") else pattern
