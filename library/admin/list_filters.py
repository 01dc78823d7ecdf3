"""What the admin's lists of the library can be filtered by beside their columns."""

from django.contrib import admin


class LackingFilter(admin.SimpleListFilter):
    """Instruments that lack something: `?missing=document`."""

    title = "what is missing"
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [(fact, f"No {fact}") for fact in model_admin.model.objects.none().lacks]

    def queryset(self, request, queryset):
        return queryset.lacking(self.value()) if self.value() in queryset.lacks else queryset
