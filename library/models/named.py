"""What collections and instruments have in common: a name of their own, and publication."""

from django.core.validators import MinLengthValidator
from django.db import models

from participants.models.name import name_validator
from records.fields import FoldedField, LineField, ProseField
from records.models import slug_validator
from records.publication import Publishable

from ..querysets import NamedQuerySet


class Named(Publishable):
    """Something of the library that has a name, by which it is known, and a page."""

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
    description = ProseField(blank=True, help_text="What it is and what it is for.")
    sources = ProseField(blank=True, help_text="Where this is known from. The public sees it.")
    note = ProseField(blank=True, help_text="For staff alone: doubts, what is to be asked.")

    objects = NamedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    @property
    def code(self):
        """What stands for it in key columns and addresses."""
        return self.slug
