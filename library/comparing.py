"""Comparing: the words of two documents side by side."""

from functools import cached_property

from exchange.differences import side_by_side
from records.models import reference_validator

TWO = "Two documents are compared at a time: choose two."
# Longer texts nobody reads on one page: their files are opened.
LONGEST = 30_000


class Comparison:
    """Two documents among those that somebody may read, with their words.

    `refusal` says why there is nothing to compare, and `documents` are those that were found, in the order asked for.
    """

    def __init__(self, documents, refusal=""):
        self.documents, self.refusal = documents, refusal

    @classmethod
    def of(cls, references, readable):
        """The comparison of what references name among the documents that somebody may read."""
        references = list(dict.fromkeys(text.strip() for text in references if text.strip()))
        if len(references) != 2:
            return cls([], TWO)
        found = {
            each.reference: each
            for each in readable.filter(reference__in=known_forms(references)).select_related("country").with_words()
        }
        for reference in references:
            if reference not in found:
                return cls(list(found.values()), f"No document with the reference {reference[:40]} can be read here.")
        documents = [found[reference] for reference in references]
        for each in documents:
            each.words = each.text or each.words_of_file
        without = [each.title for each in documents if not each.words]
        if without:
            return cls(documents, f"Nothing is recorded of the words of “{without[0]}”.")
        long = [each.title for each in documents if len(each.words) > LONGEST]
        if long:
            return cls(documents, f"“{long[0]}” is too long to be compared on a page.")
        return cls(documents)

    @property
    def is_possible(self):
        return not self.refusal

    @property
    def are_the_same(self):
        first, second = self.documents
        return first.words == second.words

    @property
    def pairs(self):
        """Each document with its words, as they are to be shown."""
        return zip(self.documents, self.sides or [each.words for each in self.documents], strict=True)

    @cached_property
    def sides(self):
        """The words of both, marked where they differ; None where they have too little in common."""
        first, second = self.documents
        return side_by_side(first.words, second.words)


def known_forms(references):
    """Those that a document can have, so that the database is asked for no others."""
    return [text for text in references if reference_validator.regex.fullmatch(text)]
