"""Bodies: the standing groups of the process."""

from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q

from records.addresses import address_of
from records.fields import LineField, PartialDateField, ProseField
from records.models import slug_validator

from ..querysets import BodyQuerySet
from .name import name_validator


class Body(models.Model):
    """A standing group of the process: ministers, senior officials, experts' groups, working groups, an office."""

    slug = models.CharField(
        max_length=60,
        unique=True,
        validators=[slug_validator, MinLengthValidator(3)],
        help_text="Its address, at least three characters. It never changes once saved.",
    )
    name = LineField(
        max_length=200,
        validators=[name_validator],
        help_text="The name the record prefers. When it is changed, the old one stays a known name.",
    )
    short_name = LineField(
        max_length=40, blank=True, validators=[name_validator], help_text="The short form in use, such as AHEG I."
    )
    remit = ProseField(blank=True, help_text="What it was set up to do.")
    began = PartialDateField(starts="began_on", blank=True, help_text="When it was set up, as far as is known.")
    ended = PartialDateField(ends="ended_on", blank=True, help_text="When it ended; blank while it stands.")
    began_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="The body that it belongs to or reports to.",
    )
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        help_text="The body whose work it took over.",
    )

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "bodies"
        constraints = [
            models.CheckConstraint(
                condition=Q(began_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="body_ends_after_it_begins",
                violation_error_message="A body does not end before it begins.",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def code(self):
        """What stands for it in key columns and addresses."""
        return self.slug

    def get_absolute_url(self):
        return address_of("participants:body", self.slug)

    def clean(self):
        if self.began and self.ended and self.ended.ends_on < self.began.starts_on:
            raise ValidationError({"ended": "A body does not end before it begins."})
        for relation in ("parent", "predecessor"):
            if self.pk and getattr(self, f"{relation}_id") == self.pk:
                raise ValidationError({relation: f"A body is not its own {relation}."})
