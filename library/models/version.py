"""Versions of documents: a new file never replaces the one before."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models

from records.fields import LineField, PartialDateField

from ..querysets import VersionQuerySet

sum_validator = RegexValidator(r"\A[0-9a-f]{64}\Z", "A SHA-256 has 64 digits, 0 to 9 and a to f.")


class DocumentVersion(models.Model):
    """One file of a document. The file is kept under its sum, so that a row says all that there is to know of it.

    `text` and `reading` are derived from the file: its words, and how taking them out went.
    """

    class MediaType(models.TextChoices):
        PDF = "application/pdf", "PDF"
        DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word (DOCX)"
        XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel (XLSX)"
        PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PowerPoint (PPTX)"
        ODT = "application/vnd.oasis.opendocument.text", "OpenDocument text (ODT)"
        TXT = "text/plain", "Text"
        CSV = "text/csv", "CSV"
        PNG = "image/png", "PNG picture"
        JPEG = "image/jpeg", "JPEG picture"

    class Reading(models.TextChoices):
        WAITING = "waiting", "Its words are still to be taken out"
        READ = "read", "Its words can be searched"
        NOTHING = "nothing", "It has no words to search"
        UNREADABLE = "unreadable", "Its words could not be taken out"

    document = models.ForeignKey(
        "library.Document", models.CASCADE, related_name="versions", help_text="The document that it is a version of."
    )
    number = models.PositiveIntegerField(validators=[MinValueValidator(1)], help_text="1 for the first, then 2, 3 …")
    added = PartialDateField(starts="added_on", blank=True, help_text="The day on which it was added.")
    added_on = models.DateField(null=True, editable=False)
    name = LineField(max_length=200, help_text="What the file is called when somebody takes it away.")
    media_type = models.CharField(max_length=80, choices=MediaType, help_text="What sort of file it is.")
    size = models.PositiveBigIntegerField(help_text="How many bytes it has.")
    sha256 = models.CharField(
        "SHA-256", max_length=64, db_index=True, validators=[sum_validator], help_text="The sum of the file."
    )
    reading = models.CharField(max_length=10, choices=Reading, default=Reading.WAITING, editable=False)
    text = models.TextField(blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["document", "-number"]
        verbose_name = "version"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="document_version_key",
                violation_error_message="The document has a version of this number already.",
            )
        ]

    def __str__(self):
        return f"{self.name}, version {self.number}"

    def clean(self):
        """Raise a ValidationError for a name that may do harm where the file is taken to, or that does not fit it."""
        from ..names import safe_name

        if self.name and self.media_type and (safe := safe_name(self.name, self.media_type)) != self.name:
            said = f"A file of this type cannot be called “{self.name}”; “{safe}” would do."
            raise ValidationError({"name": said})

    @property
    def is_published(self):
        return self.document.is_published

    @property
    def is_public(self):
        return self.document.is_public
