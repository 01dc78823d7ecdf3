"""Publication: whether the public sees a record."""

from django.db import models


class Publication(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"


class PublishableQuerySet(models.QuerySet):
    def published(self):
        """Only what the public sees. Every public page starts from here."""
        return self.filter(publication=Publication.PUBLISHED)


class Publishable(models.Model):
    publication = models.CharField(
        max_length=9,
        choices=Publication,
        default=Publication.DRAFT,
        help_text="A draft and what is in review are seen by staff alone; what is published, by everybody.",
    )

    class Meta:
        abstract = True

    @property
    def is_published(self):
        return self.publication == Publication.PUBLISHED
