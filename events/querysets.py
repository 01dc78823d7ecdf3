"""Query sets of events and of what belongs to them; each that the public may see has a `published()`."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from records.publication import Publication, PublishableQuerySet

BY_DATE = (F("starts_on").asc(nulls_last=True), F("ends_on").asc(nulls_last=True), Length("reference"), "reference")
LATEST_FIRST = (
    F("starts_on").desc(nulls_last=True),
    F("ends_on").desc(nulls_last=True),
    Length("reference"),
    "reference",
)


class EventQuerySet(PublishableQuerySet):
    def earliest_first(self):
        """In order of date, the undated last."""
        return self.order_by(*BY_DATE)

    def latest_first(self):
        """In reverse order of date, the undated last."""
        return self.order_by(*LATEST_FIRST)

    def in_country(self, country):
        return self.filter(place__country=country)

    def conferences(self):
        """Ministerial conferences, in order, that bound periods: neither cancelled nor postponed, and dated."""
        return (
            self.filter(kind="ministerial", starts_on__isnull=False)
            .exclude(status__in=("cancelled", "postponed"))
            .earliest_first()
        )

    def with_list_details(self):
        """With all that a list shows of an event, in a number of queries that does not depend on how many there are."""
        return self.select_related("place__country", "series").prefetch_related(
            "bodies", "involvements__participant__country", "involvements__recorded_as"
        )

    def of_participant(self, participants, role=None):
        """Events in which one of the participants, or one of their agencies, has a part (in this role)."""
        part = of_participants(participants, "involvements__")
        part = part & Q(involvements__role=role) if role else part
        return self.filter(pk__in=self.model._base_manager.filter(part).values("pk"))


class InvolvementQuerySet(models.QuerySet):
    def published(self):
        return self.filter(event__publication=Publication.PUBLISHED)

    def of(self, participants, role=None):
        """Parts of the participants and, for countries, of their agencies (in this role)."""
        chosen = self.filter(of_participants(participants))
        return chosen.filter(role=role) if role else chosen


def of_participants(participants, path=""):
    """The involvements of participants and, for countries, of their agencies, as a Q; `path` leads to involvements."""
    return Q(**{f"{path}participant__in": participants}) | Q(**{f"{path}participant__country__in": participants})


class PlaceQuerySet(models.QuerySet):
    def published(self):
        """Places of published events."""
        return self.filter(events__publication=Publication.PUBLISHED).distinct()


class HeadingQuerySet(models.QuerySet):
    def published(self):
        """Series or themes of published events."""
        return self.filter(events__publication=Publication.PUBLISHED).distinct()


class EventLinkQuerySet(models.QuerySet):
    def published(self):
        """Links between two published events."""
        return self.filter(from_event__publication=Publication.PUBLISHED, to_event__publication=Publication.PUBLISHED)

    def following(self):
        """Which event follows on which: pairs of primary keys."""
        return self.filter(kind="follows").order_by().values_list("from_event_id", "to_event_id")


class OutcomeQuerySet(models.QuerySet):
    def published(self):
        """Outcomes of published events."""
        return self.filter(event__publication=Publication.PUBLISHED)
