"""Countries, agencies and bodies as machines read them: schema.org in JSON-LD.

Each function takes records with what it tells of them loaded, and `absolute`, which makes a whole address of a path.
"""

from records.linked_data import as_page, dates, described

from .models import Participant

GOVERNMENTAL = (Participant.Kind.MINISTRY, Participant.Kind.AGENCY, Participant.Kind.POLICE)


def mention(record, absolute):
    """A participant or body in few words, for descriptions of something else. Countries take part as governments."""
    type = type_of(record) if isinstance(record, Participant) else "Organization"
    return described(type, name=record.name, url=absolute(record.get_absolute_url()))


def type_of(participant):
    governmental = participant.is_country or participant.kind in GOVERNMENTAL
    return "GovernmentOrganization" if governmental else "Organization"


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
            type_of(agency),
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
