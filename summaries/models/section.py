"""Sections of an edition: what stands under one heading."""

from django.core.validators import MinValueValidator
from django.db import models

from records.fields import LineField, ProseField

from ..found import FoundField
from ..querysets import SectionQuerySet
from .printed import Printed


class Section(Printed):
    """What stands above the first heading of a document is a section without one."""

    PRINTED = frozenset({"edition", "number", "heading", "note", "heading_span", "note_spans"})

    edition = models.ForeignKey(
        "summaries.Edition", models.CASCADE, related_name="sections", help_text="The edition that it is a part of."
    )
    number = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1)], help_text="Which one of the edition it is: 1, 2, 3 …"
    )
    heading = LineField(max_length=1000, blank=True, help_text="What stands above it; blank where nothing does.")
    note = ProseField(blank=True, help_text="What stands under the heading and is no entry, a paragraph a line.")
    heading_span = FoundField("SPAN", help_text="Where its heading stands in the edition’s text.")
    note_spans = FoundField("SPANS", help_text="Where its notes stand in the edition’s text.")

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="section_key",
                violation_error_message="The edition has a section with this number.",
            )
        ]

    def __str__(self):
        return f"{self.edition.reference}, section {self.number} {self.heading}".strip()

    @property
    def is_published(self):
        return self.edition.is_published

    def clean(self):
        if self.edition_id:
            self.check_issued(self.edition.issued, self.changed_fields())
