"""What processes keep in memory of the record. In most tests nothing is: their transactions are never committed."""

from contextlib import contextmanager
from unittest.mock import patch

from search.following import forget_all


@contextmanager
def kept():
    """Within, what is in memory is kept as in a process that serves, where nothing is written."""
    forget_all()
    with patch("search.following.can_be_kept", lambda version: True):
        yield
    forget_all()
