"""Outcomes: what came of an event."""

from django.db import models

from records.addresses import address_of
from records.fields import IdentityField, ProseField
from records.models import reference_validator

from ..querysets import OutcomeQuerySet


class Outcome(models.Model):
    """What came of an event. It is as public as its event."""

    class Kind(models.TextChoices):
        RECOMMENDATION = "recommendation", "Recommendation"
        DECISION = "decision", "Decision"
        AGREEMENT = "agreement", "Agreement"
        PRODUCT = "product", "Product"
        FINDING = "finding", "Finding"

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        TAKEN_UP = "taken_up", "Taken up"
        DONE = "done", "Done"
        SUPERSEDED = "superseded", "Superseded"

    reference = models.CharField(
        max_length=40,
        unique=True,
        blank=True,
        validators=[reference_validator],
        help_text="Its permanent reference, such as O4. Left blank, the next number is given.",
    )
    event = models.ForeignKey(
        "events.Event", models.CASCADE, related_name="outcomes", help_text="The event that it came of."
    )
    kind = models.CharField(max_length=14, choices=Kind, help_text="What kind of outcome it is.")
    text = ProseField(help_text="What was recommended, decided, agreed, made or found.")
    addressed_to = models.ForeignKey(
        "participants.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outcomes_addressed",
        help_text="The body that is to act on it.",
    )
    status = models.CharField(
        max_length=10, choices=Status, default=Status.OPEN, help_text="What became of it, as far as is known."
    )
    taken_up_at = models.ForeignKey(
        "events.Event",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outcomes_taken_up",
        help_text="The event that took it up.",
    )
    identity = IdentityField("event_id", "kind", "text")

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.reference} {self.get_kind_display().lower()}".strip()

    def get_absolute_url(self):
        return address_of("events:outcome", self.reference)

    @property
    def is_published(self):
        return self.event.is_published

    @property
    def publicly_taken_up_at(self):
        """The event that took it up, where the public may know of it; else None."""
        return self.taken_up_at if self.taken_up_at and self.taken_up_at.is_published else None
