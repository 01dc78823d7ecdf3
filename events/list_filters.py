"""What the admin's lists of events and outcomes can be filtered by beside their columns."""

from django.contrib import admin
from django.db.models import Max, Min
from django.utils import timezone

from records.dates import InvalidDate, PartialDate
from records.points import MONTHS

from .models import Event
from .periods import Periods
from .querysets import FACTS, FOLLOW_UPS

UNDATED = "undated"


class MissingFilter(admin.SimpleListFilter):
    """Events that lack something: `?missing=place`."""

    title = "what is missing"
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [(fact, f"No {fact}") for fact in FACTS]

    def queryset(self, request, queryset):
        return queryset.lacking(self.value()) if self.value() in FACTS else queryset


class WhenFilter(admin.SimpleListFilter):
    """Events that have a day in common with a year, or with a month of it, and those that are undated.

    The years of the record are to choose from, then the months of the chosen one: `?when=2004`, `?when=2004-09`.
    """

    title = "when"
    parameter_name = "when"
    template = "admin/filter_line.html"
    is_line = True  # it stands above the list, as a hierarchy of dates does

    def lookups(self, request, model_admin):
        chosen = self.date
        if chosen:
            year = chosen.points[0].year
            months = [(f"{year}-{month:02}", words) for month, words in MONTHS.items()]
            return [(str(year), f"All of {year}"), *months]
        years = Event.objects.aggregate(first=Min("starts_on"), last=Max("ends_on"))
        if years["first"] is None:
            return [(UNDATED, "Undated")]
        return [
            *((str(year), str(year)) for year in range(years["first"].year, years["last"].year + 1)),
            (UNDATED, "Undated"),
        ]

    @property
    def date(self):
        """The year or month that is chosen; blank where none is."""
        try:
            return PartialDate.parse(self.value() or "")
        except InvalidDate:
            return PartialDate()

    def queryset(self, request, queryset):
        if self.value() == UNDATED:
            return queryset.without_date()
        return queryset.filter(when__overlaps=self.date) if self.date else queryset


class FollowUpFilter(admin.SimpleListFilter):
    """Outcomes that nobody has followed up: `?follow_up=old`."""

    title = "follow-up"
    parameter_name = "follow_up"

    def lookups(self, request, model_admin):
        return list(FOLLOW_UPS.items())

    def queryset(self, request, queryset):
        known = self.value() in FOLLOW_UPS
        return queryset.to_follow_up(self.value(), timezone.localdate()) if known else queryset


class PeriodFilter(admin.SimpleListFilter):
    """Events of the period that a ministerial conference opened."""

    title = "period"
    parameter_name = "period"

    def lookups(self, request, model_admin):
        self.periods = Periods.among(Event.objects.all())
        return self.periods.choices

    def queryset(self, request, queryset):
        try:
            return queryset.filter(self.periods.opened_by(self.value())) if self.value() else queryset
        except LookupError:
            return queryset.none()
