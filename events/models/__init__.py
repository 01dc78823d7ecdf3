from .event import Event
from .involvement import Involvement
from .link import EventLink
from .outcome import Outcome
from .place import Place
from .series import Series
from .theme import Theme

__all__ = ["Event", "EventLink", "Involvement", "Outcome", "Place", "Series", "Theme"]
