"""Uptake of instruments: what is known country by country, and what a meeting reported without naming any.

The two are never mixed: a reported figure says nothing of which countries, and uptakes are not said to be all.
"""

from django.db import models

from records.fields import PartialDateField, ProseField

from ..querysets import FigureQuerySet, UptakeQuerySet


class UptakeStatus(models.TextChoices):
    IN_USE = "in_use", "Made use of it"
    ALREADY_HAD = "already_had", "Had one already"
    CONSIDERING = "considering", "Considering it"
    NONE = "none", "Not taken up"


class Uptake(models.Model):
    """What a country made of an instrument, as of a date."""

    instrument = models.ForeignKey(
        "library.Instrument", models.CASCADE, related_name="uptakes", help_text="The instrument."
    )
    country = models.ForeignKey(
        "participants.Participant",
        models.PROTECT,
        related_name="uptakes",
        limit_choices_to={"kind": "country"},
        help_text="The country.",
    )
    status = models.CharField(max_length=11, choices=UptakeStatus, help_text="What it made of it.")
    as_of = PartialDateField(
        starts="as_of_on", blank=True, help_text="The date that this is known for; blank when that is not known."
    )
    as_of_on = models.DateField(null=True, editable=False)
    source = ProseField(blank=True, help_text="Where this is known from. The public sees it.")

    objects = UptakeQuerySet.as_manager()

    class Meta:
        ordering = ["instrument", "country__name", "as_of_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "country", "as_of"],
                name="uptake_key",
                violation_error_message="What this country made of it as of this date is recorded already.",
            )
        ]

    def __str__(self):
        return f"{self.country}: {self.get_status_display()}"

    @property
    def is_published(self):
        return self.instrument.is_published


class ReportedFigure(models.Model):
    """How many countries a meeting reported for an instrument, without naming them."""

    instrument = models.ForeignKey(
        "library.Instrument", models.CASCADE, related_name="figures", help_text="The instrument."
    )
    event = models.ForeignKey(
        "events.Event", models.PROTECT, related_name="figures", help_text="The event that reported it."
    )
    status = models.CharField(max_length=11, choices=UptakeStatus, help_text="What the countries made of it.")
    count = models.PositiveIntegerField(help_text="How many countries.")
    remark = ProseField(blank=True, help_text="What else was said of the figure.")

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["instrument", "event", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "event", "status"],
                name="reported_figure_key",
                violation_error_message="The event has reported a figure of this status already.",
            )
        ]

    def __str__(self):
        return f"{self.get_status_display()}: {self.count}"

    @property
    def is_published(self):
        return self.instrument.is_published and self.event.is_published
