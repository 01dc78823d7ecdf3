from .agency import AgencyResource
from .body import BodyResource
from .contact_point import ContactPointResource
from .country import CountryResource
from .membership import MembershipResource

__all__ = ["AgencyResource", "BodyResource", "ContactPointResource", "CountryResource", "MembershipResource"]
