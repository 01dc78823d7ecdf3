from .collection import CollectionResource
from .document import DocumentResource
from .version import VersionResource

__all__ = ["CollectionResource", "DocumentResource", "VersionResource"]
