"""Query sets of events and of what belongs to them; each that the public may see has a `published()`."""

import re
from datetime import timedelta

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Length

from participants.names import names_like
from records.nearness import holding, nearness
from records.publication import Publication, PublishableQuerySet

YEAR = re.compile("(19|20|21)[0-9]{2}")

BY_DATE = (F("starts_on").asc(nulls_last=True), F("ends_on").asc(nulls_last=True), Length("reference"), "reference")
LATEST_FIRST = (
    F("starts_on").desc(nulls_last=True),
    F("ends_on").desc(nulls_last=True),
    Length("reference"),
    "reference",
)

# What an event can lack that somebody should look for.
FACTS = ("date", "place", "body", "source")

# What somebody should look after of an outcome, and how a list calls it; `old`: for longer than OLD.
FOLLOW_UPS = {"old": "Open, older than a year", "nobody": "Open, to no body"}
OLD = timedelta(days=365)


class EventQuerySet(PublishableQuerySet):
    def earliest_first(self):
        """In order of date, the undated last."""
        return self.order_by(*BY_DATE)

    def conferences(self):
        """Ministerial conferences, in order, that bound periods: neither cancelled nor postponed, and dated."""
        return (
            self.filter(kind="ministerial", starts_on__isnull=False)
            .exclude(status__in=("cancelled", "postponed"))
            .earliest_first()
        )

    def with_bounds(self, events):
        """With the first and the last day of a query set of events, as `first_day` and `last_day`: the same on each."""
        dated = events.filter(starts_on__isnull=False)
        return self.annotate(
            first_day=Subquery(dated.order_by("starts_on").values("starts_on")[:1]),
            last_day=Subquery(dated.order_by("-ends_on").values("ends_on")[:1]),
        )

    def without_date(self):
        return self.filter(starts_on__isnull=True)

    def without_place(self):
        return self.filter(place__isnull=True)

    def without_body(self):
        return self.filter(bodies__isnull=True)

    def without_source(self):
        return self.filter(sources="")

    def lacking(self, fact):
        """Those that lack one of FACTS, such as `place`."""
        return {
            "date": self.without_date,
            "place": self.without_place,
            "body": self.without_body,
            "source": self.without_source,
        }[fact]()

    def search(self, words):
        """Those that have each of the words in a text of theirs, in their place, or in a name of who took part."""
        found = self
        for word in words.split():
            found = found.filter(self._mentioning(word))
        return found

    def known_by(self, words):
        """Those that staff know by each of the words: reference, text, place under any name, year, or who took part."""
        found = self
        for word in words.split():
            known = self._mentioning(word) | Q(reference__istartswith=word) | Q(note__icontains=word)
            known |= Q(place__country__in=names_like(word).filter(participant__isnull=False).values("participant"))
            if YEAR.fullmatch(word):
                known |= Q(when__overlaps=word)
            found = found.filter(known)
        return found

    def nearest_first(self, text):
        """In the order in which a text means them: by reference, by the beginning of their title, the latest first."""
        return self.alias(
            near=Case(When(reference__iexact=text, then=0), When(title__istartswith=text, then=1), default=2)
        ).order_by("near", *LATEST_FIRST)

    def briefly(self):
        """With what a mention shows of an event and nothing more."""
        shown = ("reference", "title", "kind", "when", "starts_on", "ends_on", "status", "publication")
        places = ("place__city", "place__country__kind", "place__country__name", "place__country__alpha2")
        return self.select_related("place__country").only(*shown, *places)

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

    def in_roles(self, roles):
        return self.filter(role__in=roles)

    def events(self):
        """The events that they are parts in."""
        events = self.model._meta.get_field("event").related_model.objects
        return events.filter(pk__in=self.order_by().values("event"))


def any_of(fields):
    """A callable that makes a Q of a word: it stands in one of the fields, in any case."""
    fields = list(fields)
    return lambda word: Q(*((f"{field}__icontains", word) for field in fields), _connector=Q.OR)


class PlaceQuerySet(models.QuerySet):
    def published(self):
        """Places of published events."""
        return self.filter(events__publication=Publication.PUBLISHED).distinct()

    def called(self, words):
        """Those whose city or country has each of the words in a name."""
        found = self
        for word in words.split():
            named = names_like(word).filter(participant__isnull=False)
            found = found.filter(holding(word, "folded_city") | Q(country__in=named.values("participant")))
        return found

    def nearest_first(self, text):
        """In the order in which a text, such as “Nadi, Fiji”, means them."""
        near = nearness(text.split(",")[0], "folded_city")
        return self.alias(near=near).order_by("near", "city", "country__name", "pk")

    def events(self):
        """The events at these places."""
        events = self.model._meta.get_field("events").related_model.objects
        return events.filter(place__in=self)

    def cities(self):
        return self.exclude(folded_city="")


class HeadingQuerySet(models.QuerySet):
    def published(self):
        """Series or themes of published events."""
        events = self.model._meta.get_field("events")
        heading = {events.field.name: OuterRef("pk")}
        return self.filter(Exists(events.related_model.objects.published().order_by().filter(**heading)))

    def called(self, words):
        """Those whose name has each of the words."""
        return self.filter(holding(words, "folded_name"))

    def nearest_first(self, text):
        """In the order in which a text means them."""
        return self.alias(near=nearness(text, "folded_name")).order_by("near", "name", "pk")


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

    def open(self):
        """Those of which nothing is known to have become."""
        return self.filter(status="open")

    def to_follow_up(self, which, today):
        """Open ones that one of FOLLOW_UPS names, such as `old`."""
        return {
            "old": self.open().filter(event__ends_on__lt=today - OLD),
            "nobody": self.open().filter(addressed_to__isnull=True),
        }[which]

    def addressed_to(self, slugs, nobody=False):
        """Those that one of the bodies with these slugs is to act on; `nobody`: also those addressed to none."""
        named = Q(addressed_to__slug__in=slugs)
        return self.filter(named | Q(addressed_to__isnull=True) if nobody else named)

    def search(self, words):
        """Those that have each of the words in their text or in the title of their event."""
        found = self
        for word in words.split():
            found = found.filter(any_of(("text", "event__title"))(word))
        return found

    def with_events(self):
        """With what pages show of an outcome beside itself, in one query."""
        return self.select_related("event__place__country", "addressed_to", "taken_up_at__place__country")

    def by_body_and_age(self):
        """By the name of the body that is to act on them, then those addressed to nobody; of each, the oldest first."""
        return self.order_by(
            F("addressed_to__name").asc(nulls_last=True),
            F("addressed_to").asc(nulls_last=True),
            F("event__starts_on").asc(nulls_last=True),
            Length("reference"),
            "reference",
        )
