from .event import EventResource
from .heading import CalledResource, SeriesResource, ThemeResource
from .link import EventLinkResource
from .outcome import OutcomeResource
from .place import PlaceResource

__all__ = [
    "CalledResource",
    "EventLinkResource",
    "EventResource",
    "OutcomeResource",
    "PlaceResource",
    "SeriesResource",
    "ThemeResource",
]
