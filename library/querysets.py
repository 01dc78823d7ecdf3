"""Query sets of what the library holds; each that the public may see has a `published()`."""

from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce, Length

from participants.names import names_like
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


class InstrumentQuerySet(NamedQuerySet):
    # What an instrument can lack that somebody should look for.
    lacks = {
        "developer": {"developed_by": None},
        "event": {"event": None},
        "document": {"document": None},
        "source": {"sources": ""},
    }

    def lacking(self, fact):
        """Those that lack one of the facts above, such as `document`."""
        return self.filter(**self.lacks[fact])

    def with_numbers(self):
        """With the number of countries of which something is known, and of items, as `countries` and `items_listed`."""
        return self.annotate(
            countries=Count("uptakes__country", distinct=True), items_listed=Count("items", distinct=True)
        )

    def followed_as_plans(self):
        """Those that have items or reviews, as plans of action do."""
        return self.filter(Q(items__isnull=False) | Q(reviews__isnull=False)).distinct()


class CollectionQuerySet(NamedQuerySet):
    def with_documents(self, readable):
        """With the number of documents in each that are among the readable ones, as `number`."""
        return self.annotate(number=Count("documents", filter=Q(documents__in=readable.order_by().values("pk"))))


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

    def search(self, words):
        """Those that have each of the words in a text of theirs or of their files, or in a name of whom they are by."""
        found = self
        for word in words.split():
            named = names_like(word).filter(participant__isnull=False).values("participant")
            own = Q(title__icontains=word) | Q(description__icontains=word) | Q(text__icontains=word)
            documents = self.model._base_manager.filter(Q(versions__text__icontains=word) | Q(authors__in=named))
            found = found.filter(own | Q(country__in=named) | Q(pk__in=documents.values("pk")))
        return found

    def of_events(self, events):
        """Papers of some events, and those that were discussed at them."""
        discussed = self.model._base_manager.filter(discussed_at__in=events).values("pk")
        return self.filter(Q(event__in=events) | Q(pk__in=discussed))

    def by_any_of(self, participants):
        """Those that one of the participants is an author of."""
        return self.filter(pk__in=self.model._base_manager.filter(authors__in=participants).values("pk"))

    def with_list_details(self):
        """With all that a list shows of a document, in three queries.

        `latest_versions` has the last one, if any; `has_words` says whether there are words to be compared.
        """
        versions = self.model._meta.get_field("versions").related_model.objects
        latest = Prefetch("versions", versions.latest().defer("text"), to_attr="latest_versions")
        has_words = ~Q(text="") | Exists(versions.latest().filter(document=OuterRef("pk")).exclude(text=""))
        listed = self.select_related("country", "collection").prefetch_related("authors", latest)
        return listed.annotate(has_words=ExpressionWrapper(has_words, models.BooleanField())).defer("text")

    def with_words(self):
        """With the words of the last file, where they were taken out, as `words_of_file`."""
        versions = self.model._meta.get_field("versions").related_model.objects
        last = versions.filter(document=OuterRef("pk")).order_by("-number").values("text")[:1]
        return self.annotate(words_of_file=Coalesce(Subquery(last), Value("", models.TextField())))

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
