"""Query sets of editions and of what is printed in them; each has a `published()`."""

from django.db import models

from records.publication import Publication, PublishableQuerySet


class EditionQuerySet(PublishableQuerySet):
    def newest_first(self):
        """By date, the latest first and the undated last."""
        return self.order_by("-date", "-pk")

    def with_entries(self):
        """With how many entries each has as `number_of_entries`, and without the text that it was read from."""
        return self.defer("text").annotate(number_of_entries=models.Count("entries"))

    def issued(self):
        return self.exclude(issued="")

    def final(self):
        """Those whose words no longer change: they were read, or have been issued."""
        return self.filter(models.Q(origin="imported") | ~models.Q(issued=""))

    def being_written(self):
        return self.composed().filter(issued="")

    def imported(self):
        return self.filter(origin="imported")

    def composed(self):
        return self.filter(origin="composed")

    def read_from(self, sha256):
        """Those that were read from the file with this sum."""
        return self.filter(sha256=sha256)


class SectionQuerySet(models.QuerySet):
    def published(self):
        """Sections of published editions."""
        return self.filter(edition__publication=Publication.PUBLISHED)


class EntryQuerySet(models.QuerySet):
    def published(self):
        """Entries of published editions."""
        return self.filter(edition__publication=Publication.PUBLISHED)

    def in_order(self):
        """As they are printed."""
        return self.order_by("edition", "section__number", "number", "pk")

    def citations(self):
        """Entries of published editions, the newest first, with what a page says of each edition."""
        shown = ("reference", "event", "edition__reference", "edition__title", "edition__date", "edition__issued")
        return self.published().select_related("edition").only(*shown).order_by("-edition__date", "-edition", "pk")

    def waiting(self):
        """Those that nobody has decided on."""
        return self.filter(state="open")

    def accepted(self):
        return self.filter(state="accepted")

    def left(self):
        return self.filter(state="left")

    def printed(self):
        """What is printed of events: pairs of a text and the event's reference, as they were recorded. One query."""
        return self.exclude(event=None).order_by("pk").values_list("text", "event__reference")

    def without_doubts(self):
        return self.filter(doubts=[])

    def doubtful_first(self):
        """Those with doubts first, and then as they are printed."""
        doubtful = models.Case(models.When(doubts=[], then=1), default=0)
        return self.order_by("edition", doubtful, "section__number", "number", "pk")
