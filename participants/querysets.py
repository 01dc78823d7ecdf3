"""Query sets of participants and memberships, and the rule for which participants the public sees."""

from django.db import models
from django.db.models import Q

# What makes a participant visible beside its memberships. Packages further down add to it when they start.
_grounds = []


def visible_through(ground):
    """Make participants visible on one more ground: a callable that returns a query set of participants' keys."""
    _grounds.append(ground)


class ParticipantQuerySet(models.QuerySet):
    def visible(self):
        """Those the public sees: members of a body, now or once, whom published records name, and their countries."""
        seen = self._seen()
        countries = self.model._base_manager.filter(seen, country__isnull=False).values("country")
        return self.filter(seen | Q(pk__in=countries))

    def with_code(self, code):
        """The one with this alpha-2 or slug, in any case."""
        return self.filter(Q(alpha2=code.upper()) | Q(slug=code.lower()))

    def _seen(self):
        members = self.model._base_manager.filter(memberships__isnull=False)
        seen = Q(pk__in=members.values("pk"))
        for ground in _grounds:
            seen |= Q(pk__in=ground())
        return seen


class CountryManager(models.Manager.from_queryset(ParticipantQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(kind="country")


class AgencyManager(models.Manager.from_queryset(ParticipantQuerySet)):
    def get_queryset(self):
        return super().get_queryset().exclude(kind="country")
