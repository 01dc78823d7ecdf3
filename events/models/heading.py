"""Headings: what series and themes have in common."""

from django.core.validators import MinLengthValidator
from django.db import models

from participants.models.name import name_validator
from records.fields import FoldedField, LineField, ProseField
from records.models import slug_validator

from ..querysets import HeadingQuerySet


class Heading(models.Model):
    """Something that events stand under, with a name that is its own."""

    slug = models.CharField(
        max_length=60,
        unique=True,
        validators=[slug_validator, MinLengthValidator(3)],
        help_text="Its address, at least three characters. It never changes once saved.",
    )
    name = LineField(max_length=200, validators=[name_validator], help_text="Its name; no two have the same.")
    folded_name = FoldedField(
        source="name", max_length=400, unique=True, error_messages={"unique": "This name is taken."}
    )
    description = ProseField(blank=True, help_text="A sentence or two on what belongs here.")

    objects = HeadingQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    @property
    def code(self):
        """What stands for it in key columns and addresses."""
        return self.slug
