"""Query sets of what the library holds; each that the public may see has a `published()`."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length

from records.nearness import holding, nearness
from records.publication import Publication, PublishableQuerySet


class NamedQuerySet(PublishableQuerySet):
    """Collections and instruments, which have a name of their own."""

    def called(self, words):
        """Those whose name has each of the words."""
        return self.filter(holding(words, "folded_name"))

    def nearest_first(self, text):
        """In the order in which a text means them."""
        return self.alias(near=nearness(text, "folded_name")).order_by("near", "name", "pk")


class DocumentQuerySet(PublishableQuerySet):
    def published(self):
        """Only what everybody may read: published, and open to the public."""
        return super().published().filter(access="public")

    def for_members(self):
        """What delegates of members may read: published, and open to the public or to members."""
        return super().published().filter(access__in=("public", "members"))

    def visible_to(self, user):
        """What somebody may read on the pages of the library; staff find drafts in the admin."""
        if user.has_perm("library.view_document"):
            return super().published()
        if user.has_perm("library.view_members_documents"):
            return self.for_members()
        return self.published()

    def latest_first(self):
        """By the day of issue, the latest first and the undated last."""
        return self.order_by(F("issued_on").desc(nulls_last=True), Length("reference").desc(), "-reference")


class BelongingQuerySet(models.QuerySet):
    """What belongs to other records, and is as public as they all are; `owners` are its foreign keys to them."""

    owners = ()

    def published(self):
        return self.filter(**{f"{owner}__publication": Publication.PUBLISHED for owner in self.owners})


class VersionQuerySet(BelongingQuerySet):
    owners = ("document",)

    def published(self):
        """Versions of documents that everybody may read."""
        return super().published().filter(document__access="public")

    def latest(self):
        """The last version of each document."""
        later = self.model.objects.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))


class UptakeQuerySet(BelongingQuerySet):
    owners = ("instrument",)


class FigureQuerySet(BelongingQuerySet):
    owners = ("instrument", "event")


class ItemQuerySet(BelongingQuerySet):
    owners = ("plan",)


class ReviewQuerySet(BelongingQuerySet):
    owners = ("plan",)

    def published(self):
        """Reviews of published plans, those by events only where these are published too."""
        by_nobody_hidden = Q(event__isnull=True) | Q(event__publication=Publication.PUBLISHED)
        return super().published().filter(by_nobody_hidden)
