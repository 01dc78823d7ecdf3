"""Documents: papers of the process, each with its versions."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from records.fields import IdentityField, LineField, PartialDateField, ProseField, WebAddressField
from records.models import reference_validator
from records.publication import Publication, Publishable

from ..querysets import DocumentQuerySet


class Document(Publishable):
    """A paper of the process. Its files are its versions; one that is short enough has its words in `text`."""

    class Kind(models.TextChoices):
        AGENDA = "agenda", "Agenda"
        STATEMENT = "statement", "Statement"
        REPORT = "report", "Report"
        MINUTES = "minutes", "Minutes"
        PRESENTATION = "presentation", "Presentation"
        PAPER = "paper", "Paper"
        PARTICIPANTS = "participants", "List of participants"
        LEGISLATION = "legislation", "Legislation"
        MODEL_AGREEMENT = "model_agreement", "Model agreement"
        DRAFT_PARAGRAPH = "draft_paragraph", "Draft paragraph"
        RETURN_DOCUMENTATION = "return_documentation", "Return documentation"
        GUIDELINE = "guideline", "Guideline"
        PLAN = "plan", "Plan"
        FORM = "form", "Form"
        OTHER = "other", "Other"

    class Access(models.TextChoices):
        PUBLIC = "public", "Everybody"
        MEMBERS = "members", "Delegates of members"
        SECRETARIAT = "secretariat", "The secretariat"

    reference = models.CharField(
        max_length=40,
        unique=True,
        blank=True,
        validators=[reference_validator],
        help_text="Its permanent address, such as D8. Left blank, the next number is given. It never changes.",
    )
    title = LineField(max_length=300, help_text="What it is called.")
    kind = models.CharField(max_length=20, choices=Kind, help_text="What kind of document it is.")
    language = models.CharField(
        max_length=35,
        blank=True,
        validators=[
            RegexValidator(r"\A[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z", "A language is a code such as en, th or zh-Hans.")
        ],
        help_text="The code of its language, such as en, th or zh-Hans.",
    )
    issued = PartialDateField(
        starts="issued_on", blank=True, help_text="When it was issued, as far as is known: 2004, May 2004, 3 May 2004."
    )
    issued_on = models.DateField(null=True, editable=False, db_index=True)
    event = models.ForeignKey(
        "events.Event",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        help_text="The event that it is a paper of.",
    )
    discussed_at = models.ManyToManyField(
        "events.Event",
        blank=True,
        related_name="documents_discussed",
        help_text="Further events at which it was discussed.",
    )
    authors = models.ManyToManyField(
        "participants.Participant",
        blank=True,
        related_name="documents",
        help_text="The countries or agencies it is by.",
    )
    country = models.ForeignKey(
        "participants.Participant",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents_about",
        limit_choices_to={"kind": "country"},
        help_text="The country that it is about or holds for.",
    )
    collection = models.ForeignKey(
        "library.Collection",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        help_text="The collection that it is kept in.",
    )
    description = ProseField(blank=True, help_text="What it is about, in a sentence or two.")
    text = ProseField(blank=True, help_text="Its words, where they are few, such as a draft paragraph to be copied.")
    url = WebAddressField(
        "address on the web",
        max_length=300,
        blank=True,
        help_text="Where it stands elsewhere, with http:// or https://.",
    )
    access = models.CharField(
        max_length=11,
        choices=Access,
        default=Access.SECRETARIAT,
        help_text="Who may read it once it is published.",
    )
    sources = ProseField(blank=True, help_text="Where this is known from. Whoever may read the document sees it.")
    note = ProseField(blank=True, help_text="For staff alone.")
    identity = IdentityField("title", "kind", "issued", "event_id", "collection_id", "country_id")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        permissions = [
            ("publish_document", "Can publish what the library holds and change what is published"),
            ("view_members_documents", "Can read what is open to delegates of members"),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}".strip()

    @property
    def code(self):
        """What stands for it in key columns and addresses."""
        return self.reference

    @property
    def is_public(self):
        """Whether everybody may read it."""
        return self.publication == Publication.PUBLISHED and self.access == self.Access.PUBLIC

    def get_absolute_url(self):
        return reverse("library:document", args=[self.reference])
