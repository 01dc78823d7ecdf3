"""Activities as machines read them: schema.org in JSON-LD."""

from participants.linked_data import mention, named
from participants.models import address_of_participant
from records.linked_data import as_page, dates, described

from .models import Event, EventLink, Involvement

Role = Involvement.Role

ORGANISERS = (Role.CHAIR, Role.CO_CHAIR, Role.HOST, Role.COORDINATOR, Role.ORGANISER)
CONTRIBUTORS = (Role.PARTNER, Role.CONTRIBUTOR, Role.TRAINER)
STATUS = {
    Event.Status.PLANNED: "https://schema.org/EventScheduled",
    Event.Status.HELD: "https://schema.org/EventScheduled",
    Event.Status.POSTPONED: "https://schema.org/EventPostponed",
    Event.Status.CANCELLED: "https://schema.org/EventCancelled",
}
ATTENDANCE = {
    Event.Format.IN_PERSON: "https://schema.org/OfflineEventAttendanceMode",
    Event.Format.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    Event.Format.HYBRID: "https://schema.org/MixedEventAttendanceMode",
}


def activity(event, around, absolute):
    """An activity with those who had a part in it and what it was part of.

    around    what lies around it: bodies, themes, parts and links
    absolute  makes a whole address of a path
    """
    parts, links = around.parts, around.links
    begins, ends = dates(event.when)
    return as_page(
        mentioned(event, absolute)
        | described(
            "Event",
            identifier=event.reference,
            description=event.description,
            startDate=begins,
            endDate=ends,
            eventStatus=STATUS[event.status],
            eventAttendanceMode=ATTENDANCE[event.format],
            location=location(event),
            organizer=[*those(parts, ORGANISERS, absolute), *(mention(body, absolute) for body in around.bodies)],
            contributor=those(parts, CONTRIBUTORS, absolute),
            attendee=those(parts, (Role.ATTENDEE, Role.OBSERVER), absolute),
            about=[theme.name for theme in around.themes],
            superEvent=[*series(event, absolute), *wholes(event, links, absolute)],
            subEvent=[mentioned(link.from_event, absolute) for link in part_of(links) if link.to_event == event],
            sameAs=event.url,
        )
    )


def outcome(outcome, *, absolute):
    """What came of an activity: an outcome with its activity and the body that is to act on it."""
    event, body = outcome.event, outcome.addressed_to
    return as_page(
        described(
            "CreativeWork",
            identifier=outcome.reference,
            name=f"{outcome.get_kind_display()} {outcome.reference}",
            url=absolute(outcome.get_absolute_url()),
            text=outcome.text,
            dateCreated=dates(event.when)[1],
            creativeWorkStatus=outcome.get_status_display(),
            recordedAt=mentioned(event, absolute),
            audience=described("Audience", name=body.name) if body else None,
        )
    )


def mentioned(event, absolute):
    """An activity in few words, for descriptions of something else."""
    return described("Event", name=event.title, url=absolute(event.get_absolute_url()))


def location(event):
    """Where it was: its place, with the venue’s name where that is known; None where no place is."""
    place = event.place
    if place is None:
        return described("Place", name=event.venue) if event.venue else None
    address = described("PostalAddress", addressLocality=place.city, addressCountry=place.country.alpha2)
    return described("Place", name=event.venue or str(place), address=address, geo=coordinates(place))


def coordinates(place):
    if place.latitude is None:
        return None
    return described("GeoCoordinates", latitude=float(place.latitude), longitude=float(place.longitude))


def those(parts, roles, absolute):
    whose = (part.whose for part in parts if part.role in roles)
    return [named(each.kind, each.name, absolute(address_of_participant(each.kind, each.code))) for each in whose]


def series(event, absolute):
    if not event.series:
        return []
    return [described("EventSeries", name=event.series.name, url=absolute(event.series.get_absolute_url()))]


def wholes(event, links, absolute):
    return [mentioned(link.to_event, absolute) for link in part_of(links) if link.from_event == event]


def part_of(links):
    return [link for link in links if link.kind == EventLink.Kind.PART_OF]
