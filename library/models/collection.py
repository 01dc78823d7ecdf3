"""Collections: documents that are kept together, such as a repository of return documentation."""

from django.db import models
from django.urls import reverse

from records.fields import PartialDateField

from ..querysets import CollectionQuerySet
from .named import Named


class Collection(Named):
    """Documents that are kept together, with whoever keeps them."""

    custodian = models.ForeignKey(
        "participants.Participant",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="collections",
        help_text="The country or agency that keeps it.",
    )
    began = PartialDateField(starts="began_on", blank=True, help_text="When it was begun, as far as is known.")
    began_on = models.DateField(null=True, editable=False)
    event = models.ForeignKey(
        "events.Event",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="collections",
        help_text="The event that it came of, or that is the first to tell of it.",
    )

    objects = CollectionQuerySet.as_manager()

    def get_absolute_url(self):
        return reverse("library:collection", args=[self.slug])
