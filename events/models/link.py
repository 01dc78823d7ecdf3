"""Links between events: what followed on what, prepared it, reported to it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from records.chains import goes_round

from ..querysets import EventLinkQuerySet


class EventLink(models.Model):
    class Kind(models.TextChoices):
        FOLLOWS = "follows", "Follows on from"
        REVIEWS = "reviews", "Reviews"
        PREPARES = "prepares", "Prepares"
        REPORTS_TO = "reports_to", "Reports to"
        PART_OF = "part_of", "Is part of"

    from_event = models.ForeignKey(
        "events.Event",
        models.CASCADE,
        related_name="links",
        verbose_name="from",
        help_text="The event that the link starts from.",
    )
    to_event = models.ForeignKey(
        "events.Event",
        models.CASCADE,
        related_name="links_to",
        verbose_name="to",
        help_text="The event that it leads to.",
    )
    kind = models.CharField(max_length=10, choices=Kind, help_text="What the first event is to the second.")

    objects = EventLinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "link"
        constraints = [
            models.UniqueConstraint(
                fields=["from_event", "to_event", "kind"],
                name="event_link_key",
                violation_error_message="This link is recorded already.",
            ),
            models.CheckConstraint(
                condition=~Q(from_event=F("to_event")),
                name="event_link_of_two",
                violation_error_message="An event is not linked to itself.",
            ),
        ]

    def __str__(self):
        return f"{self.from_event} {self.get_kind_display().lower()} {self.to_event}"

    @property
    def is_published(self):
        return self.from_event.is_published and self.to_event.is_published

    def clean(self):
        self.check_alone()
        if self.kind == self.Kind.FOLLOWS and self.from_event_id and self.to_event_id:
            following = {self.from_event_id: [self.to_event_id]}
            for source, target in EventLink.objects.exclude(pk=self.pk).following():
                following.setdefault(source, []).append(target)
            self.check_among(following)

    def check_alone(self):
        """Raise a ValidationError when the event is linked to itself."""
        if self.from_event_id and self.from_event_id == self.to_event_id:
            raise ValidationError({"to_event": "An event is not linked to itself."})

    def check_among(self, following):
        """Raise a ValidationError when an event would follow, step by step, on itself.

        Takes {event's primary key: those of the events that it follows on}, with this link among them.
        """
        if self.kind == self.Kind.FOLLOWS and goes_round(self.from_event_id, lambda event: following.get(event, ())):
            raise ValidationError({"to_event": "These links go round in a circle: an event cannot follow on itself."})
