from .event import EventResource
from .heading import SeriesResource, ThemeResource
from .link import EventLinkResource
from .outcome import OutcomeResource
from .place import PlaceResource

__all__ = [
    "EventLinkResource",
    "EventResource",
    "OutcomeResource",
    "PlaceResource",
    "SeriesResource",
    "ThemeResource",
]
