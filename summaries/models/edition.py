"""Editions of the Summary of Activities: one that was read, or one that was composed from the record."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from records.addresses import address_of
from records.fields import IdentityField, LineField, PartialDateField, ProseField
from records.models import reference_validator
from records.publication import Publishable

from ..found import FoundField
from ..querysets import EditionQuerySet
from .printed import Printed

TEXT_OF_ORIGIN = "An imported edition has the text that it was read from, and a composed one has none."

NOT_ISSUED = "An edition that was composed is published once it is issued: until then its words change."

sum_validator = RegexValidator(r"\A[0-9a-f]{64}\Z", "A SHA-256 has 64 digits, 0 to 9 and a to f.")


class Edition(Printed, Publishable):
    """Its sections and entries are printed under its title.

    The spans of an imported one, of its sections and of its entries are positions in its text.
    """

    LETTER = "S"
    PRINTED = frozenset({"title", "date", "origin", "text", "title_spans", "issued"})

    class Origin(models.TextChoices):
        IMPORTED = "imported", "Imported"
        COMPOSED = "composed", "Composed"

    reference = models.CharField(
        max_length=40,
        unique=True,
        blank=True,
        validators=[reference_validator],
        help_text="Its permanent address, such as S3. Left blank, the next number is given. It never changes.",
    )
    title = LineField(max_length=300, help_text="What stands above it.")
    date = PartialDateField(blank=True, help_text="Up to when it reports, as far as it is known.")
    origin = models.CharField(
        max_length=8,
        choices=Origin,
        default=Origin.COMPOSED,
        help_text="Whether it was read from a document or composed from the record.",
    )
    text = ProseField(blank=True, help_text="The whole text of the document that it was read from.")
    title_spans = FoundField("SPANS", help_text="Where the lines of its title stand in the text.")
    file = LineField(max_length=255, blank=True, help_text="What the file was called that it was read from.")
    sha256 = models.CharField(
        "SHA-256",
        max_length=64,
        blank=True,
        db_index=True,
        validators=[sum_validator],
        help_text="The sum of the file that it was read from, by which the same file is known again.",
    )
    issued = PartialDateField(
        blank=True, help_text="When it was issued; blank until then. What is printed no longer changes after that."
    )
    note = ProseField(blank=True, help_text="For staff alone.")
    identity = IdentityField("title", "date", "sha256")

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        permissions = [("publish_edition", "Can issue and publish editions and change published ones")]
        constraints = [
            models.CheckConstraint(
                condition=Q(origin="imported") & ~Q(text="") | Q(origin="composed", text=""),
                name="edition_text_of_origin",
                violation_error_message=TEXT_OF_ORIGIN,
            )
        ]

    def __str__(self):
        return f"{self.reference} {self.title}".strip()

    def get_absolute_url(self):
        return address_of("summaries:edition", self.reference)

    @property
    def code(self):
        """What stands for it in key columns and addresses."""
        return self.reference

    @property
    def is_imported(self):
        return self.origin == self.Origin.IMPORTED

    @property
    def is_issued(self):
        return bool(self.issued)

    @property
    def is_final(self):
        """Whether its words no longer change: it was read, or has been issued."""
        return self.is_imported or self.is_issued

    def clean(self):
        self.check_alone()
        self.check_issued(self.issued_before(), self.changed_fields())

    def check_alone(self):
        """Raise a ValidationError where its text does not go with its origin, or the public sees it too early."""
        if self.is_imported != bool(self.text):
            raise ValidationError({"text": TEXT_OF_ORIGIN})
        if self.is_published and not self.is_final:
            raise ValidationError({"publication": NOT_ISSUED})

    def issued_before(self):
        """When it was issued, as the record has it. One query."""
        return type(self)._base_manager.filter(pk=self.pk).values_list("issued", flat=True).first()
