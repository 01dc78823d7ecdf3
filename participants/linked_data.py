"""Countries, agencies and bodies as machines read them: schema.org in JSON-LD.

Each function takes records with what it tells of them loaded, and `absolute`, which makes a whole address of a path.
"""

from records.linked_data import as_page, dates, described

from .models import Participant

GOVERNMENTAL = (Participant.Kind.COUNTRY, Participant.Kind.MINISTRY, Participant.Kind.AGENCY, Participant.Kind.POLICE)


def mention(record, absolute):
    """A participant or body in few words, for descriptions of something else. Countries take part as governments."""
    kind = record.kind if isinstance(record, Participant) else ""
    return named(kind, record.name, absolute(record.get_absolute_url()))


def named(kind, name, address):
    """The same of what has a name and an address, with its kind if it is a participant."""
    return described(type_of(kind), name=name, url=address)


def type_of(kind):
    return "GovernmentOrganization" if kind in GOVERNMENTAL else "Organization"


def country(country, *, names, absolute):
    return as_page(
        described(
            "AdministrativeArea" if country.administration else "Country",
            name=country.name,
            alternateName=[str(name) for name in names],
            identifier=country.alpha2,
            url=absolute(country.get_absolute_url()),
        )
    )


def agency(agency, *, names, memberships, absolute, parent=None):
    return as_page(
        described(
            type_of(agency.kind),
            name=agency.name,
            alternateName=[name for name in (agency.acronym, *map(str, names)) if name],
            identifier=agency.slug,
            url=absolute(agency.get_absolute_url()),
            sameAs=agency.url,
            parentOrganization=mention(parent, absolute) if parent else None,
            memberOf=[mention(membership.body, absolute) for membership in memberships if not membership.left],
        )
    )


def body(body, *, names, memberships, absolute, parent=None):
    began, ended = dates(body.began)[0], dates(body.ended)[1]
    return as_page(
        described(
            "Organization",
            name=body.name,
            alternateName=[name for name in (body.short_name, *map(str, names)) if name],
            description=body.remit,
            identifier=body.slug,
            url=absolute(body.get_absolute_url()),
            foundingDate=began,
            dissolutionDate=ended,
            parentOrganization=mention(parent, absolute) if parent else None,
            member=[mention(membership.member, absolute) for membership in memberships if not membership.left],
        )
    )
