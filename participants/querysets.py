"""Query sets of participants and memberships, and the rule for which participants the public sees."""

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from records.prepared import Prepared
from search.following import Following

# What makes a participant visible beside its memberships. Packages further down add to it when they start.
_grounds = []


def visible_through(ground):
    """Make participants visible on one more ground: a callable that returns a condition, as Q or Exists."""
    _grounds.append(ground)


class ParticipantQuerySet(models.QuerySet):
    def visible(self):
        """Those the public sees: members of a body, now or once, whom published records name, and their countries.

        They are known in memory, or one query finds them all.
        """
        return self.filter(pk__among=_visible.now())

    def seen(self):
        """The same, of what the tables say."""
        seen = self._seen()
        countries = self.model._base_manager.filter(seen, country__isnull=False).values("country")
        return self.filter(seen | Q(pk__in=countries))

    def members(self):
        """Those that are members of a body now, and the agencies of countries that are."""
        now = self.model._base_manager.filter(memberships__left="").values("pk")
        return self.filter(Q(pk__in=now) | Q(country__in=now))

    def _seen(self):
        members = self.model._base_manager.filter(memberships__isnull=False)
        seen = Q(pk__in=members.values("pk"))
        for ground in _grounds:
            seen |= Q(ground())
        return seen


class BodyQuerySet(models.QuerySet):
    def family_of(self, slug):
        """A body and those that it came from, belongs to, became, or has as its parts."""
        relations = ("children", "successors", "parent", "predecessor")
        related = Q(slug=slug)
        for relation in relations:
            related |= Q(**{f"{relation}__slug": slug})
        return self.filter(related).distinct()


class ContactPointQuerySet(models.QuerySet):
    def visible(self):
        """Those the public sees: marked public, of a country or agency that it sees."""
        return self.filter(public=True, participant__in=self._participants().visible())

    def for_delegates(self):
        """Those that delegates see: what the public does, and all of present members."""
        public = Q(public=True, participant__in=self._participants().visible())
        return self.filter(public | Q(participant__in=self._participants().members()))

    def present(self):
        """Those whose time is not over."""
        return self.filter(still_there())

    def past(self):
        """Those whose time is over."""
        return self.exclude(still_there())

    def _participants(self):
        return self.model._meta.get_field("participant").related_model._default_manager


def still_there():
    return Q(ended_on__isnull=True) | Q(ended_on__gte=timezone.localdate())


class CountryManager(models.Manager.from_queryset(ParticipantQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(kind="country")


class AgencyManager(models.Manager.from_queryset(ParticipantQuerySet)):
    def get_queryset(self):
        return super().get_queryset().exclude(kind="country")


def seen():
    participants = apps.get_model("participants.Participant").objects
    return participants.all().seen().order_by().values_list("pk", flat=True)


SEEN = Prepared(seen)


def keys_of_visible():
    """The keys of all participants that the public sees."""
    return frozenset(SEEN())


def those_visible(participants):
    """Those of some participants that the public sees."""
    keys = _visible.now()
    return [participant for participant in participants if participant.pk in keys]


_visible = Following("participants", made=keys_of_visible, changed=lambda held, written: keys_of_visible())
