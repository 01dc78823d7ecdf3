from .instrument import InstrumentResource
from .plan import ItemResource, ReviewResource
from .uptake import FigureResource, UptakeResource

__all__ = ["FigureResource", "InstrumentResource", "ItemResource", "ReviewResource", "UptakeResource"]
