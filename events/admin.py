"""Events, places, series, themes, links and outcomes in the admin."""

from django.contrib import admin

from exchange.admin import RecordAdmin
from records.publication import Publication

from .forms import PlaceForm, UniqueFoldedForm
from .models import Event, EventLink, Involvement, Outcome, Place, Series, Theme


def may_publish(request):
    return request.user.has_perm("events.publish_event")


class InvolvementInline(admin.TabularInline):
    model = Involvement
    extra = 0
    autocomplete_fields = ["participant", "recorded_as"]


class LinkInline(admin.TabularInline):
    model = EventLink
    fk_name = "from_event"
    extra = 0
    autocomplete_fields = ["to_event"]


class OutcomeInline(admin.StackedInline):
    model = Outcome
    fk_name = "event"
    extra = 0
    autocomplete_fields = ["addressed_to", "taken_up_at"]

    def get_readonly_fields(self, request, obj=None):
        return ["reference"]


@admin.register(Event)
class EventAdmin(RecordAdmin):
    list_display = ["reference", "title", "kind", "when_shown", "place", "publication"]
    list_display_links = ["reference", "title"]
    list_filter = ["publication", "kind", "status", "bodies", "themes", "series"]
    list_select_related = ["place__country"]
    search_fields = ["reference", "title", "place__city", "place__country__name"]
    autocomplete_fields = ["place", "bodies", "themes", "series"]
    inlines = [InvolvementInline, LinkInline, OutcomeInline]
    fieldsets = [
        ("What", {"fields": ["reference", "title", "kind", "scope", "themes", "description"]}),
        ("When", {"fields": ["when", "status", "series", "number_in_series"]}),
        ("Where", {"fields": ["place", "venue", "format", "alongside"]}),
        ("Who", {"fields": ["bodies"]}),
        ("Where this is known from", {"fields": ["sources", "url", "note"]}),
        ("Publishing", {"fields": ["publication"]}),
    ]

    @admin.display(description="when", ordering="starts_on")
    def when_shown(self, event):
        return event.when.display() or "undated"

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.touches_nothing_public(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.touches_nothing_public(request, obj)

    def touches_nothing_public(self, request, event):
        """Whether the request may change this event: what is published, publishers alone may change."""
        return event is None or not event.is_published or may_publish(request)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "publication" and not may_publish(request):
            kwargs["choices"] = [choice for choice in Publication.choices if choice[0] != Publication.PUBLISHED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def delete_queryset(self, request, queryset):
        super().delete_queryset(
            request, queryset if may_publish(request) else queryset.exclude(publication="published")
        )


class DependentAdmin(RecordAdmin):
    """The admin of what is as public as its events."""

    def get_queryset(self, request):
        """What the request may change; what belongs to published events is shown to those who may publish."""
        records = super().get_queryset(request)
        return records if may_publish(request) else records.exclude(pk__in=records.published().values("pk"))


@admin.register(EventLink)
class EventLinkAdmin(DependentAdmin):
    list_display = ["from_event", "kind", "to_event"]
    list_filter = ["kind"]
    list_select_related = ["from_event", "to_event"]
    search_fields = ["from_event__reference", "from_event__title", "to_event__reference", "to_event__title"]
    autocomplete_fields = ["from_event", "to_event"]


@admin.register(Outcome)
class OutcomeAdmin(DependentAdmin):
    list_display = ["reference", "kind", "text_shown", "event", "status"]
    list_filter = ["kind", "status", "addressed_to"]
    list_select_related = ["event"]
    search_fields = ["reference", "text", "event__title"]
    autocomplete_fields = ["event", "addressed_to", "taken_up_at"]

    @admin.display(description="text")
    def text_shown(self, outcome):
        return outcome.text if len(outcome.text) < 100 else f"{outcome.text[:99]}…"


@admin.register(Place)
class PlaceAdmin(RecordAdmin):
    form = PlaceForm
    list_display = ["__str__", "latitude", "longitude"]
    list_select_related = ["country"]
    search_fields = ["city", "country__name", "country__known_names__text"]
    autocomplete_fields = ["country"]


class HeadingAdmin(RecordAdmin):
    form = UniqueFoldedForm
    fields = ["name", "slug", "description"]
    list_display = ["name", "description"]
    search_fields = ["name"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}


admin.site.register(Series, HeadingAdmin)
admin.site.register(Theme, HeadingAdmin)
