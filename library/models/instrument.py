"""Instruments: what the process made for others to use, such as model legislation or a plan of action."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from records.fields import PartialDateField, WebAddressField

from ..querysets import InstrumentQuerySet
from .named import Named


class Instrument(Named):
    """What the process made for others to use: who developed it, where, and in which document it stands."""

    class Kind(models.TextChoices):
        MODEL_LEGISLATION = "model_legislation", "Model legislation"
        PLAN_OF_ACTION = "plan_of_action", "Plan of action"
        GUIDELINE = "guideline", "Guideline"
        MODEL_AGREEMENT = "model_agreement", "Model agreement"

    kind = models.CharField(max_length=17, choices=Kind, help_text="What kind of instrument it is.")
    developed_by = models.ManyToManyField(
        "participants.Participant",
        blank=True,
        related_name="instruments",
        help_text="The countries or agencies that developed it.",
    )
    body = models.ForeignKey(
        "participants.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="instruments",
        help_text="The body for which, or by which, it was developed.",
    )
    event = models.ForeignKey(
        "events.Event",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="instruments",
        help_text="The event that it came of.",
    )
    agreed = PartialDateField(
        starts="agreed_on", blank=True, help_text="When it was made or agreed, as far as is known."
    )
    agreed_on = models.DateField(null=True, editable=False)
    document = models.ForeignKey(
        "library.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="instruments",
        help_text="The document in which it stands.",
    )
    url = WebAddressField(
        "address on the web", max_length=300, blank=True, help_text="A page about it, with http:// or https://."
    )

    objects = InstrumentQuerySet.as_manager()

    def get_absolute_url(self):
        return reverse("library:instrument", args=[self.slug])

    @property
    def is_plan(self):
        return self.kind == self.Kind.PLAN_OF_ACTION

    def clean(self):
        super().clean()
        if self.pk and not self.is_plan:
            self.check_kind(type(self).objects.followed_as_plans().filter(pk=self.pk).exists())

    def check_kind(self, is_followed):
        """Raise a ValidationError where it is no plan of action, though it has items or reviews as one."""
        if is_followed and not self.is_plan:
            raise ValidationError({"kind": "It has items or reviews, so it stays a plan of action."})
