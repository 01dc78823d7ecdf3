from .collection import Collection
from .document import Document
from .instrument import Instrument
from .plan import ActionItem, Review
from .uptake import ReportedFigure, Uptake
from .version import DocumentVersion

__all__ = [
    "ActionItem",
    "Collection",
    "Document",
    "DocumentVersion",
    "Instrument",
    "ReportedFigure",
    "Review",
    "Uptake",
]
