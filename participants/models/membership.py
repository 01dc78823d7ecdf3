"""Memberships: who belongs to a body, and when."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from records.fields import LineField, PartialDateField

EARLIEST = datetime.date.min


class Membership(models.Model):
    """A participant's membership of a body. Membership of the process itself is membership of the body Bali Process."""

    body = models.ForeignKey(
        "participants.Body", models.PROTECT, related_name="memberships", help_text="The body that it is a member of."
    )
    member = models.ForeignKey(
        "participants.Participant", models.PROTECT, related_name="memberships", help_text="The country or agency."
    )
    role = LineField(max_length=100, blank=True, help_text="What it is in the body beside a member, such as co-chair.")
    joined = PartialDateField(starts="joined_on", blank=True, help_text="When it joined; blank when that is not known.")
    left = PartialDateField(ends="left_on", blank=True, help_text="When it left; blank while it is a member.")
    joined_on = models.DateField(null=True, editable=False)
    left_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["body__name", "member__name", "joined_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "member", "joined"],
                name="membership_key",
                violation_error_message="This membership with this date of joining is recorded already.",
            ),
            models.UniqueConstraint(
                fields=["body", "member"],
                condition=Q(left=""),
                name="membership_open",
                violation_error_message="It is a member of this body already: say when that membership ended first.",
            ),
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True) | Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="membership_ends_after_it_begins",
                violation_error_message="A member does not leave before it joins.",
            ),
        ]

    def __str__(self):
        return f"{self.member} in {self.body}"

    def clean(self):
        self.check_alone()
        if self.body_id and self.member_id:
            self.check_among(Membership.objects.filter(body=self.body_id, member=self.member_id).exclude(pk=self.pk))

    def check_alone(self):
        """Raise a ValidationError when the membership ends before it begins."""
        if self.joined and self.left and self.left.ends_on < self.joined.starts_on:
            raise ValidationError({"left": "A member does not leave before it joins."})

    def check_among(self, others):
        """Raise a ValidationError when the membership overlaps another of the same member and body.

        Takes an iterable of the others, saved or not. An unknown beginning lies before, an unknown end after all known
        dates; a day, month or year that both share at their border is no overlap.
        """
        for other in others:
            first, second = sorted((self, other), key=lambda each: each.joined.starts_on or EARLIEST)
            if not first.left:
                message = f"It is a member of this body already, {term(first)}: say when that ended first."
                raise ValidationError({"joined": message})
            if not second.joined or second.joined.ends_on < first.left.starts_on:
                raise ValidationError({"joined": f"This overlaps its membership {term(other)}."})


def term(membership):
    """A membership's time in words: "since 2003", "2003 to 2005"."""
    joined, left = membership.joined, membership.left
    if joined and left:
        return f"{joined.display()} to {left.display()}"
    if joined:
        return f"since {joined.display()}"
    return f"until {left.display()}" if left else "without a date"
