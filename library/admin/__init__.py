"""What the library holds, in the admin."""

from . import collections, documents, instruments, plans

__all__ = ["collections", "documents", "instruments", "plans"]
