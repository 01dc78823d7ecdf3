"""Contact points: who can be reached in a country or agency, and in which time."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from records.fields import IdentityField, LineField, PartialDateField
from records.models import reference_validator

from ..querysets import ContactPointQuerySet


class ContactPoint(models.Model):
    """Who is to be asked in a country or agency: a person, or a post. It is private unless marked public."""

    reference = models.CharField(
        max_length=40,
        unique=True,
        blank=True,
        validators=[reference_validator],
        help_text="Its permanent reference, such as C4. Left blank, the next number is given.",
    )
    participant = models.ForeignKey(
        "participants.Participant",
        models.PROTECT,
        related_name="contact_points",
        help_text="The country or agency that is reached there.",
    )
    name = LineField(max_length=200, blank=True, help_text="The name of the person; blank where it is a post alone.")
    position = LineField(max_length=200, blank=True, help_text="The post, such as Director of the visa section.")
    email = models.EmailField(blank=True, help_text="The address for email.")
    phone = LineField(max_length=60, blank=True, help_text="The number to call, with the code of the country.")
    began = PartialDateField(
        "from", starts="began_on", blank=True, help_text="Since when; blank when that is not known."
    )
    ended = PartialDateField("to", ends="ended_on", blank=True, help_text="Until when; blank while it is one.")
    public = models.BooleanField(
        default=False, help_text="Whether everybody may see it. What is not public is seen by staff and by delegates."
    )
    began_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    identity = IdentityField("participant_id", "called", "began")

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        ordering = ["participant__name", "name", "position", "pk"]
        permissions = [
            ("publish_contactpoint", "Can make contact points public, and change public ones"),
            ("view_members_contacts", "Can see the contact points of members"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="", position=""),
                name="contact_point_is_somebody",
                violation_error_message="Give the name of the person, or the position.",
            ),
            models.CheckConstraint(
                condition=Q(began_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="contact_point_ends_after_it_begins",
                violation_error_message="A contact point does not end before it begins.",
            ),
        ]

    def __str__(self):
        return self.called

    @property
    def called(self):
        """What people call it: the person, otherwise the post."""
        return self.name or self.position

    @property
    def is_published(self):
        """Whether it is marked public."""
        return self.public

    @property
    def is_past(self):
        """Whether its time is over."""
        return bool(self.ended_on) and self.ended_on < timezone.localdate()

    def clean(self):
        if not self.called:
            raise ValidationError({"name": "Give the name of the person, or the position."})
        if self.began and self.ended and self.ended.ends_on < self.began.starts_on:
            raise ValidationError({"ended": "A contact point does not end before it begins."})
