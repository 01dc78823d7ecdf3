"""Events: what happened. The public word for an event is activity."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from records.addresses import address_of
from records.fields import IdentityField, LineField, PartialDateField, ProseField, WebAddressField
from records.models import reference_validator
from records.publication import Publishable

from ..querysets import EventQuerySet


class Event(Publishable):
    class Kind(models.TextChoices):
        MINISTERIAL = "ministerial", "Ministerial conference"
        SENIOR_OFFICIALS = "senior_officials", "Senior officials’ meeting"
        MEETING = "meeting", "Meeting"
        WORKSHOP = "workshop", "Workshop"
        SEMINAR = "seminar", "Seminar"
        TRAINING = "training", "Training"
        SIDE_EVENT = "side_event", "Side event"
        MILESTONE = "milestone", "Milestone"
        OTHER = "other", "Other"

        @property
        def several(self):
            """What more than one of the kind is called."""
            irregular = {"ministerial": "conferences", "training": "training", "other": "other activities"}
            return irregular.get(self.value) or f"{self.label.lower()}s"

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        POSTPONED = "postponed", "Postponed"
        CANCELLED = "cancelled", "Cancelled"

    class Format(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        ONLINE = "online", "Online"
        HYBRID = "hybrid", "Hybrid"

    class Scope(models.TextChoices):
        REGIONAL = "regional", "Regional"
        SUB_REGIONAL = "sub_regional", "Sub-regional"
        NATIONAL = "national", "National"

    reference = models.CharField(
        max_length=40,
        unique=True,
        blank=True,
        validators=[reference_validator],
        help_text="Its permanent address, such as E17. Left blank, the next number is given. It never changes.",
    )
    title = LineField(max_length=300, help_text="What it was called, without date and place.")
    kind = models.CharField(max_length=16, choices=Kind, help_text="What kind of activity it was.")
    when = PartialDateField(
        starts="starts_on",
        ends="ends_on",
        blank=True,
        help_text="As far as it is known: 2004, September 2004, 26–28 February 2002, mid-2004. Blank when undated.",
    )
    starts_on = models.DateField(null=True, editable=False, db_index=True)
    ends_on = models.DateField(null=True, editable=False, db_index=True)
    status = models.CharField(
        max_length=9, choices=Status, default=Status.HELD, help_text="Whether it is to come, took place, or did not."
    )
    place = models.ForeignKey(
        "events.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        help_text="City and country, or a country as a whole. Blank when no place is known.",
    )
    venue = LineField(max_length=200, blank=True, help_text="The building or rooms, when known.")
    format = models.CharField(
        max_length=9, choices=Format, default=Format.IN_PERSON, help_text="How people came together."
    )
    scope = models.CharField(
        max_length=12,
        choices=Scope,
        default=Scope.REGIONAL,
        help_text="Whom it was for: the region, a part, a country.",
    )
    alongside = LineField(
        max_length=300, blank=True, help_text="The larger gathering that it was a side event of, by its name."
    )
    bodies = models.ManyToManyField(
        "participants.Body", blank=True, related_name="events", help_text="The bodies that it was an activity of."
    )
    themes = models.ManyToManyField(
        "events.Theme", blank=True, related_name="events", help_text="The subjects that it dealt with."
    )
    series = models.ForeignKey(
        "events.Series",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        help_text="The series that it is one of.",
    )
    number_in_series = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9999)],
        help_text="Which one of the series it is: 1, 2, 3 …",
    )
    description = ProseField(blank=True, help_text="What it was about and what was done.")
    url = WebAddressField(
        "address on the web", max_length=300, blank=True, help_text="A page about it, with http:// or https://."
    )
    sources = ProseField(blank=True, help_text="Where this is known from. The public sees it.")
    note = ProseField(blank=True, help_text="For staff alone: doubts, what is to be asked.")
    identity = IdentityField("kind", "when", "place_id", "title")

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = [F("starts_on").asc(nulls_last=True), F("ends_on").asc(nulls_last=True), "pk"]
        permissions = [("publish_event", "Can publish events and change published ones")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="event_ends_after_it_starts",
                violation_error_message="An event does not end before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(number_in_series__isnull=True) | Q(series__isnull=False),
                name="event_number_needs_series",
                violation_error_message="A number in a series needs the series.",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}".strip()

    @property
    def code(self):
        """What stands for it in key columns and addresses."""
        return self.reference

    def get_absolute_url(self):
        return address_of("events:activity", self.reference)

    def clean(self):
        if self.number_in_series is not None and self.series_id is None:
            raise ValidationError({"number_in_series": "A number in a series needs the series."})
