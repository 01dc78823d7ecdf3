"""What processes keep in memory of the record. In most tests nothing is: their transactions are never committed."""

from contextlib import contextmanager
from unittest.mock import patch

from events import facets
from library import holdings

FOLLOWED = (facets._following, holdings._events)


@contextmanager
def kept():
    """Within, what is in memory is kept as in a process that serves, where nothing is written."""
    forget()
    with patch("search.following.can_be_kept", lambda version: True):
        yield
    forget()


def forget():
    for each in FOLLOWED:
        each.forget()
