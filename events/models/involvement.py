"""Involvements: who took part in an event, in which role, under which name."""

from django.core.exceptions import ValidationError
from django.db import models

from records.fields import LineField

from ..querysets import InvolvementQuerySet


def remark_validator(remark):
    """Refuse a remark that could not stand in the brackets of a role cell."""
    if "[" in remark or "]" in remark:
        raise ValidationError("A remark holds no square brackets.", code="remark")


class Involvement(models.Model):
    class Role(models.TextChoices):
        CHAIR = "chair", "Chair"
        CO_CHAIR = "co_chair", "Co-chair"
        HOST = "host", "Host"
        COORDINATOR = "coordinator", "Coordinator"
        ORGANISER = "organiser", "Organiser"
        PARTNER = "partner", "Partner"
        CONTRIBUTOR = "contributor", "Contributor"
        TRAINER = "trainer", "Trainer"
        ATTENDEE = "attendee", "Attendee"
        OBSERVER = "observer", "Observer"

    MERELY_THERE = (Role.ATTENDEE, Role.OBSERVER)

    event = models.ForeignKey("events.Event", models.CASCADE, related_name="involvements")
    participant = models.ForeignKey(
        "participants.Participant",
        models.PROTECT,
        related_name="involvements",
        help_text="The country or agency that took part.",
    )
    role = models.CharField(
        max_length=11,
        choices=Role,
        help_text="Chair, host …; an organiser ran it, a contributor gave main input …",
    )
    recorded_as = models.ForeignKey(
        "participants.Name",
        models.PROTECT,
        related_name="involvements",
        blank=True,
        help_text="The name that the source uses, one of the participant's known names. Blank: the preferred name.",
    )
    remark = LineField(
        max_length=300,
        blank=True,
        validators=[remark_validator],
        help_text="What else the record says of this part, such as “represented by Australia and the US”.",
    )

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        ordering = ["role", "participant__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "participant", "role"],
                name="involvement_key",
                violation_error_message="A participant has a role once an event.",
            )
        ]

    def clean(self):
        if self.recorded_as_id and self.participant_id and self.recorded_as.participant_id != self.participant_id:
            raise ValidationError({"recorded_as": f"“{self.recorded_as}” is no known name of {self.participant}."})

    def save(self, *args, **kwargs):
        """Save it; where the source's name is not said, under the participant's preferred name."""
        if self.recorded_as_id is None:
            self.recorded_as = self.participant.known_names.get(kind="preferred")
        super().save(*args, **kwargs)

    def __str__(self):
        return f"{self.get_role_display()}: {self.participant}"
