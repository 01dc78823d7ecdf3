"""Names: everything by which the record calls a participant or a body."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from records.fields import FoldedField, LineField
from records.folding import fold

# Some ligatures stand for a whole phrase.
LONGEST_FOLDED = 400


def name_validator(name):
    """Refuse a name that could not stand in a cell, or that nothing would be left of once folded."""
    if any(mark in name for mark in ";[]"):
        raise ValidationError("A name holds no semicolon and no square brackets.", code="name")
    folded = fold(name)
    if not folded:
        raise ValidationError("A name has at least one letter or digit.", code="name")
    if len(folded) > LONGEST_FOLDED:
        raise ValidationError("This name is too long once its ligatures are taken apart.", code="name")


class Name(models.Model):
    """A known name of exactly one participant or body; no two answer to the same name.

    The preferred name, the acronym and the codes repeat what stands in the columns of their owner, so that one unique
    index holds all that somebody answers to. `other` names stand here alone.
    """

    class Kind(models.TextChoices):
        PREFERRED = "preferred", "Preferred"
        ACRONYM = "acronym", "Acronym"
        OTHER = "other", "Other"
        CODE = "code", "Code"

    text = LineField(max_length=200, validators=[name_validator], help_text="The name as it is written.")
    folded = FoldedField(source="text", max_length=LONGEST_FOLDED, unique=True)
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.OTHER)
    participant = models.ForeignKey(
        "participants.Participant", models.CASCADE, null=True, blank=True, related_name="known_names"
    )
    body = models.ForeignKey("participants.Body", models.CASCADE, null=True, blank=True, related_name="known_names")

    class Meta:
        ordering = ["text", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(participant__isnull=False, body__isnull=True)
                | Q(participant__isnull=True, body__isnull=False),
                name="name_of_one",
                violation_error_message="A name is that of one participant or of one body.",
            ),
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(kind="preferred"),
                name="name_preferred_participant",
                violation_error_message="A participant has one preferred name.",
            ),
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(kind="preferred"),
                name="name_preferred_body",
                violation_error_message="A body has one preferred name.",
            ),
        ]

    def __str__(self):
        return self.text
