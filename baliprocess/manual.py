"""The manual: what the page of help shows of the record's own rules, asked of the code that keeps them."""

from events.models import Involvement
from events.resources import EventResource
from records.dates import InvalidDate, PartialDate
from records.publication import Publication

from .roles import RIGHTS, ROLES

TYPED_DATES = [
    "2004",
    "September 2004",
    "Sept. 2004",
    "26 February 2002",
    "26/02/2002",
    "2002-02-26",
    "26–28 February 2002",
    "30 Nov – 2 Dec 2005",
    "September to October 2004",
    "2002 to 2004",
    "spring 2004",
    "winter 2004",
    "about 2004",
    "mid-2004",
    "late 2004",
    "possibly March 2005",
    "03/04/2005",
    "Dec 04",
    "31 June 2004",
    "since 2004",
]

PUBLICATION = {
    Publication.DRAFT: "Being written. Staff alone see it.",
    Publication.IN_REVIEW: "Written, and waiting for a publisher to read and publish it. Staff alone see it.",
    Publication.PUBLISHED: "Everybody sees it, with its outcomes and its links to other published activities. "
    "Only publishers change it.",
}


def context():
    readings = [reading(typed) for typed in TYPED_DATES]
    return {
        "dates": [each for each in readings if "date" in each],
        "refused_dates": [each for each in readings if "reason" in each],
        "involvements": involvements(),
        "publication": [(step.label, words) for step, words in PUBLICATION.items()],
        "roles": ROLES,
        "rights": RIGHTS,
    }


def reading(typed):
    """What becomes of a date that somebody types: the date, or the reason why it is none."""
    try:
        return {"typed": typed, "date": PartialDate.parse(typed)}
    except InvalidDate as error:
        return {"typed": typed, "reason": str(error)}


def involvements():
    """The roles that one can have in an activity: what each is called, what it means, and its column in files."""
    columns = {column.role: column for column in EventResource.declared.values() if hasattr(column, "role")}
    return [(role.label, columns[role].meaning, columns[role].column_name) for role in Involvement.Role]
