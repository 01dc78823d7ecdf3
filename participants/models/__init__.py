from .body import Body
from .membership import Membership
from .name import Name
from .participant import Agency, Country, Participant

__all__ = ["Agency", "Body", "Country", "Membership", "Name", "Participant"]
