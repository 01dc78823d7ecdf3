from .agency import AgencyResource
from .body import BodyResource
from .country import CountryResource
from .membership import MembershipResource

__all__ = ["AgencyResource", "BodyResource", "CountryResource", "MembershipResource"]
