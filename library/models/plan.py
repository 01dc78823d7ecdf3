"""What a plan of action holds, and what reviews of it found."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.text import Truncator

from records.dates import UNDATED
from records.fields import IdentityField, LineField, PartialDateField, ProseField
from records.models import reference_validator

from ..querysets import ItemQuerySet, ReviewQuerySet
from .instrument import Instrument


class OfPlan(models.Model):
    """What belongs to a plan of action, and has a reference."""

    class Meta:
        abstract = True

    @property
    def code(self):
        """What stands for it in key columns."""
        return self.reference

    def clean(self):
        self.check_alone()
        if self.plan_id:
            self.check_plan(self.plan.name, self.plan.kind)

    def check_alone(self):
        """Raise a ValidationError where it breaks a rule of its own columns."""

    def check_plan(self, name, kind):
        """Raise a ValidationError where its plan, an instrument with this name and kind, is none."""
        if kind != Instrument.Kind.PLAN_OF_ACTION:
            raise ValidationError({"plan": f"“{name}” is no plan of action."})


class ActionItem(OfPlan):
    """One item of a plan of action: what is to be done, and who leads. How far it is, reviews say."""

    reference = models.CharField(
        max_length=40,
        unique=True,
        blank=True,
        validators=[reference_validator],
        help_text="Its permanent reference, such as A5. Left blank, the next number is given.",
    )
    plan = models.ForeignKey(
        "library.Instrument",
        models.CASCADE,
        related_name="items",
        help_text="The plan of action that it is an item of.",
    )
    number = LineField(max_length=20, blank=True, help_text="Its number in the plan as it is printed, such as 2.1.")
    text = ProseField(help_text="What is to be done.")
    leads = models.ManyToManyField(
        "participants.Participant",
        blank=True,
        related_name="action_items",
        help_text="The countries or agencies that lead.",
    )
    body = models.ForeignKey(
        "participants.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        help_text="The body that it is given to.",
    )
    due = PartialDateField(ends="due_on", blank=True, help_text="By when it is to be done.")
    due_on = models.DateField(null=True, editable=False)
    added = PartialDateField(
        starts="added_on",
        blank=True,
        help_text="When it was added to the plan; blank when it was there from the first.",
    )
    added_on = models.DateField(null=True, editable=False)
    dropped = PartialDateField(ends="dropped_on", blank=True, help_text="When it was taken out of the plan again.")
    dropped_on = models.DateField(null=True, editable=False)
    identity = IdentityField("plan_id", "number", "text")

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(added_on__isnull=True) | Q(dropped_on__isnull=True) | Q(dropped_on__gte=F("added_on")),
                name="action_item_dropped_after_it_was_added",
                violation_error_message="An item is not taken out before it is added.",
            )
        ]

    def __str__(self):
        return " ".join(filter(None, [self.reference, self.number, Truncator(self.text).chars(60)]))

    @property
    def is_published(self):
        return self.plan.is_published

    def check_alone(self):
        if self.added and self.dropped and self.dropped.ends_on < self.added.starts_on:
            raise ValidationError({"dropped": "An item is not taken out before it is added."})


class Review(OfPlan):
    """What was found of a plan, or of one item of it: by an event, or as of a date."""

    class Status(models.TextChoices):
        OPEN = "open", "Not begun"
        UNDER_WAY = "under_way", "Under way"
        DONE = "done", "Done"
        GIVEN_UP = "given_up", "Given up"

    reference = models.CharField(
        max_length=40,
        unique=True,
        blank=True,
        validators=[reference_validator],
        help_text="Its permanent reference, such as R2. Left blank, the next number is given.",
    )
    plan = models.ForeignKey(
        "library.Instrument", models.CASCADE, related_name="reviews", help_text="The plan that was reviewed."
    )
    item = models.ForeignKey(
        "library.ActionItem",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reviews",
        help_text="The item that was reviewed; blank for the plan as a whole.",
    )
    event = models.ForeignKey(
        "events.Event",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        help_text="The event that did so.",
    )
    as_of = PartialDateField(
        ends="as_of_on", blank=True, help_text="The date that it holds for; blank when that is the event's."
    )
    as_of_on = models.DateField(null=True, editable=False)
    status = models.CharField(
        max_length=9, choices=Status, blank=True, help_text="How far it was carried out, where that was found."
    )
    finding = ProseField(blank=True, help_text="What was found.")
    identity = IdentityField("plan_id", "item_id", "event_id", "as_of")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False) | ~Q(as_of=""),
                name="review_has_a_time",
                violation_error_message="A review needs the event that made it, or the date that it holds for.",
            )
        ]

    def __str__(self):
        return f"{self.reference} {self.get_status_display()}".strip()

    @property
    def when(self):
        """The date that it holds for: its own, or that of the event, which is read where it was not."""
        return self.as_of or (self.event.when if self.event_id else UNDATED)

    @property
    def is_published(self):
        return self.plan.is_published and (self.event_id is None or self.event.is_published)

    def clean(self):
        super().clean()
        if self.item_id:
            self.check_item(self.item.code, self.item.plan_id)

    def check_alone(self):
        if self.event_id is None and not self.as_of:
            message = "A review needs the event that made it, or the date that it holds for."
            raise ValidationError({"as_of": message})

    def check_item(self, code, plan):
        """Raise a ValidationError where its item, which has a code and a plan's key, is of another plan."""
        if plan != self.plan_id:
            raise ValidationError({"item": f"{code} is an item of another plan."})
