from .edition import Edition
from .entry import Entry
from .section import Section

__all__ = ["Edition", "Entry", "Section"]
