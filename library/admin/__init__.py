"""What the library holds, in the admin."""

from . import collections, documents

__all__ = ["collections", "documents"]
