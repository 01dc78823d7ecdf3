"""What the admin's list of names can be filtered by beside their kind."""

from string import ascii_lowercase

from django.contrib import admin

from .models import Name, Participant


class OwnerFilter(admin.SimpleListFilter):
    """Names of one kind of owner: `?owner=country`."""

    title = "whom it leads to"
    parameter_name = "owner"

    def lookups(self, request, model_admin):
        return [*Participant.Kind.choices, ("body", "Body")]

    def queryset(self, request, queryset):
        if self.value() == "body":
            return queryset.filter(body__isnull=False)
        return queryset.filter(participant__kind=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    """Names of one kind: `?kind=acronym`. Codes, which are many, stand in the list when they are asked for."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [*Name.Kind.choices, ("all", "All, with codes")]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": "All but codes"}, *others]

    def queryset(self, request, queryset):
        if self.value() in Name.Kind.values:
            return queryset.filter(kind=self.value())
        asked = self.value() == "all" or request.GET.get("q")
        return queryset if asked else queryset.exclude(kind=Name.Kind.CODE)


class RecordedFilter(admin.SimpleListFilter):
    """Names that activities have as recorded, or that none has."""

    title = "use as recorded"
    parameter_name = "recorded"

    def lookups(self, request, model_admin):
        return [("yes", "In an activity"), ("no", "In none")]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(involvements__isnull=self.value() == "no").distinct()


class LetterFilter(admin.SimpleListFilter):
    """Names that begin with a letter, whatever its case and accents; `other`: with none of a to z."""

    title = "first letter"
    parameter_name = "letter"

    def lookups(self, request, model_admin):
        return [*((letter, letter.upper()) for letter in ascii_lowercase), ("other", "Others")]

    def queryset(self, request, queryset):
        if self.value() == "other":
            return queryset.exclude(folded__regex="^[a-z]")
        return queryset.filter(folded__startswith=self.value()) if self.value() else queryset


class CurrentFilter(admin.SimpleListFilter):
    """Memberships by whether they go on."""

    title = "whether it is a member"
    parameter_name = "current"

    def lookups(self, request, model_admin):
        return [("yes", "Now"), ("no", "Once")]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.filter(left="")
        return queryset.exclude(left="") if self.value() == "no" else queryset


class PresentFilter(admin.SimpleListFilter):
    """Contact points by whether their time is over."""

    title = "whether they are there"
    parameter_name = "present"

    def lookups(self, request, model_admin):
        return [("yes", "Now"), ("no", "Once")]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.present()
        return queryset.past() if self.value() == "no" else queryset
