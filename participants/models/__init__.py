from .body import Body
from .contact_point import ContactPoint
from .membership import Membership
from .name import Name
from .participant import Agency, Country, Participant, address_of_participant

__all__ = ["Agency", "Body", "ContactPoint", "Country", "Membership", "Name", "Participant", "address_of_participant"]
