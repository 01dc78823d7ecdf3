"""Who can take part: countries and agencies, in one table."""

from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models
from django.db.models import Q

from records.addresses import address_of
from records.fields import LineField, WebAddressField
from records.models import slug_validator

from ..querysets import AgencyManager, CountryManager, ParticipantQuerySet
from .name import name_validator


class Participant(models.Model):
    """All who can take part, so that every role, membership and author is one foreign key.

    A country has an alpha-2 and no slug, everyone else a slug and no alpha-2; neither changes once saved.
    """

    class Kind(models.TextChoices):
        COUNTRY = "country", "Country"
        ORGANISATION = "organisation", "Organisation"
        MINISTRY = "ministry", "Ministry"
        AGENCY = "agency", "Agency"
        POLICE = "police", "Police"
        NGO = "ngo", "NGO"
        PROCESS = "process", "Process"
        OTHER = "other", "Other"

        @property
        def several(self):
            """What more than one of the kind is called."""
            irregular = {
                "ministry": "Ministries",
                "agency": "Agencies",
                "police": "Police forces",
                "process": "Processes",
            }
            return irregular.get(self.value) or f"{self.label}s"

    kind = models.CharField(
        max_length=12, choices=Kind, help_text="What it is: an international organisation, a ministry, a police force …"
    )
    name = LineField(
        max_length=200,
        validators=[name_validator],
        help_text="The name the record prefers. When it is changed, the old one stays a known name.",
    )
    acronym = LineField(
        max_length=40,
        blank=True,
        validators=[name_validator],
        help_text="The short form in use, such as IOM. It leads here like a name.",
    )
    alpha2 = models.CharField(  # noqa: DJ001 - unique, and absent from all but countries: two blanks would clash
        "alpha-2",
        max_length=2,
        null=True,
        unique=True,
        validators=[RegexValidator(r"\A[A-Z]{2}\Z", "An alpha-2 has two capital letters, such as MY.")],
        help_text="The ISO 3166-1 code of two letters. It is the country's address and never changes.",
    )
    alpha3 = models.CharField(
        "alpha-3",
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"\A[A-Z]{3}\Z", "An alpha-3 has three capital letters, such as MYS.")],
        help_text="The ISO 3166-1 code of three letters.",
    )
    region = LineField(max_length=60, blank=True, help_text="The UN M49 region, such as Asia or Oceania.")
    administration = models.BooleanField(
        default=False, help_text="Whether it is an administration or territory rather than a state."
    )
    slug = models.CharField(  # noqa: DJ001 - unique, and absent from countries: two blanks would clash
        max_length=60,
        null=True,
        unique=True,
        validators=[slug_validator, MinLengthValidator(3)],
        help_text="Its address, at least three characters. It never changes once saved.",
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        limit_choices_to=~Q(kind="country"),
        help_text="The agency or organisation that it belongs to.",
    )
    country = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agencies",
        limit_choices_to={"kind": "country"},
        help_text="The country whose agency it is; blank for an international one.",
    )
    url = WebAddressField(
        "address on the web", max_length=300, blank=True, help_text="Its own site, with http:// or https://."
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="country", alpha2__isnull=False, slug__isnull=True)
                | (~Q(kind="country") & Q(alpha2__isnull=True, slug__isnull=False)),
                name="participant_code",
                violation_error_message="A country has an alpha-2 and no slug; everyone else a slug and no alpha-2.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="country") | Q(parent__isnull=True, country__isnull=True),
                name="participant_country_stands_alone",
                violation_error_message="A country belongs to no other participant.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def code(self):
        """What stands for it in key columns and addresses: alpha-2 or slug."""
        return self.alpha2 or self.slug

    @property
    def kind_of_several(self):
        """What such participants are called together: `Ministries`."""
        return self.Kind(self.kind).several

    @property
    def is_country(self):
        return self.kind == self.Kind.COUNTRY

    def get_absolute_url(self):
        return address_of_participant(self.kind, self.code)

    def clean(self):
        if self.parent_id and self.parent_id == self.pk:
            raise ValidationError({"parent": "An agency is not its own parent."})


def address_of_participant(kind, code):
    """The address of the page of a participant of a kind, with its code."""
    return address_of(f"participants:{'country' if kind == Participant.Kind.COUNTRY else 'agency'}", code)


class Country(Participant):
    objects = CountryManager()

    class Meta:
        proxy = True
        ordering = ["name", "pk"]
        verbose_name_plural = "countries"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not args:
            self.kind = Participant.Kind.COUNTRY


class Agency(Participant):
    objects = AgencyManager()

    class Meta:
        proxy = True
        ordering = ["name", "pk"]
        verbose_name_plural = "agencies"
