"""Nearness: which records a typed text means, by a column of folded text, and how surely."""

from django.db.models import Case, Q, Value, When

from .folding import fold


def holding(text, column="folded"):
    """A condition: the column holds each word of the text. A text without a letter or digit is held by none."""
    words = list(filter(None, map(fold, text.split())))
    return Q(*((f"{column}__contains", word) for word in words)) if words else Q(pk__in=[])


def nearness(text, column="folded"):
    """An expression to order by: 0 the column is this text, 1 it begins with it, 2 it holds it, 3 it has its words."""
    whole = fold(text)
    return Case(
        When(**{column: whole}, then=Value(0)),
        When(**{f"{column}__startswith": whole}, then=Value(1)),
        When(**{f"{column}__contains": whole}, then=Value(2)),
        default=Value(3),
    )
