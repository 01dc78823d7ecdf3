from .edition import EditionResource
from .entry import EntryResource
from .section import SectionResource

__all__ = ["EditionResource", "EntryResource", "SectionResource"]
