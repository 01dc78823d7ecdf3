from .collection import CollectionResource
from .document import DocumentResource
from .instrument import InstrumentResource
from .plan import ItemResource, ReviewResource
from .uptake import FigureResource, UptakeResource
from .version import VersionResource

__all__ = [
    "CollectionResource",
    "DocumentResource",
    "FigureResource",
    "InstrumentResource",
    "ItemResource",
    "ReviewResource",
    "UptakeResource",
    "VersionResource",
]
