"""Query sets of events and of what belongs to them; each that the public may see has a `published()`."""

from django.db import models
from django.db.models import Case, F, Prefetch, Q, Subquery, When
from django.db.models.functions import Length, Lower

from participants.querysets import published_activities
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

    def conferences(self):
        """Ministerial conferences, in order, that bound periods: neither cancelled nor postponed, and dated."""
        return (
            self.filter(kind="ministerial", starts_on__isnull=False)
            .exclude(status__in=("cancelled", "postponed"))
            .earliest_first()
        )

    def coming(self, today):
        """Planned ones that are not over, whether it is known when they will be or not."""
        return self.filter(Q(ends_on__gte=today) | Q(ends_on__isnull=True), status="planned")

    def with_bounds(self, events):
        """With the first and the last day of a query set of events, as `first_day` and `last_day`: the same on each."""
        dated = events.filter(starts_on__isnull=False)
        return self.annotate(
            first_day=Subquery(dated.order_by("starts_on").values("starts_on")[:1]),
            last_day=Subquery(dated.order_by("-ends_on").values("ends_on")[:1]),
        )

    def by_title(self):
        """In order of title, without regard to case."""
        return self.order_by(Lower("title"), *BY_DATE)

    def search(self, words):
        """Those that have each of the words in a text of theirs, in their place, or in a name of who took part."""
        found = self
        for word in words.split():
            found = found.filter(self._mentioning(word))
        return found

    def briefly(self):
        """With what a mention shows of an event and nothing more, so that a period of them can be read at once."""
        shown = ("reference", "title", "kind", "when", "starts_on", "ends_on", "status", "series", "number_in_series")
        places = ("place__city", "place__country__kind", "place__country__name", "place__country__alpha2")
        return self.select_related("place__country").only(*shown, *places)

    def with_list_details(self, participants=()):
        """With all that a list shows of an event, in three queries.

        `leading_parts` are the involvements to be shown: those that are not mere attendance, and all of these
        participants and of their agencies.
        """
        parts = self.model._meta.get_field("involvements").related_model.objects
        shown = parts.leading() | parts.of(participants) if participants else parts.leading()
        return self.select_related("place__country").prefetch_related(
            "bodies", Prefetch("involvements", shown.with_names().by_role(), to_attr="leading_parts")
        )

    def with_all_parts(self):
        """With what pages of participants show of an event: place, bodies and all involvements, in three queries."""
        parts = self.model._meta.get_field("involvements").related_model.objects.with_names().by_role()
        events = self.select_related("place__country").defer("description", "sources", "note")
        return events.prefetch_related("bodies", Prefetch("involvements", parts))

    def with_parts(self, involvements):
        """Events that one of the involvements is a part in."""
        return self.filter(pk__in=involvements.order_by().values("event"))

    def _mentioning(self, word):
        own = ("title", "description", "alongside", "venue", "place__city", "place__country__name")
        taking_part = ("participant__name", "participant__acronym", "recorded_as__text")
        parts = self.model._base_manager.filter(any_of(f"involvements__{field}" for field in taking_part)(word))
        return any_of(own)(word) | Q(pk__in=parts.values("pk"))


class InvolvementQuerySet(models.QuerySet):
    def published(self):
        return self.filter(event__publication=Publication.PUBLISHED)

    def of(self, participants):
        """Parts of the participants and, for countries, of their agencies."""
        return self.filter(Q(participant__in=participants) | Q(participant__country__in=participants))

    def leading(self):
        """All but those who were merely there."""
        return self.exclude(role__in=self.model.MERELY_THERE)

    def in_roles(self, roles):
        return self.filter(role__in=roles)

    def with_names(self):
        """With what names those who took part, and whose agencies they are."""
        return self.select_related("participant__country", "recorded_as")

    def events(self):
        """The events that they are parts in."""
        events = self.model._meta.get_field("event").related_model.objects
        return events.filter(pk__in=self.order_by().values("event"))

    def by_role(self):
        """In the order of the roles, from those who chaired to those who observed, and of names."""
        return self.order_by(self._place_of_role(), "participant__name", "pk")

    def _place_of_role(self):
        roles = self.model.Role.values
        return Case(*(When(role=role, then=place) for place, role in enumerate(roles)), default=len(roles))


def any_of(fields):
    """A callable that makes a Q of a word: it stands in one of the fields, in any case."""
    fields = list(fields)
    return lambda word: Q(*((f"{field}__icontains", word) for field in fields), _connector=Q.OR)


class PlaceQuerySet(models.QuerySet):
    def published(self):
        """Places of published events."""
        return self.filter(events__publication=Publication.PUBLISHED).distinct()

    def events(self):
        """The events at these places."""
        events = self.model._meta.get_field("events").related_model.objects
        return events.filter(place__in=self)

    def cities(self):
        return self.exclude(folded_city="")


class HeadingQuerySet(models.QuerySet):
    def published(self):
        """Series or themes of published events."""
        return self.filter(events__publication=Publication.PUBLISHED).distinct()

    def with_activities(self):
        """With the number of published events under each as `activities`; those without any are left out."""
        return self.annotate(activities=published_activities()).filter(activities__gt=0)


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

    def asked_of(self, bodies, since, until):
        """Those that the bodies are to act on, of events from one on (None: of all) until another, itself left out.

        Both events are dated.
        """
        asked = self.filter(addressed_to__in=bodies, event__starts_on__lte=until.starts_on).exclude(event=until)
        return asked.filter(event__starts_on__gte=since.starts_on) if since else asked
