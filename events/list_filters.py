"""What the admin's list of events can be filtered by beside its columns."""

from django.contrib import admin

from .querysets import FACTS


class MissingFilter(admin.SimpleListFilter):
    """Events that lack something: `?missing=place`."""

    title = "what is missing"
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [(fact, f"No {fact}") for fact in FACTS]

    def queryset(self, request, queryset):
        return queryset.lacking(self.value()) if self.value() in FACTS else queryset
