"""Entries of an edition: an activity as it is printed, and what the reader made of it."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models

from records.fields import IdentityField, ProseField
from records.models import reference_validator

from ..found import FoundField
from ..querysets import EntryQuerySet
from .printed import Printed


class Entry(Printed):
    """`proposal` is the row of events that was read, as corrected by staff; blank cells are left out of it.

    Its `reference` is that of the event that it was found to be. Without one, what matches it is looked for when it is
    accepted; with a blank one, somebody said that it is a new event.
    """

    PRINTED = frozenset({"edition", "section", "number", "text", "span"})

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ACCEPTED = "accepted", "Accepted"
        LEFT = "left", "Left"

    reference = models.CharField(
        max_length=40,
        unique=True,
        blank=True,
        validators=[reference_validator],
        help_text="Its permanent reference, such as N12. Left blank, the next number is given.",
    )
    edition = models.ForeignKey(
        "summaries.Edition", models.CASCADE, related_name="entries", help_text="The edition that it is printed in."
    )
    section = models.ForeignKey(
        "summaries.Section", models.RESTRICT, related_name="entries", help_text="The section that it stands in."
    )
    number = models.PositiveIntegerField(
        validators=[MinValueValidator(1)], help_text="Where it stands in the section: 1, 2, 3 …"
    )
    event = models.ForeignKey(
        "events.Event",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        help_text="The activity that it tells of, once that is known.",
    )
    text = ProseField(blank=True, help_text="Its words as they are printed.")
    span = FoundField("SPAN", help_text="Where it stands in the edition’s text.")
    proposal = FoundField("ROW", help_text="The row of events that was read, with the corrections of staff.")
    fields = FoundField("FIELDS", help_text="Where in the text each column was read, and whether it was inferred.")
    outcomes = FoundField("OUTCOMES", help_text="The outcomes that were read.")
    links = FoundField("LINKS", help_text="The links to other activities that were read.")
    figures = FoundField("FIGURES", help_text="How many countries the text counts, by what it says of them.")
    documents = FoundField("PAPERS", help_text="The documents that came of the activity, as the text says.")
    doubts = FoundField("DOUBTS", help_text="What somebody should look at.")
    state = models.CharField(
        max_length=8,
        choices=State,
        default=State.OPEN,
        help_text="Whether it waits, is in the record as an activity, or was left out of it.",
    )
    identity = IdentityField("section_id", "number", "event_id", "text")

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["section__edition", "section__number", "number", "pk"]
        verbose_name_plural = "entries"

    def __str__(self):
        return f"{self.reference} {self.heading}".strip()

    @property
    def code(self):
        """What stands for it in key columns."""
        return self.reference

    @property
    def heading(self):
        """What it is called in a line: the title that was read, or its first words."""
        return self.proposal.get("title") or " ".join(self.text.split()[:12])

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def is_published(self):
        return self.edition.is_published

    def clean(self):
        if not (self.edition_id and self.section_id):
            return
        if self.section.edition_id != self.edition_id:
            raise ValidationError({"section": f"{self.edition} has no such section."})
        self.check_source(self.edition.text)
        self.check_issued(self.edition.issued, self.changed_fields())

    def check_source(self, source):
        """Raise a ValidationError where it does not stand at its span of the edition's text, which is given."""
        if self.span and source[slice(*self.span)] != self.text:
            place = "–".join(map(str, self.span))
            raise ValidationError({"text": f"This is not what the edition’s text has at {place}."})
