"""Places: a city of a country, or a country as a whole."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from records.fields import FoldedField, LineField
from records.folding import fold

from ..querysets import PlaceQuerySet

# Some ligatures stand for a whole phrase.
LONGEST_FOLDED = 240


def city_validator(city):
    """Refuse the name of a city that nothing would be left of once folded."""
    folded = fold(city)
    if not folded:
        raise ValidationError(f"“{city}” is no city: it has no letter and no digit.", code="city")
    if len(folded) > LONGEST_FOLDED:
        raise ValidationError("This name is too long once its ligatures are taken apart.", code="city")


def place_in_words(city, country):
    """A city and its country; once where both have the same name, as Singapore has."""
    return f"{city}, {country}" if city not in ("", country) else country


class Place(models.Model):
    city = LineField(
        max_length=120,
        blank=True,
        validators=[city_validator],
        help_text="The city; blank for the country as a whole. Singapore is both.",
    )
    folded_city = FoldedField(source="city", max_length=LONGEST_FOLDED)
    country = models.ForeignKey(
        "participants.Country",
        models.PROTECT,
        related_name="places",
        limit_choices_to={"kind": "country"},
        help_text="The country or territory that it lies in.",
    )
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Degrees north, south with a minus: −8.65000.",
    )
    longitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Degrees east, west with a minus: 115.21667.",
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["city", "country__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "folded_city"],
                name="place_key",
                violation_error_message="This place is recorded already.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="place_coordinates",
                violation_error_message="A place has both coordinates or none.",
            ),
        ]

    def __str__(self):
        return place_in_words(self.city, self.country.name)
